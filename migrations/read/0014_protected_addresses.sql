-- Who has a protected address stands in a municipality's lists for those only who may see it, and machines are told
-- nothing. The rows are written anew by the projection's next version.
alter table read.entry_municipality add column protected boolean not null default false;
alter table read.published add column protected boolean not null default false;
alter table read.feed add column protected boolean not null default false;
