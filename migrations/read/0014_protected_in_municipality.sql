-- Who has a protected address stands in a municipality's lists for those only who may see it. The rows are written
-- anew by the projection's next version.
alter table read.entry_municipality add column protected boolean not null default false;
