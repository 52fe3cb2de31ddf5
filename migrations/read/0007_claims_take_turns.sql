-- Claims take turns, and nobody is handed out whose quarantine or data are over.

drop index read.call_queue_last_day;
create index call_queue_last_day on read.call_queue (class, urgent_at) where part = 1 and never_reached;

create or replace function read.claim_call(
    caller_name text, spoken text[], spills boolean,
    now_at timestamptz, at_work_since timestamptz, spilled_before timestamptz, expires timestamptz
) returns table (claimed uuid, fence_number bigint, expires_at timestamptz, spilled boolean)
language plpgsql as $$
#variable_conflict use_column
declare
    found_entry uuid;
    found_contact uuid;
begin
    -- One at a time: two that hold one card of a contact each would wait for one another.
    perform pg_advisory_xact_lock(7224064);
    update read.caller c set seen_at = now_at where c.caller = caller_name;
    return query select l.entry, l.fence, l.expires_at, false
                 from read.call_lease l where l.caller = caller_name and l.expires_at > now_at;
    if found then
        return;
    end if;
    delete from read.call_lease l where l.caller = caller_name;
    expires_at := expires;
    for attempt_number in 1..20 loop
        spilled := false;
        -- What is reserved for the caller comes whatever its language.
        select q.entry, q.contact into found_entry, found_contact from read.call_queue q
        where q.reserved_for = caller_name and q.reserved_until > now_at and q.part = 1 and not q.held
          and q.urgent_at > now_at
        order by q.class, q.urgent_at, q.entry limit 1 for update skip locked;
        if found_entry is null then
            select best.entry, best.contact into found_entry, found_contact
            from unnest(spoken || array['']) as wanted (wanted_language)
            cross join lateral (
                select q.entry, q.contact, q.class, q.urgent_at from read.call_queue q
                where q.language = wanted.wanted_language and q.part = 1 and not q.held and q.urgent_at > now_at
                  and (q.reserved_for is null or q.reserved_for = caller_name or q.reserved_until <= now_at)
                order by q.class, q.urgent_at, q.entry limit 1 for update skip locked
            ) best
            order by best.class, best.urgent_at, best.entry limit 1;
        end if;
        if found_entry is null and spills then
            spilled := true;
            select q.entry, q.contact into found_entry, found_contact from read.call_queue q
            where q.part = 1 and not q.held and q.ready_at <= spilled_before and q.urgent_at > now_at
              and not exists (select from read.caller c
                              where c.seen_at > at_work_since and q.language = any (c.languages))
              and (q.reserved_for is null or q.reserved_for = caller_name or q.reserved_until <= now_at)
            order by q.ready_at limit 1 for update skip locked;
        end if;
        if found_entry is null then
            return;
        end if;
        update read.call_queue q set held = true where q.contact = found_contact;
        insert into read.call_lease as mine (contact, entry, caller, fence, claimed_at, expires_at)
        values (found_contact, found_entry, caller_name, nextval('read.call_fence'), now_at, expires)
        on conflict (contact) do update set
            entry = excluded.entry, caller = excluded.caller, fence = excluded.fence,
            claimed_at = excluded.claimed_at, expires_at = excluded.expires_at
            where mine.expires_at <= now_at
        returning mine.fence into fence_number;
        if fence_number is not null then
            claimed := found_entry;
            return next;
            return;
        end if;
        -- Somebody else holds the contact, and the row did not say so. It does now.
        found_entry := null;
    end loop;
end $$;
