-- Lets a shop give parcels to its own riders: who carries which, how often it was tried, why it came back, with a link for the rider.
-- Safe beside a running version: new columns have defaults or may be null.

alter table delivery_partners
    add column phone text,
    add constraint delivery_partners_phone_form check (phone ~ '^\+254[17][0-9]{8}$');

grant insert (phone), update (phone) on delivery_partners to duka_app, duka_worker;

create unique index delivery_partners_phone_unique on delivery_partners (tenant_id, phone) where phone is not null;

comment on column delivery_partners.phone is 'Of a rider of the shop''s own; a partner without one is a company.';

alter table delivery_orders
    add column attempt int not null default 1,
    add column is_current boolean not null default false,
    add column failure text,
    add column failed_at timestamptz,
    add column wrong_codes int not null default 0,
    add constraint delivery_orders_attempt_counts check (attempt > 0),
    add constraint delivery_orders_failure_known check (failure in ('nobody_there', 'unreachable', 'wrong_place', 'refused', 'no_money', 'damaged', 'brought_back')),
    add constraint delivery_orders_failure_of_failed check (failure is null or status = 'failed'),
    add constraint delivery_orders_wrong_codes_count check (wrong_codes >= 0);

grant insert (attempt, is_current, failure, failed_at, wrong_codes), update (attempt, is_current, failure, failed_at, wrong_codes)
on delivery_orders to duka_app, duka_worker;

create unique index delivery_orders_one_current on delivery_orders (tenant_id, order_id) where is_current;
create index delivery_orders_dispatched_idx on delivery_orders (tenant_id, dispatched_at desc) where dispatched_at is not null;

comment on column delivery_orders.attempt is 'The how manyth try to bring this order.';
comment on column delivery_orders.is_current is 'The try that counts; none when the goods are back in the shop.';
comment on column delivery_orders.failure is 'Why it was not handed over.';
comment on column delivery_orders.notes is 'What the rider or the team said about it.';
comment on column delivery_orders.wrong_codes is 'Codes that were typed and are not the buyer''s; after five only the team can go on.';

alter table rider_links
    add column delivery_id uuid,
    add constraint rider_links_delivery_fk foreign key (tenant_id, delivery_id) references delivery_orders (tenant_id, id);

grant insert (delivery_id) on rider_links to duka_app, duka_worker;

create index rider_links_delivery_idx on rider_links (tenant_id, delivery_id) where delivery_id is not null;

comment on table rider_links is 'A link by which a rider collects the money of one order at the door, and says what became of the parcel.';
comment on column rider_links.delivery_id is 'The parcel that was given away with it; null for a link that only collects.';
comment on column rider_links.ended_at is 'When another took its place, or the parcel was handed over or came back.';

alter table orders
    add column has_failed_delivery boolean not null default false;

grant insert (has_failed_delivery), update (has_failed_delivery) on orders to duka_app, duka_worker;

comment on column orders.has_failed_delivery is 'The last try to bring it failed and nobody has decided what is next; said by the verbs of dispatch.';
