//! What is not believed: other sums, other currencies, another world, another order's reference, a return alone.

use crate::till::{KILIMANIS_KEY, NJERIS_KEY, Till, charge};
use chrono::TimeDelta;
use duka::payments::providers::paystack::sign;
use http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn coming_back_alone_pays_nothing() {
    let till = Till::open().await;
    let bought = till.buy().await;
    let page = till.come_back(&bought).await;
    assert!(page.contains("Your card payment is not finished"), "{page}");
    till.nothing_was_fulfilled().await;
}

#[tokio::test]
async fn another_sum_currency_or_world_waits_for_a_person() {
    for lie in [json!({ "amount": 100 }), json!({ "currency": "USD" }), json!({ "domain": "live" })] {
        let till = Till::open().await;
        till.script(lie.clone()).await;
        let bought = till.buy().await;
        till.press(&bought, "pay").await;
        let page = till.come_back(&bought).await;
        assert!(page.contains("We are checking with the card company"), "{lie}: {page}");
        assert!(!page.contains("Pay by card"), "nobody is asked to pay a second time");
        assert_eq!(till.standing().await, "awaiting_payment unpaid, pending amount_mismatch -", "{lie}");
        till.tell(&bought).await;
        till.work().await;
        assert_eq!(till.standing().await, "awaiting_payment unpaid, pending amount_mismatch -", "{lie}");
        // It does not stay open for ever, and the word stays for whoever looks.
        for hours in [1, 30] {
            till.ask_after(TimeDelta::hours(hours)).await;
            assert_eq!(till.standing().await, "awaiting_payment unpaid, failed amount_mismatch query", "{lie}");
        }
        let page = till.come_back(&bought).await;
        assert!(page.contains("We are checking with the card company"), "{lie}: {page}");
        assert_eq!(till.world.count("select count(*) from payment_audit where event_type = 'mismatched'").await, 1);
        till.nothing_was_fulfilled().await;
    }
}

#[tokio::test]
async fn an_event_that_says_paid_is_nothing_when_the_provider_denies_it() {
    let till = Till::open().await;
    let bought = till.buy().await;
    assert_eq!(till.tell(&bought).await.status, StatusCode::OK);
    till.work().await;
    assert_eq!(till.text("select outcome from mpesa_callbacks_raw").await, "not_confirmed");
    till.nothing_was_fulfilled().await;
}

#[tokio::test]
async fn another_tenants_reference_is_nothing_with_ones_own_signature() {
    let till = Till::open().await;
    let bought = till.buy().await;
    till.press(&bought, "pay").await;
    let body = charge(&bought.reference);
    let hook = till.hook(&till.world.kilimani).await;
    let answer = till.post_event(&hook, &body, &sign(KILIMANIS_KEY, body.as_bytes())).await;
    assert_eq!(answer.status, StatusCode::OK);
    till.work().await;
    assert_eq!(till.text("select outcome from mpesa_callbacks_raw").await, "unknown_reference");
    till.nothing_was_fulfilled().await;
}

#[tokio::test]
async fn the_reference_of_another_order_opens_nothing() {
    let till = Till::open().await;
    let (first, second) = (till.buy().await, till.buy().await);
    till.press(&first, "pay").await;
    let asked = till.count_received("/verify/").await;
    let address = format!("{}?card={}", second.order, first.reference);
    assert_eq!(till.shopper().get(&address).await.header("location"), second.order);
    for wrong in ["d-0", "..", "%2e%2e%2f", &"a".repeat(200)] {
        let answer = till.shopper().get(&format!("{}?card={wrong}", second.order)).await;
        assert!(matches!(answer.status, StatusCode::OK | StatusCode::SEE_OTHER), "{wrong}");
    }
    assert_eq!(till.count_received("/verify/").await, asked, "nobody was asked about it");
    till.nothing_was_fulfilled().await;
}

#[tokio::test]
async fn metadata_in_any_shape_is_in_nobodys_way() {
    let till = Till::open().await;
    for shape in [json!(0), json!(null), json!({}), json!("text"), json!([1, { "a": 2 }])] {
        till.script(json!({ "metadata": shape, "drop_webhook": true })).await;
        let bought = till.buy().await;
        till.press(&bought, "pay").await;
        assert!(till.come_back(&bought).await.contains("Paid, thank you"), "{shape}");
    }
    assert_eq!(till.world.count("select count(*) from orders where status = 'paid'").await, 5);
}

#[tokio::test]
async fn after_a_change_of_keys_a_payment_is_asked_about_with_those_it_began_with() {
    let till = Till::open().await;
    till.script(json!({ "drop_webhook": true })).await;
    let bought = till.buy().await;
    let old_hook = till.hook(&till.world.njeri).await;
    let ctx = till.ctx(&till.world.njeri);
    let typed = duka::kernel::typed::Typed::default()
        .with("public_key", "pk_test_njeri_new")
        .with("secret_key", "sk_test_njeri_new");
    let version = duka::payments::card_settings::load(&ctx).await.unwrap().version;
    duka::payments::card_settings::change_account(&ctx, version, &typed).await.unwrap();
    duka::payments::card_settings::prove(&ctx).await.unwrap();
    assert_eq!(till.hook(&till.world.njeri).await, old_hook, "the address for events stays");
    till.press(&bought, "pay").await;
    let body = charge(&bought.reference);
    for key in [NJERIS_KEY, "sk_test_njeri_new"] {
        let answer = till.post_event(&old_hook, &body, &sign(key, body.as_bytes())).await;
        assert_eq!(answer.status, StatusCode::OK, "{key}");
    }
    till.work().await;
    till.is_paid_once().await;
}
