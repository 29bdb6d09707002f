-- Lets price rules be used: how they combine, codes to type, and a row for each time one was redeemed.
-- Safe beside a running version: columns with defaults, a wider check, new tables.

alter table price_rules
    add column version int not null default 1,
    add column combines boolean not null default true,
    add column needs_code boolean not null default false,
    add column minimum_cents bigint not null default 0,
    add column most_cents bigint,
    add column total_cap int,
    add column taken_count int not null default 0,
    add column is_once boolean not null default false,
    add constraint price_rules_version_counts check (version > 0),
    add constraint price_rules_minimum_positive check (minimum_cents >= 0),
    add constraint price_rules_most_positive check (most_cents > 0),
    add constraint price_rules_cap_positive check (total_cap > 0),
    add constraint price_rules_taken_positive check (taken_count >= 0),
    drop constraint price_rules_type_known;

alter table price_rules
    add constraint price_rules_type_known check (type in ('percentage_off', 'amount_off', 'bxgy', 'free_delivery'));

grant insert (version, combines, needs_code, minimum_cents, most_cents, total_cap, taken_count, is_once) on price_rules to duka_app, duka_worker;
grant update (version, combines, needs_code, minimum_cents, most_cents, total_cap, taken_count, is_once) on price_rules to duka_app, duka_worker;

comment on column price_rules.type is 'percentage_off, amount_off, bxgy: buy some, get some, or free_delivery.';
comment on column price_rules.name is 'Shoppers read it beside what it takes off.';
comment on column price_rules.version is 'Raised by every edit; an edit made against an older version is refused.';
comment on column price_rules.combines is 'Whether it is taken together with others that combine; one that does not is taken alone.';
comment on column price_rules.needs_code is 'Whether it waits for one of its codes to be typed.';
comment on column price_rules.minimum_cents is 'What the goods it applies to must come to before any discount.';
comment on column price_rules.most_cents is 'The most it takes off one order; null for no limit.';
comment on column price_rules.total_cap is 'How many orders may have it; null for any number.';
comment on column price_rules.taken_count is 'Orders that hold or have used it; written with each redemption and each return.';
comment on column price_rules.is_once is 'Whether a customer, known by phone, may have it once only.';

-- A code is what a shopper types to get a rule's discount. Codes of a batch carry its label and go once each.
create table price_rule_codes (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    rule_id uuid not null,
    code text not null,
    label text,
    most_uses int,
    taken_count int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint price_rule_codes_pk primary key (tenant_id, id),
    constraint price_rule_codes_rule_fk foreign key (tenant_id, rule_id) references price_rules (tenant_id, id) on delete cascade,
    constraint price_rule_codes_code_unique unique (tenant_id, code),
    constraint price_rule_codes_code_present check (code <> ''),
    constraint price_rule_codes_most_uses_positive check (most_uses > 0),
    constraint price_rule_codes_taken_positive check (taken_count >= 0)
);

create index price_rule_codes_rule_idx on price_rule_codes (tenant_id, rule_id, created_at, id);

select duka_protect('price_rule_codes');

comment on table price_rule_codes is 'A word that gets a shopper the discount of a rule.';
comment on column price_rule_codes.code is 'Capital letters and digits only, however it was typed.';
comment on column price_rule_codes.label is 'What its batch is called; null for one that was typed by hand.';
comment on column price_rule_codes.most_uses is 'How many orders may have it; null for any number.';
comment on column price_rule_codes.taken_count is 'Orders that hold or have used it; written with each redemption and each return.';

-- A redemption is one order's share of a rule: held with the order, used when the order is paid or accepted, given back
-- when it comes to nothing. Money that comes after it was given back uses it all the same.
create table price_rule_redemptions (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    rule_id uuid not null,
    code_id uuid,
    order_id uuid not null,
    customer_id uuid,
    amount_cents bigint not null,
    is_once boolean not null default false,
    used_at timestamptz,
    given_back_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint price_rule_redemptions_pk primary key (tenant_id, id),
    constraint price_rule_redemptions_rule_fk foreign key (tenant_id, rule_id) references price_rules (tenant_id, id),
    constraint price_rule_redemptions_code_fk foreign key (tenant_id, code_id) references price_rule_codes (tenant_id, id) on delete set null (code_id),
    constraint price_rule_redemptions_order_fk foreign key (tenant_id, order_id) references orders (tenant_id, id),
    constraint price_rule_redemptions_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete set null (customer_id),
    constraint price_rule_redemptions_order_once unique (tenant_id, order_id, rule_id),
    constraint price_rule_redemptions_amount_positive check (amount_cents >= 0)
);

create unique index price_rule_redemptions_once on price_rule_redemptions (tenant_id, rule_id, customer_id)
where is_once and given_back_at is null;
create index price_rule_redemptions_held_idx on price_rule_redemptions (tenant_id, rule_id)
where used_at is null and given_back_at is null;
create index price_rule_redemptions_rule_idx on price_rule_redemptions (tenant_id, rule_id, created_at desc);
create index price_rule_redemptions_code_idx on price_rule_redemptions (tenant_id, code_id) where code_id is not null;
create index price_rule_redemptions_customer_idx on price_rule_redemptions (tenant_id, customer_id) where customer_id is not null;

select duka_protect('price_rule_redemptions', '{select,insert,update}');

comment on table price_rule_redemptions is 'What a rule took off an order. Kept for good: it says why a total is what it is.';
comment on column price_rule_redemptions.customer_id is 'Whom a rule binds that a customer may have once: the row of their phone, guests too.';
comment on column price_rule_redemptions.amount_cents is 'Taken off goods and delivery together.';
comment on column price_rule_redemptions.is_once is 'Whether the rule bound its customer when the order was placed.';
comment on column price_rule_redemptions.used_at is 'When the order was paid, or accepted where it is paid in cash.';
comment on column price_rule_redemptions.given_back_at is 'When the order came to nothing; the place is free again.';

alter table carts
    add column codes text[] not null default '{}',
    add constraint carts_codes_few check (cardinality(codes) <= 5);

grant insert (codes) on carts to duka_app, duka_worker;
grant update (codes) on carts to duka_app, duka_worker;

comment on column carts.codes is 'The codes somebody typed, in the spelling of price_rule_codes.code, in the order they were typed.';
