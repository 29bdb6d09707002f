-- Creates payments: the merchant's M-Pesa account, attempts, intents, what providers sent us, audit and refunds.
-- Safe beside a running version: only new tables.

-- The account prompts are sent with. Credentials are sealed with the tenant's key.
create table mpesa_accounts (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    environment text not null default 'production',
    kind text not null default 'paybill',
    short_code text not null,
    till_number text,
    consumer_key_sealed bytea,
    consumer_secret_sealed bytea,
    passkey_sealed bytea,
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint mpesa_accounts_pk primary key (tenant_id, id),
    constraint mpesa_accounts_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint mpesa_accounts_environment_known check (environment in ('production', 'sandbox')),
    constraint mpesa_accounts_kind_known check (kind in ('paybill', 'till')),
    constraint mpesa_accounts_short_code_present check (short_code <> '')
);

create unique index mpesa_accounts_one_active on mpesa_accounts (tenant_id) where is_active;

select duka_protect('mpesa_accounts');

comment on table mpesa_accounts is 'A merchant''s M-Pesa account; at most one is in use.';
comment on column mpesa_accounts.short_code is 'The paybill, or the head-office code a till belongs to.';
comment on column mpesa_accounts.till_number is 'Where the money goes when kind is till.';
comment on column mpesa_accounts.consumer_key_sealed is 'Sealed with the tenant''s key, bound to this table, column, tenant and row.';
comment on column mpesa_accounts.consumer_secret_sealed is 'Sealed likewise.';
comment on column mpesa_accounts.passkey_sealed is 'Sealed likewise.';

-- A payment is one attempt to pay an order. All ways in which its end becomes known go through one guarded update.
create table payments (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    method text not null,
    amount_cents bigint not null default 0,
    currency text not null default 'KES',
    status text not null default 'initiated',
    provider_reference text,
    mpesa_receipt text,
    phone text,
    requested_at timestamptz not null default now(),
    completed_at timestamptz,
    failure_reason text,
    attempt_no int not null default 1,
    hook_token_hash bytea,
    merchant_request_id text,
    checkout_request_id text,
    account_reference text,
    short_code text,
    result_code text,
    result_source text,
    claimed_at timestamptz,
    next_check_at timestamptz,
    check_count int not null default 0,
    paid_amount_cents bigint,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint payments_pk primary key (tenant_id, id),
    constraint payments_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint payments_method_known check (method in ('mpesa_till', 'mpesa_paybill', 'cod', 'card')),
    constraint payments_status_known check (status in ('initiated', 'pending', 'succeeded', 'failed')),
    constraint payments_result_source_known check (result_source in ('callback', 'query', 'reconciler', 'c2b', 'pull', 'receipt', 'operator', 'card', 'cash')),
    constraint payments_amount_positive check (amount_cents >= 0),
    constraint payments_paid_amount_positive check (paid_amount_cents >= 0),
    constraint payments_mpesa_whole_shillings check (method not in ('mpesa_till', 'mpesa_paybill') or amount_cents % 100 = 0),
    constraint payments_currency_code check (currency ~ '^[A-Z]{3}$'),
    constraint payments_attempt_counts check (attempt_no > 0),
    constraint payments_check_count_positive check (check_count >= 0)
);

create unique index payments_one_live_prompt on payments (tenant_id, order_id)
where status in ('initiated', 'pending') and method in ('mpesa_till', 'mpesa_paybill');
create unique index payments_receipt_unique on payments (tenant_id, mpesa_receipt) where mpesa_receipt is not null;
create unique index payments_provider_reference_unique on payments (tenant_id, provider_reference) where provider_reference is not null;
create unique index payments_checkout_request_unique on payments (tenant_id, checkout_request_id) where checkout_request_id is not null;
create unique index payments_hook_token_unique on payments (tenant_id, hook_token_hash) where hook_token_hash is not null;
create index payments_order_idx on payments (tenant_id, order_id, attempt_no);
create index payments_due_check_idx on payments (tenant_id, next_check_at) where status = 'pending';
create index payments_requested_idx on payments (tenant_id, requested_at desc);

select duka_protect('payments', '{select,insert,update}');

comment on table payments is 'One attempt to pay an order.';
comment on column payments.provider_reference is 'The provider''s name for the attempt.';
comment on column payments.mpesa_receipt is 'M-Pesa''s receipt, which the payer sees in the SMS too.';
comment on column payments.phone is 'The number prompted, in the form +254712345678.';
comment on column payments.failure_reason is 'Our word for why it failed; the shopper''s sentence is made from it.';
comment on column payments.hook_token_hash is 'SHA-256 of the token in the callback address given to the provider.';
comment on column payments.merchant_request_id is 'Daraja''s MerchantRequestID.';
comment on column payments.checkout_request_id is 'Daraja''s CheckoutRequestID; callback and query are matched by it.';
comment on column payments.account_reference is 'What the payer sees as account.';
comment on column payments.short_code is 'The account it was asked for, as it was then.';
comment on column payments.result_code is 'The provider''s code as text, since some are not numbers.';
comment on column payments.result_source is 'From where the end became known.';
comment on column payments.claimed_at is 'When a process took it to send the prompt; it is never sent twice.';
comment on column payments.next_check_at is 'When to ask the provider next, if nothing was heard.';
comment on column payments.paid_amount_cents is 'What the provider says was paid.';

-- An intent binds a shopper's repeated presses to one order.
create table payment_intents (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    cart_id uuid,
    order_id uuid,
    idempotency_key text not null,
    amount_cents bigint not null default 0,
    currency text not null default 'KES',
    status text not null default 'open',
    expires_at timestamptz not null default now() + interval '1 day',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint payment_intents_pk primary key (tenant_id, id),
    constraint payment_intents_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint payment_intents_cart_fk foreign key (tenant_id, cart_id) references carts (tenant_id, id) on delete set null (cart_id),
    constraint payment_intents_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint payment_intents_key_unique unique (tenant_id, idempotency_key),
    constraint payment_intents_key_present check (idempotency_key <> ''),
    constraint payment_intents_status_known check (status in ('open', 'completed', 'cancelled', 'expired')),
    constraint payment_intents_amount_positive check (amount_cents >= 0),
    constraint payment_intents_currency_code check (currency ~ '^[A-Z]{3}$')
);

create unique index payment_intents_one_per_order on payment_intents (tenant_id, order_id) where order_id is not null;
create index payment_intents_cart_idx on payment_intents (tenant_id, cart_id) where cart_id is not null;

select duka_protect('payment_intents', '{select,insert,update}');

comment on table payment_intents is 'The wish to pay a cart, by the key its form carries; the same key always leads to the same order.';

-- What a provider sent, kept as it came before it is acknowledged; settling is separate and may be repeated.
create table mpesa_callbacks_raw (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    payment_id uuid,
    payload jsonb,
    received_at timestamptz not null default now(),
    validated boolean not null default false,
    kind text not null default 'stk',
    raw_body text,
    source_ip text,
    processed_at timestamptz,
    outcome text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint mpesa_callbacks_raw_pk primary key (tenant_id, id),
    constraint mpesa_callbacks_raw_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint mpesa_callbacks_raw_payment_fk foreign key (tenant_id, payment_id) references payments (tenant_id, id),
    constraint mpesa_callbacks_raw_kind_known check (kind in ('stk', 'c2b_validation', 'c2b_confirmation', 'result', 'timeout', 'pull'))
);

create index mpesa_callbacks_raw_payment_idx on mpesa_callbacks_raw (tenant_id, payment_id) where payment_id is not null;
create index mpesa_callbacks_raw_open_idx on mpesa_callbacks_raw (tenant_id, received_at) where processed_at is null;
create index mpesa_callbacks_raw_received_idx on mpesa_callbacks_raw (tenant_id, received_at);

select duka_protect('mpesa_callbacks_raw', '{select,insert,update}', '{payment_id,validated,processed_at,outcome,updated_at}');
-- the nightly job prunes old ones
grant delete on mpesa_callbacks_raw to duka_worker;

comment on table mpesa_callbacks_raw is 'What M-Pesa sent us, word for word.';
comment on column mpesa_callbacks_raw.payload is 'The body as JSON; null when it was none.';
comment on column mpesa_callbacks_raw.raw_body is 'The body as text, as it came.';
comment on column mpesa_callbacks_raw.validated is 'Whether the provider confirmed what it says when asked.';
comment on column mpesa_callbacks_raw.outcome is 'What became of it, in a word.';

create table payment_audit (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    payment_id uuid not null,
    event_type text not null,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint payment_audit_pk primary key (tenant_id, id),
    constraint payment_audit_payment_fk foreign key (tenant_id, payment_id) references payments (tenant_id, id),
    constraint payment_audit_event_type_known check (event_type in ('initiated', 'callback_received', 'reconciled', 'refunded', 'requested', 'succeeded', 'failed', 'overpaid', 'mismatched'))
);

create index payment_audit_payment_idx on payment_audit (tenant_id, payment_id, created_at);

select duka_protect('payment_audit', '{select,insert}');

comment on table payment_audit is 'What happened to a payment, step by step. Only ever added to.';

create table refunds (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    payment_id uuid,
    amount_cents bigint not null default 0,
    reason text,
    status text not null default 'pending',
    processed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint refunds_pk primary key (tenant_id, id),
    constraint refunds_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint refunds_payment_fk foreign key (tenant_id, payment_id) references payments (tenant_id, id),
    constraint refunds_amount_positive check (amount_cents >= 0),
    constraint refunds_status_known check (status in ('pending', 'processed', 'failed'))
);

create index refunds_order_idx on refunds (tenant_id, order_id);
create index refunds_payment_idx on refunds (tenant_id, payment_id) where payment_id is not null;

select duka_protect('refunds', '{select,insert,update}');

comment on table refunds is 'Money given back, or to be given back, in the order''s currency.';

-- Which address a provider may call for what. A token is unique across tenants, so the app may add its own but never
-- read: a call is matched by directory_hook, which returns ids only.
create table hook_tokens (
    token_hash bytea not null,
    tenant_id uuid not null,
    purpose text not null,
    subject_id uuid,
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint hook_tokens_pk primary key (token_hash),
    constraint hook_tokens_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint hook_tokens_purpose_known check (purpose in ('pay', 'c2b', 'refund', 'ask', 'pull', 'card', 'chat', 'delivery'))
);

create index hook_tokens_subject_idx on hook_tokens (tenant_id, purpose, subject_id);

select duka_protect('hook_tokens', '{insert}');

comment on table hook_tokens is 'Which callback address belongs to which tenant and thing.';
comment on column hook_tokens.token_hash is 'SHA-256 of the token in the address. Unique across tenants on purpose.';
comment on column hook_tokens.subject_id is 'The payment or refund it is for; null when it is for the tenant. Several tables, so no foreign key.';
comment on column hook_tokens.expires_at is 'After this the address answers like an unknown one; null for never.';
