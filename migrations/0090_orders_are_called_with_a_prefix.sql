-- Lets a shop put letters of its own before its order numbers; an order keeps those it was placed with.
-- Safe beside a running version: a column with a default, and a rule on a column that nothing has written yet.

alter table stores
    add constraint stores_order_prefix_form check (order_prefix ~ '^([A-Z0-9-]{0,5}[A-Z-])?$') not valid;

comment on column stores.order_prefix is 'What stands before the numbers of orders that are placed from now on; no digit at its end, so that the number is told from it.';

alter table orders
    add column number_prefix text not null default '',
    add constraint orders_number_prefix_form check (number_prefix ~ '^([A-Z0-9-]{0,5}[A-Z-])?$') not valid;

grant insert (number_prefix), update (number_prefix) on orders to duka_app, duka_worker;

comment on column orders.number_prefix is 'What stood before the shop''s order numbers when this one was placed.';
