-- Creates the people of a merchant: users, their sessions, invites, and the brake on guessing passwords.
-- Safe beside a running version: only new tables.

-- A user signs in to the dashboard of one tenant. The same e-mail may exist in several tenants, as separate users.
create table users (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    email text not null,
    phone text,
    password_hash text,
    role text not null default 'staff',
    status text not null default 'active',
    last_login_at timestamptz,
    mfa_secret bytea,
    name text,
    locale text not null default 'en',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint users_pk primary key (tenant_id, id),
    constraint users_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint users_email_unique unique (tenant_id, email),
    constraint users_email_lower check (email <> '' and email = lower(email)),
    constraint users_role_known check (role in ('owner', 'staff', 'viewer')),
    constraint users_status_known check (status in ('active', 'disabled', 'invited')),
    constraint users_locale_known check (locale in ('en', 'sw'))
);

create index users_email_directory on users (email, tenant_id);

select duka_protect('users', '{select,insert,update}');

comment on table users is 'A person who signs in to one tenant''s dashboard; left staff are disabled, not deleted.';
comment on column users.email is 'Lower case; unique within the tenant.';
comment on column users.password_hash is 'argon2id in PHC form; empty while invited.';
comment on column users.mfa_secret is 'Secret of the second factor, sealed with the tenant''s key.';
comment on index users_email_directory is 'Serves directory_users_by_email, which runs before a tenant is known.';

-- A session is one signed-in browser.
create table sessions (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    token_hash bytea not null,
    user_agent text,
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null default now() + interval '30 days',
    ended_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint sessions_pk primary key (tenant_id, id),
    constraint sessions_user_fk foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    constraint sessions_token_unique unique (tenant_id, token_hash)
);

create index sessions_user_idx on sessions (tenant_id, user_id);
create index sessions_expiry_idx on sessions (tenant_id, expires_at);
create index sessions_token_directory on sessions (token_hash, tenant_id);

select duka_protect('sessions');

comment on table sessions is 'A signed-in browser.';
comment on column sessions.token_hash is 'SHA-256 of the cookie''s token; the token itself is nowhere kept.';
comment on column sessions.ended_at is 'Set when the person signs out or is shown out.';
comment on index sessions_token_directory is 'Serves directory_session, which runs before a tenant is known.';

-- An invite lets somebody join a tenant's staff by a link.
create table staff_invites (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    email text not null,
    role text not null default 'staff',
    invite_token text not null,
    expires_at timestamptz not null default now() + interval '7 days',
    accepted_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint staff_invites_pk primary key (tenant_id, id),
    constraint staff_invites_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint staff_invites_token_unique unique (tenant_id, invite_token),
    constraint staff_invites_role_known check (role in ('owner', 'staff', 'viewer')),
    constraint staff_invites_email_lower check (email <> '' and email = lower(email))
);

create index staff_invites_token_directory on staff_invites (invite_token, tenant_id);

select duka_protect('staff_invites');

comment on table staff_invites is 'A link by which somebody may join the staff.';
comment on column staff_invites.invite_token is 'SHA-256 of the link''s token in hexadecimal; the token itself is nowhere kept.';
comment on index staff_invites_token_directory is 'Serves directory_invite, which runs before a tenant is known.';

-- How often a password was guessed wrongly for a key (an e-mail, an address). It is needed before a tenant is known, so
-- it has none; no login may touch it except through the sign_in_… functions of the directory.
create table sign_in_throttle (
    key_hash bytea not null,
    failures int not null default 0,
    blocked_until timestamptz,
    last_failure_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint sign_in_throttle_pk primary key (key_hash),
    constraint sign_in_throttle_failures_positive check (failures >= 0)
);

create index sign_in_throttle_age_directory on sign_in_throttle (last_failure_at);

alter table sign_in_throttle enable row level security;
alter table sign_in_throttle force row level security;

comment on table sign_in_throttle is 'Wrong passwords per key, and until when the key must wait. Belongs to no tenant.';
comment on column sign_in_throttle.key_hash is 'Hash of what is being throttled, so that the table names nobody.';
