-- Creates pages written for readers and search engines, and what is known of sitemaps.
-- Safe beside a running version: only new tables.

create table seo_pages (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    slug text not null,
    type text not null default 'blog',
    title text not null,
    meta_description text,
    schema_json jsonb not null default '{}',
    is_indexable boolean not null default true,
    published_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint seo_pages_pk primary key (tenant_id, id),
    constraint seo_pages_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint seo_pages_slug_unique unique (tenant_id, slug),
    constraint seo_pages_slug_present check (slug <> ''),
    constraint seo_pages_type_known check (type in ('area_landing', 'category_landing', 'blog'))
);

create index seo_pages_type_idx on seo_pages (tenant_id, type, published_at desc);

select duka_protect('seo_pages');

comment on table seo_pages is 'A landing or blog page of a shop.';
comment on column seo_pages.schema_json is 'Structured data of the page.';
comment on column seo_pages.published_at is 'Null while it is a draft.';

create table sitemaps (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    path text not null,
    last_generated_at timestamptz,
    item_count int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint sitemaps_pk primary key (tenant_id, id),
    constraint sitemaps_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint sitemaps_path_unique unique (tenant_id, path),
    constraint sitemaps_item_count_positive check (item_count >= 0)
);

select duka_protect('sitemaps');

comment on table sitemaps is 'A sitemap file of a shop and how many addresses it lists.';
