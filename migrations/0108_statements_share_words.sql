-- Lets statements share what several of them ask: categories above one, pieces held, usual delivery, an order's money.
-- Safe beside a running version: new functions, which the version before does not call.

-- Plain SQL with the caller's rights, no settings and one select: the planner writes them into the statement that calls,
-- so that policies, indexes and plan are those of the same words written there.
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

create function pieces_held(tenant uuid, goods uuid, moment timestamptz) returns table (pieces bigint)
language sql
stable
as $$
    select coalesce(sum(h.quantity), 0)
    from public.stock_holds h
    where h.tenant_id = tenant
      and h.variant_id = goods
      and h.released_at is null
      and h.converted_at is null
      and h.expires_at > moment
$$;

comment on function pieces_held(uuid, uuid, timestamptz) is
    'Pieces of a variant that are promised to orders at a moment; what is in the house without them is for sale.';

grant execute on function pieces_held(uuid, uuid, timestamptz) to duka_app, duka_worker;

create function usual_delivery(tenant uuid)
returns table (
    area text, "group" text, min_order_cents bigint, eta_minutes int, has_steps boolean, fee_cents bigint, least_cents bigint
)
language sql
stable
as $$
    select z.city_area, z.name, z.min_order_cents, z.eta_minutes, z.bands <> '[]',
           least(z.fee_cents, (select min((step ->> 1)::bigint) from jsonb_array_elements(z.bands) step)),
           (select case when count(distinct o.fee_cents) > 1 or bool_or(o.bands <> '[]') then min(least(o.fee_cents,
                       (select min((step ->> 1)::bigint) from jsonb_array_elements(o.bands) step))) end
            from public.delivery_zones o
            where o.tenant_id = tenant
              and o.is_active
              and not o.is_collection)
    from public.delivery_zones z
    where z.tenant_id = tenant
      and z.is_active
      and not z.is_collection
    order by z.is_default desc, z.position, z.city_area
    limit 1
$$;

comment on function usual_delivery(uuid) is
    'The area that is delivered to when nobody has said where: the least of its own fees, and the least of all areas where they are not all alike.';

grant execute on function usual_delivery(uuid) to duka_app, duka_worker;

create function order_money(tenant uuid, bought uuid) returns table (cents bigint)
language sql
stable
as $$
    select coalesce(sum(e.amount_cents), 0)::bigint
    from public.ledger_entries e
    where e.tenant_id = tenant
      and e.order_id = bought
      and e.place = 'order'
      and e.reason not in ('refund_asked', 'refund_given_up', 'credited', 'reversed')
$$;

comment on function order_money(uuid, uuid) is
    'What an order has been given of money that came, in minor units; what goes back for a refund is not taken off, since less is due then too.';

grant execute on function order_money(uuid, uuid) to duka_app, duka_worker;
