//! Sales and prices before: what product page, cards and structured data show, and when it begins and ends.

use crate::{
    rules::{TEN_PERCENT, rule},
    world::{NJERI, World},
};
use chrono::{DateTime, TimeDelta, Utc};
use duka::{
    catalog::{change_price::change_price, product::ProductStatus, product_standing::set_status},
    ctx::{Ctx, Platform},
    kernel::{access::Actor, clock::Clock, money::Money},
};
use sqlx::{AssertSqlSafe, Connection as _};
use std::{sync::Arc, time::Duration};

/// A world whose clock a test moves.
async fn world() -> (World, Clock) {
    let mut world = World::new().await;
    let now = DateTime::from_timestamp(Clock::system().now().timestamp(), 0).unwrap();
    let clock = Clock::fixed(now);
    let platform = Platform { clock: clock.clone(), ..(*world.app.platform).clone() };
    world.use_platform(Arc::new(platform));
    (world, clock)
}

/// The first variant costs this from now on.
async fn price(world: &World, shillings: i64) {
    let ctx = Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    let version = world.count("select max(version)::bigint from product_variants where name = 'Blue'").await;
    let version = i32::try_from(version).unwrap();
    change_price(&ctx, world.njeri.variants[0], version, Money::shillings(shillings)).await.unwrap();
    world.app.pages.versions.forget(world.njeri.tenant);
}

/// The product stands so from now on.
async fn stand(world: &World, status: ProductStatus) {
    let ctx = Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    let product = world.njeri.product;
    let version = world.count(&format!("select version::bigint from products where id = '{product}'")).await;
    set_status(&ctx, product, i32::try_from(version).unwrap(), status).await.unwrap();
    world.app.pages.versions.forget(world.njeri.tenant);
}

async fn say_it_was(world: &World, shillings: i64) {
    world
        .sql(&format!(
            "update product_variants set compare_at_price_cents = {shillings} * 100 where name = 'Blue';
             update tenants set catalogue_version = catalogue_version + 1"
        ))
        .await;
    world.app.pages.versions.forget(world.njeri.tenant);
}

/// Whether the product's page and its card strike that price through, and nothing else does.
async fn is_struck(world: &World, price: &str) -> bool {
    let struck = format!("<s>{price}</s>");
    let (page, home) = (world.get(NJERI, "/p/kikoi").await.text(), world.get(NJERI, "/").await.text());
    let on_page = page.contains(&format!(">{price}</s>")) || page.contains(&format!("data-was=\"{price}\""));
    assert_eq!(on_page, home.contains(&struck), "page and card say the same of {price}");
    on_page
}

#[tokio::test]
async fn an_automatic_discount_on_a_piece_is_the_price_everybody_sees() {
    let (world, _) = world().await;
    price(&world, 999).await;
    world.sql("update price_history set starts_at = starts_at - interval '40 days'").await;
    rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "", "").await;
    world.app.pages.versions.forget(world.njeri.tenant);
    world.sql("update tenants set catalogue_version = catalogue_version + 1").await;
    let page = world.get(NJERI, "/p/kikoi").await.text();
    assert!(page.contains("KSh 899") && page.contains("data-was=\"KSh 999\""), "{page}");
    assert!(
        page.contains("\"lowPrice\":\"899\",\"highPrice\":\"1350\""),
        "structured data say what is charged: {page}"
    );
    assert!(page.contains("content=\"899\""), "so does the preview in a chat: {page}");
    let home = world.get(NJERI, "/").await.text();
    assert!(home.contains("<b>KSh 899</b>") && home.contains("<s>KSh 999</s>"), "{home}");
    assert!(!page.contains("basis_points") && !page.contains("Easter sale"), "rules stay with the merchant");
}

#[tokio::test]
async fn rules_with_conditions_do_not_change_the_price_on_a_page() {
    let (world, _) = world().await;
    for (kind, config, columns, values) in [
        ("percentage_off", TEN_PERCENT, "needs_code", "true"),
        ("percentage_off", TEN_PERCENT, "minimum_cents", "100"),
        ("percentage_off", TEN_PERCENT, "total_cap", "10"),
        ("percentage_off", TEN_PERCENT, "is_once", "true"),
        ("percentage_off", TEN_PERCENT, "is_active", "false"),
        ("amount_off", r#"{"amount_cents": 10000, "is_each": false}"#, "", ""),
        ("bxgy", r#"{"buy": 1, "get": 1}"#, "", ""),
        ("percentage_off", "{}", "", ""),
    ] {
        rule(&world, &world.njeri, kind, config, columns, values).await;
    }
    let page = world.get(NJERI, "/p/kikoi").await.text();
    assert!(page.contains("KSh 1,000") && !page.contains("<s data-out"), "{page}");
    rule(&world, &world.njeri, "amount_off", r#"{"amount_cents": 10000, "is_each": true}"#, "", "").await;
    world.sql("update tenants set catalogue_version = catalogue_version + 1").await;
    world.app.pages.versions.forget(world.njeri.tenant);
    assert!(world.get(NJERI, "/p/kikoi").await.text().contains("KSh 900"));
}

#[tokio::test]
async fn a_sale_begins_and_ends_by_itself_and_no_kept_page_outlives_it() {
    let (world, clock) = world().await;
    let now: DateTime<Utc> = clock.now();
    let (starts, ends) = (now + TimeDelta::seconds(30), now + TimeDelta::seconds(50));
    let moments = format!("'{}', '{}'", starts.to_rfc3339(), ends.to_rfc3339());
    rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "starts_at, ends_at", &moments).await;
    let before = world.get(NJERI, "/p/kikoi").await;
    assert!(before.text().contains("KSh 1,000"));
    assert_eq!(before.header("cache-control"), "public, max-age=30, stale-while-revalidate=0");
    clock.advance(TimeDelta::seconds(29));
    assert!(world.get(NJERI, "/p/kikoi").await.text().contains("KSh 1,000"));
    clock.advance(TimeDelta::seconds(1));
    let during = world.get(NJERI, "/p/kikoi").await;
    assert!(during.text().contains("KSh 900"), "{}", during.text());
    assert_eq!(during.header("cache-control"), "public, max-age=20, stale-while-revalidate=0");
    clock.advance(TimeDelta::seconds(20));
    let after = world.get(NJERI, "/p/kikoi").await;
    assert!(!after.text().contains("KSh 900"));
    assert_eq!(after.header("cache-control"), "public, max-age=60, stale-while-revalidate=600");
}

#[tokio::test]
async fn a_price_before_is_shown_only_where_it_was_charged() {
    let (world, clock) = world().await;
    price(&world, 2_000).await;
    clock.advance(TimeDelta::days(40));
    price(&world, 1_500).await;
    say_it_was(&world, 2_000).await;
    assert!(is_struck(&world, "KSh 2,000").await, "charged for forty days, then cut");
    say_it_was(&world, 2_500).await;
    assert!(!is_struck(&world, "KSh 2,500").await, "nobody ever paid that");
    say_it_was(&world, 2_000).await;
    clock.advance(TimeDelta::days(30));
    world.sql("update tenants set catalogue_version = catalogue_version + 1").await;
    world.app.pages.versions.forget(world.njeri.tenant);
    assert!(!is_struck(&world, "KSh 2,000").await, "a month later it is no news");
}

#[tokio::test]
async fn raise_then_cut_shows_no_badge() {
    let (world, clock) = world().await;
    price(&world, 1_500).await;
    clock.advance(TimeDelta::days(60));
    price(&world, 2_000).await;
    clock.advance(TimeDelta::days(5));
    price(&world, 1_500).await;
    say_it_was(&world, 2_000).await;
    assert!(!is_struck(&world, "KSh 2,000").await);
    let page = world.get(NJERI, "/p/kikoi").await.text();
    assert!(page.contains("KSh 1,500") && !page.contains("KSh 2,000"), "{page}");
}

#[tokio::test]
async fn what_only_a_draft_cost_is_no_price_before() {
    let (world, clock) = world().await;
    stand(&world, ProductStatus::Draft).await;
    price(&world, 2_000).await;
    clock.advance(TimeDelta::days(40));
    price(&world, 1_500).await;
    stand(&world, ProductStatus::Active).await;
    say_it_was(&world, 2_000).await;
    assert!(!is_struck(&world, "KSh 2,000").await, "nobody could pay it while it was a draft");
    clock.advance(TimeDelta::days(1));
    price(&world, 2_000).await;
    clock.advance(TimeDelta::days(40));
    stand(&world, ProductStatus::Draft).await;
    clock.advance(TimeDelta::days(2));
    price(&world, 1_500).await;
    stand(&world, ProductStatus::Active).await;
    say_it_was(&world, 2_000).await;
    assert!(is_struck(&world, "KSh 2,000").await, "charged for forty days, and cut on a draft");
}

/// Until somebody waits for a lock; `is_over` when they will not any more.
async fn until_waiting(world: &World, is_over: impl Fn() -> bool) {
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let end = tokio::time::Instant::now() + Duration::from_secs(20);
    while world.count(waiting).await == 0 {
        assert!(tokio::time::Instant::now() < end && !is_over(), "nobody waits");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_price_that_is_changed_while_the_product_is_put_in_the_shop_counts_as_charged() {
    let (world, clock) = world().await;
    stand(&world, ProductStatus::Draft).await;
    clock.advance(TimeDelta::days(1));
    let (product, variant) = (world.njeri.product, world.njeri.variants[0]);
    // Somebody else is putting it in, and has not finished.
    let mut connection = world.db.superuser().await;
    let mut putting = connection.begin().await.unwrap();
    let put = format!("update products set status = 'active' where id = '{product}'");
    sqlx::raw_sql(AssertSqlSafe(put)).execute(&mut *putting).await.unwrap();
    let ctx = Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    let version = world.count(&format!("select version::bigint from product_variants where id = '{variant}'")).await;
    let version = i32::try_from(version).unwrap();
    let pricing = tokio::spawn(async move { change_price(&ctx, variant, version, Money::shillings(1_500)).await });
    until_waiting(&world, || pricing.is_finished()).await;
    putting.commit().await.unwrap();
    pricing.await.unwrap().unwrap();
    let newest = format!(
        "select price_cents + is_charged::int from price_history where variant_id = '{variant}' order by starts_at desc limit 1"
    );
    assert_eq!(world.count(&newest).await, 150_001, "KSh 1,500, and somebody can pay it");
}

#[tokio::test]
async fn who_takes_a_product_out_of_the_shop_waits_for_who_edits_its_variants_without_its_row() {
    let (world, _) = world().await;
    let product = world.njeri.product;
    // As the sheet of variants does: their rows, and then the product's.
    let mut connection = world.db.superuser().await;
    let mut editing = connection.begin().await.unwrap();
    let rows = format!("select id from product_variants where product_id = '{product}' order by id for update");
    sqlx::raw_sql(AssertSqlSafe(rows)).execute(&mut *editing).await.unwrap();
    let ctx = Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    let version = world.count(&format!("select version::bigint from products where id = '{product}'")).await;
    let version = i32::try_from(version).unwrap();
    let taking = tokio::spawn(async move { set_status(&ctx, product, version, ProductStatus::Draft).await });
    until_waiting(&world, || taking.is_finished()).await;
    let row = format!("select id from products where id = '{product}' for update nowait");
    sqlx::raw_sql(AssertSqlSafe(row)).execute(&mut *editing).await.expect("nobody holds it");
    editing.commit().await.unwrap();
    taking.await.unwrap().unwrap();
    let drafts = world.count("select count(*) from price_history where not is_charged").await;
    assert_eq!(drafts, 2, "a step of each variant");
}

#[tokio::test]
async fn raise_then_put_on_sale_shows_the_sale_and_no_badge() {
    let (world, clock) = world().await;
    price(&world, 1_500).await;
    clock.advance(TimeDelta::days(60));
    price(&world, 2_000).await;
    clock.advance(TimeDelta::days(5));
    let made = format!("'{}'", clock.now().to_rfc3339());
    rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "created_at", &made).await;
    world.sql("update tenants set catalogue_version = catalogue_version + 1").await;
    world.app.pages.versions.forget(world.njeri.tenant);
    assert!(!is_struck(&world, "KSh 2,000").await);
    assert!(world.get(NJERI, "/p/kikoi").await.text().contains("KSh 1,800"));
}
