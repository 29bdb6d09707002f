//! Text messages: what Africa's Talking takes, what it refuses, and the report that follows.

use reqwest::Response;
use serde_json::{Value, json};

use crate::shop::Shop;

const GOOD: &str = "username=mama&to=%2B254711223344&message=Habari+yako&bulkSMSMode=1&enqueue=1";

async fn send(shop: &Shop, key: &str, form: &str) -> Response {
    shop.http
        .post(shop.url("/africastalking/version1/messaging"))
        .header("apiKey", key)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form.to_owned())
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_message_is_taken_shown_on_the_phones_page_and_reported_once() {
    let mut shop = Shop::open().await;
    let reports = json!({ "username": "mama", "reports_to": shop.hook("/hooks/sms/ab"), "status": "Success" });
    assert_eq!(shop.control("sms", reports).await.status(), 204);
    let answer = send(&shop, "key", GOOD).await;
    assert_eq!(answer.status(), 201);
    let answer: Value = answer.json().await.unwrap();
    let one = &answer["SMSMessageData"]["Recipients"][0];
    assert_eq!((&one["statusCode"], &one["number"]), (&json!(101), &json!("+254711223344")));
    let told = shop.callback().await;
    assert_eq!(told.path, "/hooks/sms/ab");
    let id = one["messageId"].as_str().unwrap();
    assert!(told.text.contains(&format!("id={id}&status=Success&phoneNumber=%2B254711223344")), "{}", told.text);
    assert!(shop.is_quiet());
    let page = shop.http.get(shop.url("/")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Habari yako") && page.contains("0711 223 344"), "{page}");
}

#[tokio::test]
async fn what_the_provider_refuses_is_refused_in_its_words() {
    let shop = Shop::open().await;
    assert_eq!(send(&shop, "wrong", GOOD).await.status(), 401);
    assert_eq!(send(&shop, "", GOOD).await.status(), 401);
    assert_eq!(send(&shop, "key", "username=mama&message=Habari").await.status(), 400);
    let sender: Value = send(&shop, "key", &format!("{GOOD}&from=WRONG")).await.json().await.unwrap();
    assert_eq!(sender, json!({ "SMSMessageData": { "Message": "InvalidSenderId", "Recipients": [] } }));
    let stopped: Value = send(&shop, "key", &GOOD.replace("223344", "223000")).await.json().await.unwrap();
    assert_eq!(stopped["SMSMessageData"]["Recipients"][0]["statusCode"], 406);
    assert_eq!(shop.control("sms", json!({ "username": "mama" })).await.status(), 422);
}
