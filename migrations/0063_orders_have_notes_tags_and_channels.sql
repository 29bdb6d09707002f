-- Lets staff write notes and tags on an order, and say where an order came from that they typed in themselves.
-- Safe beside a running version: a new table, a column with a default, and a check that allows more.

-- What the team tells itself about an order. A note is written once, keeps its author and its time, and stays.
create table order_notes (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    note text not null,
    written_by uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint order_notes_pk primary key (tenant_id, id),
    constraint order_notes_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint order_notes_written_by_fk foreign key (tenant_id, written_by) references users (tenant_id, id),
    constraint order_notes_note_bounded check (char_length(note) between 1 and 1000)
);

create index order_notes_order_idx on order_notes (tenant_id, order_id, created_at);

select duka_protect('order_notes', '{select,insert}');

comment on table order_notes is 'What the team tells itself about an order. Only ever added to; the buyer never sees it.';
comment on column order_notes.id is 'Chosen by the form, so that one that is sent twice is one note.';
comment on column order_notes.written_by is 'The member of the team who wrote it.';

alter table orders
    add column tags text[] not null default '{}',
    add constraint orders_tags_bounded check (cardinality(tags) <= 10) not valid,
    drop constraint orders_channel_known,
    add constraint orders_channel_known check (channel in ('web', 'whatsapp', 'phone', 'market', 'chat')) not valid;

grant insert (tags), update (tags) on orders to duka_app, duka_worker;

comment on column orders.tags is 'The team''s own words for sorting orders, in small letters, sorted.';
comment on column orders.channel is 'Where it came from: the shop''s pages (web), a chat with the program (whatsapp), or staff who took it by phone, at the market or in a chat of their own.';
