-- Drops the index that products_newest_in_category_idx covers.
-- Safe beside a running version: the other one begins with the same columns.
drop index products_category_idx;
