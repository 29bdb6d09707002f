//! Money given back to a card: what the provider says of it moves our refund once, and nothing else does.

use crate::till::{Bought, NJERIS_KEY, Till};
use duka::{
    checkout::refunds::to_card::{RefundMoved, card_refund_said},
    kernel::money::Money,
    payments::providers::paystack::{CardCredentials, CardEnvironment, CardRefund, RefundStatus, sign},
};
use http::StatusCode;
use serde_json::json;

const REFUND: &str = "0197a1b2-0000-7000-8000-00000000000a";
/// The key of a try that was not counted.
const KEY: &str = "0197a1b2-0000-7000-8000-00000000000a:0";

/// A paid order of which a part is owed back to the card, as a person would have asked for it.
async fn owed(till: &Till, shillings: i64) -> Bought {
    let bought = till.buy().await;
    till.press(&bought, "pay").await;
    till.come_back(&bought).await;
    let cents = shillings * 100;
    till.world
        .sql(&format!(
            "insert into refunds (tenant_id, id, order_id, payment_id, amount_cents, kind, way, idempotency_key, claimed_at)
             select tenant_id, '{REFUND}', order_id, id, {cents}, 'goods', 'card', '{REFUND}', now() from payments;
             with two as (select gen_random_uuid() as id)
             insert into ledger_entries (tenant_id, transfer_id, payment_id, place, order_id, refund_id, amount_cents, reason)
             select p.tenant_id, two.id, p.id, side.place, case side.place when 'order' then p.order_id end,
                    case side.place when 'refund' then '{REFUND}'::uuid end, side.cents, 'refund_asked'
             from payments p, two, (values ('order', -{cents}), ('refund', {cents})) as side (place, cents);
             update customers set lifetime_value_cents = lifetime_value_cents - {cents}"
        ))
        .await;
    till.all_is_in_order().await;
    bought
}

fn keys() -> CardCredentials {
    CardCredentials { environment: CardEnvironment::Sandbox, secret_key: NJERIS_KEY.to_owned() }
}

async fn ask_provider(till: &Till, bought: &Bought, shillings: i64) -> CardRefund {
    let client = &till.world.app.platform.paystack;
    client.refund(&keys(), &bought.reference, Money::shillings(shillings), KEY).await.unwrap()
}

async fn tell(till: &Till, bought: &Bought, word: &str) {
    let body = json!({ "event": format!("refund.{word}"), "data": { "status": word, "transaction_reference": bought.reference, "refund_reference": null, "amount": "45000", "currency": "KES" } })
        .to_string();
    let answer = till.post_event(&till.hook(&till.world.njeri).await, &body, &sign(NJERIS_KEY, body.as_bytes())).await;
    assert_eq!(answer.status, StatusCode::OK);
    till.work().await;
}

/// Status and failure of the refund, and what of it waits to be sent.
async fn standing(till: &Till) -> String {
    till.text(&format!(
        "select r.status || ' ' || coalesce(r.failure, '-') || ' ' || coalesce((select sum(e.amount_cents) from ledger_entries e where e.refund_id = r.id), 0)
         from refunds r where r.id = '{REFUND}'"
    ))
    .await
}

async fn until_refund(till: &Till, bought: &Bought, status: RefundStatus) {
    let client = &till.world.app.platform.paystack;
    let moved = async {
        while !client.refunds_of(&keys(), &bought.reference).await.unwrap().iter().any(|one| one.status == status) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), moved).await.expect("the provider moves it");
}

#[tokio::test]
async fn a_processed_refund_has_left_and_does_so_once() {
    let till = Till::open().await;
    let bought = owed(&till, 450).await;
    ask_provider(&till, &bought, 450).await;
    until_refund(&till, &bought, RefundStatus::Processed).await;
    assert_eq!(standing(&till).await, "pending - 45000");
    tell(&till, &bought, "processed").await;
    assert_eq!(standing(&till).await, "processed - 0");
    assert_eq!(till.text("select payment_status from orders").await, "paid");
    for word in ["processed", "pending", "failed"] {
        tell(&till, &bought, word).await;
    }
    assert_eq!(standing(&till).await, "processed - 0");
    assert_eq!(till.world.count("select count(*) from ledger_entries where reason = 'refund_sent'").await, 2);
    assert_eq!(till.world.count("select count(*) from payment_audit where event_type = 'refunded'").await, 1);
    till.all_is_in_order().await;
}

#[tokio::test]
async fn a_failed_refund_keeps_its_money_where_a_person_finds_it() {
    for (end, status, failure) in [
        ("failed", RefundStatus::Failed, "card_failed"),
        ("needs_attention", RefundStatus::NeedsAttention, "card_needs_attention"),
    ] {
        let till = Till::open().await;
        let bought = owed(&till, 450).await;
        till.script(json!({ "refund": end })).await;
        ask_provider(&till, &bought, 450).await;
        until_refund(&till, &bought, status).await;
        tell(&till, &bought, "failed").await;
        assert_eq!(standing(&till).await, format!("failed {failure} 45000"));
        till.all_is_in_order().await;
    }
}

#[tokio::test]
async fn an_event_alone_moves_no_refund() {
    let till = Till::open().await;
    let bought = owed(&till, 450).await;
    tell(&till, &bought, "processed").await;
    assert_eq!(standing(&till).await, "pending - 45000", "the provider knows of none");
    till.script(json!({ "refund": "pending" })).await;
    ask_provider(&till, &bought, 450).await;
    tell(&till, &bought, "processed").await;
    assert_eq!(standing(&till).await, "pending - 45000", "it is on its way");
    let known = till.text("select (provider_reference is not null)::text from refunds").await;
    assert_eq!(known, "true", "its number is known from here on");
}

#[tokio::test]
async fn another_sum_or_another_key_is_not_our_refund() {
    let till = Till::open().await;
    owed(&till, 450).await;
    let (ctx, payment) = (till.ctx(&till.world.njeri), till.payment().await);
    let said = |amount_cents, our_key: &str| CardRefund {
        id: "77".to_owned(),
        status: RefundStatus::Processed,
        amount_cents: Some(amount_cents),
        our_key: Some(our_key.to_owned()),
    };
    let moved = card_refund_said(&ctx, payment, &said(45_000, "of somebody else")).await.unwrap();
    assert_eq!(moved, RefundMoved::Unchanged);
    assert_eq!(standing(&till).await, "pending - 45000");
    assert_eq!(card_refund_said(&ctx, payment, &said(1, KEY)).await.unwrap(), RefundMoved::Failed);
    assert_eq!(standing(&till).await, "failed card_other_sum 45000");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_are_told_at_once_send_it_once() {
    let till = Till::open().await;
    owed(&till, 450).await;
    let (ctx, payment) = (till.ctx(&till.world.njeri), till.payment().await);
    let said = CardRefund {
        id: "78".to_owned(),
        status: RefundStatus::Processed,
        amount_cents: Some(45_000),
        our_key: Some(KEY.to_owned()),
    };
    let tell = || card_refund_said(&ctx, payment, &said);
    let (a, b, c) = tokio::join!(tell(), tell(), tell());
    let processed = [a, b, c].into_iter().filter(|moved| *moved.as_ref().unwrap() == RefundMoved::Processed).count();
    assert_eq!(processed, 1);
    assert_eq!(standing(&till).await, "processed - 0");
    till.all_is_in_order().await;
}
