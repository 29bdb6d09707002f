-- Creates the merchants: tenants with their data keys, stores, and the hosts by which a store is reached.
-- Safe beside a running version: only new tables.

-- A tenant is one merchant. Everything else in the database belongs to exactly one of them.
create table tenants (
    id uuid not null default gen_random_uuid(),
    name text not null,
    plan text not null default 'free',
    domain text,
    timezone text not null default 'Africa/Nairobi',
    status text not null default 'active',
    mpesa_paybill text,
    mpesa_short_code text,
    whatsapp_number text,
    catalogue_version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint tenants_pk primary key (id),
    constraint tenants_name_present check (name <> ''),
    constraint tenants_status_known check (status in ('active', 'suspended', 'closed')),
    constraint tenants_catalogue_version_counts check (catalogue_version > 0)
);

-- plan and status are decided by the platform, so only operations may change them.
select duka_protect('tenants', '{select,insert,update}', '{name,domain,timezone,mpesa_paybill,mpesa_short_code,whatsapp_number,catalogue_version,updated_at}');

comment on table tenants is 'One merchant; its id is the tenant key of every other table.';
comment on column tenants.domain is 'The merchant''s own domain as entered; what a request is matched with is the hosts table.';
comment on column tenants.mpesa_paybill is 'Paybill number as shown to people; the account prompts are sent with is in mpesa_accounts.';
comment on column tenants.mpesa_short_code is 'Short code as shown to people; the account prompts are sent with is in mpesa_accounts.';
comment on column tenants.catalogue_version is 'Raised in every transaction that changes what a shop page shows; part of the page cache''s key.';

-- The tenant's own data key. Secrets of the tenant are sealed with it; it is itself wrapped by the master key.
create table tenant_keys (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    wrapped_key bytea not null,
    master_key_id text not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint tenant_keys_pk primary key (tenant_id, id),
    constraint tenant_keys_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint tenant_keys_one_per_tenant unique (tenant_id)
);

select duka_protect('tenant_keys', '{select,insert,update}');

comment on table tenant_keys is 'The key a tenant''s secrets are sealed with, wrapped by the master key.';
comment on column tenant_keys.wrapped_key is 'Data key, encrypted and authenticated under the master key.';
comment on column tenant_keys.master_key_id is 'Which master key wrapped it, so that rotation can tell what is left to do.';

-- A store is a shop front of a tenant, with its own address, dress and tax standing.
create table stores (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    name text not null,
    slug text not null,
    default_currency text not null default 'KES',
    logo_url text,
    primary_contact_phone text,
    nairobi_area text,
    address text,
    seo_settings jsonb not null default '{}',
    is_live boolean not null default false,
    locale text not null default 'en',
    whatsapp_number text,
    theme_color text,
    tagline text,
    hold_minutes int not null default 30,
    order_prefix text not null default '',
    vat_basis_points int not null default 1600,
    is_vat_registered boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint stores_pk primary key (tenant_id, id),
    constraint stores_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint stores_slug_unique unique (tenant_id, slug),
    constraint stores_slug_is_host_label check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    constraint stores_name_present check (name <> ''),
    constraint stores_default_currency_code check (default_currency ~ '^[A-Z]{3}$'),
    constraint stores_locale_known check (locale in ('en', 'sw')),
    constraint stores_hold_minutes_range check (hold_minutes between 1 and 1440),
    constraint stores_vat_range check (vat_basis_points between 0 and 10000)
);

select duka_protect('stores');

comment on table stores is 'A shop front of a tenant.';
comment on column stores.slug is 'Sub-domain label of the shop under the platform''s host.';
comment on column stores.nairobi_area is 'Estate or area the shop is in, in words.';
comment on column stores.seo_settings is 'Title, description and picture for search engines and shared links, typed in the program.';
comment on column stores.is_live is 'Whether shoppers may enter; otherwise only staff see it.';
comment on column stores.locale is 'Language of the shop when the address does not say one: en or sw.';
comment on column stores.theme_color is 'Accent colour of the shop''s dress, as #rrggbb.';
comment on column stores.hold_minutes is 'How long an unpaid order keeps its goods.';
comment on column stores.order_prefix is 'Letters shown before an order number.';
comment on column stores.vat_basis_points is 'VAT contained in prices, in hundredths of a percent: 1600 is 16 %.';

-- A host is a name a request can carry that leads to a store. Names are unique across tenants, so the app may add its
-- own but never read: a request is matched by directory_store_by_host, which returns ids only.
create table hosts (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    store_id uuid not null,
    kind text not null,
    name text not null,
    is_primary boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint hosts_pk primary key (tenant_id, id),
    constraint hosts_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade,
    constraint hosts_directory unique (kind, name),
    constraint hosts_kind_known check (kind in ('subdomain', 'domain')),
    constraint hosts_name_lower check (name <> '' and name = lower(name))
);

create index hosts_store_idx on hosts (tenant_id, store_id);
create unique index hosts_one_primary on hosts (tenant_id, store_id) where is_primary;

select duka_protect('hosts', '{insert}');

comment on table hosts is 'Which host leads to which store; the one place where a name is unique across tenants.';
comment on column hosts.kind is 'subdomain: name is the label under the platform''s host; domain: name is the whole host.';
comment on column hosts.is_primary is 'The host the shop''s own links and canonical addresses use.';
comment on constraint hosts_directory on hosts is 'Unique across tenants on purpose: a host leads to one shop.';
