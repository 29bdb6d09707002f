-- Creates the catalogue: categories, products with their search text, variants and pictures.
-- Safe beside a running version: only new tables.

-- A category groups products; categories form a tree.
create table categories (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    name text not null,
    slug text not null,
    parent_id uuid,
    position int not null default 0,
    is_active boolean not null default true,
    description text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint categories_pk primary key (tenant_id, id),
    constraint categories_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint categories_parent_fk foreign key (tenant_id, parent_id) references categories (tenant_id, id),
    constraint categories_slug_unique unique (tenant_id, slug),
    constraint categories_slug_present check (slug <> '' and slug !~ '[/?#[:space:]]'),
    constraint categories_not_own_parent check (parent_id <> id)
);

create index categories_parent_idx on categories (tenant_id, parent_id, position);

select duka_protect('categories');

comment on table categories is 'A group of products, in a tree; retired by is_active, not deleted, so that its address is not reused.';
comment on column categories.position is 'Order among its siblings, smallest first.';

-- A product is what a page of the shop shows; what is bought is one of its variants.
create table products (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    store_id uuid not null,
    name text not null,
    slug text not null,
    description text,
    category_id uuid,
    status text not null default 'draft',
    brand text,
    base_price_cents bigint not null default 0,
    compare_at_price_cents bigint,
    cost_cents bigint,
    currency text not null default 'KES',
    sku text,
    weight_kg double precision,
    seo jsonb not null default '{}',
    search_tsv tsvector generated always as (
        setweight(to_tsvector('simple'::regconfig, coalesce(name, '')), 'A')
        || setweight(to_tsvector('simple'::regconfig, coalesce(brand, '') || ' ' || coalesce(sku, '')), 'B')
        || setweight(to_tsvector('simple'::regconfig, coalesce(description, '')), 'D')
    ) stored,
    tags text[] not null default '{}',
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint products_pk primary key (tenant_id, id),
    constraint products_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id),
    constraint products_category_fk foreign key (tenant_id, category_id) references categories (tenant_id, id),
    constraint products_slug_unique unique (tenant_id, slug),
    constraint products_name_present check (name <> ''),
    constraint products_slug_present check (slug <> '' and slug !~ '[/?#[:space:]]'),
    constraint products_description_length check (char_length(description) <= 200000),
    constraint products_status_known check (status in ('draft', 'active', 'archived')),
    constraint products_base_price_positive check (base_price_cents >= 0),
    constraint products_compare_at_positive check (compare_at_price_cents >= 0),
    constraint products_cost_positive check (cost_cents >= 0),
    constraint products_currency_code check (currency ~ '^[A-Z]{3}$'),
    constraint products_weight_positive check (weight_kg >= 0),
    constraint products_version_counts check (version > 0)
);

create index products_store_idx on products (tenant_id, store_id, status, created_at desc);
create index products_category_idx on products (tenant_id, category_id, status);
create index products_sku_idx on products (tenant_id, sku) where sku is not null;
create index products_search_idx on products using gin (tenant_id, search_tsv);
create index products_name_trgm_idx on products using gin (tenant_id, name gin_trgm_ops);

select duka_protect('products');

comment on table products is 'What a shop page shows; retired by status, not deleted, so that its address is not reused.';
comment on column products.description is 'HTML, cleaned when it was written.';
comment on column products.base_price_cents is 'Price when a variant has none of its own, VAT included.';
comment on column products.compare_at_price_cents is 'The former price a sale is shown against; null when there is none.';
comment on column products.cost_cents is 'What the merchant paid; never leaves the dashboard.';
comment on column products.seo is 'Title and description for search engines, typed in the program.';
comment on column products.search_tsv is 'Words to search by: name before brand and SKU before description, unstemmed because shops mix languages. Generated.';
comment on column products.version is 'Raised by every edit; an edit made against an older version is refused.';

-- A variant is what is put in a cart: a size, a colour, or the only form a product has.
create table product_variants (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    product_id uuid not null,
    name text not null default '',
    sku text,
    barcode text,
    price_cents bigint not null default 0,
    cost_cents bigint,
    stock_quantity int not null default 0,
    low_stock_threshold int not null default 0,
    attributes jsonb not null default '{}',
    is_active boolean not null default true,
    compare_at_price_cents bigint,
    position int not null default 0,
    version int not null default 1,
    image_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint product_variants_pk primary key (tenant_id, id),
    constraint product_variants_product_fk foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    constraint product_variants_price_positive check (price_cents >= 0),
    constraint product_variants_cost_positive check (cost_cents >= 0),
    constraint product_variants_compare_at_positive check (compare_at_price_cents >= 0),
    constraint product_variants_stock_positive check (stock_quantity >= 0),
    constraint product_variants_threshold_positive check (low_stock_threshold >= 0),
    constraint product_variants_version_counts check (version > 0)
);

create unique index product_variants_sku_unique on product_variants (tenant_id, sku) where sku is not null;
create index product_variants_product_idx on product_variants (tenant_id, product_id, position);
create index product_variants_low_stock_idx on product_variants (tenant_id, stock_quantity)
where is_active and stock_quantity <= low_stock_threshold;

select duka_protect('product_variants');

comment on table product_variants is 'What is bought; a product without choices has exactly one.';
comment on column product_variants.price_cents is 'Price of one, VAT included, in the product''s currency.';
comment on column product_variants.stock_quantity is 'Pieces in the house: the sum of its inventory_movements, written by the same statement as each. What can be sold is this less the live stock_holds.';
comment on column product_variants.low_stock_threshold is 'At or below this many the merchant is told.';
comment on column product_variants.attributes is 'Its choices by name, such as {"size": "M", "color": "red"}.';
comment on column product_variants.version is 'Raised by every edit; an edit made against an older version is refused.';
comment on column product_variants.image_id is 'The picture shown when this variant is chosen.';

-- A picture of a product, kept by us in several widths.
create table product_images (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    product_id uuid not null,
    variant_id uuid,
    url text not null default '',
    position int not null default 0,
    alt_text text,
    media_key text,
    width int,
    height int,
    widths int[] not null default '{}',
    placeholder text,
    source_url text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint product_images_pk primary key (tenant_id, id),
    constraint product_images_product_fk foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    constraint product_images_variant_fk foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete set null (variant_id),
    constraint product_images_size_positive check (width > 0 and height > 0)
);

create index product_images_product_idx on product_images (tenant_id, product_id, position);
create index product_images_variant_idx on product_images (tenant_id, variant_id) where variant_id is not null;

alter table product_variants
    add constraint product_variants_image_fk foreign key (tenant_id, image_id)
    references product_images (tenant_id, id) on delete set null (image_id);

create index product_variants_image_idx on product_variants (tenant_id, image_id) where image_id is not null;

select duka_protect('product_images');

comment on table product_images is 'A picture of a product, stored by us in several widths.';
comment on column product_images.url is 'Path under which the picture is served.';
comment on column product_images.variant_id is 'Set when the picture shows one variant only.';
comment on column product_images.media_key is 'Its place in the media store, without width and file type.';
comment on column product_images.width is 'Pixels of the original.';
comment on column product_images.widths is 'Widths in pixels that exist in the media store.';
comment on column product_images.placeholder is 'A few bytes to show while the picture loads: a colour or a tiny data address.';
comment on column product_images.source_url is 'Where an import says it came from; never shown to shoppers.';
