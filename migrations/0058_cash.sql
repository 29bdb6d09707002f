-- Lets a merchant say who may pay in cash and how else money may come, and a rider collect it at the door.
-- Safe beside a running version: new tables, and a check that allows more; a shop without a row takes cash from everybody, as before.

-- What a shop says of the ways to pay that need no provider. No row means: cash everywhere, for everybody, and nothing else.
create table payment_rules (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    store_id uuid not null,
    version int not null default 1,
    takes_cash boolean not null default true,
    cash_everywhere boolean not null default true,
    cash_most_cents bigint,
    cash_least_delivered int not null default 0,
    cash_most_refused int,
    manual_name text,
    manual_instructions text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint payment_rules_pk primary key (tenant_id, id),
    constraint payment_rules_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade,
    constraint payment_rules_store_unique unique (tenant_id, store_id),
    constraint payment_rules_version_counts check (version > 0),
    constraint payment_rules_cash_most_positive check (cash_most_cents > 0),
    constraint payment_rules_delivered_positive check (cash_least_delivered >= 0),
    constraint payment_rules_refused_positive check (cash_most_refused >= 0),
    constraint payment_rules_manual_is_whole check ((manual_name is null) = (manual_instructions is null))
);

select duka_protect('payment_rules');

comment on table payment_rules is 'Who may pay a shop in cash, and how to pay it by a way that the program does not watch.';
comment on column payment_rules.version is 'Raised by every edit; an edit made against an older version is refused.';
comment on column payment_rules.cash_everywhere is 'False when cash is taken in the areas of cash_areas only.';
comment on column payment_rules.cash_most_cents is 'The most an order paid in cash may come to; null for no limit.';
comment on column payment_rules.cash_least_delivered is 'How many orders must have been delivered to the buyer before.';
comment on column payment_rules.cash_most_refused is 'How many cash orders may have come back from the buyer''s door; null for any number.';
comment on column payment_rules.manual_name is 'What shoppers read: bank transfer, Airtel Money. Null when there is no such way.';
comment on column payment_rules.manual_instructions is 'Where to send the money, in the merchant''s words.';

create table cash_areas (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    store_id uuid not null,
    zone_id uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint cash_areas_pk primary key (tenant_id, id),
    constraint cash_areas_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade,
    constraint cash_areas_zone_fk foreign key (tenant_id, zone_id) references delivery_zones (tenant_id, id) on delete cascade,
    constraint cash_areas_zone_unique unique (tenant_id, store_id, zone_id)
);

create index cash_areas_zone_idx on cash_areas (tenant_id, zone_id);

select duka_protect('cash_areas');

comment on table cash_areas is 'An area in which a shop takes cash, where it does not take it everywhere.';

-- A rider's link opens one order's money: what to collect, a prompt to the buyer's phone, cash that was handed over. The
-- token is derived from the row, so it can be shown again; it ends with the delivery or when another takes its place.
create table rider_links (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    token_hash bytea not null,
    made_by uuid,
    expires_at timestamptz not null,
    ended_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint rider_links_pk primary key (tenant_id, id),
    constraint rider_links_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint rider_links_made_by_fk foreign key (tenant_id, made_by) references users (tenant_id, id),
    constraint rider_links_token_unique unique (tenant_id, token_hash)
);

create unique index rider_links_one_live on rider_links (tenant_id, order_id) where ended_at is null;
create index rider_links_order_idx on rider_links (tenant_id, order_id);

select duka_protect('rider_links', '{select,insert,update}', '{ended_at,updated_at}');

comment on table rider_links is 'A link by which a rider collects the money of one order at the door.';
comment on column rider_links.token_hash is 'SHA-256 of the token in its address.';
comment on column rider_links.made_by is 'The member of the team who made it and answers for who has it.';
comment on column rider_links.ended_at is 'When another took its place.';

-- Money that came by hand, beside its payment: who brought it, and what was said about it.
create table hand_payments (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    payment_id uuid,
    idempotency_key text not null,
    amount_cents bigint not null,
    brought_by text,
    note text,
    recorded_by uuid,
    rider_link_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint hand_payments_pk primary key (tenant_id, id),
    constraint hand_payments_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint hand_payments_payment_fk foreign key (tenant_id, payment_id) references payments (tenant_id, id),
    constraint hand_payments_recorded_by_fk foreign key (tenant_id, recorded_by) references users (tenant_id, id),
    constraint hand_payments_rider_link_fk foreign key (tenant_id, rider_link_id) references rider_links (tenant_id, id),
    constraint hand_payments_key_unique unique (tenant_id, idempotency_key),
    constraint hand_payments_key_present check (idempotency_key <> ''),
    constraint hand_payments_amount_positive check (amount_cents > 0)
);

create index hand_payments_order_idx on hand_payments (tenant_id, order_id, created_at);
create index hand_payments_payment_idx on hand_payments (tenant_id, payment_id) where payment_id is not null;

select duka_protect('hand_payments', '{select,insert,update}', '{payment_id,updated_at}');

comment on table hand_payments is 'Cash or a transfer that a person says has come, once for every time a form was sent.';
comment on column hand_payments.payment_id is 'The payment it was written down as.';
comment on column hand_payments.idempotency_key is 'A digest of the order and the form''s key: the same form sent twice is one payment.';
comment on column hand_payments.brought_by is 'Who handed it over, as staff wrote it.';
comment on column hand_payments.recorded_by is 'Null when a rider recorded it with their link.';

-- An order may be paid by the merchant's own way.
alter table orders
    drop constraint orders_payment_method_known,
    add constraint orders_payment_method_known check (payment_method in ('mpesa', 'cod', 'card', 'manual')) not valid;
