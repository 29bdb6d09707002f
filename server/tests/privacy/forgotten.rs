//! What is kept for a while only goes when that is over, and nothing else does.

use super::person::World;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use duka::{
    ctx::{Ctx, Platform},
    error::AppError,
    housekeeping::{KEPT, forget_old, forget_tonight},
    jobs::worker::Dispatch as _,
    kernel::{access::Actor, clock::Clock},
};
use server::{mailer::Mailer, worker::Registry};
use std::{collections::BTreeSet, fmt::Write as _, sync::Arc};

/// A row of each kind: table, columns, and values in which `{at}` is when its days begin and `{n}` one's own.
const ROWS: [(&str, &str, &str); 10] = [
    ("shopper_codes", "token_hash, asker_hash, expires_at, created_at", "sha256('{n}'), sha256('a'), '{at}', '{at}'"),
    (
        "shopper_sessions",
        "customer_id, token_hash, channel, expires_at",
        "(select id from customers where tenant_id = '{tenant}' limit 1), sha256('{n}'), 'sms', '{at}'",
    ),
    (
        "account_tokens",
        "user_id, purpose, token_hash, expires_at",
        "(select id from users where tenant_id = '{tenant}' limit 1), 'reset_password', sha256('{n}'), '{at}'",
    ),
    (
        "sessions",
        "user_id, token_hash, expires_at",
        "(select id from users where tenant_id = '{tenant}' limit 1), sha256('{n}'), '{at}'",
    ),
    ("staff_invites", "email, invite_token, expires_at", "'{n}@barua.test', '{n}', '{at}'"),
    ("mails", "kind, recipient, subject_id, created_at", "'welcome', '{n}@barua.test', gen_random_uuid(), '{at}'"),
    ("mpesa_callbacks_raw", "payload, received_at, processed_at", "'{}', '{at}', '{at}'"),
    (
        "customer_events",
        "customer_id, event_type, occurred_at",
        "(select id from customers where tenant_id = '{tenant}' limit 1), 'view', '{at}'",
    ),
    (
        "checkout_abandonment_reasons",
        "cart_id, created_at",
        "(select id from carts where tenant_id = '{tenant}' and cart_token = 'why {n}'), '{at}'",
    ),
    (
        "carts",
        "cart_token, store_id, expires_at",
        "'{n}', (select id from stores where tenant_id = '{tenant}' limit 1), '{at}'",
    ),
];

/// Tables with rows that are over some day and stay all the same.
const STAY: [(&str, &str); 6] = [
    ("delivery_quotes", "an order's own"),
    ("hook_tokens", "a hash and an id, which no login may read; a late call must find its payment"),
    ("payment_intents", "a repeated press must find its order"),
    ("rider_links", "evidence of who could collect"),
    ("stock_holds", "evidence of what was kept for whom"),
    ("price_rules", "a discount that has ended is looked at and begun again"),
];

/// Half past three in the shops' last night but one, or in the last: what a test writes now is younger.
fn night(world: &World) -> DateTime<Utc> {
    let yesterday = world.platform.clock.now().date_naive() - TimeDelta::days(1);
    yesterday.and_time(NaiveTime::from_hms_opt(0, 30, 0).unwrap()).and_utc()
}

/// The worker at that moment.
fn worker(world: &World, now: DateTime<Utc>) -> Arc<Platform> {
    Arc::new(Platform { db: world.db.worker.clone(), clock: Clock::fixed(now), ..(*world.platform).clone() })
}

fn program(world: &World, now: DateTime<Utc>) -> Ctx {
    Ctx::new(worker(world, now), world.ours.tenant, Actor::Program)
}

/// In both shops a row of each kind that is an hour over its time, and one that has an hour left.
async fn fill(world: &mut World) {
    let night = night(world);
    for shop in [world.ours.clone(), world.theirs.clone()] {
        let tenant = shop.tenant.to_string();
        let mut sql = format!(
            "insert into users (tenant_id, email) values ('{tenant}', 'owner@barua.test');
             insert into carts (tenant_id, cart_token, expires_at)
             values ('{tenant}', 'why old', '{night}'::timestamptz + interval '1 day'),
                    ('{tenant}', 'why young', '{night}'::timestamptz + interval '1 day');"
        );
        for (table, columns, values) in ROWS {
            let kept = KEPT.iter().find(|kept| kept.table == table).unwrap();
            let over = night - TimeDelta::days(kept.days);
            for (n, at) in [("old", over - TimeDelta::hours(1)), ("young", over + TimeDelta::hours(1))] {
                let values = values.replace("{n}", n).replace("{at}", &at.to_string()).replace("{tenant}", &tenant);
                write!(sql, "insert into {table} (tenant_id, {columns}) values ('{tenant}', {values});").unwrap();
            }
        }
        world.run(&sql).await;
    }
}

/// How many rows a shop has of each kind.
async fn counts(world: &mut World, tenant: &str) -> Vec<String> {
    let mut counts = Vec::new();
    for (table, ..) in ROWS {
        let count = format!("select count(*)::text from {table} where tenant_id = '{tenant}'");
        counts.push(format!("{table} {}", world.text(&count).await));
    }
    counts
}

#[tokio::test]
async fn a_row_of_each_kind_goes_when_its_days_are_over_and_its_younger_neighbour_and_the_other_shops_stay() {
    let mut world = World::new().await;
    let [ours, theirs] = [world.ours.tenant, world.theirs.tenant].map(|tenant| tenant.to_string());
    let night = night(&world);
    let before = counts(&mut world, &ours).await;
    fill(&mut world).await;
    let neighbour = counts(&mut world, &theirs).await;
    let noon = program(&world, night + TimeDelta::hours(9));
    assert_eq!(forget_tonight(&noon).await, Ok(None), "by day shoppers have the machine to themselves");
    let program = program(&world, night);
    assert_eq!(forget_tonight(&program).await, Ok(Some(10)));
    assert_eq!(forget_old(&program).await, Ok(0), "twice is once");
    assert_eq!(counts(&mut world, &theirs).await, neighbour);
    let after = counts(&mut world, &ours).await;
    for (before, after) in before.iter().zip(&after) {
        let count = |line: &str| line.rsplit(' ').next().unwrap().parse::<i64>().unwrap();
        let others = if after.starts_with("carts") { 2 } else { 0 };
        assert_eq!(count(after), count(before) + 1 + others, "{before}, then {after}");
    }
    let left = "select string_agg(invite_token, ',') from staff_invites";
    assert_eq!(world.text(&format!("{left} where tenant_id = '{ours}'")).await, "young");
    let shopper = Ctx::new(worker(&world, night), world.ours.tenant, Actor::Shopper);
    assert_eq!(forget_old(&shopper).await, Err(AppError::NotPermitted));
}

#[tokio::test]
async fn what_was_not_read_yet_what_became_an_order_and_what_was_said_lately_stay() {
    let mut world = World::new().await;
    let (night, tenant) = (night(&world), world.ours.tenant);
    let long_ago = format!("'{night}'::timestamptz - interval '200 days'");
    world
        .run(&format!(
            "update mpesa_callbacks_raw set received_at = {long_ago}, processed_at = null;
             insert into mpesa_callbacks_raw (tenant_id, kind, payload, received_at) values ('{tenant}', 'c2b_validation', '{{}}', {long_ago});
             insert into carts (tenant_id, cart_token, status, expires_at)
             values ('{tenant}', 'bought', 'converted', {long_ago}), ('{tenant}', 'said', 'open', {long_ago}), ('{tenant}', 'left', 'open', {long_ago});
             insert into checkout_abandonment_reasons (tenant_id, cart_id, note)
             select tenant_id, id, 'too dear' from carts where cart_token = 'said';
             insert into cart_items (tenant_id, cart_id, product_id, variant_id)
             select v.tenant_id, c.id, v.product_id, v.id from product_variants v join carts c on c.tenant_id = v.tenant_id and c.cart_token = 'left'
             where v.id = '{}'",
            world.ours.variants[0]
        ))
        .await;
    assert_eq!(forget_old(&program(&world, night)).await, Ok(2), "a cart, and a question that nobody reads again");
    let carts = "select string_agg(cart_token, ' ' order by cart_token) from carts where cart_token in ('bought', 'left', 'said')";
    assert_eq!(world.text(carts).await, "bought said");
    let calls = format!("select count(*)::text from mpesa_callbacks_raw where tenant_id = '{tenant}'");
    assert_eq!(world.text(&calls).await, "2", "each waits until somebody reads it");
}

#[tokio::test]
async fn every_table_with_rows_that_are_over_some_day_is_swept_or_told() {
    let world = World::new().await;
    let mut everything = world.db.superuser().await;
    let found: Vec<String> = sqlx::query_scalar(
        "select distinct c.relname::text
         from pg_attribute a
         join pg_class c on c.oid = a.attrelid
         where c.relnamespace = 'public'::regnamespace
           and c.relkind in ('r', 'p')
           and a.attnum > 0
           and not a.attisdropped
           and (a.attname like '%expires_at' or a.attname = 'ends_at')",
    )
    .fetch_all(&mut everything)
    .await
    .unwrap();
    let known: BTreeSet<&str> =
        KEPT.iter().map(|kept| kept.table).chain(STAY.iter().map(|(table, _)| *table)).collect();
    let untold: Vec<&String> = found.iter().filter(|table| !known.contains(table.as_str())).collect();
    assert_eq!(untold, Vec::<&String>::new(), "put them into housekeeping::KEPT, or say here why they stay");
    assert_eq!(ROWS.map(|(table, ..)| table), KEPT.map(|kept| kept.table), "each is tried above");
}

#[tokio::test]
async fn a_piece_of_the_nights_work_that_fails_keeps_none_of_the_others_from_being_done() {
    let mut world = World::new().await;
    fill(&mut world).await;
    // The first two cannot be done.
    world.run("revoke insert on stock_rounds from duka_worker").await;
    let mailer = Mailer::folder(std::env::temp_dir().join("duka-no-mails"), "Duka <no-reply@localhost>").unwrap();
    Registry::new(worker(&world, night(&world)), mailer).hourly().await.unwrap();
    assert_eq!(world.text("select count(*)::text from staff_invites where invite_token = 'old'").await, "0");
    assert_eq!(world.text("select count(*)::text from staff_invites where invite_token = 'young'").await, "2");
}

#[tokio::test]
async fn months_of_events_go_whole_after_thirteen_and_the_thirteenth_stays() {
    let mut world = World::new().await;
    world
        .run(
            "set role duka_owner;
             select duka_make_event_partition('2024-01-01'),
                    duka_make_event_partition((date_trunc('month', now() at time zone 'UTC') - interval '13 months')::date);
             reset role",
        )
        .await;
    let tenant = world.ours.tenant;
    world
        .run(&format!(
            "insert into events (tenant_id, event_type, occurred_at)
             values ('{tenant}', 'page_view', '2024-01-10'), ('{tenant}', 'page_view', now() - interval '370 days')"
        ))
        .await;
    let before = world.text("select count(*)::text from events").await.parse::<i64>().unwrap();
    assert_eq!(world.db.worker.drop_event_partitions(13).await.unwrap(), 1);
    assert_eq!(world.db.worker.drop_event_partitions(13).await.unwrap(), 0, "twice is once");
    let after = world.text("select count(*)::text from events").await.parse::<i64>().unwrap();
    assert_eq!(before - after, 1);
    let thirteenth = "select (to_regclass('events_' || to_char(date_trunc('month', now() at time zone 'UTC') - interval '13 months', 'YYYY_MM')) is not null)::text";
    assert_eq!(world.text(thirteenth).await, "true");
    let refused = world.db.app.drop_event_partitions(13).await;
    assert!(refused.is_err(), "who serves pages drops nothing");
    assert!(world.db.worker.drop_event_partitions(1).await.is_err(), "nor are months dropped that are to be kept");
}
