-- Lets refunds be given up and become credit, and keeps each receipt of a refund once.
-- Safe beside a running version: a column that may be null, a wider check, an index on a table that is still small.

alter table refunds
    add column given_up_at timestamptz,
    drop constraint refunds_way_known,
    add constraint refunds_way_known check (way in ('reversal', 'card', 'manual', 'cash', 'credit')) not valid,
    add constraint refunds_given_up_has_failed check (given_up_at is null or status in ('failed', 'processed')) not valid;

create unique index refunds_receipt_unique on refunds (tenant_id, receipt) where receipt is not null;
create index refunds_newest_idx on refunds (tenant_id, created_at desc);
create index refunds_processed_idx on refunds (tenant_id, processed_at) where status = 'processed';

grant insert (given_up_at) on refunds to duka_app, duka_worker;
grant update (given_up_at) on refunds to duka_app, duka_worker;

comment on column refunds.given_up_at is 'When somebody gave it up: the money is back where it came from, and the order counts it no more.';
comment on column refunds.way is 'How it travels: reversal by M-Pesa, back to the card, by hand with a receipt, in cash; credit: it stays, as the customer''s credit.';
