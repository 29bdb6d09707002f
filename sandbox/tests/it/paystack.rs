//! Cards: the page that a person decides on, what the question is answered, signed events, refunds, refusals.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha512;
use std::fmt::Write as _;

use crate::shop::Shop;

const KEY: &str = "sk_test_shop";

async fn initialize(shop: &Shop, reference: &str) -> (u16, Value) {
    let body = json!({
        "email": "amina@example.co.ke", "amount": "145000", "currency": "KES", "reference": reference, "channels": ["card"],
        "callback_url": "http://shop.localhost/orders/9f1c?card=d-1",
        "metadata": json!({ "cancel_action": "http://shop.localhost/orders/9f1c?card=d-1" }).to_string(),
    });
    let url = shop.url("/paystack/transaction/initialize");
    let answer = shop.http.post(url).bearer_auth(KEY).json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn get(shop: &Shop, path: &str) -> (u16, Value) {
    let answer = shop.http.get(shop.url(path)).bearer_auth(KEY).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// Presses a button; where it leads.
async fn press(shop: &Shop, page: &str, answer: &str) -> String {
    let answered = shop.http.post(page).body(format!("answer={answer}")).send().await.unwrap();
    assert_eq!(answered.status(), 303);
    answered.headers()["location"].to_str().unwrap().to_owned()
}

async fn page_of(shop: &Shop, reference: &str) -> String {
    let (status, made) = initialize(shop, reference).await;
    assert_eq!((status, &made["status"]), (200, &json!(true)), "{made}");
    assert_eq!(made["data"]["reference"], reference);
    made["data"]["authorization_url"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_person_pays_on_the_page_and_is_led_back_with_the_reference() {
    let mut shop = Shop::open().await;
    let hook = json!({ "url": shop.callback_url, "secret_key": KEY });
    assert_eq!(shop.control("paystack/webhook", hook).await.status(), 204);
    let page = page_of(&shop, "d-1").await;
    let html = shop.http.get(&page).send().await.unwrap().text().await.unwrap();
    assert!(html.contains(">Pay KES 1450.00</button>") && !html.contains("<script"), "{html}");
    assert_eq!(get(&shop, "/paystack/transaction/verify/d-1").await.1["data"]["status"], "abandoned");
    let back = press(&shop, &page, "pay").await;
    assert_eq!(back, "http://shop.localhost/orders/9f1c?card=d-1&trxref=d-1&reference=d-1");
    let paid = get(&shop, "/paystack/transaction/verify/d-1").await.1["data"].clone();
    assert_eq!(
        (&paid["status"], &paid["amount"], &paid["domain"]),
        (&json!("success"), &json!(145_000), &json!("test"))
    );

    let event = shop.callback().await;
    let mut mac = Hmac::<Sha512>::new_from_slice(KEY.as_bytes()).unwrap();
    mac.update(event.text.as_bytes());
    let signed = mac.finalize().into_bytes().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    assert_eq!(event.headers["x-paystack-signature"], signed);
    let told: Value = serde_json::from_str(&event.text).unwrap();
    assert_eq!((&told["event"], &told["data"]["reference"]), (&json!("charge.success"), &json!("d-1")));
    press(&shop, &page, "pay").await;
    assert!(shop.is_quiet(), "paid once, told once");
}

#[tokio::test]
async fn a_declined_card_leaves_the_buyer_on_the_page_and_walking_away_leads_to_the_shop() {
    let shop = Shop::open().await;
    let page = page_of(&shop, "d-1").await;
    let again = press(&shop, &page, "decline").await;
    assert!(page.ends_with(&again), "{again}");
    let html = shop.http.get(&page).send().await.unwrap().text().await.unwrap();
    assert!(html.contains("Declined.") && html.contains("value=pay"));
    assert_eq!(get(&shop, "/paystack/transaction/verify/d-1").await.1["data"]["status"], "failed");
    assert_eq!(press(&shop, &page, "leave").await, "http://shop.localhost/orders/9f1c?card=d-1");
}

#[tokio::test]
async fn references_keys_and_sums_are_held_to_the_providers_rules() {
    let shop = Shop::open().await;
    page_of(&shop, "d-1").await;
    let (status, twice) = initialize(&shop, "d-1").await;
    assert_eq!((status, &twice["code"]), (400, &json!("duplicate_reference")));
    let (status, wrong) = initialize(&shop, "d_1").await;
    assert_eq!((status, &wrong["status"]), (400, &json!(false)), "no underscore");
    let (status, unknown) = get(&shop, "/paystack/transaction/verify/d-2").await;
    assert_eq!((status, &unknown["code"]), (404, &json!("transaction_not_found")));
    for key in ["", "pk_test_shop", "sk_test_wrong"] {
        let url = shop.url("/paystack/transaction?perPage=1");
        let answer = shop.http.get(url).bearer_auth(key).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{key}");
    }
    assert_eq!(get(&shop, "/paystack/charge").await.0, 404);
}

#[tokio::test]
async fn a_script_decides_in_place_of_a_person_and_may_lie() {
    let mut shop = Shop::open().await;
    shop.control("paystack/webhook", json!({ "url": shop.callback_url })).await;
    let lie = json!({ "outcome": "success", "webhooks": 3, "amount": 1, "currency": "USD", "verify_status": "ongoing", "metadata": 0 });
    assert_eq!(shop.control("paystack", lie).await.status(), 204);
    page_of(&shop, "d-1").await;
    for _ in 0..3 {
        let told: Value = serde_json::from_str(&shop.callback().await.text).unwrap();
        assert_eq!((&told["data"]["amount"], &told["data"]["currency"]), (&json!(1), &json!("USD")));
        assert_eq!((&told["data"]["status"], &told["data"]["metadata"]), (&json!("success"), &json!(0)));
    }
    assert_eq!(get(&shop, "/paystack/transaction/verify/d-1").await.1["data"]["status"], "ongoing");
    for (what, body, reason) in [
        ("paystack", json!({ "outcome": "maybe" }), "unknown variant `maybe`"),
        ("paystack", json!({ "webhooks": 0 }), "webhooks is between 1 and 200"),
        ("paystack", json!({ "delay_ms": 900_001 }), "are at most 900000."),
        ("paystack", json!({ "delay": 1 }), "unknown field `delay`"),
        ("paystack/webhook", json!({ "url": "nowhere" }), "url is an address."),
    ] {
        let answer = shop.control(what, body).await;
        assert_eq!(answer.status(), 422);
        let said = answer.text().await.unwrap();
        assert!(said.contains(reason), "{said}");
    }
}

#[tokio::test]
async fn refunds_are_held_to_what_was_paid_and_told_by_events_with_their_sum_as_text() {
    let mut shop = Shop::open().await;
    let page = page_of(&shop, "d-1").await;
    let ask = async |shop: &Shop, cents: u64, note: &str| -> (u16, Value) {
        let body = json!({ "transaction": "d-1", "amount": cents, "currency": "KES", "merchant_note": note });
        let url = shop.url("/paystack/refund");
        let answer = shop.http.post(url).bearer_auth(KEY).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    };
    assert_eq!(ask(&shop, 100, "early").await.0, 404, "nothing was paid yet");
    press(&shop, &page, "pay").await;
    shop.control("paystack/webhook", json!({ "url": shop.callback_url })).await;
    let (status, queued) = ask(&shop, 100_000, "key-1").await;
    assert_eq!((status, &queued["data"]["status"]), (200, &json!("pending")));
    let mut words = Vec::new();
    for _ in 0..2 {
        let told: Value = serde_json::from_str(&shop.callback().await.text).unwrap();
        assert_eq!(told["data"]["amount"], json!("100000"));
        words.push(told["event"].as_str().unwrap().to_owned());
    }
    words.sort_unstable();
    assert_eq!(words, ["refund.pending", "refund.processed"]);
    assert_eq!(ask(&shop, 45_001, "key-2").await.0, 400, "more than is left");
    let list = get(&shop, "/paystack/refund?transaction=d-1").await.1["data"].clone();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!((&list[0]["status"], &list[0]["merchant_note"]), (&json!("processed"), &json!("key-1")));
    let one = get(&shop, &format!("/paystack/refund/{}", list[0]["id"])).await.1["data"].clone();
    assert_eq!(one["id"], list[0]["id"]);
}
