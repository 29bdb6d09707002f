//! The door for events: what is signed is kept, what is not is nothing.

use crate::{
    till::{KILIMANIS_KEY, NJERIS_KEY, Till, charge, until},
    world::NJERI,
};
use axum::body::Body;
use duka::{kernel::token::Token, payments::providers::paystack::sign};
use http::{Request, StatusCode, header};
use serde_json::json;

const KEPT: &str = "select count(*) from mpesa_callbacks_raw";

#[tokio::test]
async fn a_forged_signature_is_turned_away_and_kept_nowhere() {
    let till = Till::open().await;
    let bought = till.buy().await;
    let hook = till.hook(&till.world.njeri).await;
    let body = charge(&bought.reference);
    let spaced = body.replacen(':', ": ", 1);
    let signatures = [
        String::new(),
        "0".repeat(128),
        sign(KILIMANIS_KEY, body.as_bytes()),
        sign(NJERIS_KEY, spaced.as_bytes()),
        sign("", body.as_bytes()),
        sign(NJERIS_KEY, body.as_bytes()).replace('a', "b"),
    ];
    for signature in signatures {
        let answer = till.post_event(&hook, &body, &signature).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{signature}");
    }
    let unknown = format!("/hooks/card/{}", Token::random().hex());
    for wrong in [unknown.as_str(), "/hooks/card/short"] {
        let answer = till.post_event(wrong, &body, &sign(NJERIS_KEY, body.as_bytes())).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let elsewhere = Request::post(&hook).header(header::HOST, NJERI).body(Body::from(body.clone())).unwrap();
    assert_eq!(till.world.send(elsewhere).await.status, StatusCode::NOT_FOUND, "hooks are the platform's");
    let large = "x".repeat(70_000);
    let answer = till.post_event(&hook, &large, &sign(NJERIS_KEY, large.as_bytes())).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(till.world.count(KEPT).await, 0);
    till.nothing_was_fulfilled().await;
}

#[tokio::test]
async fn the_providers_own_signature_over_its_own_spacing_is_taken() {
    let till = Till::open().await;
    let hook = till.hook(&till.world.njeri).await;
    let body = "{ \"event\" : \"charge.success\",\n \"data\": {\"reference\":\"d-nobody\"} }\r\n";
    let answer = till.post_event(&hook, body, &sign(NJERIS_KEY, body.as_bytes())).await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "{\"received\":true}"));
    assert_eq!(till.text("select raw_body from mpesa_callbacks_raw").await, body, "as it came");
}

#[tokio::test]
async fn a_signature_with_another_key_from_the_stand_in_is_turned_away() {
    let till = Till::open().await;
    let mut heard = till.listen_for_events().await;
    till.script(json!({ "bad_signature": true, "webhooks": 2 })).await;
    let bought = till.buy().await;
    till.press(&bought, "pay").await;
    until(&mut heard, 2).await;
    assert_eq!(till.world.count(KEPT).await, 0);
    till.nothing_was_fulfilled().await;
}

#[tokio::test]
async fn what_is_signed_and_cannot_be_read_is_kept_and_changes_nothing() {
    let till = Till::open().await;
    till.buy().await;
    let hook = till.hook(&till.world.njeri).await;
    let bodies = [
        ("not json", "malformed"),
        ("{}", "malformed"),
        (r#"{"event":"charge.success"}"#, "malformed"),
        (r#"{"event":"charge.success","data":{"reference":"d-nobody"}}"#, "unknown_reference"),
        (r#"{"event":"charge.dispute.create","data":{}}"#, "not_for_us"),
    ];
    for (body, outcome) in bodies {
        assert_eq!(till.post_event(&hook, body, &sign(NJERIS_KEY, body.as_bytes())).await.status, StatusCode::OK);
        till.work().await;
        let said = till.text("select outcome from mpesa_callbacks_raw order by received_at desc limit 1").await;
        assert_eq!(said, outcome, "{body}");
    }
    till.nothing_was_fulfilled().await;
}

#[tokio::test]
async fn money_that_a_cards_bank_asks_back_waits_for_a_person_once() {
    let till = Till::open().await;
    till.script(json!({ "drop_webhook": true })).await;
    let bought = till.buy().await;
    let hook = till.hook(&till.world.njeri).await;
    let tell = async |word: &str, reference: &str| {
        let told = json!({ "event": format!("charge.dispute.{word}"), "data": { "id": 7, "transaction": { "reference": reference } } });
        let body = told.to_string();
        assert_eq!(till.post_event(&hook, &body, &sign(NJERIS_KEY, body.as_bytes())).await.status, StatusCode::OK);
        till.work().await;
        till.text("select outcome from mpesa_callbacks_raw order by received_at desc limit 1").await
    };
    assert_eq!(
        tell("create", &bought.reference).await,
        "unknown_reference",
        "nothing was paid that could be asked back"
    );
    till.press(&bought, "pay").await;
    till.tell(&bought).await;
    till.work().await;
    till.is_paid_once().await;
    assert_eq!(tell("create", "d-nobody").await, "unknown_reference");
    for word in ["create", "remind"] {
        assert_eq!(tell(word, &bought.reference).await, "disputed");
    }
    assert_eq!(tell("resolve", &bought.reference).await, "not_for_us", "what came of it the person says");
    let gap = till
        .text("select concat_ws(' ', kind, receipt, listed_cents is null, closed_at is null) from close_gaps")
        .await;
    assert_eq!(gap, format!("disputed {} t t", bought.reference));
    assert_eq!(till.world.count("select count(*) from close_gaps").await, 1);
    till.is_paid_once().await;
}

#[tokio::test]
async fn an_event_is_never_acknowledged_when_it_is_not_stored() {
    let till = Till::open().await;
    let (hook, body) = (till.hook(&till.world.njeri).await, charge("d-1"));
    till.world.app.platform.db.close().await;
    let answer = till.post_event(&hook, &body, &sign(NJERIS_KEY, body.as_bytes())).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
}

#[tokio::test]
async fn an_event_that_cannot_be_confirmed_yet_is_read_again() {
    let till = Till::open().await;
    till.script(json!({ "drop_webhook": true })).await;
    let bought = till.buy().await;
    till.press(&bought, "pay").await;
    till.tell(&bought).await;
    till.fault("500", 1).await;
    till.work().await;
    till.nothing_was_fulfilled().await;
    assert_eq!(till.world.count("select count(*) from mpesa_callbacks_raw where processed_at is null").await, 1);
    till.world.sql("update graphile_worker._private_jobs set run_at = now()").await;
    till.work().await;
    till.is_paid_once().await;
}
