-- One cash order as `place_order` writes it, statement by statement, for pgbench; `orders.rs` puts the program's own
-- statements in, and what the program works out between them is given.
-- Variables: tenants, first (number of a connection's first cart), each (carts of a connection), n (orders so far).
\set cart :first + :client_id * :each + :n
\set t :cart % :tenants
\if :n = 0
prepare open as
{open};
prepare goods as
{goods};
prepare held as
{held};
prepare buyer as
{buyer};
prepare rules as
{rules};
prepare placed as
{placed};
prepare holds as
{holds};
prepare told as
{told};
prepare payment as
{payment};
\endif
\set n :n + 1
begin \; select set_config('app.tenant_id', '00000000-0000-7000-8000-' || lpad(to_hex(:t::bigint), 12, '0'), true) as tenant, lpad(to_hex(:cart::bigint), 12, '0') as mark, lpad(to_hex(:cart::bigint), 64, '0') as token, '+2547' || lpad(:cart::text, 8, '0') as phone \gset
execute open (':tenant', '00000001-0000-7000-8000-000000000000', encode(sha256(decode(':token', 'hex')), 'hex'), 'Westlands', null, now()) \gset
execute goods (':tenant', ':cart_id') \gset
execute held (':tenant', array[':variant_id']::uuid[], now(), null);
execute buyer (':tenant', '01930000-0000-7000-8001-:mark', ':phone', null, 'Amina', 'Wanjiru', false, 'Westlands', ':cart_id', 'Mpaka Road, blue gate', null) \gset buyer_
execute rules (':tenant', ':cart_id', ':buyer_id', now());
execute placed (':tenant', '01930000-0000-7000-8002-:mark', ':cart_id', 'Westlands', 15000, 120, (':zone'::jsonb ->> 'id')::uuid, now(), '01930000-0000-7000-8000-:mark', '00000001-0000-7000-8000-000000000000', ':buyer_id', 'pending', 'KES', 100000, 115000, 15862, 'cod', '{"area": "Westlands", "name": "Amina Wanjiru", "phone": "+254700000000", "place": null, "street": "Mpaka Road, blue gate", "instructions": null}', null, sha256(decode(':token', 'hex')), 'Amina Wanjiru', ':phone', null, 'en', 0, '{}', '{}', '{}', '{}', null, 'flat fee of Westlands', now() + interval '1 hour', 'web', null, null, '{0}', array[':product_id']::uuid[], array[':variant_id']::uuid[], array[':product_name'], array[':variant_name'], '{1}', array[:price_cents], array[:price_cents], '{13793}', array[':image'], null, null);
execute holds (':tenant', '01930000-0000-7000-8000-:mark', array[':variant_id']::uuid[], '{1}', now() + interval '72 hours');
execute told (':tenant', '01930000-0000-7000-8000-:mark', '01930000-0000-7000-8004-:mark', 'order_placed', 'buyer', '01930000-0000-7000-8000-:mark', 'send_mail', 'expire_order', '01930000-0000-7000-8000-:mark', now() + interval '72 hours', 'expire:01930000-0000-7000-8000-:mark');
execute payment (':tenant', ':cart_id', '01930000-0000-7000-8000-:mark', 'key-:cart', 115000, 'KES', '01930000-0000-7000-8003-:mark', 'cod', null, now(), null, null, 'shopper', 115000);
commit;
