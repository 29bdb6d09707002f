-- no-transaction
-- Lets "more of this category" read the newest few instead of sorting all of them.
-- Safe beside a running version: an index; the one it stands in for goes in the next file.
create index concurrently if not exists products_newest_in_category_idx
on products (tenant_id, category_id, status, created_at desc, id);
