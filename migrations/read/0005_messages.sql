-- When an entry is to be looked at for its text messages. Written by the fold; whoever looks and finds nothing to do
-- moves it on. Entries for which nothing is to come have no row.

create unlogged table read.message_plan (
    entry uuid primary key,
    due_at timestamptz not null
);
create index message_plan_due on read.message_plan (due_at);
alter table read.message_plan owner to register_app;
