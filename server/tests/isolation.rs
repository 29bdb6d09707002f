//! Seeds two tenants in every table and tries to read, write and point across, as the logins the program uses.

#[allow(dead_code, reason = "this test and the catalogue test each use a part")]
mod schema;

use schema::{
    attempt::{Inside, count},
    database::{Database, Login},
    probes::{Probe, pointing_as_superuser},
    reading::read,
    seed::{Tenant, plant, tenant_key, tenant_tables},
};
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn no_tenant_reaches_another_through_any_table() -> sqlx::Result<()> {
    let leaks = leaks_of("select 1").await?;
    assert!(leaks.is_empty(), "{} found:\n  {}\n", leaks.len(), leaks.join("\n  "));
    Ok(())
}

/// Breaks the schema, seeds it, and lists every way across.
async fn leaks_of(breaking: &'static str) -> sqlx::Result<Vec<String>> {
    let database = Database::fresh().await;
    let mut superuser = database.superuser().await;
    sqlx::raw_sql(AssertSqlSafe(breaking)).execute(&mut superuser).await?;
    let schema = read(&mut superuser).await?;

    let mut leaks = plant(&mut superuser, &schema).await;
    for table in tenant_tables(&schema) {
        for tenant in Tenant::ALL {
            let key = tenant_key(&schema, &table.name).unwrap_or("null::uuid");
            let rows = count(&mut superuser, Inside::Nobody, &table.name, key, tenant).await?;
            if !matches!(rows, Ok((own, _)) if own > 0) {
                leaks.push(format!("{} has no row of tenant {tenant:?}, so nothing is tried on it", table.name));
            }
        }
    }
    for login in Login::ALL {
        let mut probe = Probe { schema: &schema, login, connection: database.sign_in(login).await?, leaks: Vec::new() };
        for relation in &schema.relations {
            let key = tenant_key(&schema, &relation.name).unwrap_or("null::uuid");
            let rows = count(&mut superuser, Inside::Nobody, &relation.name, key, Tenant::A).await?;
            let rows = rows.map_or(0, |(own, _)| own);
            if relation.is_view() && rows == 0 {
                probe.leaks.push(format!("{} shows no row of tenant A, so nothing is tried on it", relation.name));
            }
            probe.run(relation, rows).await?;
        }
        leaks.append(&mut probe.leaks);
    }
    pointing_as_superuser(&mut superuser, &schema, &mut leaks).await?;
    Ok(leaks)
}

#[tokio::test]
async fn a_policy_that_lets_all_rows_through_is_reported() -> sqlx::Result<()> {
    let leaks = leaks_of("alter policy sitemaps_tenant on sitemaps using (true) with check (true)").await?;
    assert_eq!(
        leaks,
        twice(&[
            "reading sitemaps as tenant A gives 1 of A's rows and 1 of others",
            "reading sitemaps as no tenant gives 1 of A's rows and 1 of others",
            "reading sitemaps as an emptied tenant gives 1 of A's rows and 1 of others",
            "updating all of sitemaps as tenant A gives 2 rows",
            "updating B's sitemaps as tenant A gives 1 row",
            "updating all of sitemaps as no tenant gives 2 rows",
            "updating all of sitemaps as an emptied tenant gives 2 rows",
            "deleting all of sitemaps as tenant A gives 2 rows",
            "deleting B's sitemaps as tenant A gives 1 row",
            "deleting all of sitemaps as no tenant gives 2 rows",
            "deleting all of sitemaps as an emptied tenant gives 2 rows",
            "inserting B's row into sitemaps as tenant A gives 1 row",
            "inserting B's row into sitemaps as no tenant gives 1 row",
            "inserting B's row into sitemaps as an emptied tenant gives 1 row",
        ])
    );
    Ok(())
}

#[tokio::test]
async fn a_policy_that_only_guards_reading_is_reported() -> sqlx::Result<()> {
    let leaks = leaks_of("alter policy sitemaps_tenant on sitemaps with check (true)").await?;
    assert_eq!(
        leaks,
        twice(&[
            "inserting B's row into sitemaps as tenant A gives 1 row",
            "inserting B's row into sitemaps as no tenant gives 1 row",
            "inserting B's row into sitemaps as an emptied tenant gives 1 row",
        ])
    );
    Ok(())
}

#[tokio::test]
async fn a_policy_that_fails_open_without_a_tenant_is_reported() -> sqlx::Result<()> {
    let leaks = leaks_of(
        "alter policy sitemaps_tenant on sitemaps using (
             coalesce(current_setting('app.tenant_id', true), '') = ''
             or tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
         )",
    )
    .await?;
    assert_eq!(
        leaks,
        twice(&[
            "reading sitemaps as no tenant gives 1 of A's rows and 1 of others",
            "reading sitemaps as an emptied tenant gives 1 of A's rows and 1 of others",
            "updating all of sitemaps as no tenant gives refused by row security",
            "updating all of sitemaps as an emptied tenant gives refused by row security",
            "deleting all of sitemaps as no tenant gives 2 rows",
            "deleting all of sitemaps as an emptied tenant gives 2 rows",
        ])
    );
    Ok(())
}

#[tokio::test]
async fn a_foreign_key_without_the_tenant_is_reported() -> sqlx::Result<()> {
    let leaks = leaks_of(
        "alter table carts add constraint carts_id_once unique (id);
         alter table cart_items drop constraint cart_items_cart_fk;
         alter table cart_items add constraint cart_items_cart_fk foreign key (cart_id) references carts (id)",
    )
    .await?;
    assert_eq!(
        leaks,
        [
            "duka_app: pointing cart_items.cart_id at B's as tenant A gives 1 row",
            "duka_worker: pointing cart_items.cart_id at B's as tenant A gives 1 row",
            "superuser: pointing cart_items.cart_id at B's gives 1 row",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_unique_rule_across_tenants_is_reported() -> sqlx::Result<()> {
    let leaks = leaks_of("alter table sitemaps add constraint sitemaps_count_once unique (item_count)").await?;
    assert_eq!(
        leaks,
        ["sitemaps got no row: refused as a duplicate", "sitemaps has no row of tenant B, so nothing is tried on it",]
    );
    Ok(())
}

#[tokio::test]
async fn a_view_with_its_owners_rights_is_reported() -> sqlx::Result<()> {
    let leaks =
        leaks_of("alter view funnels set (security_invoker = false); alter view funnels owner to postgres").await?;
    assert_eq!(
        leaks,
        twice(&[
            "reading funnels as tenant A gives 1 of A's rows and 1 of others",
            "reading funnels as no tenant gives 1 of A's rows and 1 of others",
            "reading funnels as an emptied tenant gives 1 of A's rows and 1 of others",
        ])
    );
    Ok(())
}

#[tokio::test]
async fn a_right_to_a_table_of_no_tenant_is_reported() -> sqlx::Result<()> {
    let leaks = leaks_of("grant select on sign_in_throttle to duka_app, duka_worker").await?;
    assert_eq!(leaks, twice(&["sign_in_throttle can be read and belongs to no tenant"]));
    Ok(())
}

#[tokio::test]
async fn a_partition_with_rights_and_without_a_wall_is_reported() -> sqlx::Result<()> {
    let leaks = leaks_of(
        "create table events_old partition of events for values from ('2001-01-01') to ('2001-02-01');
         grant select on events_old to duka_app, duka_worker;
         insert into tenants (id, name) values ('0c000000-0000-4000-8000-00000000000c', 'third');
         insert into events (tenant_id, event_type, occurred_at)
         values ('0c000000-0000-4000-8000-00000000000c', 'search', '2001-01-10')",
    )
    .await?;
    assert_eq!(
        leaks,
        twice(&[
            "reading events_old as tenant A gives 0 of A's rows and 1 of others",
            "reading events_old as no tenant gives 0 of A's rows and 1 of others",
            "reading events_old as an emptied tenant gives 0 of A's rows and 1 of others",
        ])
    );
    Ok(())
}

#[tokio::test]
async fn a_table_nobody_can_seed_is_reported() -> sqlx::Result<()> {
    let leaks = leaks_of(
        "create table gadgets (
             tenant_id uuid not null references tenants,
             id uuid not null default gen_random_uuid(),
             place point not null
         )",
    )
    .await?;
    assert_eq!(
        leaks,
        [
            "gadgets got no row: the seed knows no value of type point for place",
            "gadgets got no row: the seed knows no value of type point for place",
            "gadgets has no row of tenant A, so nothing is tried on it",
            "gadgets has no row of tenant B, so nothing is tried on it",
        ]
    );
    Ok(())
}

/// The same for both logins.
fn twice(leaks: &[&str]) -> Vec<String> {
    Login::ALL.iter().flat_map(|login| leaks.iter().map(|leak| format!("{}: {leak}", login.role()))).collect()
}
