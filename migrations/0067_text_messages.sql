-- Lets the program tell buyers by SMS what it tells by mail: one queue for both, and the merchant's account with the provider.
-- Safe beside a running version: a new table, columns with defaults or null, and wider lists of words; a version that knows mails only leaves rows of the other channel waiting.

-- The merchant's account with the provider of text messages. One, since there is nothing to prove but that a message leaves.
create table sms_accounts (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    username text not null,
    sender_id text,
    api_key_sealed bytea not null,
    is_on boolean not null default false,
    problem text,
    heard_at timestamptz,
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint sms_accounts_pk primary key (tenant_id, id),
    constraint sms_accounts_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint sms_accounts_one unique (tenant_id),
    constraint sms_accounts_username_present check (username <> ''),
    constraint sms_accounts_problem_known check (problem in ('not_accepted', 'no_money', 'no_sender')),
    constraint sms_accounts_version_counts check (version > 0)
);

select duka_protect('sms_accounts');

comment on table sms_accounts is 'A merchant''s account with the provider of text messages.';
comment on column sms_accounts.username is 'What the account is called at the provider.';
comment on column sms_accounts.sender_id is 'The name that buyers see; none for the provider''s own number.';
comment on column sms_accounts.api_key_sealed is 'Sealed with the tenant''s key, bound to this table, column, tenant and row.';
comment on column sms_accounts.is_on is 'Whether buyers who left no e-mail are told by SMS; the merchant pays for each.';
comment on column sms_accounts.problem is 'Why the last message did not leave, when it was the account''s fault; null since one left.';
comment on column sms_accounts.heard_at is 'When the provider last told what became of a message; null while it never did.';

alter table mails
    add column channel text not null default 'mail',
    add column claimed_at timestamptz,
    add column provider_id text,
    add column end_state text,
    add column ended_at timestamptz,
    add constraint mails_channel_known check (channel in ('mail', 'sms')) not valid,
    add constraint mails_end_state_known check (end_state in ('arrived', 'failed')) not valid,
    add constraint mails_end_has_time check ((ended_at is not null) = (end_state is not null)) not valid;

grant insert (channel, claimed_at, provider_id, end_state, ended_at),
    update (channel, claimed_at, provider_id, end_state, ended_at) on mails to duka_app, duka_worker;

create unique index mails_buyer_once on mails (tenant_id, kind, subject_id) where recipient = 'buyer';
create index mails_provider_idx on mails (tenant_id, provider_id) where provider_id is not null;

comment on table mails is 'A message that was asked for, by mail or SMS. It holds no text and no link: those are made again from what it is about.';
comment on column mails.claimed_at is 'When a text message was given to the provider, who cannot tell a repeat from a new one: it is not given again.';
comment on column mails.provider_id is 'The provider''s number of a text message that it took.';
comment on column mails.end_state is 'What the provider told of it later: it is on the phone, or will never be. Null while nothing final was told.';
comment on index mails_buyer_once is 'A buyer is told each step once.';

-- The provider's reports come to an address of the merchant's account, and are kept like every other call.
alter table hook_tokens
    drop constraint hook_tokens_purpose_known,
    add constraint hook_tokens_purpose_known check (purpose in ('pay', 'c2b', 'refund', 'ask', 'pull', 'card', 'chat', 'delivery', 'sms')) not valid;

alter table mpesa_callbacks_raw
    drop constraint mpesa_callbacks_raw_kind_known,
    add constraint mpesa_callbacks_raw_kind_known check (kind in ('stk', 'c2b_validation', 'c2b_confirmation', 'refund_result', 'refund_timeout', 'ask_result', 'ask_timeout', 'pull', 'card', 'sms', 'result', 'timeout')) not valid;
