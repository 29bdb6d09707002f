//! Scripts, recorded requests, faults and forgetting.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::shop::Shop;

#[tokio::test]
async fn a_script_for_one_phone_goes_before_the_script_for_all() {
    let mut shop = Shop::open().await;
    shop.script(json!({ "result_code": 1 })).await;
    shop.script(json!({ "phone": "711223344", "result_code": 0 })).await;
    shop.accepted(&shop.good_push()).await;
    assert_eq!(shop.callback().await.stk()["ResultCode"], json!(0));
    shop.accepted(&shop.push_to("254722334455")).await;
    assert_eq!(shop.callback().await.stk()["ResultCode"], json!(1));
}

#[tokio::test]
async fn a_callback_is_sent_as_often_as_the_script_says_and_may_lie_about_the_sum() {
    let mut shop = Shop::open().await;
    shop.script(json!({ "result_code": 0, "callbacks": 50, "amount": 7 })).await;
    shop.accepted(&shop.good_push()).await;
    let first = shop.callback().await.text;
    assert!(first.contains(r#""Value":7.00"#), "{first}");
    for _ in 1..50 {
        assert_eq!(shop.callback().await.text, first);
    }
    assert!(shop.is_quiet());
}

#[tokio::test]
async fn a_delayed_answer_keeps_the_prompt_open_meanwhile() {
    let mut shop = Shop::open().await;
    shop.script(json!({ "result_code": 0, "delay_ms": 1500 })).await;
    let started = Instant::now();
    let id = shop.accepted(&shop.good_push()).await;
    assert_eq!(shop.query(&id).await.1["ResultCode"], "4999");
    shop.callback().await;
    assert!(started.elapsed() >= Duration::from_millis(1500));
    assert_eq!(shop.query(&id).await.1["ResultCode"], "0");
}

#[tokio::test]
async fn a_bad_script_or_fault_is_refused_with_a_sentence() {
    let shop = Shop::open().await;
    for (what, body, reason) in [
        ("mpesa", json!({ "result_code": 0, "delay": 5 }), "unknown field `delay`"),
        ("mpesa", json!({}), "missing field `result_code`"),
        ("mpesa", json!({ "result_code": true }), "a result code is a whole number or a short text"),
        ("mpesa", json!({ "result_code": 0, "phone": "12345" }), "\"12345\" is no Kenyan mobile number."),
        ("mpesa", json!({ "result_code": 0, "callbacks": 0 }), "callbacks is between 1 and 200"),
        ("mpesa", json!({ "result_code": 0, "amount": -1 }), "amount is a sum in shillings"),
        ("mpesa", json!({ "result_code": 0, "delay_ms": 900_001 }), "delay_ms is at most 900000."),
        ("mpesa", json!("hello"), "This body is no script"),
        ("fault", json!({ "provider": "mpesa", "kind": "fire", "count": 1 }), "unknown variant `fire`"),
        ("fault", json!({ "provider": "visa", "kind": "hang", "count": 1 }), "unknown variant `visa`"),
        ("fault", json!({ "provider": "mpesa", "kind": "hang", "count": 0 }), "count is between 1 and 1000."),
    ] {
        let answer = shop.control(what, body.clone()).await;
        assert_eq!(answer.status(), 422, "{body}");
        let sentence = answer.text().await.unwrap();
        assert!(sentence.contains(reason), "{body}: {sentence}");
    }
}

#[tokio::test]
async fn requests_are_listed_oldest_first_with_their_bodies_as_json() {
    let shop = Shop::open().await;
    shop.accepted(&shop.good_push()).await;
    let list = shop.requests("mpesa").await;
    assert_eq!(list.len(), 2);
    assert_eq!(list[0]["method"], "GET");
    assert_eq!(list[0]["path"], "/daraja/oauth/v1/generate");
    assert_eq!(list[0]["query"], "grant_type=client_credentials");
    assert_eq!(list[0]["body"], Value::Null);
    assert_eq!(list[1]["method"], "POST");
    assert_eq!(list[1]["path"], "/daraja/mpesa/stkpush/v1/processrequest");
    assert_eq!(list[1]["headers"]["content-type"], "application/json");
    assert_eq!(list[1]["body"], shop.good_push());
    assert!(list[0]["at"].as_str().unwrap() <= list[1]["at"].as_str().unwrap());
}

#[tokio::test]
async fn another_provider_is_written_down_and_says_that_nobody_is_there_yet() {
    let shop = Shop::open().await;
    let path = "/graph/v23.0/1/messages";
    let answer = shop.post(path, &json!({ "to": "somebody" })).await;
    assert_eq!(answer.status(), 501);
    assert_eq!(answer.json::<Value>().await.unwrap(), json!({ "message": "not built yet" }));
    let list = shop.requests("whatsapp").await;
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["path"], path);
    assert_eq!(list[0]["body"], json!({ "to": "somebody" }));
    assert_eq!(shop.requests("mail").await, Vec::<Value>::new());
    let unknown = shop.http.get(shop.url("/control/requests?provider=visa")).send().await.unwrap();
    assert_eq!(unknown.status(), 422);
}

#[tokio::test]
async fn only_the_last_thousand_requests_are_kept() {
    let shop = Shop::open().await;
    for number in 0..1001 {
        shop.post("/paystack/charge", &json!({ "number": number })).await;
    }
    let list = shop.requests("paystack").await;
    assert_eq!(list.len(), 1000);
    assert_eq!(list[0]["body"]["number"], 1);
}

#[tokio::test]
async fn a_body_over_64_kib_is_refused_and_not_written_down() {
    let shop = Shop::open().await;
    let answer = shop.post("/paystack/charge", &json!({ "long": "x".repeat(65 * 1024) })).await;
    assert_eq!(answer.status(), 413);
    assert_eq!(shop.requests("paystack").await.len(), 0);
    assert_eq!(shop.control("mpesa", json!({ "phone": "x".repeat(65 * 1024) })).await.status(), 413);
}

async fn fault(shop: &Shop, kind: &str, count: u32) {
    let answer = shop.control("fault", json!({ "provider": "mpesa", "kind": kind, "count": count })).await;
    assert_eq!(answer.status(), 204);
}

#[tokio::test]
async fn refuse_closes_the_connection_without_an_answer_as_often_as_asked() {
    let shop = Shop::open().await;
    fault(&shop, "refuse", 2).await;
    let url = shop.url("/daraja/mpesa/stkpush/v1/processrequest");
    for _ in 0..2 {
        let error = shop.http.post(&url).bearer_auth(&shop.token).json(&shop.good_push()).send().await.unwrap_err();
        assert!(error.is_request() && !error.is_timeout() && !error.is_connect(), "{error:?}");
    }
    shop.accepted(&shop.good_push()).await;
}

#[tokio::test]
async fn hang_gives_no_answer_while_the_caller_waits() {
    let shop = Shop::open().await;
    fault(&shop, "hang", 1).await;
    let url = shop.url("/daraja/mpesa/stkpush/v1/processrequest");
    let request = shop.http.post(&url).bearer_auth(&shop.token).json(&shop.good_push());
    let error = request.timeout(Duration::from_millis(500)).send().await.unwrap_err();
    assert!(error.is_timeout());
    shop.accepted(&shop.good_push()).await;
}

#[tokio::test]
async fn the_other_faults_answer_as_they_are_called() {
    let shop = Shop::open().await;
    let path = "/daraja/mpesa/stkpush/v1/processrequest";

    fault(&shop, "500", 1).await;
    let (status, answer) = shop.push(&shop.good_push()).await;
    assert_eq!(status, 500);
    assert_eq!(answer["errorCode"], "500.003.1001");

    fault(&shop, "garbage", 1).await;
    let answer = shop.post(path, &shop.good_push()).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert!(answer.text().await.unwrap().starts_with("<!doctype html>"));

    fault(&shop, "slow", 1).await;
    let started = Instant::now();
    shop.accepted(&shop.good_push()).await;
    assert!(started.elapsed() >= Duration::from_secs(3));
}

#[tokio::test]
async fn an_expired_token_waits_for_a_request_that_bears_one() {
    let mut shop = Shop::open().await;
    fault(&shop, "expired_token", 1).await;
    shop.token = shop.new_token("key").await;
    let (status, answer) = shop.push(&shop.good_push()).await;
    assert_eq!(status, 404);
    assert_eq!(answer["errorCode"], "404.001.03");
    shop.accepted(&shop.good_push()).await;
}

#[tokio::test]
async fn reset_forgets_scripts_faults_requests_prompts_and_locks() {
    let mut shop = Shop::open().await;
    shop.script(json!({ "result_code": 0, "delay_ms": 800 })).await;
    let forgotten = shop.accepted(&shop.good_push()).await;
    fault(&shop, "500", 5).await;

    let reset = shop.http.post(shop.url("/control/reset")).send().await.unwrap();
    assert_eq!(reset.status(), 204);
    assert_eq!(shop.requests("mpesa").await, Vec::<Value>::new());
    assert_eq!(shop.query(&forgotten).await.1["errorCode"], "500.001.1001");

    let open = shop.accepted(&shop.good_push()).await;
    assert_eq!(shop.query(&open).await.1["ResultCode"], "4999");
    shop.script(json!({ "phone": "0722334455", "result_code": 1032, "delay_ms": 900 })).await;
    shop.accepted(&shop.push_to("254722334455")).await;
    // The forgotten prompt's script would have answered before this one.
    assert_eq!(shop.callback().await.stk()["ResultCode"], json!(1032));
    assert!(shop.is_quiet());
}

#[tokio::test]
async fn it_is_healthy_and_stops_when_told() {
    let shop = Shop::open().await;
    let answer = shop.http.get(shop.url("/healthz")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let Shop { sandbox, http, .. } = shop;
    let url = format!("{}/healthz", sandbox.base_url);
    sandbox.stop().await;
    assert!(http.get(url).send().await.unwrap_err().is_connect());
}
