-- How things end: an epoch as a whole, or one entry before its epoch.

-- Open, frozen (takes no more), dropped (its rows are gone), ended (the receipt is written).
alter table log.epoch drop constraint epoch_state_check;
alter table log.epoch add constraint epoch_state_check check (state in ('open', 'frozen', 'dropped', 'ended'));

-- Stretches of the chain that were dropped with their window: what they linked, so that the chain holds without them.
create table log.segment (
    first_batch bigint primary key,
    last_batch bigint not null,
    append_window integer not null,
    first_position bigint not null,
    last_position bigint not null,
    previous bytea not null, -- hash of the batch before the first one
    hash bytea not null      -- hash of the last one
);
create index on log.segment (first_position);
create trigger append_only before update or delete on log.segment for each row execute function log.refuse_change();
create trigger no_truncate before truncate on log.segment for each statement execute function log.refuse_change();

-- Entries that were ended before their epoch, until it ends too: their positions are lawful gaps.
create table log.ended_stream (
    stream uuid primary key,
    epoch integer not null,
    positions bigint[] not null,
    ended_at timestamptz not null
);
create index on log.ended_stream (epoch);

-- The one row that may go alone is one whose end is written down first.
create function log.refuse_change_of_event() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and exists (
        select from log.ended_stream e where e.stream = old.stream and old.position = any (e.positions)
    ) then
        return old;
    end if;
    raise exception 'the log is append-only: % of %', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
drop trigger append_only on log.event;
create trigger append_only before update or delete on log.event
    for each row execute function log.refuse_change_of_event();

-- The smallest id that a stream of an epoch can have.
create function log.first_stream(epoch integer) returns uuid language sql immutable as $$
    select (lpad(to_hex(epoch), 8, '0') || repeat('0', 24))::uuid
$$;

-- From now on the epoch takes nothing. Appends hold the head row, so none that found it open is still on its way.
create function log.freeze_epoch(ending integer) returns void
language plpgsql security definer set search_path = log, pg_temp as $$
begin
    perform from log.head for update;
    insert into log.epoch (epoch, state) values (ending, 'frozen')
    on conflict (epoch) do update set state = 'frozen' where log.epoch.state = 'open';
end $$;

-- What an epoch holds: entries, events, and entries that were ended before it.
create function log.count_epoch(ending integer) returns table (entries bigint, events bigint, ended_early bigint)
language sql stable security definer set search_path = log, pg_temp as $$
    select count(*) filter (where version > 0), coalesce(sum(version) filter (where version > 0), 0)::bigint,
           count(*) filter (where version < 0)
    from log.stream where stream >= log.first_stream(ending) and stream < log.first_stream(ending + 1)
$$;

-- Rows beside the events. Fingerprints of reference codes stay, without what they led to.
create function log.clear_epoch(ending integer) returns void
language plpgsql security definer set search_path = log, pg_temp as $$
begin
    if not exists (select from log.epoch where epoch = ending and state = 'frozen') then
        raise exception 'epoch % is not frozen', ending using errcode = 'object_not_in_prerequisite_state';
    end if;
    delete from log.stream where stream >= log.first_stream(ending) and stream < log.first_stream(ending + 1);
    delete from log.claim where epoch = ending and not outlives;
    update log.claim set stream = null, digest = null where epoch = ending and stream is not null;
end $$;

-- The partitions. Waits for readers no longer than a moment, since writers queue behind it: it is tried again.
create function log.drop_epoch(ending integer) returns void
language plpgsql security definer set search_path = log, pg_temp set lock_timeout = '100ms' as $$
declare
    t text;
begin
    if not exists (select from log.epoch where epoch = ending and state = 'frozen') then
        raise exception 'epoch % is not frozen', ending using errcode = 'object_not_in_prerequisite_state';
    end if;
    -- What an older epoch still has may stand in this window's batches.
    if exists (select from log.epoch where epoch between 1 and ending - 1 and state in ('open', 'frozen')) then
        raise exception 'an epoch before % is not dropped', ending using errcode = 'object_not_in_prerequisite_state';
    end if;
    insert into log.segment (first_batch, last_batch, append_window, first_position, last_position, previous, hash)
    select min(batch), max(batch), ending, min(first_position), max(first_position + events) - 1,
           (array_agg(previous order by batch))[1], (array_agg(hash order by batch desc))[1]
    from (
        select batch, first_position, events, previous, hash, batch - row_number() over (order by batch) as island
        from log.batch where append_window = ending
    ) b group by island;
    -- Whoever appends holds this row: nobody is half-way through the tables while they are locked.
    perform from log.head for update;
    foreach t in array array['event', 'batch', 'command'] loop
        execute format('drop table if exists log.%I', t || '_' || ending);
    end loop;
    delete from log.ended_stream where epoch = ending;
    update log.epoch set state = 'dropped' where epoch = ending;
end $$;

-- The receipt is written.
create function log.close_epoch(ending integer) returns void
language sql security definer set search_path = log, pg_temp as $$
    update log.epoch set state = 'ended' where epoch = ending and state = 'dropped'
$$;

-- Ends one stream before its epoch: its rows go at once, and nothing can be appended to it any more.
create function log.end_stream(ending uuid, at timestamptz) returns void
language plpgsql security definer set search_path = log, pg_temp as $$
declare
    of_epoch integer;
begin
    perform from log.head for update;
    of_epoch := ('x' || left(replace(ending::text, '-', ''), 8))::bit(32)::integer;
    if of_epoch = 0 then
        raise exception 'permanent streams do not end' using errcode = 'object_not_in_prerequisite_state';
    end if;
    insert into log.ended_stream (stream, epoch, positions, ended_at)
    select ending, of_epoch, array_agg(position order by position), at
    from log.event where epoch = of_epoch and stream = ending having count(*) > 0
    on conflict do nothing;
    delete from log.event where epoch = of_epoch and stream = ending;
    delete from log.command where epoch = of_epoch and stream = ending;
    update log.stream set version = -1 where stream = ending;
    delete from log.claim where epoch = of_epoch and stream = ending and not outlives;
    update log.claim set stream = null, digest = null where epoch = of_epoch and stream = ending;
end $$;

-- Fingerprints whose own key is gone: ten days for the entry to end, twenty-one for the last code that joined it.
create function log.forget_claims(before integer) returns bigint
language sql security definer set search_path = log, pg_temp as $$
    with gone as (delete from log.claim where epoch < before and epoch > 0 returning 1) select count(*) from gone
$$;

grant select on log.segment, log.ended_stream to register_app, register_retention;
revoke execute on all functions in schema log from public;
grant execute on function log.first_stream to register_app, register_retention;
grant execute on function log.freeze_epoch, log.count_epoch, log.clear_epoch, log.drop_epoch, log.close_epoch,
    log.end_stream, log.forget_claims to register_retention;
grant execute on function log.count_epoch to register_app;
