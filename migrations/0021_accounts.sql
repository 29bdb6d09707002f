-- Lets people prove who they are: second factor, recovery codes, single-use links, and what a session knows of its browser.
-- Safe beside a running version: only new tables, and columns that have defaults or may be empty.

alter table users
    add column mfa_enabled_at timestamptz,
    add column mfa_last_step bigint,
    add column version int not null default 1,
    add constraint users_version_counts check (version > 0),
    add constraint users_mfa_has_secret check (mfa_enabled_at is null or mfa_secret is not null);

grant insert (mfa_enabled_at, mfa_last_step, version) on users to duka_app, duka_worker;
grant update (mfa_enabled_at, mfa_last_step, version) on users to duka_app, duka_worker;

comment on column users.mfa_enabled_at is 'Since when a code is asked for; null while a secret is only being tried.';
comment on column users.mfa_last_step is 'The 30-second step of the last code that was taken: no code works twice.';
comment on column users.version is 'Raised by every edit; an edit made against an older version is refused.';

alter table sessions
    add column address text,
    add column confirmed_at timestamptz not null default now(),
    add column store_id uuid,
    add constraint sessions_store_fk foreign key (tenant_id, store_id) references stores (tenant_id, id);

create index sessions_store_idx on sessions (tenant_id, store_id) where store_id is not null;

grant insert (address, confirmed_at, store_id) on sessions to duka_app, duka_worker;
grant update (address, confirmed_at, store_id) on sessions to duka_app, duka_worker;

comment on column sessions.address is 'Where the browser was when it signed in.';
comment on column sessions.confirmed_at is 'When the password was last given; dangerous pages want it to be recent.';
comment on column sessions.store_id is 'The store chosen among several; null is the first.';

-- A link or cookie that proves one thing about one account, once.
create table account_tokens (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    purpose text not null,
    token_hash bytea not null,
    new_email text,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint account_tokens_pk primary key (tenant_id, id),
    constraint account_tokens_user_fk foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    constraint account_tokens_token_unique unique (tenant_id, token_hash),
    constraint account_tokens_purpose_known check (purpose in ('reset_password', 'change_email', 'second_step')),
    constraint account_tokens_new_email_lower check (new_email = lower(new_email)),
    constraint account_tokens_email_with_purpose check ((new_email is not null) = (purpose = 'change_email'))
);

create index account_tokens_user_idx on account_tokens (tenant_id, user_id, purpose);
create index account_tokens_expiry_idx on account_tokens (tenant_id, expires_at);
create index account_tokens_token_directory on account_tokens (token_hash, tenant_id);

select duka_protect('account_tokens');

comment on table account_tokens is 'A single-use proof, bound to one account and one purpose.';
comment on column account_tokens.purpose is 'What it may be used for, and nothing else; second_step is a password given while the code is awaited.';
comment on column account_tokens.token_hash is 'SHA-256 of the token; the token itself is nowhere kept.';
comment on column account_tokens.new_email is 'The address that the link proves, when it changes the e-mail.';
comment on index account_tokens_token_directory is 'Serves directory_account_token, which runs before a tenant is known.';

-- A way in for whoever lost the phone that shows codes.
create table recovery_codes (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    code_hash bytea not null,
    used_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint recovery_codes_pk primary key (tenant_id, id),
    constraint recovery_codes_user_fk foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    constraint recovery_codes_code_unique unique (tenant_id, user_id, code_hash)
);

select duka_protect('recovery_codes');

comment on table recovery_codes is 'Stands in for the second factor once.';
comment on column recovery_codes.code_hash is 'SHA-256 of the code, which has 80 random bits; the code itself is nowhere kept.';

alter table staff_invites
    add column invited_by uuid,
    add constraint staff_invites_inviter_fk foreign key (tenant_id, invited_by) references users (tenant_id, id);

create index staff_invites_inviter_idx on staff_invites (tenant_id, invited_by) where invited_by is not null;
create unique index staff_invites_one_open on staff_invites (tenant_id, email) where accepted_at is null and revoked_at is null;

grant insert (invited_by) on staff_invites to duka_app, duka_worker;
grant update (invited_by) on staff_invites to duka_app, duka_worker;

comment on index staff_invites_one_open is 'A person has one open invite; another replaces it.';

-- Where somebody did something from, beside who and what.
alter table audit_log
    add column session_id uuid,
    add column source_address text,
    add column source_agent text;

grant insert (session_id, source_address, source_agent) on audit_log to duka_app, duka_worker;

create index audit_log_actor_idx on audit_log (tenant_id, actor_id, created_at desc) where actor_id is not null;
create index audit_log_action_idx on audit_log (tenant_id, action, created_at desc);

comment on column audit_log.session_id is 'The session it was done in.';
comment on column audit_log.source_address is 'The address it came from, as the program saw it.';
comment on column audit_log.source_agent is 'What the browser said of itself.';

grant select (tenant_id, id, user_id, purpose, token_hash, expires_at, used_at) on account_tokens to duka_directory;
create policy account_tokens_directory on account_tokens for select to duka_directory using (true);

create function directory_account_token(token_hash bytea, purpose text)
returns table (tenant_id uuid, token_id uuid, user_id uuid)
language sql
stable
security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select k.tenant_id, k.id, k.user_id
    from public.account_tokens k
    join public.users u on u.tenant_id = k.tenant_id and u.id = k.user_id and u.status = 'active'
    where k.token_hash = directory_account_token.token_hash
      and k.purpose = directory_account_token.purpose
      and k.used_at is null
      and k.expires_at > now()
$$;

comment on function directory_account_token(bytea, text) is
    'The account a single-use link of that purpose belongs to, while it is unused and not over.';

grant execute on function directory_account_token(bytea, text) to duka_app, duka_worker;

grant create on schema public to duka_directory;
alter function directory_account_token(bytea, text) owner to duka_directory;
revoke create on schema public from duka_directory;
