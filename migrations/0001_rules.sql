-- Lays down the rules every later chapter uses: default rights, extensions, and the functions that protect a table.
-- Safe beside a running version: nothing exists yet that it could change.

-- Backup and repair reach every table, partitions included. Functions are nobody's until granted.
alter default privileges in schema public grant select, insert, update, delete on tables to duka_ops;
alter default privileges in schema public grant usage, select on sequences to duka_ops;
alter default privileges revoke execute on functions from public;

do $$
begin
    if to_regclass('public._sqlx_migrations') is not null then
        grant select, insert, update, delete on public._sqlx_migrations to duka_ops;
    end if;
end
$$;

create extension if not exists btree_gin with schema public;
create extension if not exists pg_trgm with schema public;

create function duka_guard(target regclass) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
    bare_name text := (select relname from pg_class where oid = target);
    -- the tenants table is its own tenant key
    key_column text := case when bare_name = 'tenants' then 'id' else 'tenant_id' end;
    rule text := format(
        '%I = nullif(current_setting(''app.tenant_id'', true), '''')::uuid', key_column
    );
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format(
        'create policy %I on %s for all to duka_app, duka_worker using (%s) with check (%s)',
        bare_name || '_tenant', target, rule, rule
    );
end
$$;

comment on function duka_guard(regclass) is
    'Enables and forces row security on a table and writes the one policy: a row belongs to the tenant in app.tenant_id. With nothing set, no row is visible.';

create function duka_protect(
    target regclass,
    can text[] default '{select,insert,update,delete}',
    update_columns text[] default null
) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
    writable text[];
    changeable text[];
begin
    if not can <@ '{select,insert,update,delete}'::text[] then
        raise exception 'duka_protect(%): % holds a right that is none', target, can;
    end if;

    perform public.duka_guard(target);

    select array_agg(quote_ident(attname) order by attnum),
           array_agg(quote_ident(attname) order by attnum)
               filter (where attname not in ('tenant_id', 'id', 'created_at'))
    into writable, changeable
    from pg_attribute
    where attrelid = target
      and attnum > 0
      and not attisdropped
      and attgenerated = '';

    if update_columns is not null then
        if exists (select from unnest(update_columns) as name where quote_ident(name) <> all (changeable)) then
            raise exception 'duka_protect(%): % names a column that cannot be updated', target, update_columns;
        end if;
        changeable := (select array_agg(quote_ident(name)) from unnest(update_columns) as name);
    end if;

    if 'select' = any (can) then
        execute format('grant select on %s to duka_app, duka_worker', target);
    end if;
    if 'insert' = any (can) then
        execute format('grant insert (%s) on %s to duka_app, duka_worker', array_to_string(writable, ', '), target);
    end if;
    if 'update' = any (can) then
        execute format('grant update (%s) on %s to duka_app, duka_worker', array_to_string(changeable, ', '), target);
    end if;
    if 'delete' = any (can) then
        execute format('grant delete on %s to duka_app, duka_worker', target);
    end if;
end
$$;

comment on function duka_protect(regclass, text[], text[]) is
    'Ends every table of a chapter: duka_guard plus the rights of app and worker. Insert covers every column that is not generated; update the same without tenant_id, id and created_at, or only the columns named.';

create function duka_schema_level() returns bigint
language plpgsql
stable
security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    level bigint;
begin
    if to_regclass('public._sqlx_migrations') is null then
        return 0;
    end if;
    select coalesce(max(version), 0) into level from public._sqlx_migrations where success;
    return level;
end
$$;

comment on function duka_schema_level() is
    'The number of the newest migration that succeeded, 0 when none is recorded; lets a login that may not read the migrations table tell an old schema.';

grant execute on function duka_schema_level() to duka_app, duka_worker, duka_ops;
