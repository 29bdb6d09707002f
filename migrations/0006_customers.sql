-- Creates the shoppers a merchant knows: customers, their addresses, and what they did.
-- Safe beside a running version: only new tables.

-- A customer is a person to one tenant; the same person at another shop is another customer.
create table customers (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    phone text,
    email text,
    first_name text,
    last_name text,
    whatsapp_opt_in boolean not null default false,
    city_area text,
    location_notes text,
    lifetime_value_cents bigint not null default 0,
    last_order_at timestamptz,
    tags text[] not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint customers_pk primary key (tenant_id, id),
    constraint customers_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint customers_phone_unique unique (tenant_id, phone),
    constraint customers_phone_present check (phone <> ''),
    constraint customers_lifetime_value_positive check (lifetime_value_cents >= 0)
);

create index customers_last_order_idx on customers (tenant_id, last_order_at desc nulls last);
create index customers_email_idx on customers (tenant_id, email) where email is not null;

select duka_protect('customers');

comment on table customers is 'A person who bought, or may, from one tenant.';
comment on column customers.phone is 'In the form +254712345678; null once the person was erased.';
comment on column customers.whatsapp_opt_in is 'Whether the person agreed to be written to.';
comment on column customers.city_area is 'Estate or area, as in delivery_zones.city_area.';
comment on column customers.location_notes is 'How to find the place, in words.';
comment on column customers.lifetime_value_cents is 'Paid less refunded, in the store''s currency.';

create table customer_addresses (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    customer_id uuid not null,
    label text,
    city_area text,
    street_address text,
    instructions text,
    is_default boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint customer_addresses_pk primary key (tenant_id, id),
    constraint customer_addresses_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade
);

create index customer_addresses_customer_idx on customer_addresses (tenant_id, customer_id);
create unique index customer_addresses_one_default on customer_addresses (tenant_id, customer_id) where is_default;

select duka_protect('customer_addresses');

comment on table customer_addresses is 'A place a customer had something brought to.';
comment on column customer_addresses.label is 'What the customer calls it: home, office.';

create table customer_events (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    customer_id uuid not null,
    event_type text not null,
    metadata jsonb not null default '{}',
    occurred_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint customer_events_pk primary key (tenant_id, id),
    constraint customer_events_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade,
    constraint customer_events_type_known check (event_type in ('view', 'add_to_cart', 'order_created', 'order_paid'))
);

create index customer_events_customer_idx on customer_events (tenant_id, customer_id, occurred_at desc);

select duka_protect('customer_events', '{select,insert,delete}');

comment on table customer_events is 'What a known customer did, for the merchant''s view of that person.';
