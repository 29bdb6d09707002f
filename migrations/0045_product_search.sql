-- Creates the words by which products are found, and the reviewed functions that look them up.
-- Safe beside a running version: a new table and new functions; the columns searched before stay.

-- One row per product, written by `catalog::search_text` from its name, brand, categories, variants, tags and description.
create table product_search (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    product_id uuid not null,
    store_id uuid not null,
    name text not null default '',
    words tsvector not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint product_search_pk primary key (tenant_id, id),
    constraint product_search_product_fk foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    constraint product_search_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id),
    constraint product_search_once unique (tenant_id, product_id)
);

create index product_search_store_idx on product_search (tenant_id, store_id);

-- New words wait in a short list only: every search reads that list from one end to the other.
create index product_search_words_idx on product_search using gin (tenant_id, words) with (gin_pending_list_limit = 256);
create index product_search_name_idx on product_search using gin (tenant_id, name gin_trgm_ops) with (gin_pending_list_limit = 256);

select duka_protect('product_search');

comment on table product_search is 'What products are found by: folded words; words of the name again after "+", whole SKUs and barcodes after "=", words with a letter missing after "~".';
comment on column product_search.name is 'The product''s name in small letters without accents.';
comment on column product_search.words is 'A: name. B: brand, categories, SKUs and barcodes. C: tags and choices. D: description, and words with a letter missing.';

grant select (tenant_id, product_id, store_id, name, words) on product_search to duka_directory;

create policy product_search_directory on product_search for select to duka_directory using (true);

-- Neither @@ nor the trigram operators are leak-proof, so under a policy they may not use an index: the planner would
-- read all of a tenant's products. These two run as the directory role, whose policy lets the index work, and name the
-- tenant themselves: the one in app.tenant_id, which no caller's argument can change. They return ids only.
create function search_products(store uuid, code tsquery, prefix text, named tsquery, anywhere tsquery, misspelt tsquery, most int)
returns setof uuid
language plpgsql
stable
security definer
rows 100
set search_path = pg_catalog, public, pg_temp
as $$
declare
    tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    bound int := least(greatest(coalesce(most, 0), 0), 500);
    found uuid[];
    more uuid[];
begin
    if tenant is null then
        return;
    end if;
    -- A weight in a question would have the index answer with every row that has the word at all, so names are marked.
    -- Each step is bounded before it is ordered, so that a word that every product has costs no more than a rare one.
    found := array(
        select c.product_id
        from (
            select s.product_id, s.name, s.words
            from public.product_search s
            where s.tenant_id = tenant
              and s.words @@ (code || named)
              and (store is null or s.store_id = store)
            limit bound
        ) c
        order by c.words @@ code desc, c.name = prefix desc, starts_with(c.name, prefix) desc, ts_rank(c.words, anywhere) desc, c.name, c.product_id
    );
    if cardinality(found) < bound then
        more := array(
            select c.product_id
            from (
                select s.product_id, s.name, s.words
                from public.product_search s
                where s.tenant_id = tenant
                  and s.words @@ anywhere
                  and (store is null or s.store_id = store)
                  and s.product_id <> all (found)
                limit bound - cardinality(found)
            ) c
            order by ts_rank(c.words, anywhere) desc, c.name, c.product_id
        );
        found := found || more;
    end if;
    -- A mistake is forgiven where what was typed finds little.
    if cardinality(found) < least(3, bound) then
        more := array(
            select c.product_id
            from (
                select s.product_id, s.name, s.words
                from public.product_search s
                where s.tenant_id = tenant
                  and s.words @@ misspelt
                  and (store is null or s.store_id = store)
                  and s.product_id <> all (found)
                limit bound - cardinality(found)
            ) c
            order by ts_rank(c.words, misspelt) desc, public.similarity(c.name, prefix) desc, c.name, c.product_id
        );
        found := found || more;
    end if;
    return query select unnest(found);
end
$$;

comment on function search_products(uuid, tsquery, text, tsquery, tsquery, tsquery, int) is
    'Products of the tenant in app.tenant_id, best first: whole SKU or barcode, name, all words anywhere, then with one typing mistake. No store means all of the tenant''s. At most 500.';

create function search_nearest(store uuid, typed text, most int) returns setof uuid
language plpgsql
stable
security definer
rows 5
set search_path = pg_catalog, public, pg_temp
as $$
declare
    tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
begin
    if tenant is null then
        return;
    end if;
    perform set_config('pg_trgm.word_similarity_threshold', '0.35', true);
    return query
    select c.product_id
    from (
        select s.product_id, s.name
        from public.product_search s
        where s.tenant_id = tenant
          and s.name operator(public.%>) typed
          and (store is null or s.store_id = store)
        limit 200
    ) c
    order by public.word_similarity(typed, c.name) desc, c.name, c.product_id
    limit least(greatest(coalesce(most, 0), 0), 20);
end
$$;

comment on function search_nearest(uuid, text, int) is
    'Products of the tenant in app.tenant_id whose names look most like what was typed, by trigrams. At most 20.';

grant execute on function search_products(uuid, tsquery, text, tsquery, tsquery, tsquery, int) to duka_app, duka_worker;
grant execute on function search_nearest(uuid, text, int) to duka_app, duka_worker;

grant create on schema public to duka_directory;
alter function search_products(uuid, tsquery, text, tsquery, tsquery, tsquery, int) owner to duka_directory;
alter function search_nearest(uuid, text, int) owner to duka_directory;
revoke create on schema public from duka_directory;
