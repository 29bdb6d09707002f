//! Money paid by hand: registering, being asked, being told, and what the notification says.

use duka::{
    kernel::{money::Money, phone::Phone},
    payments::providers::mpesa::{
        AccountKind, AskRefused, Credentials, NotificationHooks, NotificationKind, Registered, ValidationRefusal,
        read_notification, validation_answer,
    },
};
use serde_json::{Value, json};

use crate::world::{World, now, paybill, request};

async fn registered(credentials: &Credentials) -> World {
    let mut world = World::new().await;
    let (confirmation, validation) =
        (world.hook("/hooks/c2b/6a0e/confirmation").await, world.hook("/hooks/c2b/6a0e/validation").await);
    let hooks = NotificationHooks { confirmation_url: &confirmation, validation_url: &validation };
    assert_eq!(world.daraja.register_urls(credentials, hooks).await, Ok(Registered::Now));
    world
}

fn by_hand() -> Value {
    json!({ "short_code": "509731", "kind": "paybill", "account": "ord-1001", "amount": 1450, "phone": "0711223344" })
}

#[tokio::test]
async fn a_payment_by_hand_is_asked_about_and_then_told_of() {
    let mut world = registered(&paybill()).await;
    world.hooks_answer(&validation_answer(Ok(Some("PMT-77120"))));
    let (receipt, refused) = world.pay_by_hand(by_hand()).await;
    assert_eq!(refused, None);

    let (path, body) = world.posted().await;
    assert_eq!(path, "/hooks/c2b/6a0e/validation");
    let asked = read_notification(&body).unwrap();
    assert_eq!((asked.receipt.as_str(), asked.third_party_id), (receipt.as_str(), None));

    let (path, body) = world.posted().await;
    assert_eq!(path, "/hooks/c2b/6a0e/confirmation");
    let told = read_notification(&body).unwrap();
    assert_eq!(told.receipt, receipt);
    assert_eq!(told.kind, NotificationKind::PayBill);
    assert_eq!(told.amount, Money::shillings(1450));
    assert_eq!(told.short_code, "509731");
    assert_eq!(told.account.as_deref(), Some("ord-1001"));
    assert_eq!(told.third_party_id.as_deref(), Some("PMT-77120"));
    assert!(told.at.is_some() && told.paid_by.name.is_some());
    assert!(told.paid_by.number.unwrap().may_be(&Phone::parse("0711223344").unwrap()));
    assert!(world.is_quiet());
}

#[tokio::test]
async fn what_the_shop_refuses_moves_no_money() {
    let mut world = registered(&paybill()).await;
    for refusal in ValidationRefusal::ALL {
        world.hooks_answer(&validation_answer(Err(refusal)));
        assert_eq!(world.pay_by_hand(by_hand()).await.1.as_deref(), Some(refusal.code()));
        assert_eq!(world.posted().await.0, "/hooks/c2b/6a0e/validation");
    }
    assert!(world.is_quiet());
}

#[tokio::test]
async fn a_shop_that_does_not_answer_gets_the_money_all_the_same() {
    let mut world = registered(&paybill()).await;
    world.hooks_answer("<html>");
    assert_eq!(world.pay_by_hand(by_hand()).await.1, None);
    assert_eq!(world.posted().await.0, "/hooks/c2b/6a0e/validation");
    assert_eq!(world.posted().await.0, "/hooks/c2b/6a0e/confirmation");
}

#[tokio::test]
async fn news_can_be_lost_and_come_twice() {
    let mut world = registered(&paybill()).await;
    let mut lost = by_hand();
    lost["drop"] = json!(true);
    world.pay_by_hand(lost).await;
    assert_eq!(world.posted().await.0, "/hooks/c2b/6a0e/validation");
    assert!(world.is_quiet());
    let mut twice = by_hand();
    twice["confirmations"] = json!(2);
    world.pay_by_hand(twice).await;
    assert_eq!(world.posted().await.0, "/hooks/c2b/6a0e/validation");
    let (first, second) = (world.posted().await, world.posted().await);
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_till_registers_its_own_number_and_has_no_account() {
    let till = Credentials {
        kind: AccountKind::Till,
        short_code: "600210".to_owned(),
        till_number: Some("7654321".to_owned()),
        ..paybill()
    };
    let mut world = registered(&till).await;
    assert_eq!(world.last_sent("registerurl").await["ShortCode"], "7654321");
    let payment = json!({ "short_code": "7654321", "kind": "till", "amount": 50, "phone": "0711223344" });
    world.pay_by_hand(payment).await;
    world.posted().await;
    let told = read_notification(&world.posted().await.1).unwrap();
    assert_eq!((told.kind, told.account, told.short_code.as_str()), (NotificationKind::BuyGoods, None, "7654321"));
}

#[tokio::test]
async fn a_prompt_that_was_paid_may_be_told_of_as_money_by_hand_too() {
    let mut world = registered(&paybill()).await;
    world.control("mpesa", json!({ "result_code": 0, "drop_callback": true, "confirmation": true })).await;
    world.daraja.push(&paybill(), request("254711223344")).await.unwrap();
    let (path, body) = world.posted().await;
    assert_eq!(path, "/hooks/c2b/6a0e/confirmation");
    let told = read_notification(&body).unwrap();
    assert_eq!((told.account.as_deref(), told.amount), (Some("1001"), Money::shillings(1450)));
}

#[tokio::test]
async fn addresses_with_forbidden_words_are_refused_with_the_providers_code() {
    let world = World::new().await;
    let hooks = NotificationHooks {
        confirmation_url: "https://duka.example/mpesa/confirmation",
        validation_url: "https://duka.example/validation",
    };
    let reason = "400.002.02 Bad Request - Invalid ConfirmationURL (status 400)".to_owned();
    let refused = AskRefused::Refused { code: "400.002.02".to_owned(), reason };
    assert_eq!(world.daraja.register_urls(&paybill(), hooks).await, Err(refused));
}

#[tokio::test]
async fn faults_of_registering_say_whether_it_can_be_repeated() {
    let world = World::new().await;
    let hooks = NotificationHooks {
        confirmation_url: "https://duka.example/hooks/confirmation",
        validation_url: "https://duka.example/hooks/validation",
    };
    world.fault("500", 1).await;
    let refused = world.daraja.register_urls(&paybill(), hooks).await;
    assert!(matches!(refused, Err(AskRefused::NotSent(_))), "the token was not given: {refused:?}");
    world.query("warm up").await.unwrap();
    for kind in ["refuse", "500", "garbage"] {
        world.fault(kind, 1).await;
        assert_eq!(world.daraja.register_urls(&paybill(), hooks).await, Err(AskRefused::Unknown), "{kind}");
    }
    world.fault("expired_token", 1).await;
    assert_eq!(world.daraja.register_urls(&paybill(), hooks).await, Ok(Registered::Now));
    let wrong = Credentials { consumer_secret: "wrong".to_owned(), ..paybill() };
    let keys = AskRefused::BadSettings("the consumer key or secret is not accepted".to_owned());
    assert_eq!(world.daraja.register_urls(&wrong, hooks).await, Err(keys));
    assert!(world.daraja.query(&paybill(), "ws_CO_1", now()).await.is_ok());
}
