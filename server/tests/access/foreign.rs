//! Another merchant's things, one of every kind: at every door they answer as what is not there at all.

use crate::{
    schema::{
        reading::read,
        seed::{Tenant, plant},
    },
    world::World,
};
use duka::kernel::{
    access::Role,
    id::{TenantId, UserId},
};
use server::doors::{Door, Who};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};

/// What a name in an address is a row of.
const THINGS: [(&str, &str); 22] = [
    ("{category}", "categories"),
    ("{code}", "price_rule_codes"),
    ("{count}", "stock_counts"),
    ("{customer}", "customers"),
    ("{domain}", "store_domains"),
    ("{gap}", "close_gaps"),
    ("{group}", "customer_groups"),
    ("{id}", "sessions"),
    ("{order}", "orders"),
    ("{page}", "seo_pages"),
    ("{payment}", "payments"),
    ("{picture}", "product_images"),
    ("{place}", "customer_addresses"),
    ("{product}", "products"),
    ("{refund}", "refunds"),
    ("{rider}", "users"),
    ("{rule}", "price_rules"),
    ("{run}", "import_runs"),
    ("{store}", "stores"),
    ("{variant}", "product_variants"),
    ("{zone}", "delivery_zones"),
    ("{day}", ""),
];
/// Names that a row alone does not open for its own merchant's owner, and why.
const NOT_OPENED: [(&str, &str); 4] = [
    ("{code}", "a code that is taken away twice is taken away once"),
    ("{day}", "a day is no row, and everybody has the same ones"),
    ("{id}", "a session is ended by the person whose it is"),
    ("{rider}", "somebody with nothing to deliver is nobody there"),
];

/// The names in a door's address.
fn kinds(door: &Door) -> Vec<&'static str> {
    door.path.split('/').filter(|part| part.starts_with('{') && *part != "{*rest}").collect()
}

/// Doors of the team that are about one thing.
fn doors(world: &World) -> Vec<(&'static str, Door)> {
    let is_one = |door: &Door| matches!(door.who, Who::Member(_) | Who::Sure(_)) && !kinds(door).is_empty();
    world.doors().into_iter().filter(|(_, door)| is_one(door)).collect()
}

/// One row of every kind, of a merchant of its own: by the name that stands in addresses.
async fn planted(world: &World) -> BTreeMap<&'static str, String> {
    let mut everything = world.db.superuser().await;
    let schema = read(&mut everything).await.unwrap();
    assert_eq!(plant(&mut everything, &schema).await, Vec::<String>::new());
    // The first word that a page's kind may be is of pages that nobody edits.
    let page = format!("update seo_pages set type = 'page' where tenant_id = {}", Tenant::A.literal());
    sqlx::query(AssertSqlSafe(page)).execute(&mut everything).await.unwrap();
    // And somebody without a phone was erased.
    let phone = format!("update customers set phone = '+254711000009' where tenant_id = {}", Tenant::A.literal());
    sqlx::query(AssertSqlSafe(phone)).execute(&mut everything).await.unwrap();
    let mut ids = BTreeMap::from([("{day}", "2026-11-27".to_owned())]);
    for (name, table) in THINGS.into_iter().filter(|(_, table)| !table.is_empty()) {
        let id = format!("select id::text from {table} where tenant_id = {}", Tenant::A.literal());
        ids.insert(name, sqlx::query_scalar(AssertSqlSafe(id)).fetch_one(&mut everything).await.unwrap());
    }
    ids
}

fn nothing() -> String {
    UserId::mint().to_string()
}

#[tokio::test]
async fn what_is_another_merchants_answers_as_what_is_not_there() {
    let world = World::new().await;
    let ids = planted(&world).await;
    let real = |part: &str| ids.get(part).cloned();
    let missing = |part: &str| ids.contains_key(part).then(nothing);
    let neighbour = world.enter(world.theirs.tenant, Role::Owner).await;
    let mut seen = BTreeSet::new();
    for (host, door) in doors(&world) {
        for kind in kinds(&door) {
            assert!(THINGS.iter().any(|(name, _)| *name == kind), "{kind} of {} is a row of what?", door.path);
            seen.insert(kind);
        }
        let (there, nowhere) = (
            world.ask(host, &door, Some(&neighbour), real).await,
            world.ask(host, &door, Some(&neighbour), missing).await,
        );
        assert_eq!(there, nowhere, "{} {}", door.method, door.path);
    }

    // The rows are what the doors are about: for their own merchant's owner they are something.
    let tenant = TenantId::from(Tenant::A.id().parse::<uuid::Uuid>().unwrap());
    let owner = world.enter(tenant, Role::Owner).await;
    let mut opened: BTreeSet<&str> = NOT_OPENED.iter().map(|(kind, _)| *kind).collect();
    // Checking a domain asks a name server outside.
    for (host, door) in doors(&world).into_iter().filter(|(_, door)| !door.path.ends_with("/check")) {
        let Some(last) = kinds(&door).pop() else { continue };
        let but_one = |part: &str| if part == last { Some(nothing()) } else { real(part) };
        if !opened.contains(last)
            && world.ask(host, &door, Some(&owner), real).await != world.ask(host, &door, Some(&owner), but_one).await
        {
            opened.insert(last);
        }
    }
    assert_eq!(opened, seen, "kinds of things that nobody opened");
}
