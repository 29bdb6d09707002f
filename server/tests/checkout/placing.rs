//! A cart becomes an order: once, at the price that was seen, with goods that are there.

use super::{invariants, story::Story};
use duka::{
    checkout::{
        changed::Change,
        forms::CheckoutForm,
        place_order::{Placed, Refused},
    },
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        money::Money,
    },
};
use sqlx::AssertSqlSafe;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn placing_writes_the_whole_order_in_one_go() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 2), (1, 1)]).await;
    let placed = story.place(&cart, story.form(3_500 + 150)).await.unwrap();
    assert!(placed.is_new);
    let order: (i64, String, String, i64, i64, i64, i64, String) = story
        .row("select order_number, status, payment_status, subtotal_cents, delivery_fee_cents, total_cents, tax_cents, payment_method from orders")
        .await;
    assert_eq!(
        order,
        (1_001, "awaiting_payment".into(), "unpaid".into(), 350_000, 15_000, 365_000, 50_345, "mpesa".into())
    );
    assert_eq!(story.count("stock_holds where released_at is null and converted_at is null").await, 2);
    assert_eq!(story.count("order_items").await, 2);
    assert_eq!(
        story.count("order_status_history where from_status is null and to_status = 'awaiting_payment'").await,
        1
    );
    assert_eq!(
        story
            .count("delivery_quotes where fee_cents = 15000 and city_area = 'Westlands' and zone_id is not null")
            .await,
        1
    );
    assert_eq!(story.count("payment_intents where status = 'open'").await, 1);
    assert_eq!(story.count("payments where status = 'initiated' and amount_cents = 365000").await, 1);
    assert_eq!(story.count("payment_audit where event_type = 'initiated'").await, 1);
    assert_eq!(story.count("carts where status = 'converted'").await, 1);
    assert_eq!(story.count("customers where phone = '+254711223344' and first_name = 'Amina'").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pressed_many_times_at_once_it_is_one_order() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 1)]).await;
    let presses = (0..8).map(|n| {
        let (story, cart) = (story.clone(), cart.clone());
        let form = CheckoutForm { idempotency_key: format!("key-{}", n % 3), ..story.form(1_150) };
        tokio::spawn(async move { story.place(&cart, form).await.unwrap() })
    });
    let mut placed: Vec<Placed> = Vec::new();
    for press in presses.collect::<Vec<_>>() {
        placed.push(press.await.unwrap());
    }
    assert_eq!(placed.iter().filter(|p| p.is_new).count(), 1);
    assert!(placed.iter().all(|p| p.order == placed[0].order && p.token == placed[0].token));
    assert_eq!(story.count("orders").await, 1);
    invariants::hold(&story.everything).await;
}

/// Until somebody waits for a lock; `is_over` when they will not any more.
async fn until_waiting(story: &Story, is_over: impl Fn() -> bool) {
    let end = tokio::time::Instant::now() + Duration::from_secs(20);
    let waiting = "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while story.count(waiting).await == 0 {
        assert!(tokio::time::Instant::now() < end && !is_over(), "nobody waits");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_into_the_cart_while_it_is_placed_is_told_and_not_lost() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 1)]).await;
    // Another tab is putting in something else, and has not finished.
    let mut putting = story.everything.begin().await.unwrap();
    let put = format!(
        "update carts set updated_at = now();
         insert into cart_items (tenant_id, cart_id, product_id, variant_id, unit_price_cents, line_total_cents)
         select v.tenant_id, c.id, v.product_id, v.id, v.price_cents, v.price_cents
         from product_variants v join carts c on c.tenant_id = v.tenant_id where v.id = '{}'",
        story.shop.variants[1]
    );
    sqlx::raw_sql(AssertSqlSafe(put)).execute(&mut *putting).await.unwrap();
    let placing = tokio::spawn({
        let (story, cart) = (story.clone(), cart.clone());
        async move { story.place(&cart, story.form(1_150)).await }
    });
    until_waiting(&story, || placing.is_finished()).await;
    putting.commit().await.unwrap();
    assert_eq!(
        placing.await.unwrap().unwrap_err(),
        Refused::Changed(vec![Change::Total { seen: Money::shillings(1_150), now: Money::shillings(2_650) }])
    );
    story.nothing_was_written().await;
    story.place(&cart, story.form(2_650)).await.unwrap();
    assert_eq!(story.count("order_items").await, 2);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_to_its_buyers_other_phone_while_it_is_placed_is_not_bought_there_and_here() {
    let story = Story::begin().await;
    let (cart, elsewhere) = (story.cart(&[(0, 1)]).await, story.cart(&[]).await);
    // As signing in elsewhere does: the goods' keys, then the lines.
    let mut moving = story.everything.begin().await.unwrap();
    let moved = format!(
        "select id from product_variants where id = '{}' for key share;
         update cart_items set cart_id = (select id from carts where cart_token = '{}')",
        story.shop.variants[0],
        elsewhere.hash_hex()
    );
    sqlx::raw_sql(AssertSqlSafe(moved)).execute(&mut *moving).await.unwrap();
    let placing = tokio::spawn({
        let (story, cart) = (story.clone(), cart.clone());
        async move { story.place(&cart, story.form(1_150)).await }
    });
    until_waiting(&story, || placing.is_finished()).await;
    moving.commit().await.unwrap();
    assert_eq!(placing.await.unwrap().unwrap_err(), Refused::EmptyCart);
    story.nothing_was_written().await;
    story.place(&elsewhere, story.form(1_150)).await.unwrap();
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_became_an_order_leads_there_even_with_a_broken_form() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 1)]).await;
    let first = story.place(&cart, story.form(1_150)).await.unwrap();
    let again = story.place(&cart, CheckoutForm::default()).await.unwrap();
    assert!(!again.is_new);
    assert_eq!(again.token, first.token);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_on_another_cart_is_another_order() {
    let story = Story::begin().await;
    let (one, two) = (story.cart(&[(0, 1)]).await, story.cart(&[(0, 1)]).await);
    let first = story.place(&one, story.form(1_150)).await.unwrap();
    let second = story.place(&two, story.form(1_150)).await.unwrap();
    assert_ne!(first.order, second.order);
    assert_eq!(story.count("orders").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_total_that_is_not_todays_is_told_and_nothing_is_written() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 1)]).await;
    let refused = story.place(&cart, story.form(1_000)).await.unwrap_err();
    assert_eq!(
        refused,
        Refused::Changed(vec![Change::Total { seen: Money::shillings(1_000), now: Money::shillings(1_150) }])
    );
    story.nothing_was_written().await;
    story.place(&cart, story.form(1_150)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_rose_meanwhile_is_named() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 1)]).await;
    story.write("update product_variants set price_cents = 120000 where price_cents = 100000").await;
    let refused = story.place(&cart, story.form(1_150)).await.unwrap_err();
    let Refused::Changed(changes) = refused else { panic!("{refused:?}") };
    assert_eq!(changes.len(), 2);
    assert!(
        matches!(&changes[0], Change::Price { seen, now, .. } if *seen == Money::shillings(1_000) && *now == Money::shillings(1_200))
    );
    assert_eq!(changes[1], Change::Total { seen: Money::shillings(1_150), now: Money::shillings(1_350) });
    story.nothing_was_written().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_area_nobody_delivers_to_is_a_mistake_in_that_field() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 1)]).await;
    let form = CheckoutForm { area: "Atlantis".into(), ..story.form(1_150) };
    assert_eq!(
        story.place(&cart, form).await.unwrap_err(),
        Refused::Invalid(FieldErrors::one("area", FieldProblem::UnknownArea))
    );
    story.nothing_was_written().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_or_unknown_cart_becomes_nothing() {
    let story = Story::begin().await;
    let empty = story.cart(&[]).await;
    assert_eq!(story.place(&empty, story.form(150)).await.unwrap_err(), Refused::EmptyCart);
    assert_eq!(
        story.place(&duka::kernel::token::Token::random(), story.form(150)).await.unwrap_err(),
        Refused::EmptyCart
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_are_promised_to_others_are_not_sold_again() {
    let story = Story::begin().await;
    story.set_stock(0, 3).await;
    let first = story.cart(&[(0, 2)]).await;
    story.place(&first, story.form(2_150)).await.unwrap();
    let second = story.cart(&[(0, 2)]).await;
    let refused = story.place(&second, story.form(2_150)).await.unwrap_err();
    let Refused::Changed(changes) = refused else { panic!("{refused:?}") };
    assert!(matches!(&changes[..], [Change::Stock { wanted: 2, left: 1, .. }]), "{changes:?}");
    assert_eq!(story.count("orders").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_buyers_of_the_last_unit_make_one_order() {
    let story = Story::begin().await;
    story.set_stock(0, 1).await;
    let (placed, short) = story.rush(100, 1_150).await;
    assert_eq!((placed, short), (1, 99));
    assert_eq!(story.count("orders").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flash_sale_sells_exactly_what_is_there() {
    let story = Story::begin().await;
    story.set_stock(0, 10).await;
    let (placed, short) = story.rush(50, 1_150).await;
    assert_eq!((placed, short), (10, 40));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn order_numbers_have_no_gaps_although_some_are_refused() {
    let story = Story::begin().await;
    story.set_stock(0, 100).await;
    let mut presses = Vec::new();
    for n in 0..40 {
        let cart = story.cart(&[(0, 1)]).await;
        let story = story.clone();
        let seen = if n % 3 == 0 { 1 } else { 1_150 };
        presses.push(tokio::spawn(async move { story.place(&cart, story.form(seen)).await.is_ok() }));
    }
    let mut placed = 0;
    for press in presses {
        placed += i64::from(press.await.unwrap());
    }
    assert_eq!(placed, 26);
    let span: (i64, i64) = story.row("select min(order_number), max(order_number) from orders").await;
    assert_eq!(span, (1_001, 1_026));
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_orders_wait_for_somebody_to_accept_them() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 1)]).await;
    let form = CheckoutForm { payment_method: "cod".into(), ..story.form(1_150) };
    let placed = story.place(&cart, form).await.unwrap();
    assert!(placed.prompt.is_none());
    let order: (String, String) = story.row("select status, payment_method from orders").await;
    assert_eq!(order, ("pending".into(), "cod".into()));
    assert_eq!(story.count("inventory_movements where reason = 'sale'").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenants_cart_is_no_cart_here() {
    let story = Story::begin().await;
    let stranger = story.stranger().await;
    let cart = story.cart(&[(0, 1)]).await;
    assert_eq!(stranger.place(&cart, stranger.form(1_150)).await.unwrap_err(), Refused::EmptyCart);
    assert_eq!(story.count("orders").await, 0);
}
