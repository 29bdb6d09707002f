-- One cash order as `place_order` writes it, statement by statement, for pgbench; what the program works out is given.
-- Variables: tenants, first (number of a connection's first cart), each (carts of a connection), n (orders so far).
\set cart :first + :client_id * :each + :n
\set n :n + 1
\set t :cart % :tenants
\startpipeline
begin;
select set_config('app.tenant_id', '00000000-0000-7000-8000-' || lpad(to_hex(:t::bigint), 12, '0'), true);
\endpipeline
select c.tenant_id as tenant, c.id as cart_id, c.status as cart_status, c.expires_at > now() as is_fresh,
       coalesce(o.id::text, '') as old_order, coalesce(o.total_cents, 0) as old_total,
       s.default_currency, s.vat_basis_points, s.is_vat_registered, s.hold_minutes,
       z.id as zone_id, z.city_area as zone_area, z.fee_cents as zone_fee, z.min_order_cents as zone_minimum, z.eta_minutes as zone_eta,
       coalesce(m.kind, '') as mpesa_kind, coalesce(m.short_code, '') as mpesa_short_code
from carts c
join stores s on s.tenant_id = ('00000000-0000-7000-8000-' || lpad(to_hex(:t::bigint), 12, '0'))::uuid and s.id = '00000001-0000-7000-8000-000000000000'::uuid
left join orders o on o.tenant_id = ('00000000-0000-7000-8000-' || lpad(to_hex(:t::bigint), 12, '0'))::uuid and o.cart_id = c.id
left join lateral (
    select dz.id, dz.city_area, dz.fee_cents, dz.min_order_cents, dz.eta_minutes
    from delivery_zones dz
    where dz.tenant_id = ('00000000-0000-7000-8000-' || lpad(to_hex(:t::bigint), 12, '0'))::uuid
      and dz.is_active
      and (lower(dz.city_area) = lower('Westlands') or lower('Westlands') = any(select lower(unnest(dz.aliases))))
    order by lower(dz.city_area) = lower('Westlands') desc
    limit 1
) z on true
left join mpesa_accounts m on m.tenant_id = ('00000000-0000-7000-8000-' || lpad(to_hex(:t::bigint), 12, '0'))::uuid and m.is_active
where c.tenant_id = ('00000000-0000-7000-8000-' || lpad(to_hex(:t::bigint), 12, '0'))::uuid
  and c.cart_token = encode(sha256(decode(lpad(to_hex(:cart::bigint), 64, '0'), 'hex')), 'hex')
  and (c.store_id = '00000001-0000-7000-8000-000000000000'::uuid or c.store_id is null) \gset
select v.id as variant_id, p.id as product_id, p.name as product_name, v.name as variant_name,
       i.quantity, v.price_cents, i.unit_price_cents, v.stock_quantity,
       (v.is_active and p.status = 'active') as is_on_sale,
       coalesce((select pi.url from product_images pi
                 where pi.tenant_id = :tenant::uuid and pi.product_id = p.id
                 order by pi.position, pi.id limit 1), '') as image
from cart_items i
join product_variants v on v.tenant_id = :tenant::uuid and v.id = i.variant_id
join products p on p.tenant_id = :tenant::uuid and p.id = v.product_id
where i.tenant_id = :tenant::uuid
  and i.cart_id = :cart_id::uuid
order by v.id
for update of v \gset
select variant_id, sum(quantity) as held
from stock_holds
where tenant_id = :tenant::uuid
  and variant_id = any(array[:variant_id]::uuid[])
  and released_at is null
  and converted_at is null
  and expires_at > now()
  and order_id is distinct from null::uuid
group by variant_id;
update carts
set status = 'converted', updated_at = now()
where tenant_id = :tenant::uuid
  and id = :cart_id::uuid
  and status = 'open';
insert into customers (tenant_id, id, phone, email, first_name, last_name, whatsapp_opt_in, city_area)
values (:tenant::uuid, ('01930000-0000-7000-8001-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, '+2547' || lpad(:cart::text, 8, '0'), null, 'Amina', nullif('Wanjiru', ''), false, :zone_area)
on conflict (tenant_id, phone) do update
set email = coalesce(excluded.email, customers.email),
    first_name = excluded.first_name,
    last_name = excluded.last_name,
    whatsapp_opt_in = customers.whatsapp_opt_in or excluded.whatsapp_opt_in,
    city_area = excluded.city_area,
    updated_at = now()
returning id as customer_id \gset
select enqueue_job('expire_order', jsonb_build_object('subject', ('01930000-0000-7000-8000-' || lpad(to_hex(:cart::bigint), 12, '0'))), now() + interval '72 hours', 'expire:01930000-0000-7000-8000-' || lpad(to_hex(:cart::bigint), 12, '0'));
with quote as (
    insert into delivery_quotes (tenant_id, id, cart_id, city_area, fee_cents, eta_minutes, rule_applied, zone_id, expires_at)
    values (:tenant::uuid, ('01930000-0000-7000-8002-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, :cart_id::uuid, :zone_area, :zone_fee::bigint, :zone_eta::int, 'flat fee of ' || :zone_area::text, :zone_id::uuid, now() + interval '1 hour')
), counter as (
    insert into order_counters (tenant_id, next_number)
    values (:tenant::uuid, 1002)
    on conflict (tenant_id) do update set next_number = order_counters.next_number + 1, updated_at = now()
    returning next_number - 1 as number
), placed as (
    insert into orders (tenant_id, id, store_id, customer_id, cart_id, order_number, status, channel, currency,
                        subtotal_cents, delivery_fee_cents, total_cents, tax_cents, payment_status, payment_method,
                        delivery_city_area, shipping_address, notes, placed_at, token_hash,
                        customer_name, customer_phone, customer_email, locale, delivery_quote_id, eta_minutes)
    select :tenant::uuid, ('01930000-0000-7000-8000-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, '00000001-0000-7000-8000-000000000000'::uuid, :customer_id::uuid, :cart_id::uuid, counter.number, 'pending', 'web', 'KES',
           100000, :zone_fee::bigint, 115000, 15862, 'unpaid', 'cod',
           :zone_area, '{"area": "Westlands", "name": "Amina Wanjiru", "phone": "+254700000000", "street": "Mpaka Road, blue gate", "instructions": null}'::jsonb, null, now(), sha256(decode(lpad(to_hex(:cart::bigint), 64, '0'), 'hex')),
           'Amina Wanjiru', '+2547' || lpad(:cart::text, 8, '0'), null, 'en', ('01930000-0000-7000-8002-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, :zone_eta::int
    from counter
)
insert into order_status_history (tenant_id, order_id, from_status, to_status, changed_at)
values (:tenant::uuid, ('01930000-0000-7000-8000-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, null, 'pending', now());
insert into order_items (tenant_id, order_id, position, product_id, variant_id, name_snapshot, variant_snapshot,
                         quantity, unit_price_cents, line_total_cents, tax_cents, image_url)
select :tenant::uuid, ('01930000-0000-7000-8000-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, line.position, line.product_id, line.variant_id, line.name, line.variant_name,
       line.quantity, line.price_cents, line.total_cents, line.tax_cents, nullif(line.image, '')
from unnest(array[0], array[:product_id]::uuid[], array[:variant_id]::uuid[], array[:product_name]::text[], array[:variant_name]::text[], array[1], array[:price_cents]::bigint[], array[:price_cents]::bigint[], array[13793]::bigint[], array[:image]::text[])
     as line (position, product_id, variant_id, name, variant_name, quantity, price_cents, total_cents, tax_cents, image);
insert into stock_holds (tenant_id, order_id, variant_id, quantity, expires_at)
select :tenant::uuid, ('01930000-0000-7000-8000-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, line.variant_id, line.quantity, now() + interval '72 hours'
from unnest(array[:variant_id]::uuid[], array[1]) as line (variant_id, quantity);
with intent as (
    insert into payment_intents (tenant_id, cart_id, order_id, idempotency_key, amount_cents, currency)
    values (:tenant::uuid, :cart_id::uuid, ('01930000-0000-7000-8000-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, 'key-' || :cart::text, 115000, 'KES')
), attempt as (
    insert into payments (tenant_id, id, order_id, method, amount_cents, currency, status, phone, requested_at, hook_token_hash, short_code)
    values (:tenant::uuid, ('01930000-0000-7000-8003-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, ('01930000-0000-7000-8000-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, 'cod', 115000, 'KES', 'initiated', null, now(), null, null)
), hook as (
    insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
    select :tenant::uuid, null::bytea, 'pay', ('01930000-0000-7000-8003-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid
    where null::bytea is not null
)
insert into payment_audit (tenant_id, payment_id, event_type, metadata)
values (:tenant::uuid, ('01930000-0000-7000-8003-' || lpad(to_hex(:cart::bigint), 12, '0'))::uuid, 'initiated', jsonb_build_object('method', 'cod'::text, 'actor', 'shopper'::text));
commit;
