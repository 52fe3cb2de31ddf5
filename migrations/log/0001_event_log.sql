-- The event log. What is sealed here was sealed before it came: the database never sees a word about a person.

create schema if not exists log;

-- The lock and the counter: whoever holds this row appends, so positions are exactly 1..head.
create table log.head (
    one boolean primary key default true check (one),
    position bigint not null,
    batch bigint not null,
    hash bytea not null
);
insert into log.head (position, batch, hash) values (0, 0, sha256('register log'::bytea));

-- A six-hour window of registration time. Appends are taken while it is open.
create table log.epoch (
    epoch integer primary key,
    state text not null default 'open' check (state in ('open', 'frozen', 'ended'))
);
insert into log.epoch (epoch) values (0); -- 0: facts without a person, which never end

-- The events. A partition an epoch, dropped with it.
create table log.event (
    position bigint not null,
    epoch integer not null,
    stream uuid not null,
    version integer not null,
    event uuid not null,
    type text not null,
    schema_version smallint not null,
    recorded_at timestamptz not null,
    actor text not null,
    sealed bytea not null,
    primary key (position, epoch),
    unique (stream, version, epoch)
) partition by list (epoch);
-- Sealed bytes do not compress; trying costs time.
alter table log.event alter column sealed set storage external;

-- What each batch committed to: the chain. "append_window" is the epoch in which it was appended; whatever it
-- names has ended when that window ends. Batches of permanent facts stand in window 0.
create table log.batch (
    batch bigint not null,
    append_window integer not null,
    first_position bigint not null,
    events integer not null,
    root bytea not null,
    previous bytea not null,
    hash bytea not null,
    epochs integer[] not null, -- of each event, in order: tells a lawful gap from a lost row
    leaves bytea not null,     -- of each event, 32 bytes, in order
    primary key (batch, append_window)
) partition by list (append_window);
alter table log.batch alter column leaves set storage external;
create index on log.batch (first_position);

-- Version of each stream. Its id begins with its epoch, so an epoch's rows are one range.
create table log.stream (
    stream uuid primary key,
    version integer not null
) with (fillfactor = 70);

-- Commands that had an effect, so that a retry meets its first try.
create table log.command (
    epoch integer not null,
    command uuid not null,
    request bytea not null, -- keyed digest of what was asked: the same key with other content is refused
    stream uuid not null,
    version integer not null,
    position bigint not null,
    primary key (command, epoch)
) partition by list (epoch);

-- Keyed fingerprints that are unique in the whole log (a trip's reference code).
create table log.claim (
    token bytea primary key,
    epoch integer not null,
    stream uuid,            -- null once the stream has ended
    digest bytea,           -- keyed digest of the content last taken in under it
    outlives boolean not null -- stays when the epoch ends, so that what has ended stays ended
);
create index on log.claim (epoch);

-- JSON Schemas under which events were stored.
create table log.schema (
    type text not null,
    version smallint not null,
    schema jsonb not null,
    primary key (type, version)
);

-- Rows are never updated or deleted, not even by the owner.
create function log.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the log is append-only: % of %', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete on log.event for each row execute function log.refuse_change();
create trigger append_only before update or delete on log.batch for each row execute function log.refuse_change();
create trigger no_truncate before truncate on log.event for each statement execute function log.refuse_change();
create trigger no_truncate before truncate on log.batch for each statement execute function log.refuse_change();

-- Partitions are made ahead of time. Several nodes may try at once.
create function log.prepare_epochs(first integer, last integer) returns void
language plpgsql security definer set search_path = log, pg_temp as $$
declare
    e integer;
    t text;
begin
    perform pg_advisory_xact_lock(7224061);
    for e in select n from generate_series(first, last) n where not exists (select from log.epoch where epoch = n) loop
        insert into log.epoch (epoch) values (e);
        foreach t in array array['event', 'batch', 'command'] loop
            execute format('create table log.%I partition of log.%I for values in (%s)', t || '_' || e, t, e);
        end loop;
        foreach t in array array['event', 'batch'] loop
            execute format('create trigger no_truncate before truncate on log.%I for each statement execute function log.refuse_change()', t || '_' || e);
        end loop;
    end loop;
end $$;

create table log.event_0 partition of log.event for values in (0);
create table log.batch_0 partition of log.batch for values in (0);
create table log.command_0 partition of log.command for values in (0);
create trigger no_truncate before truncate on log.event_0 for each statement execute function log.refuse_change();
create trigger no_truncate before truncate on log.batch_0 for each statement execute function log.refuse_change();

-- What the chain commits to for one event.
create function log.leaf(
    place bigint, epoch integer, stream uuid, version integer, event uuid,
    type text, schema_version smallint, recorded_at timestamptz, actor text, sealed bytea
) returns bytea language sql stable parallel safe as $$ -- not "immutable": only so it is inlined
    select sha256(
        int8send(place) || int4send(epoch) || uuid_send(stream) || int4send(version) || uuid_send(event)
        || int2send(schema_version) || timestamptz_send(recorded_at)
        || convert_to(type, 'UTF8') || '\x00' || convert_to(actor, 'UTF8') || '\x00' || sha256(sealed)
    )
$$;

-- Root of a Merkle tree; a leaf left over on a level moves up as it is.
create function log.merkle_root(leaves bytea[]) returns bytea language plpgsql immutable parallel safe as $$
declare
    level bytea[] := leaves;
    above bytea[];
    n integer := cardinality(leaves);
    i integer;
begin
    while n > 1 loop
        above := '{}';
        i := 1;
        while i < n loop
            above := above || sha256('\x01' || level[i] || level[i + 1]);
            i := i + 2;
        end loop;
        if i = n then
            above := above || level[n];
        end if;
        level := above;
        n := cardinality(level);
    end loop;
    return level[1];
end $$;

-- Appends many commands at once, each wholly or not at all; a conflict touches nobody else.
-- Outcomes: appended | repeated | key-reused | ended | conflict | claimed.
create function log.append_batch(
    in_window integer,
    c_stream uuid[], c_epoch integer[], c_expected integer[], c_command uuid[], c_request bytea[],
    c_actor text[], c_recorded_at timestamptz[],
    e_of integer[], e_event uuid[], e_type text[], e_schema smallint[], e_sealed bytea[],
    k_of integer[], k_token bytea[], k_digest bytea[], k_outlives boolean[]
) returns table (outcome text, version integer, last_position bigint, stream uuid)
language plpgsql security definer set search_path = log, pg_temp as $$
#variable_conflict use_column
declare
    h log.head;
    verdicts text[];
    versions integer[];
    positions bigint[];
    others uuid[];
    winners integer[];
    leaves bytea[];
    epochs integer[];
    root bytea;
    link bytea;
begin
    select * into strict h from log.head for update;

    select array_agg(
               case
                   when done.command is not null and done.request = c.request then 'repeated'
                   when done.command is not null then 'key-reused'
                   when ep.state is distinct from 'open' then 'ended'
                   when coalesce(s.version, 0) <> c.expected then 'conflict'
                   when k.taken then 'claimed'
                   else 'appended'
               end order by c.n),
           array_agg(coalesce(done.version, s.version, 0) order by c.n),
           array_agg(coalesce(done.position, 0) order by c.n),
           array_agg(case when done.command is not null then done.stream when k.taken then k.stream else c.stream end order by c.n)
    into verdicts, versions, positions, others
    from unnest(c_stream, c_epoch, c_expected, c_command, c_request)
         with ordinality as c (stream, epoch, expected, command, request, n)
    left join log.epoch ep on ep.epoch = c.epoch
    left join log.stream s on s.stream = c.stream
    left join log.command done on done.command = c.command and done.epoch = c.epoch and done.epoch = any (c_epoch)
    left join (
        -- bool_or: one foreign claim is enough to refuse the command
        select asked.of, true as taken, (array_agg(held.stream order by asked.n))[1] as stream
        from unnest(k_of, k_token) with ordinality as asked (of, token, n)
        join log.claim held on held.token = asked.token
        where held.stream is distinct from c_stream[asked.of]
        group by asked.of
    ) k on k.of = c.n;

    winners := array(select i from generate_subscripts(verdicts, 1) i where verdicts[i] = 'appended');
    if cardinality(winners) > 0 then
        with won as materialized (
            select h.position + row_number() over (order by e.n) as position,
                   c_epoch[e.of] as epoch,
                   c_stream[e.of] as stream,
                   (c_expected[e.of] + row_number() over (partition by e.of order by e.n))::integer as version,
                   e.event, e.type, e.schema_version,
                   c_recorded_at[e.of] as recorded_at,
                   c_actor[e.of] as actor,
                   e.sealed,
                   e.of
            from unnest(e_of, e_event, e_type, e_schema, e_sealed)
                 with ordinality as e (of, event, type, schema_version, sealed, n)
            where verdicts[e.of] = 'appended'
        ), stored as (
            insert into log.event (position, epoch, stream, version, event, type, schema_version, recorded_at, actor, sealed)
            select position, epoch, stream, version, event, type, schema_version, recorded_at, actor, sealed from won
        ), streams as (
            insert into log.stream as s (stream, version)
            select stream, max(version) from won group by stream
            on conflict (stream) do update set version = excluded.version
        ), commands as (
            insert into log.command (epoch, command, request, stream, version, position)
            select c_epoch[of], c_command[of], c_request[of], stream, max(version), max(position)
            from won where c_command[of] is not null group by of, stream
        ), claims as (
            insert into log.claim as held (token, epoch, stream, digest, outlives)
            select k.token, c_epoch[k.of], c_stream[k.of], k.digest, k.outlives
            from unnest(k_of, k_token, k_digest, k_outlives) as k (of, token, digest, outlives)
            where verdicts[k.of] = 'appended'
            on conflict (token) do update set digest = excluded.digest where held.stream = excluded.stream
        ), ends as (
            select of, max(version) as version, max(position) as position from won group by of
        )
        select array_agg(leaf order by position), array_agg(epoch order by position),
               (select array_agg(coalesce(ends.version, versions[c.n]) order by c.n)
                from generate_subscripts(verdicts, 1) as c (n) left join ends on ends.of = c.n),
               (select array_agg(coalesce(ends.position, positions[c.n]) order by c.n)
                from generate_subscripts(verdicts, 1) as c (n) left join ends on ends.of = c.n)
        into leaves, epochs, versions, positions
        from (
            select position, epoch,
                   log.leaf(position, epoch, stream, version, event, type, schema_version, recorded_at, actor, sealed) as leaf
            from won
        ) l;

        root := log.merkle_root(leaves);
        link := sha256(h.hash || int8send(h.batch + 1) || int8send(h.position + 1) || int4send(cardinality(leaves)) || root);
        insert into log.batch (batch, append_window, first_position, events, root, previous, hash, epochs, leaves)
        values (h.batch + 1, in_window, h.position + 1, cardinality(leaves), root, h.hash, link, epochs,
                (select string_agg(leaf, ''::bytea order by n) from unnest(leaves) with ordinality as l (leaf, n)));
        update log.head set position = h.position + cardinality(leaves), batch = h.batch + 1, hash = link;
    end if;

    return query select unnest(verdicts), unnest(versions), unnest(positions), unnest(others);
end $$;

-- The application reads and appends; retention ends epochs. Nobody logs in as these roles: a connection takes one on.
do $$
begin
    create role register_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
    create role register_retention nologin;
exception when duplicate_object or unique_violation then null;
end $$;
grant register_app, register_retention to current_user;
grant usage on schema log to register_app, register_retention;
grant select on all tables in schema log to register_app, register_retention;
grant insert on log.schema to register_app;
revoke execute on all functions in schema log from public;
grant execute on function log.leaf, log.merkle_root, log.prepare_epochs, log.append_batch to register_app;
