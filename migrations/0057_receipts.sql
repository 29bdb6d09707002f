-- Creates receipts: the document of a paid order, numbered per tenant without gaps, with room for what the tax authority adds.
-- Safe beside a running version: a new table, and a column with a default on the counters.

alter table order_counters
    add column next_receipt_number bigint not null default 1,
    add constraint order_counters_next_receipt_counts check (next_receipt_number > 0);

grant insert (next_receipt_number) on order_counters to duka_app, duka_worker;
grant update (next_receipt_number) on order_counters to duka_app, duka_worker;

comment on column order_counters.next_receipt_number is 'The number a tenant''s next receipt gets.';

-- A receipt is written in the transaction in which its order is first paid, and never again. What the shop said of itself
-- that day stays on it; lines and sums are the order's, which are final.
create table receipts (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    order_id uuid not null,
    receipt_number bigint not null,
    issued_at timestamptz not null,
    seller_name text not null default '',
    seller_address text,
    seller_phone text,
    seller_email text,
    seller_tax_number text,
    vat_basis_points int,
    etims_control_unit text,
    etims_invoice_number text,
    etims_link text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint receipts_pk primary key (tenant_id, id),
    constraint receipts_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint receipts_order_unique unique (tenant_id, order_id),
    constraint receipts_number_unique unique (tenant_id, receipt_number),
    constraint receipts_number_counts check (receipt_number > 0),
    constraint receipts_vat_positive check (vat_basis_points >= 0)
);

select duka_protect('receipts', '{select,insert,update}', '{etims_control_unit,etims_invoice_number,etims_link,updated_at}');

comment on table receipts is 'The receipt of a paid order. Never changed but for what the tax authority adds.';
comment on column receipts.receipt_number is 'Counted per tenant without gaps, taken as the last step before commit.';
comment on column receipts.seller_name is 'The shop as it was called when the order was paid; likewise the columns after it.';
comment on column receipts.seller_tax_number is 'The merchant''s KRA PIN; null when none was given.';
comment on column receipts.vat_basis_points is 'The rate of the VAT that the order''s sums contain; null for a merchant who was not registered.';
comment on column receipts.etims_control_unit is 'The number of the control unit that signed it; null until the sale is in eTIMS. Likewise the two after it.';
comment on column receipts.etims_invoice_number is 'Its number there.';
comment on column receipts.etims_link is 'What the QR code on it says.';
