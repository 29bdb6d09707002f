-- Lets a merchant write pages and posts: their words, the version that an edit must name, and the addresses they had before.
-- Safe beside a running version: columns with a default, one word more that the type may be, and a new table.

alter table seo_pages
    add column body text not null default ''
        constraint seo_pages_body_length check (char_length(body) <= 400000),
    add column body_source text not null default ''
        constraint seo_pages_body_source_length check (char_length(body_source) <= 200000),
    add column version int not null default 1
        constraint seo_pages_version_counts check (version > 0),
    drop constraint seo_pages_type_known,
    add constraint seo_pages_type_known check (type in ('area_landing', 'category_landing', 'blog', 'page'));

grant insert (body, body_source, version), update (body, body_source, version) on seo_pages to duka_app, duka_worker;

comment on table seo_pages is 'A post of a shop''s blog, a plain page, or a landing page.';
comment on column seo_pages.body is 'HTML as readers get it: cleaned, made of body_source.';
comment on column seo_pages.body_source is 'Markdown as it was typed.';
comment on column seo_pages.version is 'Raised by every edit; an edit made against an older version is refused.';
comment on column seo_pages.published_at is 'From when on it is read; null while it is a draft. A moment to come needs no job: whoever reads asks for what is due.';
comment on column seo_pages.meta_description is 'What lists and search engines show; null: the beginning of the body.';

-- An address that a page or post had. It belongs to that page for as long as there is one.
create table former_page_slugs (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    slug text not null,
    page_id uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint former_page_slugs_pk primary key (tenant_id, id),
    constraint former_page_slugs_page_fk foreign key (tenant_id, page_id) references seo_pages (tenant_id, id) on delete cascade,
    constraint former_page_slugs_slug_unique unique (tenant_id, slug),
    constraint former_page_slugs_slug_present check (slug <> '')
);

create index former_page_slugs_page_idx on former_page_slugs (tenant_id, page_id);

select duka_protect('former_page_slugs', '{select,insert}');

comment on table former_page_slugs is 'An address that a page or post had; it leads to that page, and is never another''s.';
