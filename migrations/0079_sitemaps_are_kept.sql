-- Lets a sitemap file be kept: whose it is, what it lists, and how the catalogue stood when it was written.
-- Safe beside a running version: new columns have defaults or may be null, and no version before has written a row here.

alter table sitemaps
    add column store_id uuid,
    add column entries text not null default '',
    add column catalogue_version bigint not null default 0,
    add constraint sitemaps_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade,
    drop constraint sitemaps_path_unique,
    add constraint sitemaps_path_unique unique (tenant_id, store_id, path),
    add constraint sitemaps_item_count_fits check (item_count <= 25000);

grant insert (store_id, entries, catalogue_version) on sitemaps to duka_app, duka_worker;
grant update (store_id, entries, catalogue_version) on sitemaps to duka_app, duka_worker;

comment on column sitemaps.path is 'Where the file is served, without the shop''s origin.';
comment on column sitemaps.item_count is 'Pages in it; a page in two languages is two addresses, of which a file may have 50000.';
comment on column sitemaps.last_generated_at is 'When what it lists was last something else than before.';
comment on column sitemaps.entries is 'One page a line: the second at which it changed, a tab, its path without origin and language.';
comment on column sitemaps.catalogue_version is 'The tenant''s catalogue_version that was read before the pages were; another one means it is to be written anew.';
