-- Whether somebody wants the entry ended before its epoch: 0 no, 1 asked for, 2 agreed to.
alter table read.entry add column early_end smallint not null default 0;
create index entry_early_end on read.entry (early_end) where early_end > 0;
