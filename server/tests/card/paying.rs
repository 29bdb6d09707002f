//! A card that pays: by the shopper's return, by an event, by asking, and by all of them at once.

use crate::till::{Bought, Till, until};
use chrono::TimeDelta;
use http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_shopper_is_led_to_the_providers_page_and_back_and_has_paid() {
    let till = Till::open().await;
    let mut shopper = till.shopper();
    let answer = till.check_out(&mut shopper, "1", "card").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let bought = till.bought(answer.header("location")).await;
    assert!(bought.page.starts_with(&till.sandbox.base_url), "{}", bought.page);
    assert_eq!(till.standing().await, "awaiting_payment unpaid, pending - -");

    let asked = till.received().await;
    let sent = &asked.last().unwrap()["body"];
    assert_eq!(sent["amount"], "115000");
    assert_eq!((&sent["currency"], &sent["channels"]), (&json!("KES"), &json!(["card"])));
    assert_eq!(sent["email"], "amina@barua.test");

    let back = till.press(&bought, "pay").await;
    assert!(back.ends_with(&bought.back()), "{back}");
    let page = till.come_back(&bought).await;
    assert!(page.contains("Paid, thank you"), "{page}");
    assert!(page.contains("Paid with Visa ending in 4081"));
    assert_eq!(till.standing().await, "paid paid, succeeded - card");
    till.is_paid_once().await;
}

#[tokio::test]
async fn the_checkouts_forms_may_lead_to_the_provider_and_nowhere_else() {
    let till = Till::open().await;
    let mut shopper = till.shopper();
    let variant = till.world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    let policy = format!("form-action 'self' {};", till.sandbox.base_url);
    let checkout = shopper.get("/checkout").await;
    assert!(checkout.header("content-security-policy").contains(&policy), "{policy}");
    assert!(checkout.text().contains("value=\"card\""));
    let cart = shopper.get("/cart").await;
    assert!(cart.header("content-security-policy").contains("form-action 'self';"));
}

#[tokio::test]
async fn a_signed_event_pays_the_order_although_the_shopper_never_comes_back() {
    let till = Till::open().await;
    let mut heard = till.listen_for_events().await;
    let bought = till.buy().await;
    till.press(&bought, "pay").await;
    until(&mut heard, 1).await;
    assert_eq!(till.world.count("select count(*) from mpesa_callbacks_raw where kind = 'card'").await, 1);
    till.nothing_was_fulfilled().await;
    till.work().await;
    assert_eq!(till.standing().await, "paid paid, succeeded - callback");
    assert_eq!(till.text("select outcome from mpesa_callbacks_raw").await, "settled");
    till.is_paid_once().await;
    assert!(till.look(&bought).await.contains("Paid, thank you"));
}

#[tokio::test]
async fn asking_finds_what_neither_the_shopper_nor_an_event_told() {
    let till = Till::open().await;
    till.script(json!({ "drop_webhook": true })).await;
    let bought = till.buy().await;
    till.press(&bought, "pay").await;
    till.ask_after(TimeDelta::minutes(1)).await;
    assert_eq!(till.standing().await, "paid paid, succeeded - query");
    till.is_paid_once().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn return_event_and_question_at_the_same_time_are_one_paid_order() {
    let till = Till::open().await;
    till.script(json!({ "drop_webhook": true })).await;
    let bought = till.buy().await;
    till.press(&bought, "pay").await;
    for _ in 0..20 {
        assert_eq!(till.tell(&bought).await.status, StatusCode::OK);
    }
    let asks = async || tokio::join!(till.ask_after(TimeDelta::minutes(1)), till.ask_after(TimeDelta::minutes(1)));
    tokio::join!(till.work(), till.come_back(&bought), till.come_back(&bought), till.come_back(&bought), asks());
    till.is_paid_once().await;
    let settled = "select count(*) from mpesa_callbacks_raw where outcome = 'settled'";
    assert_eq!(till.world.count(settled).await, 20);
    assert_eq!(till.world.count("select count(*) from refunds").await, 0);
}

#[tokio::test]
async fn a_success_that_is_told_again_and_later_changes_nothing() {
    let till = Till::open().await;
    let bought = till.buy().await;
    till.press(&bought, "pay").await;
    till.come_back(&bought).await;
    let version = till.text("select version::text from orders").await;
    let asked = till.count_received("/verify/").await;
    for _ in 0..3 {
        till.tell(&bought).await;
        till.come_back(&bought).await;
    }
    till.work().await;
    till.ask_after(TimeDelta::hours(25)).await;
    assert_eq!(till.text("select version::text from orders").await, version);
    assert_eq!(till.count_received("/verify/").await, asked, "what is paid is not asked about");
    till.is_paid_once().await;
}

#[tokio::test]
async fn pressed_twice_it_is_one_order_and_one_page() {
    let till = Till::open().await;
    let mut shopper = till.shopper();
    let first = till.check_out(&mut shopper, "1", "card").await;
    let bought: Bought = till.bought(first.header("location")).await;
    let again = [("idempotency_key", "k"), ("payment_method", "card")];
    for _ in 0..3 {
        let answer = shopper.post(&format!("{}/pay", bought.order), &again).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, bought.page.as_str()));
    }
    assert_eq!(till.count_received("/initialize").await, 1);
    assert_eq!(till.world.count("select count(*) from payments").await, 1);
    let page = till.look(&bought).await;
    assert!(page.contains("Your card payment is not finished"), "{page}");
    assert!(page.contains(&format!("href=\"{}\"", bought.page)), "the way back to the provider's page");
}

#[tokio::test]
async fn an_unpaid_order_by_another_way_can_be_paid_by_card_and_the_other_way_round() {
    let till = Till::open().await;
    let (tenant, bought) = (till.world.njeri.tenant, till.buy().await);
    till.world
        .sql(&format!(
            "insert into mpesa_accounts (tenant_id, kind, short_code) values ('{tenant}', 'paybill', '509731')"
        ))
        .await;
    // A page that was left open is in nobody's way.
    let prompt = [("idempotency_key", "k"), ("payment_method", "mpesa_stk"), ("mpesa_phone", "0711 223 344")];
    let answer = till.shopper().post(&format!("{}/pay", bought.order), &prompt).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(till.world.count("select count(*) from payments where method = 'mpesa_paybill'").await, 1);
    // While a prompt is on the phone no page is opened beside it.
    let by_card = [("idempotency_key", "k"), ("payment_method", "card")];
    let answer = till.shopper().post(&format!("{}/pay", bought.order), &by_card).await;
    assert_eq!(answer.header("location"), bought.order);
    assert_eq!(till.count_received("/initialize").await, 1);
    // The page is paid all the same, and the money counts.
    till.press(&bought, "pay").await;
    till.come_back(&bought).await;
    assert_eq!(till.world.count("select count(*) from orders where payment_status = 'paid'").await, 1);
}

#[tokio::test]
async fn before_a_prompt_is_sent_the_open_page_is_asked_about() {
    let till = Till::open().await;
    till.script(json!({ "drop_webhook": true })).await;
    let bought = till.buy().await;
    till.press(&bought, "pay").await;
    let tenant = till.world.njeri.tenant;
    till.world
        .sql(&format!(
            "insert into mpesa_accounts (tenant_id, kind, short_code) values ('{tenant}', 'paybill', '509731')"
        ))
        .await;
    let prompt = [("idempotency_key", "k"), ("payment_method", "mpesa_stk"), ("mpesa_phone", "0711 223 344")];
    let answer = till.shopper().post(&format!("{}/pay", bought.order), &prompt).await;
    assert_eq!(answer.header("location"), bought.order);
    assert_eq!(till.world.count("select count(*) from payments").await, 1, "no prompt over what is paid");
    till.is_paid_once().await;
}
