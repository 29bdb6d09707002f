-- Creates orders with their numbers, lines, history, and the goods held for them.
-- Safe beside a running version: new tables, and a nullable foreign key on delivery_quotes.

-- The next order number of a tenant. Taken as the last step before commit, so numbers have no gaps and only that
-- tenant's orders wait for each other.
create table order_counters (
    tenant_id uuid not null,
    next_number bigint not null default 1001,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint order_counters_pk primary key (tenant_id),
    constraint order_counters_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint order_counters_next_number_counts check (next_number > 0)
);

select duka_protect('order_counters', '{select,insert,update}');

comment on table order_counters is 'The number a tenant''s next order gets.';

-- An order exists before money moves. Only checkout writes status and payment_status, always together.
create table orders (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    store_id uuid not null,
    customer_id uuid,
    cart_id uuid,
    order_number bigint not null,
    status text not null default 'pending',
    channel text not null default 'web',
    currency text not null default 'KES',
    subtotal_cents bigint not null default 0,
    delivery_fee_cents bigint not null default 0,
    discount_cents bigint not null default 0,
    total_cents bigint not null default 0,
    payment_status text not null default 'unpaid',
    payment_method text,
    delivery_city_area text,
    shipping_address jsonb not null default '{}',
    notes text,
    placed_at timestamptz not null default now(),
    token_hash bytea,
    customer_name text,
    customer_phone text,
    customer_email text,
    locale text not null default 'en',
    delivery_quote_id uuid,
    tax_cents bigint not null default 0,
    eta_minutes int,
    version int not null default 1,
    paid_at timestamptz,
    cancelled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint orders_pk primary key (tenant_id, id),
    constraint orders_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id),
    constraint orders_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id),
    constraint orders_cart_fk foreign key (tenant_id, cart_id) references carts (tenant_id, id) on delete set null (cart_id),
    constraint orders_delivery_quote_fk foreign key (tenant_id, delivery_quote_id) references delivery_quotes (tenant_id, id),
    constraint orders_number_unique unique (tenant_id, order_number),
    constraint orders_number_counts check (order_number > 0),
    constraint orders_status_known check (status in ('pending', 'awaiting_payment', 'paid', 'packing', 'dispatched', 'delivered', 'cancelled', 'refunded')),
    constraint orders_payment_status_known check (payment_status in ('unpaid', 'paid', 'partial', 'refunded')),
    constraint orders_statuses_agree check (
        not (status = 'paid' and payment_status = 'unpaid')
        and not (status = 'awaiting_payment' and payment_status in ('paid', 'refunded'))
        and not (status = 'pending' and payment_status = 'refunded')
        and not (status = 'refunded' and payment_status = 'unpaid')
    ),
    constraint orders_payment_method_known check (payment_method in ('mpesa', 'cod', 'card')),
    constraint orders_channel_known check (channel in ('web', 'whatsapp')),
    constraint orders_currency_code check (currency ~ '^[A-Z]{3}$'),
    constraint orders_subtotal_positive check (subtotal_cents >= 0),
    constraint orders_delivery_fee_positive check (delivery_fee_cents >= 0),
    constraint orders_discount_positive check (discount_cents >= 0),
    constraint orders_total_positive check (total_cents >= 0),
    constraint orders_tax_positive check (tax_cents >= 0),
    constraint orders_locale_known check (locale in ('en', 'sw')),
    constraint orders_version_counts check (version > 0)
);

create unique index orders_token_unique on orders (tenant_id, token_hash) where token_hash is not null;
create unique index orders_one_per_cart on orders (tenant_id, cart_id) where cart_id is not null;
create index orders_placed_idx on orders (tenant_id, placed_at desc);
create index orders_revenue_idx on orders (tenant_id, placed_at desc) where status in ('paid', 'delivered');
create index orders_status_idx on orders (tenant_id, status, placed_at desc);
create index orders_customer_idx on orders (tenant_id, customer_id, placed_at desc) where customer_id is not null;
create index orders_phone_idx on orders (tenant_id, customer_phone) where customer_phone is not null;
create index orders_store_idx on orders (tenant_id, store_id);
create index orders_delivery_quote_idx on orders (tenant_id, delivery_quote_id) where delivery_quote_id is not null;

select duka_protect('orders', '{select,insert,update}');

comment on table orders is 'A purchase. Sums are final: total = subtotal + delivery_fee - discount, VAT contained.';
comment on column orders.order_number is 'Counted per tenant without gaps, for people; it is a label and opens nothing.';
comment on column orders.shipping_address is 'Where to and to whom, as given when the order was placed.';
comment on column orders.token_hash is 'SHA-256 of the token in the order''s address; who knows the token may see and pay the order.';
comment on column orders.customer_phone is 'As given when the order was placed, in the form +254712345678.';
comment on column orders.delivery_quote_id is 'The offer delivery_fee_cents comes from.';
comment on column orders.tax_cents is 'VAT contained in total_cents.';
comment on column orders.version is 'Raised by every change; a move made against an older version is refused.';
comment on constraint orders_statuses_agree on orders is 'Pairs that cannot be, such as paid without money.';

alter table delivery_quotes
    add constraint delivery_quotes_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id);

create index delivery_quotes_order_idx on delivery_quotes (tenant_id, order_id) where order_id is not null;

-- A line of an order, frozen as it was sold.
create table order_items (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    product_id uuid,
    variant_id uuid,
    name_snapshot text not null default '',
    variant_snapshot text,
    quantity int not null default 1,
    unit_price_cents bigint not null default 0,
    line_total_cents bigint not null default 0,
    tax_cents bigint not null default 0,
    position int not null default 0,
    image_url text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint order_items_pk primary key (tenant_id, id),
    constraint order_items_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint order_items_product_fk foreign key (tenant_id, product_id) references products (tenant_id, id),
    constraint order_items_variant_fk foreign key (tenant_id, variant_id) references product_variants (tenant_id, id),
    constraint order_items_quantity_range check (quantity between 1 and 999),
    constraint order_items_unit_price_positive check (unit_price_cents >= 0),
    constraint order_items_line_total_positive check (line_total_cents >= 0),
    constraint order_items_tax_positive check (tax_cents >= 0)
);

create index order_items_order_idx on order_items (tenant_id, order_id, position);
create index order_items_product_idx on order_items (tenant_id, product_id) where product_id is not null;
create index order_items_variant_idx on order_items (tenant_id, variant_id) where variant_id is not null;

select duka_protect('order_items', '{select,insert,update}');

comment on table order_items is 'A line of an order, with names and prices as they were sold.';
comment on column order_items.name_snapshot is 'The product''s name when it was sold.';
comment on column order_items.variant_snapshot is 'The variant''s name when it was sold.';
comment on column order_items.line_total_cents is 'quantity x unit price less the line''s share of discounts.';
comment on column order_items.tax_cents is 'VAT contained in line_total_cents.';

create table order_status_history (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    from_status text,
    to_status text not null,
    changed_by uuid,
    changed_at timestamptz not null default now(),
    note text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint order_status_history_pk primary key (tenant_id, id),
    constraint order_status_history_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint order_status_history_changed_by_fk foreign key (tenant_id, changed_by) references users (tenant_id, id),
    constraint order_status_history_from_known check (from_status in ('pending', 'awaiting_payment', 'paid', 'packing', 'dispatched', 'delivered', 'cancelled', 'refunded')),
    constraint order_status_history_to_known check (to_status in ('pending', 'awaiting_payment', 'paid', 'packing', 'dispatched', 'delivered', 'cancelled', 'refunded'))
);

create index order_status_history_order_idx on order_status_history (tenant_id, order_id, changed_at);

select duka_protect('order_status_history', '{select,insert}');

comment on table order_status_history is 'Every move of an order, written with the move. Only ever added to.';
comment on column order_status_history.from_status is 'Null for the first.';
comment on column order_status_history.changed_by is 'The user who did it; null for the shopper or the program.';

-- A hold keeps goods for an unpaid order. What can be sold is stock_quantity less the live holds; payment turns a hold
-- into a sale movement, time or cancelling releases it.
create table stock_holds (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    variant_id uuid not null,
    quantity int not null,
    expires_at timestamptz not null default now() + interval '30 minutes',
    released_at timestamptz,
    converted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint stock_holds_pk primary key (tenant_id, id),
    constraint stock_holds_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint stock_holds_variant_fk foreign key (tenant_id, variant_id) references product_variants (tenant_id, id),
    constraint stock_holds_quantity_positive check (quantity > 0),
    constraint stock_holds_ends_once check (released_at is null or converted_at is null)
);

create unique index stock_holds_one_live on stock_holds (tenant_id, order_id, variant_id)
where released_at is null and converted_at is null;
create index stock_holds_live_idx on stock_holds (tenant_id, variant_id, expires_at) include (quantity)
where released_at is null and converted_at is null;
create index stock_holds_expiry_idx on stock_holds (tenant_id, expires_at)
where released_at is null and converted_at is null;
create index stock_holds_order_idx on stock_holds (tenant_id, order_id);

select duka_protect('stock_holds', '{select,insert,update}');

comment on table stock_holds is 'Goods kept for an order that is not paid yet. Live while neither released nor converted and before expires_at.';
comment on column stock_holds.converted_at is 'When payment made it a sale.';
