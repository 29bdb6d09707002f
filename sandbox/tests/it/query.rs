//! STK query: open, answered, unknown, and what a script makes it claim.

use serde_json::json;

use crate::shop::Shop;

#[tokio::test]
async fn an_open_prompt_answers_4999_as_text_with_status_200() {
    let shop = Shop::open().await;
    let id = shop.accepted(&shop.good_push()).await;
    let (status, answer) = shop.query(&id).await;
    assert_eq!(status, 200);
    assert_eq!(answer["ResponseCode"], "0");
    assert_eq!(answer["ResponseDescription"], "The service request has been accepted successfully");
    assert_eq!(answer["CheckoutRequestID"], id.as_str());
    assert_eq!(answer["ResultCode"], json!("4999"));
    assert_eq!(answer["ResultDesc"], "The transaction is still under processing");
}

#[tokio::test]
async fn an_answered_prompt_tells_its_code_as_text_and_no_receipt() {
    let mut shop = Shop::open().await;
    shop.script(json!({ "result_code": 0 })).await;
    let id = shop.accepted(&shop.good_push()).await;
    shop.callback().await;
    let (status, answer) = shop.query(&id).await;
    assert_eq!(status, 200);
    assert_eq!(answer["ResultCode"], json!("0"));
    let names: Vec<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected =
        ["ResponseCode", "ResponseDescription", "MerchantRequestID", "CheckoutRequestID", "ResultCode", "ResultDesc"];
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[tokio::test]
async fn an_unknown_id_has_no_answer() {
    let shop = Shop::open().await;
    let (status, answer) = shop.query("ws_CO_02042026143006218711223344").await;
    assert_eq!(status, 500);
    assert_eq!(answer["errorCode"], "500.001.1001");
}

#[tokio::test]
async fn with_a_dropped_callback_the_query_knows_the_truth() {
    let mut shop = Shop::open().await;
    shop.script(json!({ "phone": "0711 223 344", "result_code": 0, "drop_callback": true })).await;
    shop.script(json!({ "phone": "+254 110 223344", "result_code": 1032 })).await;
    let id = shop.accepted(&shop.good_push()).await;
    assert_eq!(shop.final_query(&id).await["ResultCode"], "0");
    shop.accepted(&shop.push_to("254110223344")).await;
    assert_eq!(shop.callback().await.stk()["ResultCode"], json!(1032));
    assert!(shop.is_quiet());
}

#[tokio::test]
async fn a_script_makes_the_query_claim_something_else_than_the_callback() {
    let mut shop = Shop::open().await;
    for (claim, status, field, says) in [
        (json!(1032), 200, "ResultCode", "1032"),
        (json!("4999"), 200, "ResultCode", "4999"),
        (json!("500.001.1001"), 500, "errorCode", "500.001.1001"),
    ] {
        shop.script(json!({ "result_code": 0, "query_result_code": claim })).await;
        let id = shop.accepted(&shop.good_push()).await;
        assert_eq!(shop.callback().await.stk()["ResultCode"], json!(0));
        let (code, answer) = shop.query(&id).await;
        assert_eq!(code, status);
        assert_eq!(answer[field], says);
    }
}
