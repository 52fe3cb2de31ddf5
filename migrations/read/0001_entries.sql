-- Read models. UNLOGGED: out of WAL, replicas and base backups; after a crash they are empty and are built again
-- from the log. Whatever tells of a person is sealed; in the clear stands only what sorting and filtering need.

create schema if not exists read;

-- How far each read model has come. Locked while a batch is folded: one projector at a time, on any node.
create unlogged table read.projection (
    name text primary key,
    version integer not null,
    position bigint not null
);

-- Streams whose event could not be folded; the rest of the stream waits, nobody else does.
create unlogged table read.parked (
    projection text not null,
    stream uuid not null,
    position bigint not null,
    primary key (projection, stream)
);

-- One row a live entry. Its id begins with its epoch, so an epoch's rows are one range of the key.
create unlogged table read.entry (
    entry uuid primary key,
    version integer not null,
    registered_at timestamptz not null,
    arrival date not null,          -- 0001-01-01: not told
    municipality text,              -- responsible; null: at the national workbench
    status smallint not null,       -- follow-up status
    obligation smallint not null,
    place text,
    language text,
    employer text,
    flags integer not null,
    headline bytea not null,        -- sealed: name, birth date, phone
    document bytea not null         -- sealed: the whole record
) with (fillfactor = 85);
create index entry_by_municipality_arrival on read.entry (municipality, arrival, entry);
create index entry_by_municipality_registered on read.entry (municipality, registered_at, entry);
create index entry_by_arrival on read.entry (arrival, entry);
create index entry_by_registered on read.entry (registered_at, entry);
create index entry_unroutable on read.entry (registered_at, entry) where municipality is null;
create index entry_by_employer on read.entry (employer, arrival, entry) where employer is not null;

-- Search tokens: keyed digests under the epoch's own key.
create unlogged table read.entry_token (
    token bigint not null,
    entry uuid not null,
    primary key (token, entry)
);
create index entry_token_of_entry on read.entry_token (entry);

do $$
begin
    create role register_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
grant register_app to current_user;
grant usage, create on schema read to register_app;
grant select, insert, update, delete, truncate on all tables in schema read to register_app;
