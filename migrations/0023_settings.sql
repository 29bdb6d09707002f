-- Lets merchants set up their shops: words, looks, tax, own domains, and a proof that their M-Pesa account works.
-- Safe beside a running version: only new tables, columns with defaults, and wider rights on hosts.

alter table stores
    add column version int not null default 1,
    add column languages text[] not null default '{en,sw}',
    add column contact_email text,
    add column delivery_contact_name text,
    add column delivery_contact_phone text,
    add column vat_number text,
    add column delivery_policy text,
    add column returns_policy text,
    add column privacy_notice text,
    add column logo jsonb,
    add column went_live_at timestamptz,
    add constraint stores_version_counts check (version > 0),
    add constraint stores_languages_known check (languages <@ '{en,sw}'::text[] and cardinality(languages) > 0);

grant insert (version, languages, contact_email, delivery_contact_name, delivery_contact_phone, vat_number, delivery_policy, returns_policy, privacy_notice, logo, went_live_at) on stores to duka_app, duka_worker;
grant update (version, languages, contact_email, delivery_contact_name, delivery_contact_phone, vat_number, delivery_policy, returns_policy, privacy_notice, logo, went_live_at) on stores to duka_app, duka_worker;

comment on column stores.version is 'Raised by every edit; an edit made against an older version is refused.';
comment on column stores.languages is 'The languages shoppers are offered.';
comment on column stores.delivery_contact_phone is 'Whom a rider or a shopper calls about a delivery.';
comment on column stores.vat_number is 'The merchant''s PIN for VAT; prices always include VAT.';
comment on column stores.delivery_policy is 'In the merchant''s words, shown in the shop; likewise the two after it.';
comment on column stores.logo is 'The stored picture behind logo_url: its key and widths.';
comment on column stores.went_live_at is 'When the shop first opened.';

alter table tenants
    add column version int not null default 1,
    add constraint tenants_version_counts check (version > 0);

grant insert (version) on tenants to duka_app, duka_worker;
grant update (version) on tenants to duka_app, duka_worker;

comment on column tenants.version is 'Raised by every edit; an edit made against an older version is refused.';

alter table delivery_zones
    add column version int not null default 1,
    add constraint delivery_zones_version_counts check (version > 0);

grant insert (version) on delivery_zones to duka_app, duka_worker;
grant update (version) on delivery_zones to duka_app, duka_worker;

comment on column delivery_zones.version is 'Raised by every edit; an edit made against an older version is refused.';

-- A domain of the merchant's own. It leads nowhere until it is proved; only then it gets a row in hosts.
create table store_domains (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    store_id uuid not null,
    name text not null,
    proof text not null,
    checked_at timestamptz,
    verified_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint store_domains_pk primary key (tenant_id, id),
    constraint store_domains_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade,
    constraint store_domains_name_unique unique (tenant_id, name),
    constraint store_domains_name_lower check (name <> '' and name = lower(name))
);

create index store_domains_store_idx on store_domains (tenant_id, store_id);

select duka_protect('store_domains');

comment on table store_domains is 'A domain a merchant says is theirs.';
comment on column store_domains.proof is 'What the domain must show, in a DNS record or a file; public, so not a secret.';

-- A merchant sees and changes the hosts of their own stores; that a name is unique across tenants tells only what
-- asking for its address tells anyway.
grant select, delete on hosts to duka_app, duka_worker;
grant update (store_id, is_primary, updated_at) on hosts to duka_app, duka_worker;

alter table mpesa_accounts
    add column version int not null default 1,
    add column proved_at timestamptz,
    add constraint mpesa_accounts_version_counts check (version > 0);

grant insert (version, proved_at) on mpesa_accounts to duka_app, duka_worker;
grant update (version, proved_at) on mpesa_accounts to duka_app, duka_worker;

create unique index mpesa_accounts_one_candidate on mpesa_accounts (tenant_id) where not is_active and proved_at is null;

comment on column mpesa_accounts.version is 'Raised by every edit; an edit made against an older version is refused.';
comment on column mpesa_accounts.proved_at is 'When a payment of KSh 1 through it succeeded. Until then a new account is not in use.';
comment on index mpesa_accounts_one_candidate is 'The account being set up, which takes the active one''s place once it is proved.';

-- A payment of KSh 1 that shows whether an account's keys are right.
create table mpesa_account_tests (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    account_id uuid not null,
    phone text not null,
    status text not null default 'initiated',
    checkout_request_id text,
    result_code text,
    requested_at timestamptz not null default now(),
    completed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint mpesa_account_tests_pk primary key (tenant_id, id),
    constraint mpesa_account_tests_account_fk foreign key (tenant_id, account_id) references mpesa_accounts (tenant_id, id) on delete cascade,
    constraint mpesa_account_tests_status_known check (status in ('initiated', 'pending', 'succeeded', 'failed'))
);

create index mpesa_account_tests_account_idx on mpesa_account_tests (tenant_id, account_id, requested_at desc);
create unique index mpesa_account_tests_one_open on mpesa_account_tests (tenant_id, account_id) where status in ('initiated', 'pending');

select duka_protect('mpesa_account_tests');

comment on table mpesa_account_tests is 'A try of an M-Pesa account with KSh 1.';
comment on column mpesa_account_tests.phone is 'Whose phone was asked; the merchant''s own.';
comment on column mpesa_account_tests.result_code is 'What the provider said, or why it could not be asked.';
