-- Creates the stock ledger, the price rules and the record of imports.
-- Safe beside a running version: only new tables.

-- A movement is one change of what is in the house. The ledger is the truth; a movement is never changed, only answered
-- by another. The row to lock while stock is decided is the variant's, not a movement's.
create table inventory_movements (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    product_id uuid not null,
    variant_id uuid not null,
    change int not null,
    reason text not null default 'adjustment',
    reference_type text,
    reference_id uuid,
    note text,
    balance_after int,
    created_by uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint inventory_movements_pk primary key (tenant_id, id),
    constraint inventory_movements_product_fk foreign key (tenant_id, product_id) references products (tenant_id, id),
    constraint inventory_movements_variant_fk foreign key (tenant_id, variant_id) references product_variants (tenant_id, id),
    constraint inventory_movements_created_by_fk foreign key (tenant_id, created_by) references users (tenant_id, id),
    constraint inventory_movements_change_moves check (change <> 0),
    constraint inventory_movements_reason_known check (reason in ('sale', 'restock', 'adjustment', 'refund')),
    constraint inventory_movements_reference_known check (reference_type in ('order', 'refund', 'import')),
    constraint inventory_movements_balance_positive check (balance_after >= 0)
);

create index inventory_movements_variant_idx on inventory_movements (tenant_id, variant_id, created_at desc);
create index inventory_movements_product_idx on inventory_movements (tenant_id, product_id);
create index inventory_movements_reference_idx on inventory_movements (tenant_id, reference_id) where reference_id is not null;

select duka_protect('inventory_movements', '{select,insert}');

comment on table inventory_movements is 'The stock ledger: every change of what is in the house, with its reason. Only ever added to.';
comment on column inventory_movements.change is 'Pieces: in is positive, out is negative.';
comment on column inventory_movements.reference_type is 'What reference_id is: order, refund or import.';
comment on column inventory_movements.reference_id is 'The order, refund or import behind it; several tables, so no foreign key.';
comment on column inventory_movements.balance_after is 'stock_quantity of the variant after this movement.';
comment on column inventory_movements.created_by is 'The user who did it; null for the program itself.';

-- A price rule takes something off while it is in force.
create table price_rules (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    name text not null,
    type text not null default 'percentage_off',
    scope text not null default 'storewide',
    config jsonb not null default '{}',
    starts_at timestamptz,
    ends_at timestamptz,
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint price_rules_pk primary key (tenant_id, id),
    constraint price_rules_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint price_rules_name_present check (name <> ''),
    constraint price_rules_type_known check (type in ('percentage_off', 'amount_off', 'bxgy')),
    constraint price_rules_scope_known check (scope in ('product', 'category', 'storewide')),
    constraint price_rules_ends_after_start check (ends_at > starts_at)
);

create index price_rules_live_idx on price_rules (tenant_id, starts_at) where is_active;

select duka_protect('price_rules');

comment on table price_rules is 'A discount with its conditions.';
comment on column price_rules.type is 'percentage_off, amount_off, or bxgy: buy some, get some.';
comment on column price_rules.config is 'Size of the discount and what it applies to; its shape depends on type and is typed in the program.';

-- An import run is one file of products that somebody brought in, with what became of each row.
create table import_runs (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    store_id uuid not null,
    format text not null,
    file_name text not null default '',
    status text not null default 'running',
    row_count int not null default 0,
    created_count int not null default 0,
    updated_count int not null default 0,
    error_count int not null default 0,
    report jsonb not null default '[]',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint import_runs_pk primary key (tenant_id, id),
    constraint import_runs_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id),
    constraint import_runs_format_known check (format in ('shopify', 'woocommerce', 'duka')),
    constraint import_runs_status_known check (status in ('running', 'succeeded', 'failed', 'dry_run')),
    constraint import_runs_counts_positive check (row_count >= 0 and created_count >= 0 and updated_count >= 0 and error_count >= 0)
);

create index import_runs_store_idx on import_runs (tenant_id, store_id, created_at desc);

select duka_protect('import_runs');

comment on table import_runs is 'One file of products brought in.';
comment on column import_runs.report is 'A list, one entry per row of the file: its number, what happened, and why.';
