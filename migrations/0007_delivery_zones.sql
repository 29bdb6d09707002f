-- Creates where a shop delivers to and for how much, and who carries it.
-- Safe beside a running version: only new tables.

-- A zone is an area with one fee and one promise of time.
create table delivery_zones (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    name text not null,
    city_area text not null,
    fee_cents bigint not null default 0,
    min_order_cents bigint not null default 0,
    eta_minutes int,
    is_default boolean not null default false,
    position int not null default 0,
    is_active boolean not null default true,
    aliases text[] not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint delivery_zones_pk primary key (tenant_id, id),
    constraint delivery_zones_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint delivery_zones_city_area_unique unique (tenant_id, city_area),
    constraint delivery_zones_city_area_present check (city_area <> ''),
    constraint delivery_zones_fee_positive check (fee_cents >= 0),
    constraint delivery_zones_min_order_positive check (min_order_cents >= 0),
    constraint delivery_zones_eta_positive check (eta_minutes > 0)
);

create unique index delivery_zones_one_default on delivery_zones (tenant_id) where is_default;
create index delivery_zones_list_idx on delivery_zones (tenant_id, position) where is_active;

select duka_protect('delivery_zones');

comment on table delivery_zones is 'An area delivered to, with its fee and time.';
comment on column delivery_zones.city_area is 'The area''s one spelling; checkout and addresses use it.';
comment on column delivery_zones.fee_cents is 'In the store''s currency, VAT included.';
comment on column delivery_zones.min_order_cents is 'Orders below this are not delivered there; 0 for no minimum.';
comment on column delivery_zones.is_default is 'The area preselected at checkout; at most one.';
comment on column delivery_zones.aliases is 'Other spellings and estates that mean this area.';

create table delivery_partners (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    name text not null,
    provider text not null default 'manual',
    config jsonb not null default '{}',
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint delivery_partners_pk primary key (tenant_id, id),
    constraint delivery_partners_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint delivery_partners_provider_known check (provider in ('pickup_mtaani', 'manual', 'other'))
);

create index delivery_partners_list_idx on delivery_partners (tenant_id, name) where is_active;

select duka_protect('delivery_partners');

comment on table delivery_partners is 'Who carries parcels: a company, or a rider the merchant phones.';
comment on column delivery_partners.config is 'Settings of the provider, typed in the program; secrets in it are sealed with the tenant''s key.';
