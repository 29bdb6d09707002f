-- Lets two people who describe one picture meet instead of overwriting each other.
-- Safe beside a running version: only a new column with a default.

alter table product_images
    add column version int not null default 1,
    add constraint product_images_version_counts check (version > 0);

grant insert (version) on product_images to duka_app, duka_worker;
grant update (version) on product_images to duka_app, duka_worker;

comment on column product_images.version is 'Raised by every edit of its words or variant; an edit made against an older version is refused.';
comment on column product_images.position is 'Place among the product''s pictures, from 0; the first one is shown in lists.';
