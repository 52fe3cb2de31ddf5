-- Protected addresses, tests that are owed, and how many results could be matched.

alter table read.entry
    -- Lists and exports do not show the entry; named roles find it by searching and open it.
    add column protected boolean not null default false,
    -- The first test that is owed and has no answer, or else the last that has: from which day, until which.
    add column test_from date,
    add column test_by date,
    -- 0: none is owed; 1: no sample; 2: a sample without an answer; 3: an answer.
    add column test_state smallint not null default 0,
    -- Whether there is a number that a result could be matched by.
    add column has_number boolean not null default false,
    -- Corrections of results that nobody has seen to.
    add column corrections smallint not null default 0;
create index entry_without_number on read.entry (entry) where not has_number;
create index entry_not_tested on read.entry (entry) where test_state = 1;
create index entry_corrected on read.entry (entry) where corrections > 0;

-- Entries that are looked at for others of the same person, and for a number of their own. Folded with the list.
create unlogged table read.person_look (
    entry uuid primary key
);

-- Results that came, by day, laboratory and station. No person stands here, and it does not come of the log: what is
-- not about anybody in the register is counted and not kept.
create table read.result_count (
    day date not null,
    laboratory text not null,
    station text not null,
    matched bigint not null default 0,
    repeated bigint not null default 0,
    ambiguous bigint not null default 0,
    unmatched bigint not null default 0,
    primary key (day, laboratory, station)
);

grant select, insert, update, delete on read.person_look, read.result_count to register_app;
alter table read.person_look owner to register_app;

-- Hands out the best card of a list, as claim_call does of all: while the queue is washed, only those the washing left.
create function read.claim_washed(
    caller_name text, spoken text[], washed uuid[], now_at timestamptz, expires timestamptz
) returns table (claimed uuid, fence_number bigint, expires_at timestamptz, spilled boolean)
language plpgsql as $$
#variable_conflict use_column
declare
    found_contact uuid;
begin
    perform pg_advisory_xact_lock(7224064);
    update read.caller c set seen_at = now_at where c.caller = caller_name;
    return query select l.entry, l.fence, l.expires_at, false
                 from read.call_lease l where l.caller = caller_name and l.expires_at > now_at;
    if found then
        return;
    end if;
    delete from read.call_lease l where l.caller = caller_name;
    expires_at := expires;
    spilled := false;
    for attempt_number in 1..20 loop
        claimed := null;
        select q.entry, q.contact into claimed, found_contact from read.call_queue q
        where q.entry = any (washed) and q.part = 1 and not q.held and q.urgent_at > now_at
          and (q.language = any (spoken || array['']) or q.reserved_for = caller_name)
          and (q.reserved_for is null or q.reserved_for = caller_name or q.reserved_until <= now_at)
        order by q.class, q.urgent_at, q.entry limit 1 for update skip locked;
        if claimed is null then
            return;
        end if;
        update read.call_queue q set held = true where q.contact = found_contact;
        insert into read.call_lease as mine (contact, entry, caller, fence, claimed_at, expires_at)
        values (found_contact, claimed, caller_name, nextval('read.call_fence'), now_at, expires)
        on conflict (contact) do update set
            entry = excluded.entry, caller = excluded.caller, fence = excluded.fence,
            claimed_at = excluded.claimed_at, expires_at = excluded.expires_at
            where mine.expires_at <= now_at
        returning mine.fence into fence_number;
        if fence_number is not null then
            return next;
            return;
        end if;
    end loop;
end $$;
