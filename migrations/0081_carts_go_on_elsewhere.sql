-- Lets a shopper go on with a cart on another phone by a link, and asks once why a cart was left at the checkout.
-- Safe beside a running version: columns that may be null, and a rule about a table that nothing has written to yet.

-- A link's own token is nowhere here: the hash finds the cart, and only the token opens what lies beside it.
alter table carts
    add column link_hash bytea,
    add column link_sealed bytea,
    add column link_expires_at timestamptz,
    add constraint carts_link_unique unique (tenant_id, link_hash),
    add constraint carts_link_is_whole check ((link_hash is null) = (link_sealed is null) and (link_hash is null) = (link_expires_at is null));

grant insert (link_hash, link_sealed, link_expires_at) on carts to duka_app, duka_worker;
grant update (link_hash, link_sealed, link_expires_at) on carts to duka_app, duka_worker;

comment on column carts.link_hash is 'SHA-256 of the token in the link that opens the cart on another phone; another link takes its place.';
comment on column carts.link_sealed is 'The cookie''s token, readable only with the link''s own.';
comment on column carts.link_expires_at is 'Until when the link opens the cart, or the order that it has become.';

alter table checkout_abandonment_reasons
    add constraint checkout_abandonment_reasons_cart_once unique (tenant_id, cart_id);

-- The unique rule has the same columns.
drop index checkout_abandonment_reasons_cart_idx;
