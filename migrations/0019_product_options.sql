-- Adds the names of a product's choices in their order, which the variants' jsonb cannot keep.
-- Safe beside a running version: a column with a default.

alter table products add column option_names text[] not null default '{}';

grant insert (option_names), update (option_names) on products to duka_app, duka_worker;

comment on column products.option_names is 'Names of its choices in the order they are asked, such as {Size,Colour}; each is a key of product_variants.attributes.';
