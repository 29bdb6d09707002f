-- Lets a merchant take cards: the account with the card provider, and what a payment by card needs beside others.
-- Safe beside a running version: a new table, and columns that may be null.

-- The merchant's account with the card provider. A change makes a candidate beside the one in use, which takes its place
-- once the provider has answered to its key.
create table card_accounts (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    environment text not null default 'production',
    public_key text not null default '',
    secret_key_sealed bytea,
    is_active boolean not null default false,
    proved_at timestamptz,
    problem text,
    heard_at timestamptz,
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint card_accounts_pk primary key (tenant_id, id),
    constraint card_accounts_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint card_accounts_environment_known check (environment in ('production', 'sandbox')),
    constraint card_accounts_problem_known check (problem in ('not_accepted', 'not_reached', 'test_keys')),
    constraint card_accounts_active_is_sealed check (not is_active or secret_key_sealed is not null),
    constraint card_accounts_version_counts check (version > 0)
);

create unique index card_accounts_one_active on card_accounts (tenant_id) where is_active;
create unique index card_accounts_one_candidate on card_accounts (tenant_id) where not is_active and proved_at is null;

select duka_protect('card_accounts', '{select,insert,update}');

comment on table card_accounts is 'A merchant''s account with the card provider; at most one is in use. Kept for good, since payments were made through it.';
comment on column card_accounts.environment is 'Whose money its keys move: real, or the provider''s own test cards. Read from the keys.';
comment on column card_accounts.public_key is 'What the provider calls the account in public; no secret.';
comment on column card_accounts.secret_key_sealed is 'Sealed with the tenant''s key, bound to this table, column, tenant and row. It signs the provider''s events too.';
comment on column card_accounts.proved_at is 'When the provider first answered to its key. Until then it is not in use.';
comment on column card_accounts.problem is 'Why the last try of its key did not prove it; null when it did.';
comment on column card_accounts.heard_at is 'When a signed event last came for it, to the hour: it shows that the address for events is set.';
comment on column card_accounts.version is 'Raised by every edit; an edit made against an older version is refused.';
comment on index card_accounts_one_candidate is 'The account being set up, which takes the active one''s place once it is proved.';

alter table payments
    add column card_account_id uuid,
    add column card_page text,
    add column card_brand text,
    add column card_last_four text,
    add constraint payments_card_account_fk foreign key (tenant_id, card_account_id) references card_accounts (tenant_id, id);

grant insert (card_account_id, card_page, card_brand, card_last_four) on payments to duka_app, duka_worker;
grant update (card_account_id, card_page, card_brand, card_last_four) on payments to duka_app, duka_worker;

comment on column payments.card_account_id is 'The card account it was asked for with; it is asked about with the same one, whatever is in use by then.';
comment on column payments.card_page is 'Where the shopper pays while it is open: the card provider''s own page.';
comment on column payments.card_brand is 'Whose card paid, such as visa; for the receipt.';
comment on column payments.card_last_four is 'The card''s last four digits; for the receipt. No more of it ever comes here.';
