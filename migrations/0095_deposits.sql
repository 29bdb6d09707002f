-- Lets a shop ask for a small deposit by prompt before a cash order is accepted; the rest is collected at the door.
-- Safe beside a running version: new columns have defaults or may be null.

alter table payment_rules
    add column cash_deposit_cents bigint,
    add column cash_deposit_from_cents bigint,
    add column cash_deposit_new_only boolean not null default false,
    add constraint payment_rules_deposit_whole check (cash_deposit_cents > 0 and cash_deposit_cents % 100 = 0),
    add constraint payment_rules_deposit_from_positive check (cash_deposit_from_cents > 0),
    add constraint payment_rules_deposit_from_of_deposit check (cash_deposit_from_cents is null or cash_deposit_cents is not null);

grant insert (cash_deposit_cents, cash_deposit_from_cents, cash_deposit_new_only),
    update (cash_deposit_cents, cash_deposit_from_cents, cash_deposit_new_only)
on payment_rules to duka_app, duka_worker;

comment on column payment_rules.cash_deposit_cents is 'What a buyer pays by prompt before a cash order is accepted; null for nothing.';
comment on column payment_rules.cash_deposit_from_cents is 'The least an order must come to for that; null for any order.';
comment on column payment_rules.cash_deposit_new_only is 'True when only buyers without a delivered order are asked for it.';

alter table orders
    add column deposit_cents bigint,
    add constraint orders_deposit_positive check (deposit_cents > 0) not valid,
    add constraint orders_deposit_of_cash check (deposit_cents is null or payment_method = 'cod') not valid;

grant insert (deposit_cents), update (deposit_cents) on orders to duka_app, duka_worker;

comment on column orders.deposit_cents is 'What accepts this cash order when it has come; null when a person accepts it.';
