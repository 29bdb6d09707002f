-- Lets a merchant set up a delivery partner: a sealed key, and the partner's agents with what a parcel to each costs.
-- Safe beside a running version: new columns with defaults or that may be null, and new tables.

alter table delivery_partners
    add column api_key_sealed bytea,
    add column version int not null default 1,
    add column problem text,
    add column proved_at timestamptz,
    add column agents_listed_at timestamptz,
    add column heard_at timestamptz,
    add constraint delivery_partners_version_counts check (version > 0),
    add constraint delivery_partners_problem_known check (problem in ('not_accepted', 'not_reached'));

grant insert (api_key_sealed, version, problem, proved_at, agents_listed_at, heard_at) on delivery_partners to duka_app, duka_worker;
grant update (api_key_sealed, version, problem, proved_at, agents_listed_at, heard_at) on delivery_partners to duka_app, duka_worker;

create unique index delivery_partners_one_pickup_mtaani on delivery_partners (tenant_id) where provider = 'pickup_mtaani';

comment on column delivery_partners.api_key_sealed is 'Sealed with the tenant''s key, bound to this table, column, tenant and row.';
comment on column delivery_partners.version is 'Raised by every edit; an edit made against an older version is refused.';
comment on column delivery_partners.problem is 'Why the last call with its key did not go through; null when it did.';
comment on column delivery_partners.proved_at is 'When the partner first answered to its key.';
comment on column delivery_partners.agents_listed_at is 'When the list of its agents was last read to the end.';
comment on column delivery_partners.heard_at is 'When the partner last told us of a parcel by itself.';

-- An agent of a partner, as it was last heard of: shoppers choose among these while the partner is away, too.
create table partner_agents (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    partner_id uuid not null,
    agent_number bigint not null,
    name text not null,
    location text not null,
    area text not null,
    title text not null,
    fee_cents bigint,
    fee_asked_at timestamptz,
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint partner_agents_pk primary key (tenant_id, id),
    constraint partner_agents_partner_fk foreign key (tenant_id, partner_id) references delivery_partners (tenant_id, id),
    constraint partner_agents_number_unique unique (tenant_id, partner_id, agent_number),
    constraint partner_agents_title_present check (title <> ''),
    constraint partner_agents_fee_positive check (fee_cents >= 0)
);

create index partner_agents_list_idx on partner_agents (tenant_id, area, title) where is_active;

select duka_protect('partner_agents', '{select,insert,update}');

comment on table partner_agents is 'Where parcels of a partner can be handed in and picked up. Kept for good, since orders went there.';
comment on column partner_agents.agent_number is 'The partner''s own number of it.';
comment on column partner_agents.title is 'How the checkout calls it; no other agent of the partner is called so.';
comment on column partner_agents.fee_cents is 'What the partner takes from where the merchant hands in to here, in the store''s currency; null while nobody knows, and then it is not offered.';
comment on column partner_agents.fee_asked_at is 'When the partner was last asked what it takes.';
comment on column partner_agents.is_active is 'False once the partner''s list no longer has it.';

alter table delivery_quotes
    add column agent_id uuid,
    add constraint delivery_quotes_agent_fk foreign key (tenant_id, agent_id) references partner_agents (tenant_id, id);

grant insert (agent_id), update (agent_id) on delivery_quotes to duka_app, duka_worker;

create index delivery_quotes_agent_idx on delivery_quotes (tenant_id, agent_id) where agent_id is not null;

comment on column delivery_quotes.agent_id is 'The agent it is picked up from; null when it goes to an area.';
