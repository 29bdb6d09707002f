-- Keeps what a merchant typed for a description, beside the HTML that is made of it.
-- Safe beside a running version: a column that may be null, which then means that the HTML is all there is.

alter table products add column description_source text
    constraint products_description_source_length check (char_length(description_source) <= 200000);

grant insert (description_source), update (description_source) on products to duka_app, duka_worker;

comment on column products.description_source is 'Markdown as it was typed; null when only the HTML is known, as after an import. description is made of it.';
