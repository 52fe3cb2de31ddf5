-- The queue of calls. Its rows come of the log, in the same fold as the list; what callers hold and type does not, so
-- that part is logged: a crash must not hand a card out twice or lose half a form.

create unlogged table read.call_queue (
    entry uuid primary key,
    contact uuid not null,              -- those who share person, phone or party have the same: their oldest entry
    part smallint not null,             -- 0 waits, 1 ready, 2 out
    held boolean not null default false,
    class smallint not null,            -- smaller comes first
    urgent_at timestamptz not null,     -- within a class, the earlier comes first
    due_at timestamptz not null,        -- by itself
    ready_at timestamptz not null,      -- with regard to the others of the contact
    quiet_until timestamptz not null,   -- the others of the contact are left alone until then
    language text not null,             -- empty: none was told
    reserved_for text,
    reserved_until timestamptz,
    never_reached boolean not null,
    outcome_missing boolean not null,   -- dialled, and nobody has said what it came to
    skipped_at timestamptz,
    review boolean not null             -- a conversation that a lead should look through
);
create index call_queue_ready on read.call_queue (language, class, urgent_at, entry) where part = 1 and not held;
create index call_queue_waiting on read.call_queue (ready_at) where part = 0;
create index call_queue_ready_at on read.call_queue (ready_at) where part = 1 and not held;
create index call_queue_held on read.call_queue (contact) where held;
create index call_queue_contact on read.call_queue (contact);
create index call_queue_last_day on read.call_queue (urgent_at) where part = 1 and never_reached;
create index call_queue_outcome_missing on read.call_queue (entry) where outcome_missing;
create index call_queue_review on read.call_queue (entry) where review;
create index call_queue_skipped on read.call_queue (skipped_at) where skipped_at is not null;
alter table read.call_queue owner to register_app;

-- How many attempts were concluded on a Norwegian day, for the lead's board; anonymous but for who sat there.
create unlogged table read.call_tally (
    day date not null,
    caller text not null,
    attempts integer not null,
    answered integer not null,
    primary key (day, caller)
);
alter table read.call_tally owner to register_app;

-- What a caller holds: one of each contact. Who shows an older fence has lost it.
create table read.call_lease (
    contact uuid primary key,
    entry uuid not null unique,
    caller text not null unique,
    fence bigint not null,
    claimed_at timestamptz not null,
    expires_at timestamptz not null
);
create index call_lease_expires on read.call_lease (expires_at);
create sequence read.call_fence;

-- Who sits at the telephone, and what they speak.
create table read.caller (
    caller text primary key,
    languages text[] not null,
    seen_at timestamptz not null
);

-- What was typed and not saved, sealed like a row of the list.
create table read.call_draft (
    entry uuid primary key,
    attempt uuid not null,
    caller text not null,
    sealed bytea not null,
    saved_at timestamptz not null
);

grant select, insert, update, delete on read.call_queue, read.call_tally, read.call_lease, read.caller, read.call_draft to register_app;
grant usage on sequence read.call_fence to register_app;

-- Hands the best card to a caller, in one transaction: the one the caller holds already; else the first that is ready in
-- one of the caller's languages; else one that waited for long in a language nobody at work speaks.
create function read.claim_call(
    caller_name text, spoken text[], spills boolean,
    now_at timestamptz, at_work_since timestamptz, spilled_before timestamptz, expires timestamptz
) returns table (claimed uuid, fence_number bigint, expires_at timestamptz, spilled boolean)
language plpgsql as $$
#variable_conflict use_column
declare
    found_entry uuid;
    found_contact uuid;
begin
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
        select best.entry, best.contact into found_entry, found_contact
        from unnest(spoken || array['']) as wanted (wanted_language)
        cross join lateral (
            select q.entry, q.contact, q.class, q.urgent_at from read.call_queue q
            where q.language = wanted.wanted_language and q.part = 1 and not q.held
              and (q.reserved_for is null or q.reserved_for = caller_name or q.reserved_until <= now_at)
            order by q.class, q.urgent_at, q.entry limit 1 for update skip locked
        ) best
        order by best.class, best.urgent_at, best.entry limit 1;
        if found_entry is null and spills then
            spilled := true;
            select q.entry, q.contact into found_entry, found_contact from read.call_queue q
            where q.part = 1 and not q.held and q.ready_at <= spilled_before
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
grant execute on function read.claim_call to register_app;
