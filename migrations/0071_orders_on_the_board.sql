-- no-transaction
-- Lets the dispatch board be counted by area and turned page by page without reading the orders themselves.
-- Safe beside a running version: an index.
create index concurrently if not exists orders_on_the_board_idx
on orders (tenant_id, status, has_failed_delivery, delivery_city_area, placed_at, id)
where status in ('packing', 'dispatched');
