-- Creates the payers that a person has told apart, and the index by which money looks for its order.
-- Safe beside a running version: a new table, and an index on a table that is still small.

-- At a till nobody types an order. Once a person has said whose money it was, the same payer is known the next time.
create table known_payers (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    payer_hash bytea not null,
    customer_id uuid not null,
    confirmed_count int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint known_payers_pk primary key (tenant_id, id),
    constraint known_payers_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade,
    constraint known_payers_hash_once unique (tenant_id, payer_hash),
    constraint known_payers_confirmed_counts check (confirmed_count > 0)
);

create index known_payers_customer_idx on known_payers (tenant_id, customer_id);

select duka_protect('known_payers');

comment on table known_payers is 'For whom a payer pays, as a person confirmed by putting such money on an order or a credit; the last time counts.';
comment on column known_payers.payer_hash is 'As in payments.payer_hash.';
comment on column known_payers.confirmed_count is 'How often in a row it was this customer.';

create index orders_payable_idx on orders (tenant_id, placed_at desc)
where payment_status in ('unpaid', 'partial') and status in ('pending', 'awaiting_payment', 'paid', 'packing', 'dispatched');
