-- Referrals to the labour inspectorate: one row each, folded with the list of entries. In the clear stands what
-- counting and sorting need; which employer, where, and what is told of it is sealed under the entry's key.

create unlogged table read.referral (
    referral uuid primary key,
    entry uuid not null,
    employer text,                  -- organisation number; null: none was told
    stage smallint not null,        -- 0 open, 1 in hand, 2 more is wanted, 3 closed
    delivery smallint not null,     -- 0 not sent by itself, 1 waits, 2 on its way, 3 arrived, 4 did not arrive
    outcome smallint,               -- what came of it, when closed
    protected boolean not null,     -- the address is protected: the inbox does not show it
    made_at timestamptz not null,
    waits_since timestamptz,        -- since when its message is to be handed over
    due_at timestamptz,             -- when its message is to be looked at next
    document bytea not null         -- sealed: what the inspectorate is told, and how it stands
);
create index referral_of_entry on read.referral (entry);
create index referral_of_employer on read.referral (employer, made_at);
create index referral_due on read.referral (due_at) where due_at is not null;
alter table read.referral owner to register_app;
