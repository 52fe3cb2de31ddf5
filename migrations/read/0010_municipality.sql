-- What a municipality works with: which entries it has to do with and what is new of them, and the rows without what
-- tells of health, in a table of their own.

-- One row for each way in which an entry has to do with a municipality. Positions are those of the log: whatever lies
-- after the position somebody has seen is news to them.
create unlogged table read.entry_municipality (
    entry uuid not null,
    municipality text not null,
    relation smallint not null,        -- 0 responsible, 1 the hotel is there, 2 going there
    since timestamptz not null,
    until timestamptz,                 -- null: still
    since_position bigint not null,
    until_position bigint,
    changed_position bigint not null,  -- of the last event that changed what the list shows
    changed_plain bigint not null,     -- of the last one that changed it without what tells of health
    arrival date not null,             -- as in read.entry: lists are sorted by it
    primary key (municipality, relation, entry)
) with (fillfactor = 85);
create index entry_municipality_arrival on read.entry_municipality (municipality, relation, arrival, entry);
create index entry_municipality_over on read.entry_municipality (municipality, until) where until is not null;
create index entry_municipality_entry on read.entry_municipality (entry);
alter table read.entry_municipality owner to register_app;

-- For those without access to what tells of health: nothing in it does, sealed or in the clear.
create unlogged table read.plain_entry (
    entry uuid primary key,
    status smallint not null,
    obligation smallint not null,
    place text,
    language text,
    sealed bytea not null
) with (fillfactor = 85);
alter table read.plain_entry owner to register_app;

-- How far each user has looked. Logged: a crash must not make everything new again. Nothing about a person in it.
create table read.municipality_seen (
    who text not null,
    municipality text not null,
    position bigint not null,
    seen_at timestamptz not null,
    epochs integer[] not null,   -- live epochs that had entries of the municipality then …
    entries integer[] not null,  -- … and how many: what of them has ended since can be told
    primary key (who, municipality)
);
grant select, insert, update, delete on read.entry_municipality, read.plain_entry, read.municipality_seen to register_app;
