//! What a story of money needs beyond a shop: the provider's list, people who pay by hand, and its clock.

use super::story::Story;
use chrono::TimeDelta;
use duka::{
    checkout::{
        close::{ClosedDay, close_due, close_now, pull_recent},
        land_money::{Arrived, Landed, Payer, ReceivedBy, land},
        place_order::Placed,
        settle_payment::Source,
    },
    ctx::Ctx,
    kernel::{
        access::Actor,
        id::{MpesaAccountId, OrderId, PaymentId},
        money::Money,
    },
    payments::providers::mpesa::AccountKind,
};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

/// The kinds of account that a story can have.
pub const KINDS: [AccountKind; 2] = [AccountKind::Paybill, AccountKind::Till];

/// The number that people pay to by hand.
pub fn number(story: &Story) -> String {
    story.credentials("secret").receiving_number().to_owned()
}

/// The program itself in the story's shop.
pub fn program(story: &Story) -> Ctx {
    Ctx::new(story.platform.clone(), story.tenant(), Actor::Program)
}

/// The merchant has asked for the account's list.
pub async fn ask_for_list(story: &Story) {
    let hook = format!("{}/hooks/pull/{}", story.platform.base_url, "ab".repeat(32));
    story.platform.daraja.register_pull(&story.credentials("secret"), "0711000111", &hook).await.unwrap();
    story.write("update mpesa_accounts set pull_registered_at = now()").await;
}

pub async fn control(story: &Story, what: &str, body: &Value) -> reqwest::Response {
    story.http().post(format!("{}/control/{what}", story.sandbox.base_url)).json(body).send().await.unwrap()
}

/// Somebody pays by hand and nobody tells us. At a till there is no account to type. Answers with the receipt.
pub async fn pay_unheard(story: &Story, shillings: i64, account: &str) -> String {
    let (kind, account) = match story.kind {
        AccountKind::Paybill => ("paybill", account),
        AccountKind::Till => ("till", ""),
    };
    let paid = json!({ "short_code": number(story), "amount": shillings, "account": account, "phone": "0722000111", "kind": kind, "drop": true });
    let answer: Value = control(story, "pay", &paid).await.json().await.unwrap();
    answer["receipt"].as_str().unwrap().to_owned()
}

/// Time goes on, for us and for the provider.
pub async fn advance(story: &Story, by: TimeDelta) {
    story.platform.clock.advance(by);
    let answer = control(story, "clock", &json!({ "now": story.platform.clock.now() })).await;
    assert_eq!(answer.status(), 204);
}

/// So many payments have arrived at the paybill.
pub async fn until_arrived(story: &Story, count: usize) {
    let end = tokio::time::Instant::now() + Duration::from_secs(20);
    let now = story.platform.clock.now();
    let credentials = story.credentials("secret");
    loop {
        let day = TimeDelta::days(1);
        let page = story.platform.daraja.pull(&credentials, now - day, now + day, 0).await.unwrap();
        if page.transactions.len() >= count {
            return;
        }
        assert!(tokio::time::Instant::now() < end, "{} of {count} have arrived", page.transactions.len());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The quarter of an hour's reading of the list. The story's clock stands still and the provider's goes on, so ours is
/// put forward first.
pub async fn pull(story: &Story) {
    advance(story, TimeDelta::minutes(1)).await;
    let account = MpesaAccountId::from(Uuid::from_u128(1));
    pull_recent(&story.platform, story.tenant(), account).await.unwrap();
}

pub async fn close(story: &Story) -> Vec<ClosedDay> {
    close_due(&program(story)).await.unwrap()
}

/// Yesterday and what is due, at once.
pub async fn close_all(story: &Story) -> Vec<ClosedDay> {
    advance(story, TimeDelta::minutes(1)).await;
    close_now(&program(story)).await.unwrap()
}

/// Money that the provider told of by itself.
pub async fn arrive(story: &Story, receipt: &str, shillings: i64, order: Option<OrderId>) -> Landed {
    let arrived = Arrived {
        method: match story.kind {
            AccountKind::Paybill => ReceivedBy::MpesaPaybill,
            AccountKind::Till => ReceivedBy::MpesaTill,
        },
        source: Source::C2b,
        receipt: Some(receipt.to_owned()),
        amount: Money::shillings(shillings),
        order,
        short_code: Some(number(story)),
        typed_account: Some("by hand".to_owned()),
        payer: Payer::default(),
        at: story.platform.clock.now(),
    };
    land(&program(story), arrived).await.unwrap()
}

/// An order whose prompt is out and will not be answered to us.
pub async fn prompted_in_silence(story: &Story, result_code: i64) -> Placed {
    story.script(json!({ "result_code": result_code, "drop_callback": true })).await;
    let placed = story.buy(1).await;
    story.until_answered().await;
    placed
}

pub async fn status_of(story: &Story, order: OrderId) -> (String, String) {
    story.row(&format!("select status, payment_status from orders where id = '{order}'")).await
}

/// `place amount` of where a payment's money stands, in shillings.
pub async fn places_of(story: &Story, payment: PaymentId) -> String {
    story
        .row::<(Option<String>,)>(&format!(
            "select string_agg(place || ' ' || cents / 100, ', ' order by place)
             from (select place, sum(amount_cents)::bigint as cents from ledger_entries where payment_id = '{payment}' and place <> 'outside' group by place having sum(amount_cents) <> 0) p"
        ))
        .await
        .0
        .unwrap_or_default()
}
