//! The list of received money: registering, strictness, and its shape.

use serde_json::{Value, json};

use crate::shop::Shop;

const REGISTER: &str = "/daraja/pulltransactions/v1/register";
const QUERY: &str = "/daraja/pulltransactions/v1/query";

fn registration() -> Value {
    json!({
        "ShortCode": "509731", "RequestType": "Pull", "NominatedNumber": "0711000111",
        "CallBackURL": "https://duka.example/hooks/pull/6a0e",
    })
}

fn query() -> Value {
    json!({
        "ShortCode": "509731", "StartDate": "2026-04-02 12:00:00", "EndDate": "2026-04-02 23:59:59", "OffSetValue": "0",
    })
}

async fn registered() -> Shop {
    let shop = Shop::open().await;
    assert_eq!(shop.control("clock", json!({ "now": "2026-04-02T11:30:05Z" })).await.status(), 204);
    let (status, answer) = shop.call(REGISTER, &registration()).await;
    assert_eq!((status.as_u16(), &answer["ResponseStatus"]), (200, &json!("1000")), "{answer}");
    shop
}

#[tokio::test]
async fn the_list_is_a_list_in_a_list_with_names_in_mixed_case() {
    let shop = registered().await;
    let (status, nothing) = shop.call(QUERY, &query()).await;
    assert_eq!((status.as_u16(), &nothing["ResponseCode"], &nothing["Response"]), (200, &json!("1001"), &json!([[]])));
    let receipt = shop.pay_by_hand(json!({ "account": "ORD10482" })).await["receipt"].clone();
    let (_, answer) = shop.call(QUERY, &query()).await;
    assert_eq!(answer["ResponseCode"], "1000");
    let row = &answer["Response"][0][0];
    assert!(row["trxDate"].as_str().unwrap().starts_with("2026-04-02T14:3"), "{row}");
    for (name, value) in [
        ("transactionId", receipt),
        ("msisdn", json!(254_711_223_344_u64)),
        ("sender", json!("MPESA")),
        ("transactiontype", json!("c2b-pay-bill-debit")),
        ("billreference", json!("ORD10482")),
        ("amount", json!("1450.0")),
        ("organizationname", json!("MAMA NJERI")),
    ] {
        assert_eq!(row[name], value, "{name}");
    }
    let mut earlier = query();
    earlier["EndDate"] = "2026-04-02 14:00:00".into();
    assert_eq!(shop.call(QUERY, &earlier).await.1["ResponseCode"], "1001");
    let mut second = query();
    second["OffSetValue"] = "1".into();
    assert_eq!(shop.call(QUERY, &second).await.1["ResponseCode"], "1001");
}

#[tokio::test]
async fn wrong_fields_are_named() {
    let shop = registered().await;
    for (path, good, field, value) in [
        (REGISTER, registration(), "RequestType", json!("pull")),
        (REGISTER, registration(), "NominatedNumber", json!("12345")),
        (REGISTER, registration(), "CallBackURL", json!("https://duka.example/sql")),
        (QUERY, query(), "StartDate", json!("2026-04-02")),
        (QUERY, query(), "EndDate", json!("2026-04-01 00:00:00")),
        (QUERY, query(), "OffSetValue", json!("first")),
        (QUERY, query(), "Offset", json!("0")),
    ] {
        let mut body = good;
        body[field] = value;
        let (status, answer) = shop.call(path, &body).await;
        assert_eq!(status, 400, "{field}");
        assert_eq!(answer["errorMessage"], format!("Bad Request - Invalid {field}"));
    }
    let mut other = query();
    other["ShortCode"] = "509732".into();
    let (status, answer) = shop.call(QUERY, &other).await;
    assert_eq!((status.as_u16(), &answer["errorCode"]), (400, &json!("400.001")));
}

#[tokio::test]
async fn a_clock_that_is_none_is_refused_with_a_sentence() {
    let shop = Shop::open().await;
    for (body, sentence) in [
        (json!({ "now": "yesterday" }), "This body is no clock"),
        (json!({ "now": "9026-04-02T11:30:05Z" }), "now is within a hundred years."),
    ] {
        let answer = shop.control("clock", body).await;
        assert_eq!(answer.status(), 422);
        let text = answer.text().await.unwrap();
        assert!(text.contains(sentence), "{text}");
    }
}
