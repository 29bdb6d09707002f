-- Keeps what each variant cost from when, so that a price before is shown only where it was charged.
-- Safe beside a running version: a new table; a price that an older version changes is noted with the next change.

-- A price is in force from starts_at until the variant's next row.
create table price_history (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    variant_id uuid not null,
    price_cents bigint not null,
    starts_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint price_history_pk primary key (tenant_id, id),
    constraint price_history_variant_fk foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
    constraint price_history_moment_unique unique (tenant_id, variant_id, starts_at),
    constraint price_history_price_positive check (price_cents >= 0)
);

select duka_protect('price_history', '{select,insert,update}', '{price_cents,updated_at}');

comment on table price_history is 'What a variant was charged at from when; written by whoever writes prices, in the same transaction.';
comment on column price_history.starts_at is 'Two changes of one moment are one: the last price counts.';
