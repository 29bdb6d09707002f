//! Reads the schema out of `pg_catalog`, inside whatever transaction the connection is in.

use super::relation::Catalogue;
use sqlx::PgConnection;

/// Everything in schema public, as this connection sees it; its role should be a superuser.
pub async fn read(connection: &mut PgConnection) -> sqlx::Result<Catalogue> {
    Ok(Catalogue {
        relations: sqlx::query_as(RELATIONS).fetch_all(&mut *connection).await?,
        columns: sqlx::query_as(COLUMNS).fetch_all(&mut *connection).await?,
        constraints: sqlx::query_as(CONSTRAINTS).fetch_all(&mut *connection).await?,
        indexes: sqlx::query_as(INDEXES).fetch_all(&mut *connection).await?,
        policies: sqlx::query_as(POLICIES).fetch_all(&mut *connection).await?,
        grants: sqlx::query_as(GRANTS).fetch_all(&mut *connection).await?,
        functions: sqlx::query_as(FUNCTIONS).fetch_all(&mut *connection).await?,
        triggers: sqlx::query_as(TRIGGERS).fetch_all(&mut *connection).await?,
        roles: sqlx::query_as(ROLES).fetch_all(&mut *connection).await?,
        schemas: sqlx::query_as(SCHEMAS).fetch_all(&mut *connection).await?,
        enum_types: sqlx::query_scalar(ENUM_TYPES).fetch_all(&mut *connection).await?,
    })
}

const RELATIONS: &str = "
    select
        c.relname::text as name,
        c.relkind::text as kind,
        parent.relname::text as parent,
        pg_get_userbyid(c.relowner)::text as owner,
        c.relrowsecurity as has_row_security,
        c.relforcerowsecurity as is_forced,
        coalesce(c.reloptions, '{}') as options,
        obj_description(c.oid, 'pg_class') as comment
    from pg_class c
    left join pg_inherits i on i.inhrelid = c.oid
    left join pg_class parent on parent.oid = i.inhparent
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by c.relname";

const COLUMNS: &str = "
    select
        c.relname::text as relation,
        a.attname::text as name,
        format_type(a.atttypid, a.atttypmod) as type_name,
        a.attnotnull as is_required,
        a.atthasdef and a.attgenerated = '' as has_default,
        a.attgenerated <> '' as is_generated
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and a.attnum > 0
      and not a.attisdropped
    order by c.relname, a.attnum";

const CONSTRAINTS: &str = "
    select
        c.relname::text as relation,
        k.conname::text as name,
        k.contype::text as kind,
        array(
            select a.attname::text
            from unnest(k.conkey) with ordinality as key (attnum, nth)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.attnum
            order by key.nth
        ) as columns,
        target.relname::text as target,
        array(
            select a.attname::text
            from unnest(k.confkey) with ordinality as key (attnum, nth)
            join pg_attribute a on a.attrelid = k.confrelid and a.attnum = key.attnum
            order by key.nth
        ) as target_columns,
        case when k.contype = 'f' then k.confdeltype::text end as on_delete,
        array(
            select a.attname::text
            from unnest(k.confdelsetcols) as key (attnum)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.attnum
        ) as emptied_columns,
        k.convalidated as is_validated,
        pg_get_constraintdef(k.oid) as definition
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    left join pg_class target on target.oid = k.confrelid
    where c.relnamespace = 'public'::regnamespace
      and k.conislocal
      and k.conparentid = 0
      and k.contype <> 't'
    order by c.relname, k.conname";

const INDEXES: &str = "
    select
        c.relname::text as relation,
        x.relname::text as name,
        i.indisunique as is_unique,
        i.indisvalid as is_valid,
        am.amname::text as method,
        array(
            select coalesce(a.attname::text, pg_get_indexdef(i.indexrelid, nth::int, true))
            from unnest(i.indkey::int2[]) with ordinality as key (attnum, nth)
            left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = key.attnum and key.attnum > 0
            where nth <= i.indnkeyatts
            order by nth
        ) as columns,
        pg_get_expr(i.indpred, i.indrelid) as condition
    from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_class x on x.oid = i.indexrelid
    join pg_am am on am.oid = x.relam
    where c.relnamespace = 'public'::regnamespace
    order by c.relname, x.relname";

const POLICIES: &str = "
    select
        tablename::text as relation,
        policyname::text as name,
        permissive = 'PERMISSIVE' as is_permissive,
        cmd as command,
        roles::text[] as roles,
        qual as reads,
        with_check as writes
    from pg_policies
    where schemaname = 'public'
    order by tablename, policyname";

const GRANTS: &str = "
    select
        c.relname::text as relation,
        null::text as column,
        case when g.grantee = 0 then 'PUBLIC' else pg_get_userbyid(g.grantee)::text end as grantee,
        g.privilege_type as privilege,
        g.is_grantable as may_pass_on
    from pg_class c
    cross join lateral aclexplode(c.relacl) g
    where c.relnamespace = 'public'::regnamespace
      and g.grantee <> c.relowner
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    union all
    select
        c.relname::text,
        a.attname::text,
        case when g.grantee = 0 then 'PUBLIC' else pg_get_userbyid(g.grantee)::text end,
        g.privilege_type,
        g.is_grantable
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    cross join lateral aclexplode(a.attacl) g
    where c.relnamespace = 'public'::regnamespace
      and g.grantee <> c.relowner
    order by 1, 2 nulls first, 3, 4";

const FUNCTIONS: &str = "
    select
        p.oid::regprocedure::text as signature,
        pg_get_userbyid(p.proowner)::text as owner,
        p.prosecdef as is_definer,
        coalesce(p.proconfig, '{}') as settings,
        array(
            select case when g.grantee = 0 then 'PUBLIC' else pg_get_userbyid(g.grantee)::text end
            from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
            where g.grantee <> p.proowner
            order by 1
        ) as callers,
        obj_description(p.oid, 'pg_proc') as comment
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
    order by 1";

const TRIGGERS: &str = "
    select c.relname::text as relation, t.tgname::text as name
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace
      and not t.tgisinternal
    order by 1, 2";

const ROLES: &str = "
    select
        r.rolname::text as name,
        r.rolsuper as is_superuser,
        r.rolbypassrls as bypasses_row_security,
        r.rolcreaterole as creates_roles,
        r.rolcreatedb as creates_databases,
        r.rolreplication as replicates,
        r.rolcanlogin as signs_in,
        r.rolinherit as inherits,
        array(
            with recursive taken (oid) as (
                select m.roleid from pg_auth_members m where m.member = r.oid
                union
                select m.roleid from pg_auth_members m join taken t on m.member = t.oid
            )
            select pg_get_userbyid(taken.oid)::text from taken order by 1
        ) as member_of
    from pg_roles r
    where r.rolname like 'duka%'
    order by 1";

const SCHEMAS: &str = "
    select
        n.nspname::text as schema,
        case when g.grantee = 0 then 'PUBLIC' else pg_get_userbyid(g.grantee)::text end as grantee,
        g.privilege_type as privilege
    from pg_namespace n
    cross join lateral aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) g
    where n.nspname not like 'pg\\_%'
      and n.nspname <> 'information_schema'
      and g.grantee <> n.nspowner
    order by 1, 2, 3";

const ENUM_TYPES: &str = "
    select t.typname::text
    from pg_type t
    where t.typnamespace = 'public'::regnamespace
      and t.typtype = 'e'
    order by 1";
