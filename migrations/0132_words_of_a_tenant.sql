-- Lets a search cost what the tenant's own words cost: the index has each tenant's words apart from everybody else's.
-- Safe beside a running version: the function is called as before, and the words in the table stay as they are written.

-- A word's entry in the index listed the products of all tenants, and the beginning of a word collected those of all
-- words that begin so: whoever typed "k" paid for every shop. With the end of the tenant's id before each word, an entry
-- has one tenant's products. Six digits are enough: where two tenants share them, tenant_id tells their rows apart.
create function in_tenant(tenant uuid, words tsvector) returns tsvector
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select array_to_tsvector(array(select right(tenant::text, 6) || word from unnest(tsvector_to_array(words)) word))
$$;

comment on function in_tenant(uuid, tsvector) is
    'Words with the end of the tenant''s id before each, without places and weights: what the index of product_search holds.';

create function in_tenant(tenant uuid, asked tsquery) returns tsquery
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select regexp_replace(asked::text, '''([^'']+)''', '''' || right(tenant::text, 6) || '\1''', 'g')::tsquery
$$;

comment on function in_tenant(uuid, tsquery) is
    'The same question, asked of the words that in_tenant(uuid, tsvector) made; for words of letters, digits and the marks + = ~.';

grant execute on function in_tenant(uuid, tsvector) to duka_app, duka_worker, duka_directory;
grant execute on function in_tenant(uuid, tsquery) to duka_directory;

drop index product_search_words_idx;
create index product_search_words_idx on product_search using gin (tenant_id, in_tenant(tenant_id, words)) with (gin_pending_list_limit = 256);

-- The function is the directory role's, and stays it.
grant create on schema public to duka_directory;
set local role duka_directory;

create or replace function search_products(store uuid, code tsquery, prefix text, named tsquery, anywhere tsquery, misspelt tsquery, most int)
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
    asked tsquery := public.in_tenant(tenant, code || named);
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
              and public.in_tenant(s.tenant_id, s.words) @@ asked
              and (store is null or s.store_id = store)
            limit bound
        ) c
        order by c.words @@ code desc, c.name = prefix desc, starts_with(c.name, prefix) desc, ts_rank(c.words, anywhere) desc, c.name, c.product_id
    );
    if cardinality(found) < bound then
        asked := public.in_tenant(tenant, anywhere);
        more := array(
            select c.product_id
            from (
                select s.product_id, s.name, s.words
                from public.product_search s
                where s.tenant_id = tenant
                  and public.in_tenant(s.tenant_id, s.words) @@ asked
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
        asked := public.in_tenant(tenant, misspelt);
        more := array(
            select c.product_id
            from (
                select s.product_id, s.name, s.words
                from public.product_search s
                where s.tenant_id = tenant
                  and public.in_tenant(s.tenant_id, s.words) @@ asked
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

set local role duka_owner;
revoke create on schema public from duka_directory;
