-- Adds the version that an edit of a category must name.
-- Safe beside a running version: a column with a default.

alter table categories add column version int not null default 1
    constraint categories_version_counts check (version > 0);

grant insert (version), update (version) on categories to duka_app, duka_worker;

comment on column categories.version is 'Raised by every edit; an edit made against an older version is refused.';
