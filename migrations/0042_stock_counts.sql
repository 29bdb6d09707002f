-- Creates counts of what is in the house, and lets a movement of the ledger name one.
-- Safe beside a running version: new tables, and a check that allows one word more than before.

alter table inventory_movements drop constraint inventory_movements_reference_known;
alter table inventory_movements
    add constraint inventory_movements_reference_known check (reference_type in ('order', 'refund', 'import', 'count')) not valid;

comment on column inventory_movements.reference_type is 'What reference_id is: order, refund, import or count.';
comment on column inventory_movements.reference_id is 'The order, refund, import or count behind it; several tables, so no foreign key.';

-- A count is begun for a part of the shelf, filled in by several people, and applied at once.
create table stock_counts (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    scope text not null default 'all',
    category_id uuid,
    words text,
    status text not null default 'open',
    line_count int not null default 0,
    note text,
    started_by uuid,
    ended_by uuid,
    ended_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint stock_counts_pk primary key (tenant_id, id),
    constraint stock_counts_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint stock_counts_category_fk foreign key (tenant_id, category_id) references categories (tenant_id, id) on delete set null (category_id),
    constraint stock_counts_started_by_fk foreign key (tenant_id, started_by) references users (tenant_id, id),
    constraint stock_counts_ended_by_fk foreign key (tenant_id, ended_by) references users (tenant_id, id),
    constraint stock_counts_scope_known check (scope in ('all', 'category', 'search')),
    constraint stock_counts_status_known check (status in ('open', 'applied', 'cancelled')),
    constraint stock_counts_lines_bounded check (line_count between 0 and 5000),
    constraint stock_counts_note_length check (char_length(note) <= 200),
    constraint stock_counts_words_length check (char_length(words) <= 100),
    constraint stock_counts_end_has_time check ((ended_at is not null) = (status <> 'open'))
);

create index stock_counts_recent_idx on stock_counts (tenant_id, created_at desc);
create index stock_counts_category_idx on stock_counts (tenant_id, category_id);

select duka_protect('stock_counts', '{select,insert,update}');

comment on table stock_counts is 'A count of goods: which part of the shelf, where it stands, what was said when it ended.';
comment on column stock_counts.scope is 'What is counted: all, a category with what is beneath it, or what a search finds.';
comment on column stock_counts.note is 'Why the differences are; written into every movement it makes.';

-- A line is one variant of a count. What was counted is compared with the stock of that moment, so that what is sold
-- meanwhile is not taken for a difference.
create table stock_count_lines (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    count_id uuid not null,
    variant_id uuid not null,
    position int not null default 0,
    counted int,
    stock_then int,
    counted_at timestamptz,
    counted_by uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint stock_count_lines_pk primary key (tenant_id, id),
    constraint stock_count_lines_count_fk foreign key (tenant_id, count_id) references stock_counts (tenant_id, id) on delete cascade,
    constraint stock_count_lines_variant_fk foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
    constraint stock_count_lines_counted_by_fk foreign key (tenant_id, counted_by) references users (tenant_id, id),
    constraint stock_count_lines_once unique (tenant_id, count_id, variant_id),
    constraint stock_count_lines_counted_range check (counted between 0 and 1000000),
    constraint stock_count_lines_counted_whole check (num_nonnulls(counted, stock_then, counted_at) in (0, 3))
);

create index stock_count_lines_place_idx on stock_count_lines (tenant_id, count_id, position);
create index stock_count_lines_variant_idx on stock_count_lines (tenant_id, variant_id);

select duka_protect('stock_count_lines', '{select,insert,update}');

comment on table stock_count_lines is 'One variant of a count: what was counted, and what the ledger said then.';
comment on column stock_count_lines.stock_then is 'stock_quantity when it was counted; counted less this is the difference.';
