-- Creates carts, what is in them, what delivery was offered for, and why some were left.
-- Safe beside a running version: only new tables.

-- A cart belongs to a browser (or a chat) and becomes at most one order.
create table carts (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    customer_id uuid,
    channel text not null default 'web',
    status text not null default 'open',
    cart_token text,
    currency text not null default 'KES',
    subtotal_cents bigint not null default 0,
    delivery_fee_cents bigint not null default 0,
    discount_cents bigint not null default 0,
    expires_at timestamptz not null default now() + interval '30 days',
    store_id uuid,
    locale text not null default 'en',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint carts_pk primary key (tenant_id, id),
    constraint carts_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint carts_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete set null (customer_id),
    constraint carts_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id),
    constraint carts_token_unique unique (tenant_id, cart_token),
    constraint carts_channel_known check (channel in ('web', 'whatsapp')),
    constraint carts_status_known check (status in ('open', 'converted', 'abandoned')),
    constraint carts_currency_code check (currency ~ '^[A-Z]{3}$'),
    constraint carts_subtotal_positive check (subtotal_cents >= 0),
    constraint carts_delivery_fee_positive check (delivery_fee_cents >= 0),
    constraint carts_discount_positive check (discount_cents >= 0),
    constraint carts_locale_known check (locale in ('en', 'sw'))
);

create index carts_customer_idx on carts (tenant_id, customer_id) where customer_id is not null;
create index carts_store_idx on carts (tenant_id, store_id) where store_id is not null;
create index carts_expiry_idx on carts (tenant_id, expires_at) where status = 'open';

select duka_protect('carts');

comment on table carts is 'What somebody is about to buy. Sums are as last shown; placing an order prices everything again.';
comment on column carts.cart_token is 'SHA-256 of the cookie''s token in hexadecimal; null for a cart made in a chat.';
comment on column carts.locale is 'Language the shopper was reading.';

create table cart_items (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    cart_id uuid not null,
    product_id uuid not null,
    variant_id uuid not null,
    quantity int not null default 1,
    unit_price_cents bigint not null default 0,
    line_total_cents bigint not null default 0,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint cart_items_pk primary key (tenant_id, id),
    constraint cart_items_cart_fk foreign key (tenant_id, cart_id) references carts (tenant_id, id) on delete cascade,
    constraint cart_items_product_fk foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    constraint cart_items_variant_fk foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
    constraint cart_items_variant_once unique (tenant_id, cart_id, variant_id),
    constraint cart_items_quantity_range check (quantity between 1 and 999),
    constraint cart_items_unit_price_positive check (unit_price_cents >= 0),
    constraint cart_items_line_total_positive check (line_total_cents >= 0)
);

create index cart_items_product_idx on cart_items (tenant_id, product_id);
create index cart_items_variant_idx on cart_items (tenant_id, variant_id);

select duka_protect('cart_items');

comment on table cart_items is 'A line of a cart; a variant appears once, with a quantity.';
comment on column cart_items.unit_price_cents is 'Price of one when last shown.';

-- A quote is the fee a shopper was shown for an area, kept so that the order can say which rule made it.
create table delivery_quotes (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    cart_id uuid,
    city_area text not null,
    fee_cents bigint not null default 0,
    eta_minutes int,
    rule_applied text,
    expires_at timestamptz not null default now() + interval '1 hour',
    zone_id uuid,
    order_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint delivery_quotes_pk primary key (tenant_id, id),
    constraint delivery_quotes_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint delivery_quotes_cart_fk foreign key (tenant_id, cart_id) references carts (tenant_id, id) on delete set null (cart_id),
    constraint delivery_quotes_zone_fk foreign key (tenant_id, zone_id) references delivery_zones (tenant_id, id) on delete set null (zone_id),
    constraint delivery_quotes_fee_positive check (fee_cents >= 0),
    constraint delivery_quotes_eta_positive check (eta_minutes > 0)
);

create index delivery_quotes_cart_idx on delivery_quotes (tenant_id, cart_id) where cart_id is not null;
create index delivery_quotes_zone_idx on delivery_quotes (tenant_id, zone_id) where zone_id is not null;

select duka_protect('delivery_quotes');

comment on table delivery_quotes is 'A delivery fee that was offered, and until when it holds.';
comment on column delivery_quotes.rule_applied is 'Which rule made the fee: the zone''s name, or the offer that lowered it.';
comment on column delivery_quotes.order_id is 'The order that took the offer.';

create table checkout_abandonment_reasons (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    cart_id uuid not null,
    reason text not null default 'other',
    note text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint checkout_abandonment_reasons_pk primary key (tenant_id, id),
    constraint checkout_abandonment_reasons_cart_fk foreign key (tenant_id, cart_id) references carts (tenant_id, id) on delete cascade,
    constraint checkout_abandonment_reasons_reason_known check (reason in ('delivery_cost', 'payment_failure', 'price_sensitivity', 'other'))
);

create index checkout_abandonment_reasons_cart_idx on checkout_abandonment_reasons (tenant_id, cart_id);

select duka_protect('checkout_abandonment_reasons');

comment on table checkout_abandonment_reasons is 'Why a cart was left, as the shopper said or the program concluded.';
