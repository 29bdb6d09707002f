//! Prompts: pushes, queries, every fault, and tokens that end.

use std::time::Duration;

use duka::payments::providers::mpesa::{
    AccountKind, Credentials, Daraja, PushRefused, PushRequest, QueryAnswer, QueryFailed,
};
use serde_json::{Value, json};

use crate::world::{PHONE, World, now, paybill, request};

#[tokio::test]
async fn a_push_is_accepted_and_the_query_follows_it_to_its_end() {
    let world = World::new().await;
    world.control("mpesa", json!({ "result_code": 1032, "delay_ms": 1500, "drop_callback": true })).await;
    let accepted = world.push().await.unwrap();
    assert!(accepted.checkout_request_id.starts_with("ws_CO_"));
    assert_eq!(world.query(&accepted.checkout_request_id).await, Ok(QueryAnswer::Open));
    let done = QueryAnswer::Done { result_code: "1032".to_owned(), desc: "Request cancelled by user".to_owned() };
    assert_eq!(world.final_query(&accepted.checkout_request_id).await, done);
    let received = world.received().await;
    assert_eq!(received[..3], ["generate", "processrequest", "query"]);
    assert!(received[3..].iter().all(|path| path == "query"), "one token serves all: {received:?}");
}

#[tokio::test]
async fn every_result_code_reaches_the_caller_as_text() {
    let world = World::new().await;
    for code in ["0", "1", "17", "1001", "1019", "1025", "1037", "2001", "2028", "8006", "SFC_IC0003", "31337"] {
        world.control("mpesa", json!({ "result_code": code, "drop_callback": true })).await;
        let accepted = world.push().await.unwrap();
        match world.final_query(&accepted.checkout_request_id).await {
            QueryAnswer::Done { result_code, .. } => assert_eq!(result_code, code),
            other => panic!("{code}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_till_pays_the_till_and_signs_with_the_store_number() {
    let world = World::new().await;
    let till = Credentials { kind: AccountKind::Till, till_number: Some("7654321".to_owned()), ..paybill() };
    world.daraja.push(&till, request(PHONE)).await.unwrap();
    let url = format!("{}/control/requests?provider=mpesa", world.sandbox.base_url);
    let list: Vec<Value> = world.http.get(url).send().await.unwrap().json().await.unwrap();
    let body = &list[1]["body"];
    assert_eq!(body["TransactionType"], "CustomerBuyGoodsOnline");
    assert_eq!(body["BusinessShortCode"], "509731");
    assert_eq!(body["PartyB"], "7654321");
    assert_eq!(body["Amount"], json!(1450));
    assert_eq!(body["Timestamp"], "20260402143005");
    assert_eq!(body["TransactionDesc"], "Order 1001 of");

    let nameless = Credentials { till_number: None, ..till };
    let refused = world.daraja.push(&nameless, request(PHONE)).await;
    assert_eq!(refused, Err(PushRefused::BadSettings("the till number is missing".to_owned())));
}

#[tokio::test]
async fn a_bad_request_never_leaves_this_machine() {
    let world = World::new().await;
    for (spoil, reason) in [
        ((145_050, PHONE, "1001"), "M-Pesa moves whole shillings only"),
        ((0, PHONE, "1001"), "M-Pesa moves 1 to 250,000 shillings at a time"),
        ((-100, PHONE, "1001"), "M-Pesa moves 1 to 250,000 shillings at a time"),
        ((25_000_100, PHONE, "1001"), "M-Pesa moves 1 to 250,000 shillings at a time"),
        ((100, "0711223344", "1001"), "the phone number is no Kenyan mobile number"),
        ((100, PHONE, ""), "the account reference has 1 to 12 characters"),
        ((100, PHONE, "1234567890123"), "the account reference has 1 to 12 characters"),
    ] {
        let bad = PushRequest { amount_cents: spoil.0, account_reference: spoil.2.to_owned(), ..request(spoil.1) };
        assert_eq!(world.daraja.push(&paybill(), bad).await, Err(PushRefused::BadRequest(reason.to_owned())));
    }
    assert_eq!(world.received().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_second_prompt_on_the_same_phone_is_locked() {
    let world = World::new().await;
    world.push().await.unwrap();
    assert_eq!(world.push().await, Err(PushRefused::Locked));
    world.daraja.push(&paybill(), request("254110223344")).await.unwrap();
}

#[tokio::test]
async fn an_unknown_prompt_has_no_answer() {
    let world = World::new().await;
    assert_eq!(world.query("ws_CO_02042026143006218711223344").await, Ok(QueryAnswer::NoAnswer));
}

#[tokio::test]
async fn wrong_keys_and_refused_addresses_are_told_apart() {
    let world = World::new().await;
    let wrong = Credentials { consumer_secret: "wrong".to_owned(), ..paybill() };
    let keys = "the consumer key or secret is not accepted".to_owned();
    assert_eq!(world.daraja.push(&wrong, request(PHONE)).await, Err(PushRefused::BadSettings(keys.clone())));
    assert_eq!(world.daraja.query(&wrong, "ws_CO_1", now()).await, Err(QueryFailed::BadSettings(keys)));

    let forbidden = PushRequest { callback_url: "https://duka.example/mpesa".to_owned(), ..request(PHONE) };
    assert_eq!(
        world.daraja.push(&paybill(), forbidden).await,
        Err(PushRefused::BadRequest("400.002.02 Bad Request - Invalid CallBackURL (status 400)".to_owned()))
    );
}

#[tokio::test]
async fn a_token_that_ended_is_renewed_once_and_the_prompt_is_sent_once() {
    let world = World::new().await;
    world.query("warm up").await.unwrap();
    world.fault("expired_token", 1).await;
    world.push().await.unwrap();
    assert_eq!(world.received().await, ["generate", "query", "processrequest", "generate", "processrequest"]);
}

#[tokio::test]
async fn a_token_that_somebody_else_superseded_is_renewed() {
    let world = World::new().await;
    world.query("warm up").await.unwrap();
    let elsewhere = Daraja::new(&world.sandbox.daraja_url());
    elsewhere.query(&paybill(), "warm up", now()).await.unwrap();
    world.push().await.unwrap();
}

#[tokio::test]
async fn a_token_refused_again_and_again_sends_nothing() {
    let world = World::new().await;
    world.fault("expired_token", 2).await;
    let refused = world.push().await;
    assert!(matches!(refused, Err(PushRefused::NotSent(_))), "{refused:?}");
    world.push().await.unwrap();
}

#[tokio::test]
async fn faults_while_asking_for_the_token_send_nothing() {
    let world = World::new().await;
    for kind in ["refuse", "500", "garbage"] {
        world.fault(kind, 1).await;
        let refused = world.push().await;
        assert!(matches!(refused, Err(PushRefused::NotSent(_))), "{kind}: {refused:?}");
    }
    world.push().await.unwrap();
}

#[tokio::test]
async fn faults_of_the_push_itself_leave_it_unknown_and_are_never_repeated() {
    let world = World::new().await;
    world.query("warm up").await.unwrap();
    for kind in ["refuse", "500", "garbage"] {
        world.fault(kind, 1).await;
        assert_eq!(world.push().await, Err(PushRefused::Unknown), "{kind}");
    }
    let received = world.received().await;
    assert_eq!(received, ["generate", "query", "processrequest", "processrequest", "processrequest"]);
    world.push().await.unwrap();
}

#[tokio::test]
async fn faults_of_the_query_say_nothing_about_the_payment() {
    let world = World::new().await;
    let id = world.push().await.unwrap().checkout_request_id;
    for kind in ["refuse", "500", "garbage"] {
        world.fault(kind, 1).await;
        let failed = world.query(&id).await;
        assert!(matches!(failed, Err(QueryFailed::NotReached(_))), "{kind}: {failed:?}");
    }
    assert_eq!(world.query(&id).await, Ok(QueryAnswer::Open));
}

#[tokio::test]
async fn a_slow_provider_is_waited_for_and_a_hanging_one_is_not() {
    let (slow, hanging) = (World::new().await, World::new().await);
    slow.query("warm up").await.unwrap();
    hanging.query("warm up").await.unwrap();
    slow.fault("slow", 1).await;
    hanging.fault("hang", 1).await;
    let started = std::time::Instant::now();
    let (slow, hanging) = tokio::join!(slow.push(), hanging.push());
    slow.unwrap();
    assert_eq!(hanging, Err(PushRefused::Unknown));
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[tokio::test]
async fn after_five_failures_in_a_row_a_merchants_calls_wait_and_nobody_elses_do() {
    let world = World::new().await;
    world.query("warm up").await.unwrap();
    world.fault("refuse", 5).await;
    for _ in 0..5 {
        assert_eq!(world.push().await, Err(PushRefused::Unknown));
    }
    let asked = world.received().await.len();
    let why = "the provider is left in peace for a while".to_owned();
    assert_eq!(world.push().await, Err(PushRefused::NotSent(why.clone())));
    assert_eq!(world.query("ws_CO_1").await, Err(QueryFailed::NotReached(why.clone())));
    assert_eq!(world.received().await.len(), asked, "nothing leaves this machine");
    let another = Credentials { consumer_key: "another".to_owned(), ..paybill() };
    world.daraja.push(&another, request("254722000111")).await.unwrap();
    assert_eq!(world.push().await, Err(PushRefused::NotSent(why)), "its own rest goes on");
}

#[tokio::test]
async fn refusals_however_many_are_answers_of_a_provider_that_is_well() {
    let world = World::new().await;
    let wrong = Credentials { consumer_secret: "wrong".to_owned(), ..paybill() };
    for _ in 0..8 {
        let refused = world.daraja.push(&wrong, request(PHONE)).await;
        assert!(matches!(refused, Err(PushRefused::BadSettings(_))), "{refused:?}");
    }
    world.push().await.unwrap();
}

#[tokio::test]
async fn a_provider_that_is_not_there_was_never_sent_anything() {
    let world = World::new().await;
    world.query("warm up").await.unwrap();
    let World { sandbox, daraja, .. } = world;
    sandbox.stop().await;
    let refused = daraja.push(&paybill(), request(PHONE)).await;
    assert_eq!(refused, Err(PushRefused::NotSent("no connection".to_owned())));
}

#[tokio::test]
async fn many_at_the_same_time_share_one_token_and_each_rings_its_own_phone() {
    let world = World::new().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..40 {
        let daraja = world.daraja.clone();
        tasks.spawn(async move { daraja.push(&paybill(), request(&format!("2547112233{number:02}"))).await });
    }
    let results = tasks.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 40);
    assert_eq!(world.received().await.iter().filter(|path| *path == "generate").count(), 1);
}

#[test]
fn credentials_hide_their_secrets() {
    let shown = format!("{:?}", paybill());
    assert!(shown.contains("509731"), "{shown}");
    for secret in ["passkey\"", "\"secret", "\"key"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
