-- no-transaction
-- Lets the tags in use, and the orders that carry one, be found among those that carry any.
-- Safe beside a running version: an index.
create index concurrently if not exists orders_tagged_idx
on orders (tenant_id, placed_at desc)
where tags <> '{}';
