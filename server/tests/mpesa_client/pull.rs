//! The list of received money: registering for it, asking page by page, and agreeing with what was paid.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use duka::{
    kernel::money::Money,
    payments::providers::mpesa::{AskRefused, Certificate, Daraja, DarajaSettings, PULL_PAGE, PullMethod, Registered},
};
use serde_json::json;

use crate::world::{World, now, paybill, request};

const CALLBACK: &str = "https://duka.example/hooks/pull/6a0e";

async fn registered() -> World {
    let world = World::new().await;
    world.control("clock", json!({ "now": now() })).await;
    let done = world.daraja.register_pull(&paybill(), "0711000111", CALLBACK).await;
    assert_eq!(done, Ok(Registered::Now));
    world
}

fn hours(count: i64) -> DateTime<Utc> {
    now() + TimeDelta::hours(count)
}

async fn pay(world: &World, number: &str, amount: u32) -> String {
    let payment =
        json!({ "short_code": number, "kind": "paybill", "account": "1001", "amount": amount, "phone": "0711223344" });
    world.pay_by_hand(payment).await.0
}

#[tokio::test]
async fn the_list_has_money_by_hand_and_money_by_prompt_and_nobody_elses() {
    let mut world = registered().await;
    let by_hand = pay(&world, "509731", 50).await;
    pay(&world, "509732", 60).await;
    world.control("mpesa", json!({ "result_code": 0 })).await;
    let mut push = request("254711223344");
    push.callback_url = world.hook("/hooks/pay/9f1c").await;
    world.daraja.push(&paybill(), push).await.unwrap();
    world.posted().await;

    let page = world.daraja.pull(&paybill(), hours(-2), hours(1), 0).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(page.is_last && page.unreadable == 0 && !page.raw.is_empty());
    let rows: Vec<_> = page.transactions.iter().map(|row| (row.amount, row.account.as_deref())).collect();
    assert_eq!(rows, [(Money::shillings(50), Some("1001")), (Money::shillings(1450), Some("1001"))]);
    let first = &page.transactions[0];
    assert_eq!(first.receipt, by_hand);
    assert_eq!(first.paid_by.phone().unwrap().msisdn(), "254711223344");
    let age = first.at.unwrap() - now();
    assert!((TimeDelta::zero()..TimeDelta::minutes(2)).contains(&age), "{age}");
}

#[tokio::test]
async fn a_long_list_comes_in_pages_of_a_hundred() {
    let world = registered().await;
    let mut paid = HashSet::new();
    for amount in 1..=130 {
        paid.insert(pay(&world, "509731", amount).await);
    }
    let mut seen = HashSet::new();
    let mut offset = 0;
    loop {
        let page = world.daraja.pull(&paybill(), hours(-1), hours(1), offset).await;
        let page = page.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(page.transactions.len(), if offset == 0 { 100 } else { 30 });
        seen.extend(page.transactions.into_iter().map(|row| row.receipt));
        if page.is_last {
            break;
        }
        offset += PULL_PAGE;
    }
    assert_eq!((offset, seen), (100, paid));
}

#[tokio::test]
async fn only_the_last_two_days_are_listed() {
    let world = registered().await;
    pay(&world, "509731", 50).await;
    world.control("clock", json!({ "now": hours(47) })).await;
    let listed = async || {
        let page = world.daraja.pull(&paybill(), hours(-1), hours(60), 0).await;
        page.unwrap_or_else(|error| panic!("{error}")).transactions.len()
    };
    assert_eq!(listed().await, 1);
    world.control("clock", json!({ "now": hours(49) })).await;
    assert_eq!(listed().await, 0);
}

#[tokio::test]
async fn registering_again_is_known_and_without_it_nothing_is_listed() {
    let world = registered().await;
    let again = world.daraja.register_pull(&paybill(), "0711000111", CALLBACK).await;
    assert_eq!(again, Ok(Registered::Before));
    let fresh = World::new().await;
    let refused = fresh.daraja.pull(&paybill(), hours(-1), now(), 0).await.err();
    let reason = "400.001 Shortcode not registered for pull (status 400)".to_owned();
    assert_eq!(refused, Some(AskRefused::Refused { code: "400.001".to_owned(), reason }));
}

#[tokio::test]
async fn the_list_can_be_asked_for_with_get() {
    let world = registered().await;
    pay(&world, "509731", 50).await;
    let daraja = Daraja::open(DarajaSettings {
        pull_method: PullMethod::Get,
        certificate: Some(Certificate::read(sandbox::CERTIFICATE.as_bytes()).unwrap()),
        ..DarajaSettings::at(&world.sandbox.daraja_url())
    });
    let page = daraja.pull(&paybill(), hours(-1), hours(1), 0).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(page.transactions.len(), 1);
}

#[tokio::test]
async fn faults_of_the_list_are_told_apart_from_an_empty_one() {
    let world = registered().await;
    let pull = async || world.daraja.pull(&paybill(), hours(-1), hours(1), 0).await.err();
    for kind in ["refuse", "500", "garbage"] {
        world.fault(kind, 1).await;
        assert_eq!(pull().await, Some(AskRefused::Unknown), "{kind}");
    }
    world.fault("expired_token", 2).await;
    assert!(matches!(pull().await, Some(AskRefused::NotSent(_))));
    assert_eq!(pull().await, None);
}
