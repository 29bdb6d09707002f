-- Creates WhatsApp conversations and their messages.
-- Safe beside a running version: only new tables.

create table whatsapp_threads (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    customer_id uuid not null,
    cart_id uuid,
    last_message_at timestamptz,
    status text not null default 'open',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint whatsapp_threads_pk primary key (tenant_id, id),
    constraint whatsapp_threads_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id),
    constraint whatsapp_threads_cart_fk foreign key (tenant_id, cart_id) references carts (tenant_id, id) on delete set null (cart_id),
    constraint whatsapp_threads_status_known check (status in ('open', 'closed'))
);

create index whatsapp_threads_customer_idx on whatsapp_threads (tenant_id, customer_id);
create index whatsapp_threads_cart_idx on whatsapp_threads (tenant_id, cart_id) where cart_id is not null;
create index whatsapp_threads_recent_idx on whatsapp_threads (tenant_id, status, last_message_at desc nulls last);

select duka_protect('whatsapp_threads');

comment on table whatsapp_threads is 'A conversation with one customer.';
comment on column whatsapp_threads.cart_id is 'The cart the conversation began with.';

create table whatsapp_messages (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    thread_id uuid not null,
    direction text not null,
    template_name text,
    body text,
    metadata jsonb not null default '{}',
    sent_at timestamptz,
    delivered_at timestamptz,
    failed_at timestamptz,
    provider_message_id text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint whatsapp_messages_pk primary key (tenant_id, id),
    constraint whatsapp_messages_thread_fk foreign key (tenant_id, thread_id) references whatsapp_threads (tenant_id, id) on delete cascade,
    constraint whatsapp_messages_direction_known check (direction in ('inbound', 'outbound'))
);

create index whatsapp_messages_thread_idx on whatsapp_messages (tenant_id, thread_id, created_at);
create unique index whatsapp_messages_provider_unique on whatsapp_messages (tenant_id, provider_message_id) where provider_message_id is not null;

select duka_protect('whatsapp_messages');

comment on table whatsapp_messages is 'A message of a conversation.';
comment on column whatsapp_messages.template_name is 'The approved template it was made from, when the window for free words was closed.';
comment on column whatsapp_messages.provider_message_id is 'The provider''s id; deliveries repeat, so it is unique.';
