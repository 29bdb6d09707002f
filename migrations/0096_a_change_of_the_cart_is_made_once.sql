-- Lets a phone that was cut off send again what it put into the cart, without putting it in twice.
-- Safe beside a running version: a column that may be null.

alter table cart_items add column last_key bigint;

grant insert (last_key), update (last_key) on cart_items to duka_app, duka_worker;

comment on column cart_items.last_key is 'What a phone numbered its last addition to this line with; the same number again adds nothing.';
