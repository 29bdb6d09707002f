//! Many want the same coupon at once: as many get it as may, everybody else is told, and nobody pays what they did not see.

use super::{invariants, slow_line::SlowLine, story::Story};
use duka::{
    checkout::{
        changed::Change,
        forms::CheckoutForm,
        place_order::{Refused, place_order},
    },
    ctx::{Ctx, Platform},
    db::Db,
    error::AppError,
    kernel::{access::Actor, locale::Locale, token::Token},
    pricing::priced::CodeRefusal,
};
use std::sync::Arc;

const TEN_PERCENT: &str = r#"{"basis_points": 1000}"#;

/// What became of a press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Placed,
    Without(&'static str),
}

/// Everybody presses at once, each with their own phone; who is asked to try again does.
async fn press(story: &Story, ctx: &Ctx, carts: Vec<(Token, String)>, seen: i64) -> Vec<Told> {
    let presses: Vec<_> = carts
        .into_iter()
        .map(|(cart, phone)| {
            let (ctx, store) = (ctx.clone(), story.shop.store);
            let form = CheckoutForm { phone, payment_method: "cod".into(), ..story.form(seen) };
            tokio::spawn(async move {
                loop {
                    match place_order(&ctx, store, &cart, Locale::En, form.clone()).await {
                        Ok(_) => return Told::Placed,
                        Err(Refused::Changed(changes)) => return Told::Without(why(&changes)),
                        Err(Refused::App(AppError::TryAgain { .. })) => tokio::task::yield_now().await,
                        Err(other) => panic!("somebody was answered {other:?}"),
                    }
                }
            })
        })
        .collect();
    let mut told = Vec::new();
    for press in presses {
        told.push(press.await.unwrap());
    }
    told
}

fn why(changes: &[Change]) -> &'static str {
    match changes.first() {
        Some(Change::Code { why: CodeRefusal::UsedUp, .. }) => "used up",
        Some(Change::Code { why: CodeRefusal::AlreadyUsed, .. }) => "had it",
        other => panic!("not what a coupon may change: {other:?}"),
    }
}

fn counted(told: &[Told]) -> (usize, usize) {
    let placed = told.iter().filter(|one| **one == Told::Placed).count();
    (placed, told.len() - placed)
}

fn phone(n: usize) -> String {
    format!("0711 {:03} {:03}", n / 1_000, n % 1_000)
}

async fn carts(story: &Story, code: &str, people: usize) -> Vec<(Token, String)> {
    story.set_stock(0, 1_000).await;
    let mut carts = Vec::new();
    for n in 0..people {
        carts.push((story.cart_with(code).await, phone(n)));
    }
    carts
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_hundred_buyers_exactly_as_many_get_a_coupon_as_it_has_places() {
    let story = Story::begin().await;
    let rule = story.rule("percentage_off", TEN_PERCENT, "needs_code, total_cap", "true, 10").await;
    story.code(rule, "TEN", None).await;
    let carts = carts(&story, "TEN", 100).await;
    let told = press(&story, &story.ctx(), carts, 1_050).await;
    assert_eq!(counted(&told), (10, 90));
    assert_eq!(told.iter().filter(|one| **one == Told::Without("used up")).count(), 90);
    assert_eq!(story.count("price_rule_redemptions").await, 10);
    assert_eq!(story.count("orders where discount_cents = 10000").await, 10);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_automatic_discount_for_the_first_hundred_is_no_more_than_that() {
    let story = Story::begin().await;
    story.set_stock(0, 1_000).await;
    story.rule("percentage_off", TEN_PERCENT, "total_cap", "7").await;
    let mut presses = Vec::new();
    for n in 0..40 {
        let cart = story.cart(&[(0, 1)]).await;
        let story = story.clone();
        let form = CheckoutForm { phone: phone(n), payment_method: "cod".into(), ..story.form(1_050) };
        presses.push(tokio::spawn(async move { story.place(&cart, form).await.is_ok() }));
    }
    let mut placed = 0;
    for press in presses {
        placed += usize::from(press.await.unwrap());
    }
    assert_eq!(placed, 7);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_for_one_that_fifty_carts_use_at_once_makes_one_order_cheaper() {
    let story = Story::begin().await;
    let rule = story.rule("percentage_off", TEN_PERCENT, "needs_code", "true").await;
    story.code(rule, "GIFT7K2", Some(1)).await;
    let carts = carts(&story, "GIFT7K2", 50).await;
    let told = press(&story, &story.ctx(), carts.clone(), 1_050).await;
    assert_eq!(counted(&told), (1, 49));
    assert_eq!(story.count("orders").await, 1);
    // What they are shown then is what they can order.
    let without = press(&story, &story.ctx(), carts, 1_150).await;
    assert_eq!(counted(&without), (50, 0), "the one who has it is led to the order there is");
    assert_eq!(story.count("orders where discount_cents > 0").await, 1);
    assert_eq!(story.count("orders").await, 50);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_phone_in_twenty_windows_gets_once_what_goes_once() {
    let story = Story::begin().await;
    let rule = story.rule("percentage_off", TEN_PERCENT, "needs_code, is_once", "true, true").await;
    story.code(rule, "ONCE", None).await;
    let carts: Vec<(Token, String)> = carts(&story, "ONCE", 20)
        .await
        .into_iter()
        .enumerate()
        .map(|(n, (cart, _))| (cart, ["0711 223 344", "+254711223344", "254711223344"][n % 3].to_owned()))
        .collect();
    let told = press(&story, &story.ctx(), carts, 1_050).await;
    assert_eq!(counted(&told), (1, 19));
    assert_eq!(told.iter().filter(|one| **one == Told::Without("had it")).count(), 19);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_database_gives_away_no_more_coupons_than_a_quick_one() {
    let story = Story::begin().await;
    let rule = story.rule("percentage_off", TEN_PERCENT, "needs_code, total_cap", "true, 5").await;
    story.code(rule, "FIVE", None).await;
    let carts = carts(&story, "FIVE", 100).await;
    // Each buys something else, so that only the coupon makes them wait for each other.
    story
        .write(&format!(
            "with made as (
                 insert into product_variants (tenant_id, product_id, name, price_cents, stock_quantity)
                 select '{tenant}', '{product}', 'Nth ' || n, 100000, 1 from generate_series(1, 100) n
                 returning id, name
             ), moved as (
                 insert into inventory_movements (tenant_id, product_id, variant_id, change, reason)
                 select '{tenant}', '{product}', made.id, 1, 'restock' from made
             ), numbered as (
                 select id, row_number() over (order by id) as n from cart_items
             ), others as (
                 select id, row_number() over (order by id) as n from made
             )
             update cart_items i set variant_id = others.id
             from numbered join others on others.n = numbered.n
             where i.id = numbered.id",
            tenant = story.tenant(),
            product = story.shop.product,
        ))
        .await;
    let line = SlowLine::later(&story.app_url(), std::time::Duration::from_millis(200)).await;
    let db = Db::open(&line.address, 12).unwrap();
    let platform = Arc::new(Platform { db, ..(*story.platform).clone() });
    let ctx = Ctx::new(platform, story.tenant(), Actor::Shopper);
    let told = press(&story, &ctx, carts, 1_050).await;
    assert_eq!(counted(&told), (5, 95));
    assert_eq!(story.count("price_rule_redemptions").await, 5);
    invariants::hold(&story.everything).await;
}
