-- Remembers with which account a question is put, when it is not the one in use: money to a former number is known to the
-- operator of that number only.
-- Safe beside a running version: a column that may be null, which an older version leaves as it is.

alter table provider_questions
    add column account_id uuid,
    add constraint provider_questions_account_fk foreign key (tenant_id, account_id) references mpesa_accounts (tenant_id, id);

create index provider_questions_account_idx on provider_questions (tenant_id, account_id) where account_id is not null;

grant insert (account_id), update (account_id) on provider_questions to duka_app, duka_worker;

comment on column provider_questions.account_id is 'The former account that is asked; null for the one in use.';
