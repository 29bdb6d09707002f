-- Adds what a question to the provider needs to be asked again and once, and when an operator's password was written down.
-- Safe beside a running version: new columns that may be null or have defaults, and indexes on a table that is new.

alter table mpesa_accounts
    add column initiator_set_at timestamptz;

grant insert (initiator_set_at) on mpesa_accounts to duka_app, duka_worker;
grant update (initiator_set_at) on mpesa_accounts to duka_app, duka_worker;

comment on column mpesa_accounts.initiator_set_at is 'When the operator''s password was written down; the provider lets it live for 90 days.';

alter table provider_questions
    add column attempts int not null default 0,
    add constraint provider_questions_attempts_positive check (attempts >= 0);

grant insert (attempts) on provider_questions to duka_app, duka_worker;
grant update (attempts) on provider_questions to duka_app, duka_worker;

comment on column provider_questions.attempts is 'How often the provider was asked it.';

-- A receipt that is typed again while it is being asked about is the same question.
create unique index provider_questions_typed_once on provider_questions (tenant_id, order_id, receipt)
    where kind = 'status' and receipt is not null and outcome is null;
-- How many receipts a merchant's shoppers typed lately.
create index provider_questions_typed_idx on provider_questions (tenant_id, created_at)
    where kind = 'status' and receipt is not null;
create index provider_questions_balance_idx on provider_questions (tenant_id, created_at)
    where kind = 'balance';
