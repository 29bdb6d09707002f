//! STK push: shapes, strictness, the lock, and what the callback says.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::shop::{Shop, password};

#[tokio::test]
async fn an_accepted_push_answers_in_the_providers_shapes() {
    let shop = Shop::open().await;
    let (status, answer) = shop.push(&shop.good_push()).await;
    assert_eq!(status, 200);
    assert_eq!(answer["ResponseCode"], "0");
    assert_eq!(answer["ResponseDescription"], "Success. Request accepted for processing");
    assert_eq!(answer["CustomerMessage"], "Success. Request accepted for processing");
    let checkout = answer["CheckoutRequestID"].as_str().unwrap();
    assert!(checkout.starts_with("ws_CO_") && checkout.ends_with("711223344"), "{checkout}");
    assert_eq!(checkout.len(), "ws_CO_02042026143006218711223344".len());
    let merchant: Vec<usize> = answer["MerchantRequestID"].as_str().unwrap().split('-').map(str::len).collect();
    assert_eq!(merchant, [4, 4, 4, 17]);
}

#[tokio::test]
async fn numbers_may_be_written_as_numbers_or_as_text_and_the_description_may_be_missing() {
    let shop = Shop::open().await;
    let mut push = shop.good_push();
    push["BusinessShortCode"] = json!(509_731);
    push["PartyB"] = json!(509_731);
    push["PhoneNumber"] = json!(254_711_223_344_u64);
    push["Amount"] = json!("1450");
    push.as_object_mut().unwrap().remove("TransactionDesc");
    shop.accepted(&push).await;
}

#[tokio::test]
async fn every_wrong_field_is_named_and_shows_no_prompt() {
    let shop = Shop::open().await;
    let wrong = [
        ("BusinessShortCode", json!("12")),
        ("BusinessShortCode", json!("50973x")),
        ("Timestamp", json!("2026-04-02")),
        ("Timestamp", json!("20261302143005")),
        ("Password", json!("not base64!")),
        ("TransactionType", json!("CustomerPaybillOnline")),
        ("Amount", json!(0)),
        ("Amount", json!(-5)),
        ("Amount", json!(250_001)),
        ("Amount", json!("1450.00")),
        ("Amount", json!(1.5)),
        ("PartyA", json!("0711223344")),
        ("PartyB", json!("")),
        ("PhoneNumber", json!("+254711223344")),
        ("PhoneNumber", json!("254211223344")),
        ("CallBackURL", json!("not an address")),
        ("CallBackURL", json!("https://duka.example/hooks/MPESA/1")),
        ("CallBackURL", json!("https://duka.example/hooks?sql=1")),
        ("AccountReference", json!("")),
        ("AccountReference", json!("1234567890123")),
        ("TransactionDesc", json!("12345678901234")),
    ];
    for (field, value) in wrong {
        let mut push = shop.good_push();
        push[field] = value.clone();
        let (status, answer) = shop.push(&push).await;
        assert_eq!(status, 400, "{field} = {value}");
        assert_eq!(answer["errorCode"], "400.002.02");
        assert_eq!(answer["errorMessage"], format!("Bad Request - Invalid {field}"), "{value}");
    }
    shop.accepted(&shop.good_push()).await;
}

#[tokio::test]
async fn a_missing_field_and_an_unknown_field_are_refused() {
    let shop = Shop::open().await;
    let mut misspelled = shop.good_push();
    let url = misspelled.as_object_mut().unwrap().remove("CallBackURL").unwrap();
    let (_, answer) = shop.push(&misspelled).await;
    assert_eq!(answer["errorMessage"], "Bad Request - Invalid CallBackURL");
    misspelled["CallbackURL"] = url;
    let (status, answer) = shop.push(&misspelled).await;
    assert_eq!(status, 400);
    assert_eq!(answer["errorMessage"], "Bad Request - Invalid CallbackURL");
}

#[tokio::test]
async fn a_password_of_another_time_or_code_is_wrong_credentials() {
    let shop = Shop::open().await;
    for (field, value) in [("Password", password("20260402143006")), ("BusinessShortCode", "509999".to_owned())] {
        let mut push = shop.good_push();
        push[field] = value.into();
        let (status, answer) = shop.push(&push).await;
        assert_eq!(status, 500);
        assert_eq!(answer["errorCode"], "500.001.1001");
        assert_eq!(answer["errorMessage"], "Wrong credentials");
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_and_a_wrong_content_type_are_refused() {
    let shop = Shop::open().await;
    let url = shop.url("/daraja/mpesa/stkpush/v1/processrequest");
    let post = |body: String, kind: &'static str| {
        shop.http.post(&url).bearer_auth(&shop.token).header("content-type", kind).body(body).send()
    };
    let broken: Value = post("{".to_owned(), "application/json").await.unwrap().json().await.unwrap();
    assert_eq!(broken["errorCode"], "400.002.05");
    let text = post(shop.good_push().to_string(), "text/plain").await.unwrap();
    let text: Value = text.json().await.unwrap();
    assert_eq!(text["errorMessage"], "Bad Request - Invalid BusinessShortCode");
}

#[tokio::test]
async fn a_phone_with_a_prompt_is_locked_until_it_answers() {
    let shop = Shop::open().await;
    shop.accepted(&shop.good_push()).await;
    let (status, answer) = shop.push(&shop.good_push()).await;
    assert_eq!(status, 500);
    assert_eq!(answer["errorCode"], "500.001.1001");
    assert_eq!(
        answer["errorMessage"],
        "Unable to lock subscriber, a transaction is already in process for the current subscriber"
    );
    shop.accepted(&shop.push_to("254110223344")).await;

    let answered = shop.http.post(shop.url("/phones/1/answer")).form_body("answer=cancel").send().await.unwrap();
    assert_eq!(answered.status(), 303);
    shop.accepted(&shop.good_push()).await;
}

/// A form by hand, as a browser sends it.
pub trait FormBody {
    fn form_body(self, body: &'static str) -> Self;
}

impl FormBody for reqwest::RequestBuilder {
    fn form_body(self, body: &'static str) -> Self {
        self.header("content-type", "application/x-www-form-urlencoded").body(body)
    }
}

#[tokio::test]
async fn ten_pushes_to_one_phone_at_the_same_time_show_one_prompt() {
    let shop = Shop::open().await;
    let push = shop.good_push();
    let send = || async { shop.push(&push).await.0.as_u16() };
    let mut all: [u16; 10] =
        tokio::join!(send(), send(), send(), send(), send(), send(), send(), send(), send(), send()).into();
    all.sort_unstable();
    assert_eq!(all, [200, 500, 500, 500, 500, 500, 500, 500, 500, 500]);
}

#[tokio::test]
async fn a_paid_prompt_calls_back_in_the_providers_types() {
    let mut shop = Shop::open().await;
    shop.script(json!({ "result_code": 0 })).await;
    let (_, accepted) = shop.push(&shop.good_push()).await;
    let callback = shop.callback().await;
    assert_eq!(callback.headers["content-type"], "application/json;charset=UTF-8");
    assert_eq!(callback.headers["businessshortcode"], "509731");
    assert!(callback.text.contains(r#"{"Name":"Amount","Value":1450.00}"#), "{}", callback.text);
    assert!(callback.text.contains(r#"{"Name":"Balance"}"#), "{}", callback.text);
    assert!(callback.text.contains(r#"{"Name":"PhoneNumber","Value":254711223344}"#), "{}", callback.text);
    let stk = callback.stk();
    assert_eq!(stk["MerchantRequestID"], accepted["MerchantRequestID"]);
    assert_eq!(stk["CheckoutRequestID"], accepted["CheckoutRequestID"]);
    assert_eq!(stk["ResultCode"], json!(0));
    assert_eq!(stk["ResultDesc"], "The service request is processed successfully.");
    let items = stk["CallbackMetadata"]["Item"].as_array().unwrap();
    let names: Vec<&str> = items.iter().map(|item| item["Name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Amount", "MpesaReceiptNumber", "Balance", "TransactionDate", "PhoneNumber"]);
    assert_eq!(items[1]["Value"].as_str().unwrap().len(), 10);
    assert_eq!(items[3]["Value"].as_u64().unwrap().to_string().len(), 14);
}

#[tokio::test]
async fn a_failed_prompt_calls_back_without_metadata() {
    let mut shop = Shop::open().await;
    for (code, on_the_wire) in
        [(json!(1032), json!(1032)), (json!("1"), json!(1)), (json!("SFC_IC0003"), json!("SFC_IC0003"))]
    {
        shop.script(json!({ "result_code": code })).await;
        shop.accepted(&shop.good_push()).await;
        let stk = shop.callback().await.stk();
        assert_eq!(stk["ResultCode"], on_the_wire);
        assert_eq!(stk.get("CallbackMetadata"), None);
    }
}

#[tokio::test]
async fn a_till_takes_money_under_its_own_number_and_a_misfit_paybill_does_not() {
    let mut shop = Shop::open().await;
    shop.script(json!({ "result_code": 0 })).await;
    let mut push = shop.good_push();
    push["PartyB"] = "7654321".into();
    shop.accepted(&push).await;
    assert_eq!(shop.callback().await.stk()["ResultCode"], json!(2028));
    push["TransactionType"] = "CustomerBuyGoodsOnline".into();
    shop.accepted(&push).await;
    assert_eq!(shop.callback().await.stk()["ResultCode"], json!(0));
}

#[tokio::test]
async fn a_till_that_signs_with_its_own_number_is_no_merchant() {
    let shop = Shop::open().await;
    let mut push = shop.good_push();
    push["TransactionType"] = "CustomerBuyGoodsOnline".into();
    for kind in ["CustomerBuyGoodsOnline", "CustomerPayBillOnline"] {
        // The first makes the sandbox know 7654321 as a till of the store 509731.
        if kind == "CustomerPayBillOnline" {
            push["PartyB"] = "7654321".into();
            shop.accepted(&push).await;
            push["BusinessShortCode"] = "7654321".into();
            push["Password"] = STANDARD.encode("7654321passkey20260402143005").into();
        }
        push["TransactionType"] = kind.into();
        let (status, answer) = shop.push(&push).await;
        assert_eq!((status.as_u16(), &answer["errorMessage"]), (500, &json!("Merchant does not exist")), "{kind}");
        push["TransactionType"] = "CustomerBuyGoodsOnline".into();
    }
}

#[tokio::test]
async fn a_callback_may_hide_the_number_or_leave_it_out() {
    let mut shop = Shop::open().await;
    for (word, expected) in
        [("masked", r#"{"Name":"PhoneNumber","Value":"2547 ***** 344"}"#), ("missing", r#"{"Name":"PhoneNumber"}"#)]
    {
        shop.script(json!({ "result_code": 0, "phone_number": word })).await;
        shop.accepted(&shop.good_push()).await;
        let text = shop.callback().await.text;
        assert!(text.contains(expected), "{text}");
    }
}

#[tokio::test]
async fn a_prompt_that_failed_may_be_paid_late() {
    let mut shop = Shop::open().await;
    shop.script(json!({ "result_code": 1037, "late_payment_ms": 300 })).await;
    let id = shop.accepted(&shop.good_push()).await;
    assert_eq!(shop.callback().await.stk()["ResultCode"], json!(1037));
    assert_eq!(shop.callback().await.stk()["ResultCode"], json!(0));
    assert_eq!(shop.query(&id).await.1["ResultCode"], "0");
    assert!(shop.is_quiet());
}

#[tokio::test]
async fn what_is_not_there_is_refused_in_the_providers_envelope() {
    let shop = Shop::open().await;
    let answer = shop.post("/daraja/mpesa/b2c/v3/paymentrequest", &json!({})).await;
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.json::<Value>().await.unwrap()["errorCode"], "404.001.01");
    let answer = shop.http.get(shop.url("/daraja/mpesa/stkpush/v1/processrequest")).send().await.unwrap();
    assert_eq!(answer.status(), 405);
    assert_eq!(answer.json::<Value>().await.unwrap()["errorCode"], "405.001");
}
