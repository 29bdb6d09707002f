//! A paid order is sent back to the card it was paid with: asked of the provider once, whatever happens on the way.

use crate::till::{Bought, NJERIS_KEY, Till};
use chrono::TimeDelta;
use duka::{
    checkout::refunds::{
        ask::ask_refund,
        asked::Asked,
        by_hand::{retry, send_owed},
        check::check_refund,
        send::send_refund,
    },
    ctx::{Ctx, Platform},
    kernel::{
        access::{Actor, Role},
        clock::Clock,
        currency::Currency,
        id::{OrderId, RefundId, UserId},
        money::Money,
    },
    orders::refund_shares::Wanted,
    payments::providers::paystack::{CardCredentials, CardEnvironment, RefundStatus},
};
use serde_json::json;
use std::sync::Arc;

/// Somebody who may send money back.
async fn owner(till: &Till) -> Ctx {
    let (user, tenant) = (UserId::mint(), till.world.njeri.tenant);
    till.world
        .sql(&format!(
            "insert into users (tenant_id, id, email, role) values ('{tenant}', '{user}', '{user}@mama-njeri.test', 'owner')"
        ))
        .await;
    Ctx::new(till.world.app.platform.clone(), tenant, Actor::Member { user, role: Role::Owner })
}

/// A paid order, all of which somebody asks to send back; nothing has reached the provider yet.
async fn asked_back(till: &Till, by_hand: bool) -> (Ctx, Bought, RefundId) {
    let bought = till.buy().await;
    till.press(&bought, "pay").await;
    till.come_back(&bought).await;
    let order = OrderId::parse(&till.text("select id::text from orders").await).unwrap();
    let owner = owner(till).await;
    let asked = Asked {
        refund: RefundId::mint(),
        wanted: Wanted::all(Currency::Kes),
        restock: Vec::new(),
        reason: "the kikoi was torn".into(),
        by_hand,
    };
    let refund = ask_refund(&owner, order, &asked, Money::shillings(1_150)).await.unwrap();
    (owner, bought, refund)
}

impl Till {
    async fn send(&self, refund: RefundId) {
        send_refund(&self.world.app.platform, self.world.njeri.tenant, refund).await.unwrap();
    }

    async fn check(&self, refund: RefundId) {
        check_refund(&self.world.app.platform, self.world.njeri.tenant, refund).await.unwrap();
    }

    /// How often the provider was asked to give money back.
    async fn asked_for(&self) -> usize {
        let received = self.received().await;
        received.iter().filter(|one| one["method"] == "POST" && one["path"] == "/paystack/refund").count()
    }

    async fn until_some_are(&self, bought: &Bought, status: RefundStatus) {
        let keys = CardCredentials { environment: CardEnvironment::Sandbox, secret_key: NJERIS_KEY.to_owned() };
        let client = &self.world.app.platform.paystack;
        let moved = async {
            while !client.refunds_of(&keys, &bought.reference).await.unwrap().iter().any(|one| one.status == status) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), moved).await.expect("the provider moves it");
    }

    /// Of the refund: way, status, failure; then what of it still waits, and where the order's money is.
    async fn refund_stands(&self) -> String {
        self.text(
            "select concat_ws(' ', r.way, r.status, coalesce(r.failure, '-'),
                              coalesce((select sum(e.amount_cents) from ledger_entries e where e.refund_id = r.id), 0), o.payment_status)
             from refunds r join orders o on o.id = r.order_id",
        )
        .await
    }
}

#[tokio::test]
async fn all_of_an_order_goes_back_to_its_card_once_and_the_buyer_is_told() {
    let till = Till::open().await;
    let (_, bought, refund) = asked_back(&till, false).await;
    assert_eq!(till.refund_stands().await, "card pending - 115000 paid");
    till.work().await;
    till.send(refund).await;
    till.send(refund).await;
    assert_eq!(till.asked_for().await, 1, "a job that runs again asks for nothing more");
    till.until_some_are(&bought, RefundStatus::Processed).await;
    till.check(refund).await;
    till.check(refund).await;
    assert_eq!(till.refund_stands().await, "card processed - 0 refunded");
    assert_eq!(till.text("select status from orders").await, "refunded");
    let told = "select string_agg(kind, ' ' order by kind) from mails where kind like 'refund%'";
    assert_eq!(till.text(told).await, "refund_asked refund_sent");
    till.all_is_in_order().await;
}

#[tokio::test]
async fn what_the_bank_did_not_take_is_asked_for_anew_when_somebody_tries_again() {
    let till = Till::open().await;
    till.script(json!({ "refund": "failed" })).await;
    let (owner, bought, refund) = asked_back(&till, false).await;
    till.send(refund).await;
    till.until_some_are(&bought, RefundStatus::Failed).await;
    till.check(refund).await;
    assert_eq!(till.refund_stands().await, "card failed card_failed 115000 paid");
    till.send(refund).await;
    assert_eq!(till.asked_for().await, 1, "what has failed waits for a person");

    till.script(json!({ "refund": "processed" })).await;
    retry(&owner, refund).await.unwrap();
    till.send(refund).await;
    till.until_some_are(&bought, RefundStatus::Processed).await;
    till.check(refund).await;
    assert_eq!(till.asked_for().await, 2);
    assert_eq!(till.refund_stands().await, "card processed - 0 refunded", "the first try's end says nothing of it");
    till.all_is_in_order().await;
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_asked_again_and_after_weeks_a_person_is() {
    let till = Till::open().await;
    till.script(json!({ "refund": "pending" })).await;
    let (_, _, refund) = asked_back(&till, false).await;
    till.fault("refuse", 1).await;
    till.send(refund).await;
    let tries = "select attempts || ' ' || (claimed_at is null)::text from refunds";
    assert_eq!((till.asked_for().await, till.text(tries).await), (0, "1 true".to_owned()));
    till.send(refund).await;
    assert_eq!((till.asked_for().await, till.text(tries).await), (1, "2 false".to_owned()));

    let next = "select (next_check_at is not null and next_check_at > now() + interval '20 days')::text from refunds";
    let on = |days| {
        let clock = Clock::fixed(Clock::system().now() + TimeDelta::days(days));
        Arc::new(Platform { clock, ..(*till.world.app.platform).clone() })
    };
    check_refund(&on(14), till.world.njeri.tenant, refund).await.unwrap();
    assert_eq!(till.refund_stands().await, "card pending - 115000 paid", "banks take their time");
    check_refund(&on(20), till.world.njeri.tenant, refund).await.unwrap();
    assert_eq!(till.text(next).await, "false", "it is not asked for ever");
    till.all_is_in_order().await;
}

#[tokio::test]
async fn what_somebody_meant_to_send_themselves_can_still_go_to_the_card() {
    let till = Till::open().await;
    let (owner, bought, refund) = asked_back(&till, true).await;
    assert_eq!(till.refund_stands().await, "manual pending - 115000 paid");
    till.send(refund).await;
    assert_eq!(till.asked_for().await, 0);
    send_owed(&owner, refund).await.unwrap();
    till.work().await;
    till.until_some_are(&bought, RefundStatus::Processed).await;
    till.check(refund).await;
    assert_eq!(till.refund_stands().await, "card processed - 0 refunded");
    till.all_is_in_order().await;
    till.world.db.logged(&["refund_given_to_provider"]).await;
}
