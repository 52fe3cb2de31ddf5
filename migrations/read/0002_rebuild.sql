-- A read model is built anew beside the old one and takes its place: the application's role makes and drops these
-- tables, and these only.

create schema if not exists read_next authorization register_app;
alter table read.entry owner to register_app;
alter table read.entry_token owner to register_app;
