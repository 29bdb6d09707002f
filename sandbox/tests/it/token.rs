//! Access tokens: shapes, refusals, and that a new one ends the old one.

use serde_json::{Value, json};

use crate::shop::Shop;

#[tokio::test]
async fn a_token_has_28_characters_and_its_life_is_written_as_text() {
    let shop = Shop::open().await;
    let answer: Value = shop.ask_token("key", "secret").await.json().await.unwrap();
    assert_eq!(answer["access_token"].as_str().unwrap().len(), 28);
    assert_eq!(answer["expires_in"], json!("3599"));
}

#[tokio::test]
async fn a_wrong_secret_is_answered_with_400_and_nothing_else() {
    let shop = Shop::open().await;
    for (key, secret) in [("key", "wrong"), ("key", ""), ("", "secret")] {
        let answer = shop.ask_token(key, secret).await;
        assert_eq!(answer.status(), 400);
        assert_eq!(answer.text().await.unwrap(), "");
    }
}

#[tokio::test]
async fn a_wrong_grant_type_and_a_wrong_scheme_have_their_own_codes() {
    let shop = Shop::open().await;
    let url = shop.url("/daraja/oauth/v1/generate?grant_type=password");
    let answer = shop.http.get(url).basic_auth("key", Some("secret")).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(answer.json::<Value>().await.unwrap()["errorCode"], "400.008.02");

    let url = shop.url("/daraja/oauth/v1/generate?grant_type=client_credentials");
    let answer = shop.http.get(url).bearer_auth("key").send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(answer.json::<Value>().await.unwrap()["errorCode"], "400.008.01");
}

#[tokio::test]
async fn a_new_token_ends_the_one_before_of_the_same_key_only() {
    let mut shop = Shop::open().await;
    let other = shop.new_token("another key").await;
    let newer = shop.new_token("key").await;

    let (status, answer) = shop.push(&shop.good_push()).await;
    assert_eq!(status, 404);
    assert_eq!(answer["errorCode"], "404.001.03");
    assert_eq!(answer["errorMessage"], "Invalid Access Token");
    assert_eq!(answer["requestId"].as_str().unwrap().len(), 32);

    for (token, phone) in [(newer, "254711223344"), (other, "254722334455")] {
        shop.token = token;
        shop.accepted(&shop.push_to(phone)).await;
    }
}

#[tokio::test]
async fn a_request_without_a_token_is_refused() {
    let shop = Shop::open().await;
    let url = shop.url("/daraja/mpesa/stkpush/v1/processrequest");
    let answer = shop.http.post(url).json(&shop.good_push()).send().await.unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.json::<Value>().await.unwrap()["errorCode"], "404.001.04");
}
