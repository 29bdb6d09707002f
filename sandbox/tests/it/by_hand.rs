//! Paying by hand: registering, validation with its limit, confirmation, simulation, and the page for people.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{push::FormBody, shop::Shop};

fn registration(shop: &Shop, response_type: &str) -> Value {
    json!({
        "ShortCode": "509731",
        "ResponseType": response_type,
        "ConfirmationURL": shop.hook("/hooks/c2b/6a0e/confirmation"),
        "ValidationURL": shop.hook("/hooks/c2b/6a0e/validation"),
    })
}

async fn registered(response_type: &str) -> Shop {
    let shop = Shop::open().await;
    let (status, answer) = shop.call("/daraja/mpesa/c2b/v2/registerurl", &registration(&shop, response_type)).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!((&answer["ResponseCode"], &answer["ResponseDescription"]), (&json!("0"), &json!("Success")));
    assert!(answer["OriginatorCoversationID"].is_string(), "{answer}");
    shop
}

#[tokio::test]
async fn a_payment_by_hand_is_validated_and_confirmed_in_the_providers_shape() {
    let mut shop = registered("Completed").await;
    shop.answer_with(r#"{"ResultCode":"0","ResultDesc":"Accepted","ThirdPartyTransID":"PMT-1"}"#, Duration::ZERO);
    let paid = shop.pay_by_hand(json!({ "account": "ord 1001" })).await;
    assert_eq!((&paid["refused"], &paid["code"]), (&json!(false), &Value::Null));
    let validation = shop.callback().await;
    assert_eq!(validation.path, "/hooks/c2b/6a0e/validation");
    let asked = validation.json();
    assert_eq!((&asked["OrgAccountBalance"], &asked["ThirdPartyTransID"]), (&json!(""), &json!("")));
    let confirmation = shop.callback().await;
    assert_eq!(confirmation.path, "/hooks/c2b/6a0e/confirmation");
    let told = confirmation.json();
    assert_eq!(told["TransID"], paid["receipt"]);
    assert_eq!(told["TransTime"].as_str().unwrap().len(), 14);
    for (name, value) in [
        ("TransactionType", "Pay Bill"),
        ("TransAmount", "1450.00"),
        ("BusinessShortCode", "509731"),
        ("BillRefNumber", "ord 1001"),
        ("InvoiceNumber", ""),
        ("OrgAccountBalance", "1450.00"),
        ("ThirdPartyTransID", "PMT-1"),
        ("MSISDN", "2547 ***** 344"),
        ("MiddleName", ""),
        ("LastName", ""),
    ] {
        assert_eq!(told[name], value, "{name}");
    }
    assert!(!told["FirstName"].as_str().unwrap().is_empty());
    assert_eq!(told.as_object().unwrap().len(), 13);
}

#[tokio::test]
async fn the_first_version_hashes_the_number_and_has_all_names() {
    let mut shop = Shop::open().await;
    shop.call("/daraja/mpesa/c2b/v1/registerurl", &registration(&shop, "Completed")).await;
    shop.pay_by_hand(json!({})).await;
    shop.callback().await;
    let told = shop.callback().await.json();
    assert_eq!(told["MSISDN"].as_str().unwrap().len(), 64);
    assert!(!told["LastName"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn a_refusal_moves_nothing_and_names_its_code() {
    let mut shop = registered("Completed").await;
    shop.answer_with(r#"{"ResultCode":"C2B00012","ResultDesc":"Rejected"}"#, Duration::ZERO);
    let paid = shop.pay_by_hand(json!({})).await;
    assert_eq!((&paid["refused"], &paid["code"]), (&json!(true), &json!("C2B00012")));
    shop.callback().await;
    assert!(shop.is_quiet());
}

#[tokio::test]
async fn after_eight_seconds_the_registered_word_decides() {
    let (mut completed, mut cancelled) = (registered("Completed").await, registered("Cancelled").await);
    let late = Duration::from_secs(12);
    completed.answer_with(r#"{"ResultCode":"C2B00012"}"#, late);
    cancelled.answer_with(r#"{"ResultCode":"0"}"#, late);
    let started = Instant::now();
    let lost = json!({ "drop": true });
    let (taken, refused) = tokio::join!(completed.pay_by_hand(lost.clone()), cancelled.pay_by_hand(lost));
    assert!((8..11).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
    assert_eq!(taken["refused"], json!(false));
    assert_eq!((&refused["refused"], &refused["code"]), (&json!(true), &json!("timeout")));
    for shop in [&mut completed, &mut cancelled] {
        shop.callback().await;
        assert!(shop.is_quiet());
    }
}

#[tokio::test]
async fn a_shop_that_cannot_be_read_is_one_that_did_not_answer() {
    for (response_type, refused) in [("Completed", false), ("Cancelled", true)] {
        let shop = registered(response_type).await;
        shop.answer_with("<html>", Duration::ZERO);
        assert_eq!(shop.pay_by_hand(json!({})).await["refused"], json!(refused));
    }
}

#[tokio::test]
async fn without_addresses_money_comes_in_silence() {
    let mut shop = Shop::open().await;
    assert_eq!(shop.pay_by_hand(json!({})).await["refused"], json!(false));
    assert!(shop.is_quiet());
}

#[tokio::test]
async fn late_news_are_told_so_much_later_and_nobody_waits_for_them() {
    let mut shop = registered("Completed").await;
    let started = Instant::now();
    assert_eq!(shop.pay_by_hand(json!({ "delay_ms": 900 })).await["refused"], json!(false));
    assert_eq!(shop.callback().await.path, "/hooks/c2b/6a0e/validation");
    assert!(shop.is_quiet());
    assert_eq!(shop.callback().await.path, "/hooks/c2b/6a0e/confirmation");
    assert!(started.elapsed() >= Duration::from_millis(900));
    let answer = shop.control(
        "pay",
        json!({ "short_code": "509731", "kind": "till", "amount": 1, "phone": "0711 223 344", "delay_ms": 900_001 }),
    );
    assert_eq!(answer.await.status(), 422);
}

#[tokio::test]
async fn wrong_registrations_are_named() {
    let shop = Shop::open().await;
    for (field, value) in [
        ("ShortCode", json!("12")),
        ("ResponseType", json!("completed")),
        ("ConfirmationURL", json!("https://duka.example/Mpesa")),
        ("ValidationURL", json!("https://duka.example/query")),
        ("ValidationUrl", json!("https://duka.example/")),
    ] {
        let mut body = registration(&shop, "Completed");
        body[field] = value;
        let (status, answer) = shop.call("/daraja/mpesa/c2b/v2/registerurl", &body).await;
        assert_eq!(status, 400, "{field}");
        assert_eq!(answer["errorMessage"], format!("Bad Request - Invalid {field}"));
    }
    let (status, answer) = shop.call("/daraja/mpesa/c2b/v3/registerurl", &registration(&shop, "Completed")).await;
    assert_eq!((status.as_u16(), &answer["errorCode"]), (404, &json!("404.001.01")));
}

#[tokio::test]
async fn the_providers_own_simulation_pays_too() {
    let mut shop = registered("Completed").await;
    let simulate = json!({
        "ShortCode": 509_731, "CommandID": "CustomerPayBillOnline", "Amount": 50, "Msisdn": 254_708_374_149_u64,
        "BillRefNumber": "ORD1",
    });
    let (status, answer) = shop.call("/daraja/mpesa/c2b/v2/simulate", &simulate).await;
    assert_eq!((status.as_u16(), &answer["ResponseCode"]), (200, &json!("0")), "{answer}");
    shop.callback().await;
    let told = shop.callback().await.json();
    assert_eq!((&told["TransAmount"], &told["BillRefNumber"]), (&json!("50.00"), &json!("ORD1")));
    let goods = json!({
        "ShortCode": 509_731, "CommandID": "CustomerBuyGoodsOnline", "Amount": 7, "Msisdn": 254_708_374_149_u64,
        "BillRefNumber": null,
    });
    assert_eq!(shop.call("/daraja/mpesa/c2b/v2/simulate", &goods).await.0, 200);
    assert_eq!(shop.callback().await.json()["TransactionType"], "Buy Goods");
    let mut misspelled = simulate;
    misspelled["MSISDN"] = misspelled["Msisdn"].take();
    let (status, answer) = shop.call("/daraja/mpesa/c2b/v2/simulate", &misspelled).await;
    assert_eq!((status.as_u16(), &answer["errorMessage"]), (400, &json!("Bad Request - Invalid MSISDN")));
}

#[tokio::test]
async fn a_bad_payment_is_refused_with_a_sentence() {
    let shop = Shop::open().await;
    let good = json!({ "short_code": "509731", "kind": "paybill", "amount": 5, "phone": "0711223344" });
    for (field, value, sentence) in [
        ("short_code", json!("12"), "short_code has five to seven digits."),
        ("amount", json!(0), "amount is in whole shillings, 1 to 250000."),
        ("phone", json!("12345"), "\"12345\" is no Kenyan mobile number."),
        ("kind", json!("bank"), "unknown variant `bank`"),
        ("account", json!("x".repeat(21)), "account has at most 20 characters."),
        ("confirmations", json!(201), "confirmations is at most 200."),
        ("lost", json!(true), "unknown field `lost`"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let answer = shop.control("pay", body).await;
        assert_eq!(answer.status(), 422, "{field}");
        let text = answer.text().await.unwrap();
        assert!(text.contains(sentence), "{text}");
    }
}

#[tokio::test]
async fn a_person_pays_a_bill_and_a_till_on_the_page() {
    let mut shop = registered("Completed").await;
    let post = |body: &'static str| shop.http.post(shop.url("/menu")).form_body(body).send();
    let bill = "kind=paybill&number=509731&account=%3Cb%3E+7&amount=1%2C450&phone=0711+223+344";
    let answer = post(bill).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()), (303, "/menu#paid"));
    let till = post("kind=till&number=509731&amount=50&phone=0722334455").await.unwrap();
    assert_eq!(till.status(), 303);
    let page = shop.http.get(shop.url("/menu")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("MAMA NJERI (509731), account &lt;b&gt; 7"), "{page}");
    assert!(page.contains("KSh 1,450") && page.contains("KSh 50"), "{page}");

    let wrong = post("kind=till&number=509731&amount=none&phone=0722334455").await.unwrap();
    assert_eq!(wrong.status(), 422);
    let page = wrong.text().await.unwrap();
    assert!(
        page.contains("An amount is a whole number of shillings") && page.contains("value=\"0722334455\""),
        "{page}"
    );
    let phones = shop.http.get(shop.url("/")).send().await.unwrap().text().await.unwrap();
    assert!(phones.contains("href=\"/menu\""), "{phones}");
    for _ in 0..4 {
        shop.callback().await;
    }
    assert!(shop.is_quiet());
}

#[tokio::test]
async fn a_reset_keeps_registered_addresses() {
    let mut shop = registered("Completed").await;
    shop.http.post(shop.url("/control/reset")).send().await.unwrap();
    shop.pay_by_hand(json!({})).await;
    assert_eq!(shop.callback().await.path, "/hooks/c2b/6a0e/validation");
}
