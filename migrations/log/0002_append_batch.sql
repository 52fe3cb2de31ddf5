-- Appending, cheaper. Nearly always nobody stands in anybody's way: so a batch is put in first, and only where that
-- fails it is judged. And the node sends what a leaf binds besides the position, so that nothing is assembled or
-- digested twice under the lock.

-- Root of a Merkle tree over leaves of 32 bytes that stand one behind the other; the same as that over an array.
create function log.merkle_root(leaves bytea) returns bytea language plpgsql immutable parallel safe as $$
declare
    level bytea := leaves;
    above bytea;
    size integer := octet_length(leaves);
begin
    while size > 32 loop
        above := '';
        for at in 1..size by 64 loop
            if at + 32 < size then
                above := above || sha256('\x01' || substr(level, at, 64));
            else
                above := above || substr(level, at, 32);
            end if;
        end loop;
        level := above;
        size := octet_length(level);
    end loop;
    return level;
end $$;

-- Appends many commands at once: all of them, or nobody. When somebody stands in the way, each is judged instead:
-- whoever could have been appended is "free" and may be sent again without the others.
-- Outcomes, the first that applies: repeated | key-reused | ended | conflict | claimed | free; or all appended.
--
-- No two commands of a batch share stream, command id or claim; their events stand in their order.
-- c_version is the version a command leads to, c_last the place of its last event in the batch,
-- e_bound what log.leaf digests behind the position.
drop function log.append_batch;
create function log.append_batch(
    in_window integer,
    c_stream uuid[], c_epoch integer[], c_expected integer[], c_version integer[], c_last integer[],
    c_command uuid[], c_request bytea[], c_actor text[], c_recorded_at timestamptz[],
    e_of integer[], e_version integer[], e_event uuid[], e_type text[], e_schema smallint[], e_sealed bytea[], e_bound bytea[],
    k_of integer[], k_token bytea[], k_digest bytea[], k_outlives boolean[]
) returns table (outcome text, version integer, last_position bigint, stream uuid)
language plpgsql security definer set search_path = log, pg_temp
-- Arrays of every length share one plan, and no plan reads a table whole, however few rows it had when it was made.
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    h log.head;
    commands uuid[] := array_remove(c_command, null);
    known log.command[];
    held log.claim[];
    of_epoch integer;
    done bigint;
    leaves bytea;
    root bytea;
    link bytea;
begin
    select * into strict h from log.head for update;

    begin
        if (select count(*) from log.epoch where epoch = any (c_epoch) and state = 'open')
           < (select count(distinct epoch) from unnest(c_epoch) as epoch) then
            raise unique_violation;
        end if;
        insert into log.stream (stream, version)
        select stream, version from unnest(c_stream, c_expected, c_version) as c (stream, expected, version)
        where expected = 0;
        if 0 < any (c_expected) then
            update log.stream s set version = c.version
            from unnest(c_stream, c_expected, c_version) as c (stream, expected, version)
            where s.stream = c.stream and s.version = c.expected and c.expected > 0 and s.stream = any (c_stream);
            get diagnostics done = row_count;
            if done < cardinality(array_remove(c_expected, 0)) then
                raise unique_violation;
            end if;
        end if;
        if cardinality(commands) > 0 then
            insert into log.command (epoch, command, request, stream, version, position)
            select epoch, command, request, stream, version, h.position + last
            from unnest(c_epoch, c_command, c_request, c_stream, c_version, c_last)
                 as c (epoch, command, request, stream, version, last)
            where command is not null;
        end if;
        if cardinality(k_token) > 0 then
            insert into log.claim as held (token, epoch, stream, digest, outlives)
            select token, c_epoch[of], c_stream[of], digest, outlives
            from unnest(k_of, k_token, k_digest, k_outlives) as k (of, token, digest, outlives)
            on conflict (token) do update set digest = excluded.digest where held.stream = excluded.stream;
            get diagnostics done = row_count;
            if done < cardinality(k_token) then
                raise unique_violation;
            end if;
        end if;

        insert into log.event (position, epoch, stream, version, event, type, schema_version, recorded_at, actor, sealed)
        select h.position + n, c_epoch[of], c_stream[of], version, event, type, schema_version, c_recorded_at[of], c_actor[of], sealed
        from unnest(e_of, e_version, e_event, e_type, e_schema, e_sealed)
             with ordinality as e (of, version, event, type, schema_version, sealed, n);
        leaves := (
            select string_agg(sha256(int8send(h.position + n) || bound), ''::bytea order by n)
            from unnest(e_bound) with ordinality as e (bound, n)
        );
        root := log.merkle_root(leaves);
        link := sha256(h.hash || int8send(h.batch + 1) || int8send(h.position + 1) || int4send(cardinality(e_of)) || root);
        insert into log.batch (batch, append_window, first_position, events, root, previous, hash, epochs, leaves)
        values (h.batch + 1, in_window, h.position + 1, cardinality(e_of), root, h.hash, link,
                array(select c_epoch[of] from unnest(e_of) as of), leaves);
        update log.head set position = h.position + cardinality(e_of), batch = h.batch + 1, hash = link;
        return query select 'appended', c.version, h.position + c.last, c.stream
                     from unnest(c_version, c_last, c_stream) as c (version, last, stream);
        return;
    exception when unique_violation then
        null; -- nothing has happened, and under the lock nothing changes until everybody is judged
    end;

    -- One epoch at a time, so that one partition is asked.
    for of_epoch in select distinct epoch from unnest(c_epoch) as epoch loop
        known := known || array(select c from log.command c where c.epoch = of_epoch and c.command = any (commands));
    end loop;
    held := array(select k from log.claim k where k.token = any (k_token));
    return query
    select case
               when done.request = c.request then 'repeated'
               when done.command is not null then 'key-reused'
               when s.version < 0 or not exists (select from log.epoch e where e.epoch = c.epoch and e.state = 'open') then 'ended'
               when coalesce(s.version, 0) <> c.expected then 'conflict'
               when k.of is not null then 'claimed'
               else 'free'
           end,
           coalesce(done.version, s.version, 0),
           coalesce(done.position, 0),
           case when done.command is not null then done.stream when k.of is not null then k.stream else c.stream end
    from unnest(c_stream, c_epoch, c_expected, c_command, c_request)
         with ordinality as c (stream, epoch, expected, command, request, n)
    left join log.stream s on s.stream = c.stream and s.stream = any (c_stream)
    left join unnest(known) done on done.command = c.command and done.epoch = c.epoch
    left join (
        -- One foreign claim is enough to refuse the command.
        select asked.of, (array_agg(k.stream order by asked.n))[1] as stream
        from unnest(k_of, k_token) with ordinality as asked (of, token, n)
        join unnest(held) k on k.token = asked.token
        where k.stream is distinct from c_stream[asked.of]
        group by asked.of
    ) k on k.of = c.n
    order by c.n;
end $$;

revoke execute on function log.append_batch, log.merkle_root(bytea) from public;
grant execute on function log.append_batch, log.merkle_root(bytea) to register_app;

-- An event of a record fits in a page; cutting it up for the overflow table costs more than it saves.
create or replace function log.prepare_epochs(first integer, last integer) returns void
language plpgsql security definer set search_path = log, pg_temp as $$
declare
    e integer;
    t text;
begin
    perform pg_advisory_xact_lock(7224061);
    for e in select n from generate_series(first, last) n where not exists (select from log.epoch where epoch = n) loop
        insert into log.epoch (epoch) values (e);
        foreach t in array array['event', 'batch', 'command'] loop
            execute format('create table log.%I partition of log.%I for values in (%s) with (toast_tuple_target = 8160)', t || '_' || e, t, e);
        end loop;
        foreach t in array array['event', 'batch'] loop
            execute format('create trigger no_truncate before truncate on log.%I for each statement execute function log.refuse_change()', t || '_' || e);
        end loop;
    end loop;
end $$;

-- An epoch's claims stand together, as they were made; a summary of each stretch finds them, and costs a new
-- claim nothing.
drop index log.claim_epoch_idx;
create index claim_epoch on log.claim using brin (epoch) with (pages_per_range = 32);
