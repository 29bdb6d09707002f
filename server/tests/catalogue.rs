//! Walks the whole schema in Postgres's catalogue and lists what breaks its rules; must find nothing, and can find each.

#[allow(dead_code, reason = "this test and the isolation test each use a part")]
mod schema;

use schema::{
    database::Database,
    draft,
    exceptions::INVOKERS,
    reading::read,
    relation::{Catalogue, Index},
    rules::{Offence, offences},
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

#[tokio::test]
async fn the_schema_breaks_none_of_its_rules() -> sqlx::Result<()> {
    let schema = read(&mut Database::fresh().await.superuser().await).await?;
    assert!(schema.tables().count() > 40, "the schema was not read");
    nothing_in(&offences(&schema).iter().map(ToString::to_string).collect::<Vec<_>>());
    Ok(())
}

#[tokio::test]
async fn every_table_and_column_of_the_draft_exists() -> sqlx::Result<()> {
    let schema = read(&mut Database::fresh().await.superuser().await).await?;
    let mut missing = Vec::new();
    for (table, columns) in draft::tables() {
        for column in columns {
            if schema.column(table, column).is_none() {
                missing.push(format!("{table}.{column}"));
            }
        }
    }
    nothing_in(&missing);
    Ok(())
}

#[tokio::test]
async fn a_row_of_only_the_drafts_columns_can_be_inserted() -> sqlx::Result<()> {
    let schema = read(&mut Database::fresh().await.superuser().await).await?;
    let mut demanding = Vec::new();
    for (table, drafted) in draft::tables() {
        if schema.relation(table).is_some_and(schema::relation::Relation::is_table) {
            for column in schema.columns_of(table) {
                if !drafted.contains(&column.name.as_str()) && column.is_required && !column.has_default {
                    demanding.push(format!("{table}.{}", column.name));
                }
            }
        }
    }
    nothing_in(&demanding);
    Ok(())
}

#[tokio::test]
async fn every_word_of_the_draft_can_be_stored() -> sqlx::Result<()> {
    let schema = read(&mut Database::fresh().await.superuser().await).await?;
    let mut refused = Vec::new();
    for (place, words) in draft::words() {
        let (table, column) = place.split_once('.').expect("table.column");
        for word in words {
            for check in schema.checks_of(table, column) {
                // a rule about several columns names only some of the words
                if check.columns.len() == 1 && !check.definition.contains(&format!("'{word}'")) {
                    refused.push(format!("{place}: {} refuses {word}", check.name));
                }
            }
        }
    }
    nothing_in(&refused);
    Ok(())
}

/// One that is called by itself would be a plan of its own for each row, with estimates out of the air.
#[tokio::test]
async fn what_statements_share_is_planned_as_part_of_them() -> sqlx::Result<()> {
    let database = Database::fresh().await;
    let mut superuser = database.superuser().await;
    let mut called = Vec::new();
    for signature in INVOKERS {
        let (name, types) = signature.trim_end_matches(')').split_once('(').expect("name(types)");
        let nothing: Vec<String> = types.split(',').map(|kind| format!("null::{kind}")).collect();
        let question = format!("explain (costs off) select * from {name}({})", nothing.join(", "));
        let plan: Vec<String> = sqlx::query_scalar(AssertSqlSafe(question)).fetch_all(&mut superuser).await?;
        if plan.iter().any(|line| line.contains(&format!("Function Scan on {name}"))) {
            called.push(format!("{signature}: {}", plan.join(" ")));
        }
    }
    nothing_in(&called);
    Ok(())
}

#[tokio::test]
async fn every_index_of_the_draft_exists() -> sqlx::Result<()> {
    let schema = read(&mut Database::fresh().await.superuser().await).await?;
    let missing: Vec<String> = draft::INDEXES
        .iter()
        .filter(|(kind, table, columns, condition)| {
            !schema.indexes.iter().any(|index| index.relation == *table && serves(index, kind, columns, condition))
        })
        .map(|entry| format!("{entry:?}"))
        .collect();
    nothing_in(&missing);
    Ok(())
}

fn serves(index: &Index, kind: &str, columns: &[&str], condition: &[&str]) -> bool {
    let kind_fits = match kind {
        "unique" => index.is_unique,
        method => index.method == method,
    };
    let columns_fit = index.columns.first().is_some_and(|first| first == "tenant_id")
        && index.columns[1..].iter().map(String::as_str).eq(columns.iter().copied());
    let found = index.condition.as_deref().unwrap_or_default();
    kind_fits
        && columns_fit
        && found.is_empty() == condition.is_empty()
        && condition.iter().all(|part| found.contains(part))
}

#[track_caller]
fn nothing_in(list: &[String]) {
    assert!(list.is_empty(), "{} found:\n  {}\n", list.len(), list.join("\n  "));
}

/// Breaks a sound schema inside a transaction, says what the walk finds then, and undoes it.
async fn found_after(superuser: &mut PgConnection, breaking: &str) -> sqlx::Result<Vec<Offence>> {
    let mut tx = superuser.begin().await?;
    sqlx::raw_sql(AssertSqlSafe(breaking.to_owned())).execute(&mut *tx).await?;
    let schema: Catalogue = read(&mut tx).await?;
    tx.rollback().await?;
    Ok(offences(&schema))
}

#[tokio::test]
async fn each_way_of_breaking_the_schema_is_found() -> sqlx::Result<()> {
    let database = Database::fresh().await;
    let mut superuser = database.superuser().await;
    let mut unnoticed = Vec::new();
    for (breaking, expected) in BREAKINGS {
        let found = found_after(&mut superuser, breaking).await;
        let found: Vec<String> = match found {
            Ok(offences) => offences.iter().map(ToString::to_string).collect(),
            Err(error) => vec![error.to_string()],
        };
        if found != *expected {
            unnoticed.push(format!("{breaking}\n    should give {expected:#?}\n    and gives {found:#?}"));
        }
    }
    nothing_in(&unnoticed);
    nothing_in(&offences(&read(&mut superuser).await?).iter().map(ToString::to_string).collect::<Vec<_>>());
    Ok(())
}

/// A way to break the schema, and all the walk must say about it.
const BREAKINGS: &[(&str, &[&str])] = &[
    ("alter table orders no force row level security", &["orders: row security is not forced"]),
    ("alter table orders disable row level security", &["orders: row security is not enabled"]),
    ("alter table events_default no force row level security", &["events_default: row security is not forced"]),
    (
        "create policy orders_all on orders for select to duka_app using (true)",
        &[
            "orders: its policy orders_all is not a generated one: orders_all permissive for SELECT to duka_app using true \
           with check nothing",
        ],
    ),
    (
        "drop policy sitemaps_tenant on sitemaps",
        &[
            "sitemaps: it lacks the policy sitemaps_tenant permissive for ALL to duka_app, duka_worker using (tenant_id = \
           (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid) with check (tenant_id = \
           (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)",
        ],
    ),
    (
        "alter policy users_directory on users to duka_app",
        &[
            "users: it lacks the policy users_directory permissive for SELECT to duka_directory using true with check \
             nothing",
            "users: its policy users_directory is not a generated one: users_directory permissive for SELECT to duka_app \
             using true with check nothing",
        ],
    ),
    (
        "set local role duka_owner;
         create table gadgets (
             tenant_id uuid not null,
             id uuid not null default gen_random_uuid(),
             created_at timestamptz not null default now(),
             updated_at timestamptz not null default now(),
             constraint gadgets_pk primary key (tenant_id, id),
             constraint gadgets_tenant_fk foreign key (tenant_id) references tenants (id)
         );
         comment on table gadgets is 'Made without duka_protect.';
         reset role",
        &[
            "gadgets: a right is missing: duka_app DELETE",
            "gadgets: a right is missing: duka_app INSERT (created_at)",
            "gadgets: a right is missing: duka_app INSERT (id)",
            "gadgets: a right is missing: duka_app INSERT (tenant_id)",
            "gadgets: a right is missing: duka_app INSERT (updated_at)",
            "gadgets: a right is missing: duka_app SELECT",
            "gadgets: a right is missing: duka_app UPDATE (updated_at)",
            "gadgets: a right is missing: duka_worker DELETE",
            "gadgets: a right is missing: duka_worker INSERT (created_at)",
            "gadgets: a right is missing: duka_worker INSERT (id)",
            "gadgets: a right is missing: duka_worker INSERT (tenant_id)",
            "gadgets: a right is missing: duka_worker INSERT (updated_at)",
            "gadgets: a right is missing: duka_worker SELECT",
            "gadgets: a right is missing: duka_worker UPDATE (updated_at)",
            "gadgets: it lacks the policy gadgets_tenant permissive for ALL to duka_app, duka_worker using (tenant_id = \
             (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid) with check (tenant_id = \
             (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)",
            "gadgets: row security is not enabled",
            "gadgets: row security is not forced",
        ],
    ),
    (
        "alter table sitemaps alter column tenant_id set default gen_random_uuid()",
        &["sitemaps: it has no column tenant_id uuid not null without default"],
    ),
    ("grant select on events_default to duka_app", &["events_default: a right too many: duka_app SELECT"]),
    ("grant truncate on orders to duka_app", &["orders: a right too many: duka_app TRUNCATE"]),
    ("grant select on stores to public", &["stores: a right too many: PUBLIC SELECT"]),
    ("grant select on hook_tokens to duka_app", &["hook_tokens: a right too many: duka_app SELECT"]),
    ("grant update (tenant_id) on carts to duka_worker", &["carts: a right too many: duka_worker UPDATE (tenant_id)"]),
    ("grant delete on orders to duka_app", &["orders: a right too many: duka_app DELETE"]),
    ("revoke select on stores from duka_worker", &["stores: a right is missing: duka_worker SELECT"]),
    (
        "grant select (password_hash) on users to duka_directory",
        &["users: a right too many: duka_directory SELECT (password_hash)"],
    ),
    (
        "alter table sitemaps add column note text",
        &[
            "sitemaps: a right is missing: duka_app INSERT (note)",
            "sitemaps: a right is missing: duka_app UPDATE (note)",
            "sitemaps: a right is missing: duka_worker INSERT (note)",
            "sitemaps: a right is missing: duka_worker UPDATE (note)",
        ],
    ),
    (
        "create index orders_by_phone on orders (customer_phone)",
        &["orders_by_phone: the index does not begin with tenant_id"],
    ),
    (
        "alter table customers add constraint customers_email_once unique (email)",
        &["customers_email_once: the index does not begin with tenant_id"],
    ),
    (
        "alter table carts add constraint carts_id_once unique (id);
         alter table cart_items drop constraint cart_items_cart_fk;
         alter table cart_items add constraint cart_items_cart_fk foreign key (cart_id) references carts (id)",
        &[
            "cart_items_cart_fk: carts can be deleted from, and no index serves the foreign key",
            "cart_items_cart_fk: it lets a row point into another tenant's carts",
            "carts_id_once: the index does not begin with tenant_id",
        ],
    ),
    (
        "alter table delivery_zones add constraint delivery_zones_position unique (tenant_id, position);
         alter table delivery_zones rename constraint delivery_zones_position to delivery_zones_position_key",
        &["delivery_zones_position_key: it has no name of the form <table>_<what>"],
    ),
    ("alter table refunds drop constraint refunds_payment_fk", &["refunds.payment_id: the id has no foreign key"]),
    (
        "alter table carts drop constraint carts_customer_fk;
         alter table carts add constraint carts_customer_fk foreign key (tenant_id, customer_id)
             references customers (tenant_id, id) on delete set null",
        &["carts_customer_fk: deleting the parent would empty tenant_id; name the columns to empty"],
    ),
    (
        "drop index customer_addresses_customer_idx, customer_addresses_one_default, customer_addresses_place_unique",
        &["customer_addresses_customer_fk: customers can be deleted from, and no index serves the foreign key"],
    ),
    (
        "alter view funnels set (security_invoker = false)",
        &["funnels: the view runs with its owner's rights; it needs security_invoker = true"],
    ),
    (
        "set local role duka_owner;
         create materialized view totals as select tenant_id, count(*) as n from orders group by tenant_id;
         comment on materialized view totals is 'Sums of all tenants.';
         reset role",
        &["totals: policies do not reach a materialised view"],
    ),
    (
        "alter function directory_hook(bytea, text) reset search_path",
        &["directory_hook(bytea,text): it runs with its owner's rights and without the fixed search_path"],
    ),
    (
        "alter function directory_hook(bytea, text) owner to duka_ops",
        &["directory_hook(bytea,text): it runs with the rights of duka_ops, not of duka_directory"],
    ),
    (
        "grant execute on function directory_tenants() to public",
        &[
            "directory_tenants(): anybody may call the function",
            "directory_tenants(): it may be called by PUBLIC, duka_worker, not by duka_worker",
        ],
    ),
    (
        "set local role duka_owner;
         create function peek() returns bigint language sql security definer
             set search_path = pg_catalog, public, pg_temp as 'select count(*) from public.orders';
         comment on function peek() is 'Counts everybody.';
         grant execute on function peek() to duka_app;
         reset role",
        &["peek(): it runs with its owner's rights and is on no list"],
    ),
    (
        "alter function categories_above(uuid, uuid) security definer",
        &[
            "categories_above(uuid,uuid): it runs with its owner's rights and is on no list",
            "categories_above(uuid,uuid): it runs with its owner's rights and without the fixed search_path",
            "categories_above(uuid,uuid): the list of functions that anybody's statement calls names it, and it is not there with its caller's rights",
        ],
    ),
    ("alter role duka_app bypassrls", &["duka_app: only operations may go around row security"]),
    ("alter role duka_worker superuser", &["duka_worker: the role is a superuser"]),
    ("grant duka_owner to duka_app", &["duka_app: the role is a member of duka_directory, duka_owner"]),
    ("grant create on schema public to duka_app", &["schema public: a right too many: duka_app CREATE"]),
    (
        "alter table sitemaps owner to duka_ops",
        &[
            "sitemaps: a right is missing: duka_ops DELETE",
            "sitemaps: a right is missing: duka_ops INSERT",
            "sitemaps: a right is missing: duka_ops SELECT",
            "sitemaps: a right is missing: duka_ops UPDATE",
            "sitemaps: it belongs to duka_ops",
        ],
    ),
    ("comment on table orders is null", &["orders: it has no comment"]),
    (
        "create trigger orders_touched before update on orders for each row
             execute function suppress_redundant_updates_trigger()",
        &["orders.orders_touched: a trigger does what no statement says"],
    ),
    (
        "alter table refunds drop constraint refunds_amount_positive",
        &["refunds.amount_cents: no check keeps the amount from being negative"],
    ),
    (
        "alter table refunds alter column amount_cents type numeric",
        &["refunds.amount_cents: it is not a whole number, and on no list", "refunds.amount_cents: money is bigint"],
    ),
];
