-- Creates the directory: the few look-ups that happen before a tenant is known. They return ids and nothing else.
-- Safe beside a running version: only new policies, grants and functions.

-- The directory role reads exactly these columns, and is the only one that reads them across tenants.
grant select (id, status) on tenants to duka_directory;
grant select (tenant_id, id, slug) on stores to duka_directory;
grant select (tenant_id, store_id, kind, name) on hosts to duka_directory;
grant select (tenant_id, id, email, status) on users to duka_directory;
grant select (tenant_id, id, user_id, token_hash, expires_at, ended_at) on sessions to duka_directory;
grant select (tenant_id, id, invite_token, expires_at, accepted_at, revoked_at) on staff_invites to duka_directory;
grant select (token_hash, tenant_id, purpose, subject_id, expires_at) on hook_tokens to duka_directory;
grant select, insert, update, delete on sign_in_throttle to duka_directory;

create policy tenants_directory on tenants for select to duka_directory using (true);
create policy stores_directory on stores for select to duka_directory using (true);
create policy hosts_directory on hosts for select to duka_directory using (true);
create policy users_directory on users for select to duka_directory using (true);
create policy sessions_directory on sessions for select to duka_directory using (true);
create policy staff_invites_directory on staff_invites for select to duka_directory using (true);
create policy hook_tokens_directory on hook_tokens for select to duka_directory using (true);
create policy sign_in_throttle_directory on sign_in_throttle for all to duka_directory using (true) with check (true);

create index stores_slug_directory on stores (slug, tenant_id);
comment on index stores_slug_directory is 'Serves directory_store_by_host, which runs before a tenant is known.';

create function directory_store_by_host(kind text, name text) returns table (tenant_id uuid, store_id uuid)
language sql
stable
security definer
set search_path = pg_catalog, public, pg_temp
as $$
    with known as (
        select h.tenant_id, h.store_id
        from public.hosts h
        where h.kind = directory_store_by_host.kind
          and h.name = lower(directory_store_by_host.name)
    ),
    -- a slug is unique per tenant only, so two shops may want the same label: then neither has it without a hosts row
    named as (
        select s.tenant_id, s.id as store_id
        from public.stores s
        where directory_store_by_host.kind = 'subdomain'
          and s.slug = lower(directory_store_by_host.name)
          and not exists (select from known)
        limit 2
    )
    select k.tenant_id, k.store_id from known k
    union all
    select n.tenant_id, n.store_id from named n where (select count(*) from named) = 1
$$;

comment on function directory_store_by_host(text, text) is
    'The store a host leads to: by hosts, else for a subdomain by its slug when exactly one store has it. No row for an unknown host.';

create function directory_users_by_email(email text) returns table (tenant_id uuid, user_id uuid)
language sql
stable
security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select u.tenant_id, u.id
    from public.users u
    join public.tenants t on t.id = u.tenant_id and t.status <> 'closed'
    where u.email = lower(directory_users_by_email.email)
      and u.status = 'active'
    order by u.tenant_id
    limit 20
$$;

comment on function directory_users_by_email(text) is
    'The active users with an e-mail, at most 20, one per tenant; the password is then checked in each tenant.';

create function directory_session(token_hash bytea) returns table (tenant_id uuid, session_id uuid, user_id uuid)
language sql
stable
security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select s.tenant_id, s.id, s.user_id
    from public.sessions s
    join public.users u on u.tenant_id = s.tenant_id and u.id = s.user_id and u.status = 'active'
    where s.token_hash = directory_session.token_hash
      and s.ended_at is null
      and s.expires_at > now()
$$;

comment on function directory_session(bytea) is 'The session a cookie belongs to, while it lasts and its user is active.';

create function directory_invite(token_hash text) returns table (tenant_id uuid, invite_id uuid)
language sql
stable
security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select i.tenant_id, i.id
    from public.staff_invites i
    where i.invite_token = directory_invite.token_hash
      and i.accepted_at is null
      and i.revoked_at is null
      and i.expires_at > now()
$$;

comment on function directory_invite(text) is 'The open invite a link belongs to.';

create function directory_hook(token_hash bytea, purpose text) returns table (tenant_id uuid, subject_id uuid)
language sql
stable
security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select h.tenant_id, h.subject_id
    from public.hook_tokens h
    where h.token_hash = directory_hook.token_hash
      and h.purpose = directory_hook.purpose
      and (h.expires_at is null or h.expires_at > now())
$$;

comment on function directory_hook(bytea, text) is 'The tenant and thing a provider''s call is about.';

create function directory_tenants() returns setof uuid
language sql
stable
security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select t.id from public.tenants t where t.status = 'active' order by t.id
$$;

comment on function directory_tenants() is 'The active tenants, for work that visits each in turn.';

create function sign_in_blocked_until(key bytea) returns timestamptz
language sql
stable
security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select t.blocked_until
    from public.sign_in_throttle t
    where t.key_hash = sign_in_blocked_until.key
      and t.blocked_until > now()
$$;

comment on function sign_in_blocked_until(bytea) is 'Until when a key must wait; null when it need not.';

create function sign_in_failed(key bytea) returns timestamptz
language plpgsql
security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    wrong int;
    wait_until timestamptz;
begin
    -- keys nobody tried for a day are swept a few at a time, so that guessing cannot fill the table
    delete from public.sign_in_throttle
    where key_hash in (
        select old.key_hash
        from public.sign_in_throttle old
        where old.last_failure_at < now() - interval '1 day'
          and old.key_hash <> sign_in_failed.key
        order by old.last_failure_at
        limit 20
        for update skip locked
    );

    insert into public.sign_in_throttle as t (key_hash, failures)
    values (sign_in_failed.key, 1)
    on conflict (key_hash) do update
    set failures = case
            when t.last_failure_at < now() - interval '1 hour' then 1
            else least(t.failures + 1, 1000)
        end,
        last_failure_at = now(),
        updated_at = now()
    returning t.failures into wrong;

    if wrong >= 5 then
        wait_until := now() + make_interval(mins => least(15, (2 ^ least(wrong - 5, 4))::int));
    end if;

    update public.sign_in_throttle
    set blocked_until = wait_until
    where key_hash = sign_in_failed.key;

    return wait_until;
end
$$;

comment on function sign_in_failed(bytea) is
    'Counts a wrong password. From the fifth on the key must wait 1, 2, 4, 8, then 15 minutes; after an hour without one the count begins anew. Returns until when, or null.';

create function sign_in_succeeded(key bytea) returns void
language sql
security definer
set search_path = pg_catalog, public, pg_temp
as $$
    delete from public.sign_in_throttle where key_hash = sign_in_succeeded.key
$$;

comment on function sign_in_succeeded(bytea) is 'Forgets the wrong passwords of a key.';

grant execute on function directory_store_by_host(text, text) to duka_app, duka_worker;
grant execute on function directory_users_by_email(text) to duka_app, duka_worker;
grant execute on function directory_session(bytea) to duka_app, duka_worker;
grant execute on function directory_invite(text) to duka_app, duka_worker;
grant execute on function directory_hook(bytea, text) to duka_app, duka_worker;
grant execute on function directory_tenants() to duka_worker;
grant execute on function sign_in_blocked_until(bytea) to duka_app, duka_worker;
grant execute on function sign_in_failed(bytea) to duka_app, duka_worker;
grant execute on function sign_in_succeeded(bytea) to duka_app, duka_worker;

-- A function can only be given to a role that may create in its schema; the right is taken back at once.
grant create on schema public to duka_directory;
alter function directory_store_by_host(text, text) owner to duka_directory;
alter function directory_users_by_email(text) owner to duka_directory;
alter function directory_session(bytea) owner to duka_directory;
alter function directory_invite(text) owner to duka_directory;
alter function directory_hook(bytea, text) owner to duka_directory;
alter function directory_tenants() owner to duka_directory;
alter function sign_in_blocked_until(bytea) owner to duka_directory;
alter function sign_in_failed(bytea) owner to duka_directory;
alter function sign_in_succeeded(bytea) owner to duka_directory;
revoke create on schema public from duka_directory;
