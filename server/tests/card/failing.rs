//! A card that does not pay, a page that nobody finishes, and a provider that refuses, hangs or talks nonsense.

use crate::till::{KILIMANIS_KEY, NJERIS_KEY, Till};
use chrono::TimeDelta;
use duka::payments::providers::paystack::{AskFailed, CardCredentials, CardEnvironment};
use http::StatusCode;
use serde_json::json;
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_declined_card_is_told_in_plain_words_and_another_one_pays() {
    let till = Till::open().await;
    let bought = till.buy().await;
    till.press(&bought, "decline").await;
    let page = till.come_back(&bought).await;
    assert!(page.contains("The card was declined"), "{page}");
    assert!(page.contains("No money left your card.") && page.contains("Pay by card"));
    assert_eq!(till.standing().await, "awaiting_payment unpaid, failed card_declined card");
    till.nothing_was_fulfilled().await;

    let again = [("idempotency_key", "k"), ("payment_method", "card")];
    let answer = till.shopper().post(&format!("{}/pay", bought.order), &again).await;
    let second = till.bought(answer.header("location")).await;
    assert_ne!(second.reference, bought.reference, "a new attempt has a new reference");
    assert_eq!(second.order, bought.order);
    till.press(&second, "pay").await;
    assert!(till.come_back(&second).await.contains("Paid, thank you"));
    till.is_paid_once().await;
}

#[tokio::test]
async fn a_success_after_a_decline_on_the_same_page_wins() {
    let till = Till::open().await;
    let bought = till.buy().await;
    till.press(&bought, "decline").await;
    till.come_back(&bought).await;
    till.press(&bought, "pay").await;
    till.ask_after(TimeDelta::minutes(5)).await;
    assert_eq!(till.standing().await, "paid paid, succeeded - query");
    till.is_paid_once().await;
}

#[tokio::test]
async fn two_pages_that_are_both_paid_are_one_order_and_one_refund() {
    let till = Till::open().await;
    let first = till.buy().await;
    till.press(&first, "decline").await;
    till.come_back(&first).await;
    let again = [("idempotency_key", "k"), ("payment_method", "card")];
    let answer = till.shopper().post(&format!("{}/pay", first.order), &again).await;
    let second = till.bought(answer.header("location")).await;
    for page in [&first, &second] {
        till.press(page, "pay").await;
        till.come_back(page).await;
    }
    assert_eq!(till.world.count("select count(*) from orders where payment_status = 'paid'").await, 1);
    assert_eq!(till.world.count("select count(*) from inventory_movements where reason = 'sale'").await, 1);
    let owed = "select count(*) from refunds where status = 'pending' and kind = 'excess' and amount_cents = 115000";
    assert_eq!(till.world.count(owed).await, 1);
    till.all_is_in_order().await;
}

#[tokio::test]
async fn an_abandoned_page_stays_open_a_day_and_then_ends() {
    let till = Till::open().await;
    let bought = till.buy().await;
    assert!(till.press(&bought, "leave").await.contains("?card="), "walking away leads to the order");
    assert!(till.come_back(&bought).await.contains("Your card payment is not finished"));
    till.ask_after(TimeDelta::hours(23)).await;
    assert_eq!(till.standing().await, "awaiting_payment unpaid, pending - -");
    till.ask_after(TimeDelta::hours(24) + TimeDelta::minutes(1)).await;
    assert_eq!(till.standing().await, "awaiting_payment unpaid, failed card_abandoned query");
    assert!(till.look(&bought).await.contains("The card payment was not finished"));
    till.nothing_was_fulfilled().await;
    // Late money is real money.
    till.press(&bought, "pay").await;
    till.come_back(&bought).await;
    till.is_paid_once().await;
}

#[tokio::test]
async fn whatever_the_provider_does_the_order_is_saved_within_five_seconds_and_pays_later() {
    for kind in ["refuse", "500", "garbage", "expired_token", "hang"] {
        let till = Till::open().await;
        till.fault(kind, 1).await;
        let began = Instant::now();
        let answer = till.check_out(&mut till.shopper(), "1", "card").await;
        assert!(began.elapsed() < Duration::from_secs(5), "{kind}: {:?}", began.elapsed());
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{kind}");
        let bought = till.bought(answer.header("location")).await;
        assert_eq!(answer.header("location"), bought.order, "{kind}: the order's own page");
        let page = till.look(&bought).await;
        let told = if kind == "expired_token" {
            "The shop cannot take cards right now"
        } else {
            "Cards cannot be taken right now"
        };
        assert!(page.contains(told) && page.contains("No money left your card."), "{kind}: {page}");
        till.nothing_was_fulfilled().await;

        let again = [("idempotency_key", "k"), ("payment_method", "card")];
        let answer = till.shopper().post(&format!("{}/pay", bought.order), &again).await;
        let second = till.bought(answer.header("location")).await;
        till.press(&second, "pay").await;
        till.come_back(&second).await;
        till.is_paid_once().await;
    }
}

#[tokio::test]
async fn a_provider_that_failed_five_times_in_a_row_is_not_waited_for_and_the_order_is_saved_at_once() {
    let till = Till::open().await;
    let keys = |key: &str| CardCredentials { environment: CardEnvironment::Sandbox, secret_key: key.to_owned() };
    let client = &till.world.app.platform.paystack;
    till.fault("500", 5).await;
    for _ in 0..5 {
        assert!(matches!(client.prove(&keys(NJERIS_KEY)).await, Err(AskFailed::NotReached(_))));
    }
    let asked = till.received().await.len();
    let mut shopper = till.shopper();
    let answer = till.check_out(&mut shopper, "1", "card").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(till.received().await.len(), asked, "the provider was asked all the same");
    let page = shopper.get(answer.header("location")).await.text();
    assert!(page.contains("Cards cannot be taken right now") && page.contains("No money left your card."), "{page}");
    assert_eq!(till.standing().await, "awaiting_payment unpaid, failed card_not_reached operator");
    till.nothing_was_fulfilled().await;
    client.prove(&keys(KILIMANIS_KEY)).await.expect("another merchant's calls go on");
}

#[tokio::test]
async fn a_provider_that_cannot_be_asked_decides_nothing() {
    for kind in ["refuse", "500", "garbage", "hang"] {
        let till = Till::open().await;
        till.script(json!({ "drop_webhook": true })).await;
        let bought = till.buy().await;
        till.press(&bought, "pay").await;
        till.fault(kind, 1).await;
        let began = Instant::now();
        let page = till.come_back(&bought).await;
        assert!(began.elapsed() < Duration::from_secs(5), "{kind}: {:?}", began.elapsed());
        assert!(page.contains("We are checking with the card company"), "{kind}: {page}");
        assert!(page.contains("http-equiv=\"refresh\""), "{kind}: the page looks again");
        till.nothing_was_fulfilled().await;
        till.world.sql("update graphile_worker._private_jobs set run_at = now()").await;
        till.work().await;
        till.is_paid_once().await;
    }
}

#[tokio::test]
async fn a_program_that_died_before_the_page_came_leaves_an_order_that_can_be_paid() {
    let till = Till::open().await;
    let bought = till.buy().await;
    // As it is when nobody heard the provider's answer, and the provider never heard the question.
    till.control("reset", json!({})).await;
    till.world.sql("update payments set card_page = null").await;
    till.ask_after(TimeDelta::minutes(1)).await;
    assert_eq!(till.standing().await, "awaiting_payment unpaid, pending - -", "it may be under way");
    till.ask_after(TimeDelta::minutes(3)).await;
    assert_eq!(till.standing().await, "awaiting_payment unpaid, failed card_not_reached query");
    assert!(till.look(&bought).await.contains("Pay by card"));
}

#[tokio::test]
async fn keys_that_are_not_taken_any_more_are_the_shops_fault_in_the_shoppers_words() {
    let till = Till::without_account().await;
    till.take_cards(&till.world.njeri, NJERIS_KEY).await;
    let ctx = till.ctx(&till.world.njeri);
    let mut tx = ctx.tx().await.unwrap();
    let key = ctx.key(&mut tx).await.unwrap();
    drop(tx);
    let row = till.text("select id::text from card_accounts").await.parse().unwrap();
    let place = duka::vault::Place { table: "card_accounts", column: "secret_key_sealed", row };
    let sealed = duka::kernel::token::hex(&key.seal(place, "sk_test_wrong"));
    till.world.sql(&format!("update card_accounts set secret_key_sealed = '\\x{sealed}'")).await;
    let answer = till.check_out(&mut till.shopper(), "1", "card").await;
    let bought = till.bought(answer.header("location")).await;
    assert!(till.look(&bought).await.contains("The shop cannot take cards right now"));
    assert_eq!(till.standing().await, "awaiting_payment unpaid, failed card_bad_settings operator");
}

#[tokio::test]
async fn a_shop_without_keys_offers_no_cards_and_takes_none() {
    let till = Till::without_account().await;
    let answer = till.check_out(&mut till.shopper(), "1", "card").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("The shop does not take this."));
    assert!(!answer.text().contains("value=\"card\""));
    assert_eq!(till.world.count("select count(*) from orders").await, 0);
    assert_eq!(till.received().await.len(), 0);
}

#[tokio::test]
async fn the_words_are_there_in_swahili() {
    let till = Till::open().await;
    let bought = till.buy().await;
    till.press(&bought, "decline").await;
    till.come_back(&bought).await;
    let page = till.shopper().get(&format!("/sw{}", bought.order)).await.text();
    assert!(page.contains("Kadi imekataliwa") && page.contains("Hakuna pesa iliyotoka kwa kadi yako."), "{page}");
    assert!(page.contains("Lipa kwa kadi"));
}
