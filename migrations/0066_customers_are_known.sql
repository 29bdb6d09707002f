-- Lets a merchant know who buys: customers are edited and erased on request, places are remembered, consent is a ledger, groups are rules.
-- Safe beside a running version: new columns have defaults or may be null, everything else is new tables.

alter table customers
    add column version integer not null default 1,
    add column erase_asked_at timestamptz;

grant insert (version, erase_asked_at), update (version, erase_asked_at) on customers to duka_app, duka_worker;

create index customers_erase_asked_idx on customers (tenant_id, erase_asked_at) where erase_asked_at is not null;
create index customers_spent_idx on customers (tenant_id, lifetime_value_cents desc);
create index customers_tags_idx on customers using gin (tenant_id, tags);

comment on column customers.version is 'Counts changes of what a form shows, so that edits that meet are seen.';
comment on column customers.erase_asked_at is 'Since when their data waits to be erased: until their last order has ended.';

alter table customer_addresses
    add column place text generated always as (
        regexp_replace(lower(coalesce(city_area, '')), '[^[:alnum:]]+', ' ', 'g')
        || '|' || trim(regexp_replace(lower(coalesce(street_address, '')), '[^[:alnum:]]+', ' ', 'g'))
    ) stored,
    add column rider_note text,
    add column last_used_at timestamptz,
    add column version integer not null default 1,
    add constraint customer_addresses_rider_note_present check (rider_note <> '');

grant insert (rider_note, last_used_at, version), update (rider_note, last_used_at, version) on customer_addresses to duka_app, duka_worker;

create unique index customer_addresses_place_unique on customer_addresses (tenant_id, customer_id, place);

comment on column customer_addresses.place is 'Area and street in small letters without signs: one place is one row however it is spelled.';
comment on column customer_addresses.instructions is 'How to find the gate, in the customer''s words.';
comment on column customer_addresses.rider_note is 'How to find it, in the words of somebody who was there; shown before the customer''s.';
comment on column customer_addresses.last_used_at is 'When something was last ordered to it.';

-- What a person said about being written to, each time they said it. The newest line of a channel and purpose counts, and
-- of two at one moment the withdrawal. Nothing is changed here: somebody who changes their mind adds a line.
create table customer_consents (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    customer_id uuid not null,
    channel text not null,
    purpose text not null,
    is_given boolean not null,
    source text not null,
    recorded_by uuid,
    recorded_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint customer_consents_pk primary key (tenant_id, id),
    constraint customer_consents_customer_fk foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade,
    constraint customer_consents_recorded_by_fk foreign key (tenant_id, recorded_by) references users (tenant_id, id),
    constraint customer_consents_channel_known check (channel in ('mail', 'sms', 'whatsapp')),
    constraint customer_consents_purpose_known check (purpose in ('service', 'marketing')),
    constraint customer_consents_source_known check (source in ('checkout', 'phone', 'counter', 'chat', 'stop'))
);

create index customer_consents_newest_idx on customer_consents (tenant_id, customer_id, channel, purpose, recorded_at desc);
create index customer_consents_recorded_by_idx on customer_consents (tenant_id, recorded_by) where recorded_by is not null;

select duka_protect('customer_consents', '{select,insert}');

comment on table customer_consents is 'Consent as it was given and withdrawn, per channel; only added to.';
comment on column customer_consents.purpose is 'service: about their own orders; marketing: anything else.';
comment on column customer_consents.source is 'Where they said so: a box at checkout, on the phone, at the counter, in a chat, or by answering STOP.';
comment on column customer_consents.recorded_by is 'The member of the team who wrote it down; null when the person did it themselves.';

-- A group is a question about customers, asked anew each time it is looked at: every rule that is set must hold.
create table customer_groups (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    name text not null,
    bought_within_days integer,
    silent_for_days integer,
    least_spent_cents bigint,
    city_area text,
    tag text,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint customer_groups_pk primary key (tenant_id, id),
    constraint customer_groups_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint customer_groups_name_unique unique (tenant_id, name),
    constraint customer_groups_name_present check (name <> ''),
    constraint customer_groups_within_positive check (bought_within_days between 1 and 3650),
    constraint customer_groups_silent_positive check (silent_for_days between 1 and 3650),
    constraint customer_groups_least_spent_positive check (least_spent_cents > 0)
);

select duka_protect('customer_groups');

comment on table customer_groups is 'A saved question about customers; its members are found when it is opened.';
comment on column customer_groups.bought_within_days is 'They bought in the last so many days.';
comment on column customer_groups.silent_for_days is 'They bought once, and nothing in the last so many days.';
comment on column customer_groups.least_spent_cents is 'They have spent this or more, refunds taken off.';
