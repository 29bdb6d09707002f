-- Creates the nightly check of the ledger and the morning's alert of what runs out.
-- Safe beside a running version: new tables, and a column with a default.

-- A round is one day's check or alert of a merchant, so that none is made twice.
create table stock_rounds (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    kind text not null,
    day date not null,
    found int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint stock_rounds_pk primary key (tenant_id, id),
    constraint stock_rounds_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint stock_rounds_kind_known check (kind in ('check', 'alert')),
    constraint stock_rounds_once unique (tenant_id, kind, day),
    constraint stock_rounds_found_positive check (found >= 0)
);

select duka_protect('stock_rounds');

comment on table stock_rounds is 'One day''s check of the ledger, or alert of what runs out.';
comment on column stock_rounds.day is 'A day of the merchant''s calendar.';
comment on column stock_rounds.found is 'Variants with a difference, or newly low.';

-- What is low and was told. A variant that is restocked leaves the list, and is told again when it falls again.
create table stock_told (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    variant_id uuid not null,
    round_id uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint stock_told_pk primary key (tenant_id, id),
    constraint stock_told_variant_fk foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
    constraint stock_told_round_fk foreign key (tenant_id, round_id) references stock_rounds (tenant_id, id) on delete cascade,
    constraint stock_told_once unique (tenant_id, variant_id)
);

create index stock_told_round_idx on stock_told (tenant_id, round_id);

select duka_protect('stock_told');

comment on table stock_told is 'Variants that are low, with the alert that told so.';

-- A difference between the ledger and the number shown. It is shown to people and never mended by itself.
create table stock_faults (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    variant_id uuid not null,
    kind text not null,
    shown int not null,
    reckoned int not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint stock_faults_pk primary key (tenant_id, id),
    constraint stock_faults_variant_fk foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
    constraint stock_faults_kind_known check (kind in ('sum', 'chain', 'hold')),
    constraint stock_faults_once unique (tenant_id, variant_id, kind)
);

select duka_protect('stock_faults');

comment on table stock_faults is 'What the nightly check found and is not mended yet.';
comment on column stock_faults.kind is 'sum: the ledger does not add up to the stock; chain: its balances do not follow each other; hold: goods held for an order that is over.';
comment on column stock_faults.shown is 'The stock, or the pieces that are held.';
comment on column stock_faults.reckoned is 'What the ledger comes to, or the pieces that should be held.';

alter table users add column stock_mail boolean not null default true;

grant insert (stock_mail), update (stock_mail) on users to duka_app, duka_worker;

comment on column users.stock_mail is 'Whether an owner is written to when something newly runs out.';
