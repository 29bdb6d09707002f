-- Creates the bookings of parcels with delivery partners, from the press of a button to the partner's own number.
-- Safe beside a running version: a new table, and a check that allows more.

-- One try to give an order's parcel to a partner. It is claimed before the partner is asked, so that it is asked once; a
-- parcel that was booked is a delivery.
create table partner_parcels (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    partner_id uuid not null,
    agent_id uuid,
    delivery_id uuid,
    status text not null default 'asked',
    tries int not null default 0,
    claimed_at timestamptz,
    problem text,
    said text,
    parcel_number bigint,
    state text,
    checked_at timestamptz,
    booked_by uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint partner_parcels_pk primary key (tenant_id, id),
    constraint partner_parcels_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint partner_parcels_partner_fk foreign key (tenant_id, partner_id) references delivery_partners (tenant_id, id),
    constraint partner_parcels_agent_fk foreign key (tenant_id, agent_id) references partner_agents (tenant_id, id),
    constraint partner_parcels_delivery_fk foreign key (tenant_id, delivery_id) references delivery_orders (tenant_id, id),
    constraint partner_parcels_booked_by_fk foreign key (tenant_id, booked_by) references users (tenant_id, id),
    constraint partner_parcels_status_known check (status in ('asked', 'asking', 'booked', 'failed', 'given_up')),
    constraint partner_parcels_problem_known check (problem in ('not_reached', 'not_accepted', 'refused', 'unclear')),
    constraint partner_parcels_booked_is_a_delivery check (status <> 'booked' or delivery_id is not null),
    constraint partner_parcels_tries_positive check (tries >= 0)
);

create unique index partner_parcels_one_open on partner_parcels (tenant_id, order_id) where status in ('asked', 'asking');
create unique index partner_parcels_number_once on partner_parcels (tenant_id, partner_id, parcel_number) where parcel_number is not null;
create index partner_parcels_order_idx on partner_parcels (tenant_id, order_id, created_at);
create index partner_parcels_partner_idx on partner_parcels (tenant_id, partner_id);
create index partner_parcels_delivery_idx on partner_parcels (tenant_id, delivery_id) where delivery_id is not null;
create index partner_parcels_follow_idx on partner_parcels (tenant_id, checked_at) where status = 'booked';

select duka_protect('partner_parcels', '{select,insert,update}');

comment on table partner_parcels is 'A try to give an order''s parcel to a delivery partner. Kept for good.';
comment on column partner_parcels.agent_id is 'Where the buyer picks it up; null when somebody wrote it down by hand.';
comment on column partner_parcels.delivery_id is 'The delivery that it became.';
comment on column partner_parcels.status is 'asked: the worker is to book it; asking: the partner has been asked and has not answered; booked; failed: it is not booked, and problem says why; given_up: somebody took another way meanwhile.';
comment on column partner_parcels.claimed_at is 'When the partner was last asked to book it.';
comment on column partner_parcels.problem is 'Why the last try did not book it. unclear: the partner may have it all the same.';
comment on column partner_parcels.said is 'The partner''s own words when it refused, cut to a bearable length.';
comment on column partner_parcels.parcel_number is 'The partner''s own number of the parcel.';
comment on column partner_parcels.state is 'The partner''s own word for where the parcel is, as it was last told.';
comment on column partner_parcels.checked_at is 'When the partner was last asked where the parcel is.';

alter table mpesa_callbacks_raw
    drop constraint mpesa_callbacks_raw_kind_known,
    add constraint mpesa_callbacks_raw_kind_known check (kind in ('stk', 'c2b_validation', 'c2b_confirmation', 'refund_result', 'refund_timeout', 'ask_result', 'ask_timeout', 'pull', 'card', 'sms', 'delivery', 'result', 'timeout')) not valid;
