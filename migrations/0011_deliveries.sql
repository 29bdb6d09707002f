-- Creates deliveries: what left the shop for whom, with whom, and where it is.
-- Safe beside a running version: only a new table.

create table delivery_orders (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    partner_id uuid,
    status text not null default 'pending',
    tracking_code text,
    eta_minutes int,
    cost_cents bigint not null default 0,
    notes text,
    dispatched_at timestamptz,
    delivered_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint delivery_orders_pk primary key (tenant_id, id),
    constraint delivery_orders_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint delivery_orders_partner_fk foreign key (tenant_id, partner_id) references delivery_partners (tenant_id, id),
    constraint delivery_orders_status_known check (status in ('pending', 'accepted', 'in_transit', 'delivered', 'failed')),
    constraint delivery_orders_cost_positive check (cost_cents >= 0),
    constraint delivery_orders_eta_positive check (eta_minutes > 0)
);

create index delivery_orders_status_idx on delivery_orders (tenant_id, status);
create index delivery_orders_order_idx on delivery_orders (tenant_id, order_id);
create index delivery_orders_partner_idx on delivery_orders (tenant_id, partner_id) where partner_id is not null;

select duka_protect('delivery_orders', '{select,insert,update}');

comment on table delivery_orders is 'A parcel on its way.';
comment on column delivery_orders.tracking_code is 'The partner''s name for the parcel.';
comment on column delivery_orders.cost_cents is 'What the merchant pays the partner; the shopper''s fee is on the order.';
