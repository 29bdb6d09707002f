-- no-transaction
-- Lets the dispatch board find parcels that were not booked without reading every parcel that ever was.
-- Safe beside a running version: an index.
create index concurrently if not exists partner_parcels_failed_idx
on partner_parcels (tenant_id, order_id, created_at)
where status = 'failed';
