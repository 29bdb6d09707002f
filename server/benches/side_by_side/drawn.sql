-- A product page as it is drawn, statement by statement, for pgbench; `drawn.rs` puts the page's own statements in.
-- Variables: tenants, products (of each), n (0 until a connection has prepared).
\if :n = 0
prepare frame (uuid, uuid, text, text, text) as
{frame};
prepare product (uuid, uuid, text, timestamptz) as
{product};
prepare cards (uuid, uuid[], timestamptz) as
{cards};
\endif
\set n 1
\set t random(0, :tenants - 1)
\set p random(0, :products - 1)
begin \; set local statement_timeout = '2s' \; select set_config('app.tenant_id', '00000000-0000-7000-8000-' || lpad(to_hex(:t), 12, '0'), true) as tenant \gset
execute frame (':tenant', '00000001-0000-7000-8000-000000000000', null, null, null);
execute product (':tenant', '00000001-0000-7000-8000-000000000000', 'product-:p', now()) \gset
execute cards (':tenant', ':more', now());
rollback;
