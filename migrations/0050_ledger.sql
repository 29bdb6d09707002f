-- Creates the ledger of received money, and lets a payment and a refund stand without an order.
-- Safe beside a running version: new tables, new columns with defaults, and checks that allow more than before.

-- Money that came by itself is a payment too; until somebody finds its order it has none.
alter table payments alter column order_id drop not null;
alter table payments
    add column typed_account text,
    add column payer_hash bytea,
    add column payer_name text,
    drop constraint payments_method_known,
    add constraint payments_method_known check (method in ('mpesa_till', 'mpesa_paybill', 'cod', 'card', 'manual')) not valid,
    add constraint payments_payer_hash_is_sha256 check (octet_length(payer_hash) = 32) not valid,
    add constraint payments_typed_account_length check (char_length(typed_account) <= 100) not valid,
    add constraint payments_payer_name_length check (char_length(payer_name) <= 100) not valid,
    add constraint payments_tenant_fk foreign key (tenant_id) references tenants (id);

grant insert (typed_account, payer_hash, payer_name) on payments to duka_app, duka_worker;
grant update (typed_account, payer_hash, payer_name) on payments to duka_app, duka_worker;

comment on column payments.order_id is 'The order it was made for, or was the first to be put on; null while nobody knows. Where the money is stands in the ledger.';
comment on column payments.typed_account is 'What the payer typed as account at the paybill.';
comment on column payments.payer_hash is 'SHA-256 of the payer''s number where the provider says no more; it names a person all the same.';
comment on column payments.payer_name is 'The payer''s first name, as the provider tells it.';

alter table mpesa_callbacks_raw
    drop constraint mpesa_callbacks_raw_kind_known,
    add constraint mpesa_callbacks_raw_kind_known check (kind in ('stk', 'c2b_validation', 'c2b_confirmation', 'refund_result', 'refund_timeout', 'ask_result', 'ask_timeout', 'pull', 'card', 'result', 'timeout')) not valid,
    add column subject_id uuid;

grant insert (subject_id) on mpesa_callbacks_raw to duka_app, duka_worker;

comment on column mpesa_callbacks_raw.subject_id is 'What its address was given out for: a payment, refund, question or account. Several tables, so no foreign key.';

alter table payment_audit
    drop constraint payment_audit_event_type_known,
    add constraint payment_audit_event_type_known check (event_type in (
        'initiated', 'callback_received', 'reconciled', 'refunded', 'requested', 'succeeded', 'failed', 'overpaid', 'mismatched',
        'assigned', 'credited', 'asked', 'answered', 'refund_asked', 'refund_failed', 'reversed'
    )) not valid;

-- A refund says what it consists of and how it travels.
alter table refunds alter column order_id drop not null;
alter table refunds
    add column kind text not null default 'goods',
    add column way text not null default 'manual',
    add column currency text not null default 'KES',
    add column goods_cents bigint not null default 0,
    add column delivery_cents bigint not null default 0,
    add column discount_cents bigint not null default 0,
    add column tax_cents bigint not null default 0,
    add column receipt text,
    add column failure text,
    add column attempts int not null default 0,
    add column idempotency_key text,
    add column provider_reference text,
    add column hook_token_hash bytea,
    add column claimed_at timestamptz,
    add column next_check_at timestamptz,
    add column requested_by uuid,
    add column processed_by uuid,
    add constraint refunds_tenant_fk foreign key (tenant_id) references tenants (id),
    add constraint refunds_requested_by_fk foreign key (tenant_id, requested_by) references users (tenant_id, id),
    add constraint refunds_processed_by_fk foreign key (tenant_id, processed_by) references users (tenant_id, id),
    add constraint refunds_kind_known check (kind in ('goods', 'goodwill', 'excess')),
    add constraint refunds_way_known check (way in ('reversal', 'card', 'manual', 'cash')),
    add constraint refunds_currency_code check (currency ~ '^[A-Z]{3}$'),
    add constraint refunds_shares_positive check (goods_cents >= 0 and delivery_cents >= 0 and discount_cents >= 0 and tax_cents >= 0),
    add constraint refunds_attempts_positive check (attempts >= 0);

create unique index refunds_key_unique on refunds (tenant_id, idempotency_key) where idempotency_key is not null;
create unique index refunds_provider_reference_unique on refunds (tenant_id, provider_reference) where provider_reference is not null;
create index refunds_open_idx on refunds (tenant_id, created_at) where status <> 'processed';

grant insert (kind, way, currency, goods_cents, delivery_cents, discount_cents, tax_cents, receipt, failure, attempts, idempotency_key, provider_reference, hook_token_hash, claimed_at, next_check_at, requested_by, processed_by) on refunds to duka_app, duka_worker;
grant update (kind, way, currency, goods_cents, delivery_cents, discount_cents, tax_cents, receipt, failure, attempts, idempotency_key, provider_reference, hook_token_hash, claimed_at, next_check_at, requested_by, processed_by) on refunds to duka_app, duka_worker;

comment on column refunds.order_id is 'The order it concerns; null for money that was never on one.';
comment on column refunds.kind is 'goods: something comes back or was not sent; goodwill: nothing does; excess: more came than was asked for.';
comment on column refunds.way is 'How it travels: reversal by M-Pesa, back to the card, by hand with a receipt, or in cash.';
comment on column refunds.goods_cents is 'The goods'' share of amount_cents, after discounts.';
comment on column refunds.delivery_cents is 'The delivery''s share of amount_cents.';
comment on column refunds.discount_cents is 'What had been taken off the goods that come back; not part of amount_cents.';
comment on column refunds.tax_cents is 'VAT within amount_cents.';
comment on column refunds.receipt is 'The provider''s, or the one a person typed.';
comment on column refunds.failure is 'Our word for why it failed.';
comment on column refunds.attempts is 'How often it was given to the provider.';
comment on column refunds.provider_reference is 'The provider''s name for it.';
comment on column refunds.hook_token_hash is 'SHA-256 of the token in the address the provider answers to.';
comment on column refunds.claimed_at is 'When a process took it to send it; it is never sent twice.';

create table refund_lines (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    refund_id uuid not null,
    order_item_id uuid not null,
    quantity int not null default 1,
    amount_cents bigint not null default 0,
    tax_cents bigint not null default 0,
    is_restocked boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint refund_lines_pk primary key (tenant_id, id),
    constraint refund_lines_refund_fk foreign key (tenant_id, refund_id) references refunds (tenant_id, id),
    constraint refund_lines_item_fk foreign key (tenant_id, order_item_id) references order_items (tenant_id, id),
    constraint refund_lines_once unique (tenant_id, refund_id, order_item_id),
    constraint refund_lines_quantity_counts check (quantity > 0),
    constraint refund_lines_amount_positive check (amount_cents >= 0),
    constraint refund_lines_tax_positive check (tax_cents >= 0)
);

create index refund_lines_item_idx on refund_lines (tenant_id, order_item_id);

select duka_protect('refund_lines', '{select,insert}');

comment on table refund_lines is 'What of an order a refund gives back.';
comment on column refund_lines.amount_cents is 'What these pieces had cost, discounts taken off.';
comment on column refund_lines.tax_cents is 'VAT within amount_cents.';
comment on column refund_lines.is_restocked is 'Whether they went back on the shelf.';

-- The ledger: every transfer is two entries that sum to zero, one place gives and one takes. An entry belongs to one
-- payment, so it is always known whose money stands where, and no place of a payment holds less than nothing.
create table ledger_entries (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    transfer_id uuid not null default gen_random_uuid(),
    payment_id uuid not null,
    place text not null default 'inbox',
    order_id uuid,
    customer_id uuid,
    refund_id uuid,
    amount_cents bigint not null default 0,
    currency text not null default 'KES',
    reason text not null default 'received',
    actor_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint ledger_entries_pk primary key (tenant_id, id),
    constraint ledger_entries_payment_fk foreign key (tenant_id, payment_id) references payments (tenant_id, id),
    constraint ledger_entries_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint ledger_entries_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id),
    constraint ledger_entries_refund_fk foreign key (tenant_id, refund_id) references refunds (tenant_id, id),
    constraint ledger_entries_place_known check (place in ('outside', 'inbox', 'order', 'credit', 'refund')),
    constraint ledger_entries_amount_bounded check (abs(amount_cents) <= 100000000000),
    constraint ledger_entries_order_named check (place <> 'order' or order_id is not null),
    constraint ledger_entries_customer_named check (place <> 'credit' or customer_id is not null),
    constraint ledger_entries_refund_named check (place <> 'refund' or refund_id is not null),
    constraint ledger_entries_currency_code check (currency ~ '^[A-Z]{3}$'),
    constraint ledger_entries_reason_known check (reason in ('received', 'assigned', 'excess', 'too_late', 'order_closed', 'credited', 'credit_used', 'refund_asked', 'refund_sent', 'refund_given_up', 'reversed'))
);

create index ledger_entries_payment_idx on ledger_entries (tenant_id, payment_id, created_at);
create index ledger_entries_order_idx on ledger_entries (tenant_id, order_id) where order_id is not null;
create index ledger_entries_refund_idx on ledger_entries (tenant_id, refund_id) where refund_id is not null;
create index ledger_entries_customer_idx on ledger_entries (tenant_id, customer_id) where customer_id is not null;
create index ledger_entries_inbox_idx on ledger_entries (tenant_id, payment_id) where place = 'inbox';
create index ledger_entries_time_idx on ledger_entries (tenant_id, created_at);

select duka_protect('ledger_entries', '{select,insert}');

comment on table ledger_entries is 'Where received money stands: one side of a transfer. Only ever added to.';
comment on column ledger_entries.transfer_id is 'Binds the two sides; together they are zero.';
comment on column ledger_entries.place is 'outside: the world it comes from and goes back to; inbox: nobody knows what for; order; credit: a customer''s, to buy with; refund: on its way back.';
comment on column ledger_entries.amount_cents is 'What the place gained; below zero what it gave. Below zero in all for outside only.';
comment on column ledger_entries.actor_id is 'Who moved it; null for the program. No foreign key: it outlives the person''s account.';

-- A receipt pays one order of one merchant, also where two merchants share a paybill.
create table used_receipts (
    receipt_hash bytea not null,
    tenant_id uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint used_receipts_pk primary key (receipt_hash),
    constraint used_receipts_tenant_fk foreign key (tenant_id) references tenants (id)
);

select duka_protect('used_receipts', '{insert}');

comment on table used_receipts is 'Receipts that have been taken, by whomever; nobody may read it.';
comment on column used_receipts.receipt_hash is 'SHA-256 of the receipt. Unique across tenants on purpose.';

-- What the account needs beyond prompts: an operator of the provider's interface, and addresses for money that comes by itself.
alter table mpesa_accounts
    add column initiator_name text,
    add column initiator_password_sealed bytea,
    add column c2b_registered_at timestamptz,
    add column c2b_heard_at timestamptz,
    add column c2b_problem text,
    add column pull_registered_at timestamptz,
    add column pull_read_until timestamptz,
    add constraint mpesa_accounts_initiator_name_length check (char_length(initiator_name) <= 100) not valid;

grant insert (initiator_name, initiator_password_sealed, c2b_registered_at, c2b_heard_at, c2b_problem, pull_registered_at, pull_read_until) on mpesa_accounts to duka_app, duka_worker;
grant update (initiator_name, initiator_password_sealed, c2b_registered_at, c2b_heard_at, c2b_problem, pull_registered_at, pull_read_until) on mpesa_accounts to duka_app, duka_worker;

comment on column mpesa_accounts.initiator_name is 'The operator of Daraja''s interface who may ask about transactions and reverse them.';
comment on column mpesa_accounts.initiator_password_sealed is 'Sealed with the tenant''s key; valid for 90 days with the provider.';
comment on column mpesa_accounts.c2b_registered_at is 'When the provider took our addresses for money that comes by itself.';
comment on column mpesa_accounts.c2b_heard_at is 'When it last told of some.';
comment on column mpesa_accounts.c2b_problem is 'Our word for why registering failed; null when it did not.';
comment on column mpesa_accounts.pull_read_until is 'Up to when the provider''s own list has been read.';

-- A question to the provider whose answer comes later, at an address of its own.
create table provider_questions (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    kind text not null default 'status',
    order_id uuid,
    payment_id uuid,
    refund_id uuid,
    receipt text,
    conversation_id text,
    asked_at timestamptz,
    answered_at timestamptz,
    result_code text,
    answer jsonb,
    outcome text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint provider_questions_pk primary key (tenant_id, id),
    constraint provider_questions_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint provider_questions_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint provider_questions_payment_fk foreign key (tenant_id, payment_id) references payments (tenant_id, id),
    constraint provider_questions_refund_fk foreign key (tenant_id, refund_id) references refunds (tenant_id, id),
    constraint provider_questions_kind_known check (kind in ('status', 'balance', 'refund_status')),
    constraint provider_questions_receipt_length check (char_length(receipt) <= 20)
);

create index provider_questions_order_idx on provider_questions (tenant_id, order_id, created_at) where order_id is not null;
create index provider_questions_payment_idx on provider_questions (tenant_id, payment_id) where payment_id is not null;
create index provider_questions_refund_idx on provider_questions (tenant_id, refund_id) where refund_id is not null;
create index provider_questions_open_idx on provider_questions (tenant_id, created_at) where answered_at is null;

select duka_protect('provider_questions', '{select,insert,update}');

comment on table provider_questions is 'What the provider was asked, and what it said.';
comment on column provider_questions.kind is 'status: what became of a receipt; balance: what the account holds; refund_status: what became of a refund.';
comment on column provider_questions.receipt is 'The receipt asked about.';
comment on column provider_questions.conversation_id is 'The provider''s name for the question.';
comment on column provider_questions.answer is 'What the answer said, without names and numbers of people.';
comment on column provider_questions.outcome is 'What came of it, in a word.';
