-- What machines take: each entry in the published shape, and what changed when.

-- One row a live entry. In the clear: the municipalities that may see it, and what its interface filters by.
create unlogged table read.published (
    entry uuid primary key,
    registered_at timestamptz not null,
    municipalities text[] not null,     -- responsible, destination, hotel
    arrival date,
    updated_at timestamptz not null,    -- the later of the trip's and the person's
    record bytea not null               -- sealed: the source's fields, and what the register knows better
);
alter table read.published alter column record set storage external;
create index published_by_municipality on read.published using gin (municipalities);
create index published_by_registered on read.published (registered_at, entry);
alter table read.published owner to register_app;

-- One row a change that machines can see: no word of what changed, only of whose it was and is.
create unlogged table read.feed (
    position bigint primary key,        -- of the event in the log
    entry uuid not null,
    recorded_at timestamptz not null,
    is_first boolean not null,          -- the entry was registered
    municipality text,                  -- responsible from now on
    came_from text[] not null,          -- who could see it before
    belongs_to text[] not null          -- who can see it from now on
);
create index feed_of_entry on read.feed (entry);
alter table read.feed owner to register_app;

-- Who had seen an entry that was ended before its epoch: they are told, and nobody else learns its id. Logged, because it
-- cannot be read from the log again.
create table read.ended_audience (
    entry uuid primary key,
    municipalities text[] not null
);
grant select, insert, delete on read.ended_audience to register_app;
