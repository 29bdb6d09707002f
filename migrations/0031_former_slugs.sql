-- Keeps the addresses that products and categories had before, so that old links lead on and no address changes hands.
-- Safe beside a running version: only new tables.

-- An address under /p/ that a product had. It belongs to that product for good.
create table former_product_slugs (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    slug text not null,
    product_id uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint former_product_slugs_pk primary key (tenant_id, id),
    constraint former_product_slugs_product_fk foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    constraint former_product_slugs_slug_unique unique (tenant_id, slug),
    constraint former_product_slugs_slug_present check (slug <> '')
);

create index former_product_slugs_product_idx on former_product_slugs (tenant_id, product_id);

select duka_protect('former_product_slugs', '{select,insert}');

comment on table former_product_slugs is 'An address that a product had; it leads to that product, and is never another''s.';

-- The same for an address under /c/ that a category had.
create table former_category_slugs (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    slug text not null,
    category_id uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint former_category_slugs_pk primary key (tenant_id, id),
    constraint former_category_slugs_category_fk foreign key (tenant_id, category_id) references categories (tenant_id, id) on delete cascade,
    constraint former_category_slugs_slug_unique unique (tenant_id, slug),
    constraint former_category_slugs_slug_present check (slug <> '')
);

create index former_category_slugs_category_idx on former_category_slugs (tenant_id, category_id);

select duka_protect('former_category_slugs', '{select,insert}');

comment on table former_category_slugs is 'An address that a category had; it leads to that category, and is never another''s.';
