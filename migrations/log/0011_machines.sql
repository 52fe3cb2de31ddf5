-- Where news is sent to, and how far each consumer has taken it; and how often what was taken. No word about a person.

create table log.webhook (
    consumer text primary key,
    url text not null,
    secrets bytea not null,             -- sealed under the key of machines, which lies in the keyring
    position bigint not null,           -- everything up to here was taken
    pending bigint,                     -- the message on its way reaches up to here
    attempts integer not null default 0,
    next_at timestamptz not null,
    looked_at timestamptz not null,
    taken_at timestamptz,
    failing_since timestamptz,
    failure text,
    disabled_at timestamptz
);

create table log.usage (
    month date not null,                -- its first day
    consumer text not null,
    municipality text not null,         -- empty: the whole country
    interface text not null,
    purpose text not null,
    calls bigint not null,
    records bigint not null,
    primary key (month, consumer, municipality, interface, purpose)
);

grant select, insert, update, delete on log.webhook to register_app;
grant select, insert, update on log.usage to register_app;
