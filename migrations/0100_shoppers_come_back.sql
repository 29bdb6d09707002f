-- Lets shoppers come back without a password: a code to the phone of an order opens their orders, places and data in that shop.
-- Safe beside a running version: two new tables, and a column that may be null.

alter table customers
    add column locale text,
    add constraint customers_locale_known check (locale in ('en', 'sw')) not valid;

grant insert (locale), update (locale) on customers to duka_app, duka_worker;

comment on column customers.locale is 'The language they chose; null while they never did, then each order has its own.';

-- One row for every time somebody asks, whether or not number and phone belong together: what is asked in vain is
-- counted, and answered, like the rest.
create table shopper_codes (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    customer_id uuid,
    order_id uuid,
    channel text not null default 'mail',
    token_hash bytea not null,
    asker_hash bytea not null,
    wrong_codes int not null default 0,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint shopper_codes_pk primary key (tenant_id, id),
    constraint shopper_codes_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint shopper_codes_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade,
    constraint shopper_codes_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint shopper_codes_token_unique unique (tenant_id, token_hash),
    constraint shopper_codes_channel_known check (channel in ('mail', 'sms')),
    constraint shopper_codes_wrong_codes_count check (wrong_codes >= 0)
);

create index shopper_codes_customer_idx on shopper_codes (tenant_id, customer_id) where customer_id is not null;
create index shopper_codes_order_idx on shopper_codes (tenant_id, order_id) where order_id is not null;
create index shopper_codes_asked_idx on shopper_codes (tenant_id, created_at);

select duka_protect('shopper_codes');

comment on table shopper_codes is 'A code that was asked for. The code itself stands nowhere: it is made of the row''s id with the tenant''s key.';
comment on column shopper_codes.customer_id is 'Whom it lets in; null when number and phone did not belong together.';
comment on column shopper_codes.order_id is 'The order that was named; its e-mail is where a mail goes.';
comment on column shopper_codes.channel is 'By which way it was sent.';
comment on column shopper_codes.token_hash is 'SHA-256 of the token in the cookie of the browser that asked: the code works there only.';
comment on column shopper_codes.asker_hash is 'SHA-256 of the address that asked, for counting.';
comment on column shopper_codes.wrong_codes is 'How many codes were wrong; after five none is right any more.';

create table shopper_sessions (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    customer_id uuid not null,
    token_hash bytea not null,
    channel text not null,
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ended_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint shopper_sessions_pk primary key (tenant_id, id),
    constraint shopper_sessions_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade,
    constraint shopper_sessions_token_unique unique (tenant_id, token_hash),
    constraint shopper_sessions_channel_known check (channel in ('mail', 'sms'))
);

create index shopper_sessions_customer_idx on shopper_sessions (tenant_id, customer_id);
create index shopper_sessions_expiry_idx on shopper_sessions (tenant_id, expires_at);

select duka_protect('shopper_sessions');

comment on table shopper_sessions is 'A browser in which a shopper is signed in to one merchant''s shops.';
comment on column shopper_sessions.token_hash is 'SHA-256 of the cookie''s token.';
comment on column shopper_sessions.channel is 'By which way its code came. One that came by mail holds only while the shop knows nothing of that phone but orders with that one e-mail.';
