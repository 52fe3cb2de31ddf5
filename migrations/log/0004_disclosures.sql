-- Who was shown what. This log outlives the data: it names entries by their random ids, and nobody but those who
-- looked. A partition a month, so that a month whose time is over can go; nothing else ever leaves.

create table log.disclosure (
    disclosure uuid not null,    -- the parts of a long one share it
    part integer not null,
    at timestamptz not null,
    who text not null,           -- id of the user or of the machine
    who_name text not null,
    role text not null,
    purpose text not null,
    legal_basis text not null,
    receiver text not null,      -- a municipality's number, an organisation's, or 'control-centre'
    kind text not null,
    shown text not null,         -- which view of it
    entries uuid[] not null,
    count integer not null,      -- how many were shown; some of them may have been written down shortly before
    ground text,                 -- a look beyond one's own needs one
    words bytea,                 -- sealed under the key of words_epoch, and gone with it
    words_epoch integer,
    primary key (disclosure, part, at)
) partition by range (at);
create index on log.disclosure (at desc, disclosure, part);
create index on log.disclosure (who, at desc);
create index on log.disclosure (receiver, at desc);
create index on log.disclosure using gin (entries);

create trigger append_only before update or delete on log.disclosure
    for each row execute function log.refuse_change();
create trigger no_truncate before truncate on log.disclosure
    for each statement execute function log.refuse_change();

-- The partition of a month. Several nodes may try at once.
create function log.prepare_disclosures(month date) returns void
language plpgsql security definer set search_path = log, pg_temp as $$
declare
    first_day date := date_trunc('month', month)::date;
    partition text := 'disclosure_' || to_char(month, 'YYYYMM');
begin
    perform pg_advisory_xact_lock(7224071);
    if to_regclass('log.' || partition) is null then
        execute format('create table log.%I partition of log.disclosure for values from (%L) to (%L)', partition,
                       first_day || ' 00:00:00+00', (first_day + interval '1 month')::date || ' 00:00:00+00');
        execute format('create trigger no_truncate before truncate on log.%I for each statement execute function log.refuse_change()', partition);
    end if;
end $$;

-- Lets the months go that ended before a moment, and tells which. Never one that ended less than thirty days ago:
-- as long as an entry lives, its traveller can be told who has looked.
create function log.drop_disclosures(before timestamptz) returns setof text
language plpgsql security definer set search_path = log, pg_temp as $$
declare
    month text;
begin
    for month in
        select right(c.relname, 6) from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'log.disclosure'::regclass order by 1
    loop
        if to_date(month, 'YYYYMM') + interval '1 month' <= least(before, now() - interval '30 days') then
            execute format('drop table log.%I', 'disclosure_' || month);
            return next month;
        end if;
    end loop;
end $$;

-- Excel and CSV files that were taken out, as they were begun and as they ended. Nothing about a person.
create table log.export_begun (
    export uuid primary key,     -- the same as its disclosure
    at timestamptz not null,
    who text not null,
    who_name text not null,
    receiver text not null,
    health boolean not null,     -- whether it has what tells of health
    format text not null,
    tab text not null,
    filter text not null,
    position bigint not null,    -- of the log, as far as the lists had come
    compared_with uuid           -- the one before, of the same person, tab and view
);
create index on log.export_begun (receiver, at desc);
create index on log.export_begun (who, at desc);
create table log.export_finished (
    export uuid primary key,
    at timestamptz not null,
    rows integer not null,
    sha256 bytea not null,
    gone_by timestamptz          -- when the first of its entries ends; null when it has none
);
create trigger append_only before update or delete on log.export_begun
    for each row execute function log.refuse_change();
create trigger append_only before update or delete on log.export_finished
    for each row execute function log.refuse_change();
create trigger no_truncate before truncate on log.export_begun
    for each statement execute function log.refuse_change();
create trigger no_truncate before truncate on log.export_finished
    for each statement execute function log.refuse_change();

grant select, insert on log.disclosure, log.export_begun, log.export_finished to register_app;
grant select on log.disclosure to register_retention;
revoke execute on function log.prepare_disclosures, log.drop_disclosures from public;
grant execute on function log.prepare_disclosures to register_app;
grant execute on function log.drop_disclosures to register_retention;
