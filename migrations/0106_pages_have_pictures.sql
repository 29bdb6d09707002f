-- Lets a page or post have pictures of its own, which its text names by their number.
-- Safe beside a running version: a new table, and a column with a default.

alter table seo_pages
    add column newest_picture int not null default 0
        constraint seo_pages_newest_picture_counts check (newest_picture >= 0);

grant insert (newest_picture), update (newest_picture) on seo_pages to duka_app, duka_worker;

comment on column seo_pages.newest_picture is 'The number of the newest picture that it was given; a number is given once.';

-- A picture of a page or post, kept by us in several widths. It stays as it was stored until it is taken away.
create table page_pictures (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    page_id uuid not null,
    number int not null,
    alt_text text not null,
    media_key text not null,
    width int not null,
    height int not null,
    widths int[] not null default '{}',
    placeholder text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint page_pictures_pk primary key (tenant_id, id),
    constraint page_pictures_page_fk foreign key (tenant_id, page_id) references seo_pages (tenant_id, id) on delete cascade,
    constraint page_pictures_number_once unique (tenant_id, page_id, number),
    constraint page_pictures_number_counts check (number > 0),
    constraint page_pictures_alt_text_present check (alt_text <> ''),
    constraint page_pictures_size_positive check (width > 0 and height > 0)
);

select duka_protect('page_pictures', '{select,insert,delete}');

comment on table page_pictures is 'A picture of a page or post, stored by us in several widths.';
comment on column page_pictures.number is 'How the page''s text names it: picture:3.';
comment on column page_pictures.alt_text is 'What it shows, for who cannot see it; the text may say it otherwise.';
comment on column page_pictures.media_key is 'Its place in the media store, without width and file type.';
comment on column page_pictures.width is 'Pixels of the original.';
comment on column page_pictures.widths is 'Widths in pixels that exist in the media store.';
comment on column page_pictures.placeholder is 'A tiny data address to show until the picture is there.';
