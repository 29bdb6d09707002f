-- Lets every statement ask for the tree above a category in one line: discounts, search words and the way to a page.
-- Safe beside a running version: a new function, which the version before does not call.

-- Plain SQL with the caller's rights, no settings and one select: the planner writes it into the statement that calls it,
-- so that policy, index and plan are those of a walk written there.
create function categories_above(tenant uuid, leaf uuid)
returns table (id uuid, name text, slug text, is_active boolean, height int)
language sql
stable
as $$
    with recursive above as (
        select c.id, c.parent_id, c.name, c.slug, c.is_active, 0 as height
        from public.categories c
        where c.tenant_id = tenant
          and c.id = leaf
        union all
        select c.id, c.parent_id, c.name, c.slug, c.is_active, above.height + 1
        from above
        join public.categories c on c.tenant_id = tenant and c.id = above.parent_id
        where above.height < 19
    )
    select above.id, above.name, above.slug, above.is_active, above.height
    from above
$$;

comment on function categories_above(uuid, uuid) is
    'A category, at height 0, and all above it, at most 20; nothing for one that is none or another tenant''s.';

grant execute on function categories_above(uuid, uuid) to duka_app, duka_worker;
