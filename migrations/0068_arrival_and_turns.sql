-- Keeps what a buyer was told of an order's day, and whose turn it was when people are erased.
-- Safe beside a running version: two columns that may be null; a version that does not know them writes neither.

alter table orders
    add column arrives_on date;

grant insert (arrives_on), update (arrives_on) on orders to duka_app, duka_worker;

comment on column orders.arrives_on is 'The day by whose end it was promised, by the merchant''s calendar, for what was ordered too late for the same day; null when it was promised within minutes.';

alter table customers
    add column erase_tried_at timestamptz;

grant insert (erase_tried_at), update (erase_tried_at) on customers to duka_app, duka_worker;

comment on column customers.erase_tried_at is 'When their erasing was last begun; who failed waits behind those who were never tried.';
