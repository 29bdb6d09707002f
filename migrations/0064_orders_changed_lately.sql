-- no-transaction
-- Lets the list of orders be asked whether anything has changed, by reading one entry.
-- Safe beside a running version: an index.
create index concurrently if not exists orders_changed_idx
on orders (tenant_id, updated_at desc);
