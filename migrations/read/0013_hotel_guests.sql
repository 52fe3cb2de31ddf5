-- The guests of quarantine hotels: one row for each stay that is not over. As much of a guest as the hotel is shown is
-- sealed in it, and nothing else: no telephone, nothing of calls, tests or the ground of a duty.
create unlogged table read.hotel_guest (
    entry uuid primary key,
    hotel text not null,
    protected boolean not null,  -- as in read.entry: such a guest stands in no list
    sealed bytea not null
) with (fillfactor = 85);
create index hotel_guest_hotel on read.hotel_guest (hotel, entry) where not protected;
alter table read.hotel_guest owner to register_app;
grant select, insert, update, delete on read.hotel_guest to register_app;
