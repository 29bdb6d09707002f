//! Prompts that follow each other: the provider's pause looks at the phone, and one form asks for one prompt.

use super::{invariants, story::Story};
use chrono::TimeDelta;
use duka::{
    checkout::{
        forms::PayForm,
        land_money::{Arrived, Payer, ReceivedBy, land},
        place_order::Placed,
        request_prompt,
        settle_payment::Source,
    },
    ctx::{Platform, PromptPauses},
    error::{AppError, Refusal},
    kernel::{id::PaymentId, money::Money, phone::Phone},
    pages::storefront::order::PayStage,
    payments::providers::mpesa::outcome::StkOutcome,
};
use serde_json::json;
use std::sync::Arc;

const PUSH: &str = "/mpesa/stkpush/";

impl Story {
    /// A shop that keeps the provider's pauses.
    async fn with_pauses() -> Self {
        let mut story = Self::begin().await;
        story.platform = Arc::new(Platform { pauses: PromptPauses::PROVIDER, ..(*story.platform).clone() });
        story.script(json!({ "result_code": 1032 })).await;
        story
    }

    /// Asks for a prompt with the form that has this key.
    async fn press(&self, placed: &Placed, key: &str) -> PaymentId {
        let form = PayForm { idempotency_key: key.into(), payment_method: "mpesa_stk".into(), ..PayForm::default() };
        let payment = request_prompt::pay_again(&self.ctx(), &placed.token, &form).await.unwrap();
        request_prompt::send(&self.platform, self.tenant(), payment).await.unwrap();
        payment
    }

    async fn phone_of(&self, payment: PaymentId) -> String {
        self.row::<(String,)>(&format!("select phone from payments where id = '{payment}'")).await.0
    }
}

fn pause(seconds: u32) -> AppError {
    AppError::Refused(Refusal::PauseBetweenPrompts { seconds })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_sum_waits_two_minutes_and_the_page_counts_them() {
    let story = Story::with_pauses().await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Failed(StkOutcome::Cancelled));
    assert_eq!(story.ask_for_prompt(&placed).await, Err(pause(120)));
    assert_eq!(story.page(&placed).await.pause_seconds, Some(120));
    story.platform.clock.advance(TimeDelta::seconds(119));
    assert_eq!(story.ask_for_prompt(&placed).await, Err(pause(1)));
    assert_eq!(story.page(&placed).await.pause_seconds, Some(1));
    story.platform.clock.advance(TimeDelta::seconds(1));
    assert_eq!(story.page(&placed).await.pause_seconds, None);
    story.pay_again(&placed).await.unwrap();
    assert_eq!(story.requests_to(PUSH).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_order_of_the_same_phone_keeps_the_pause_too() {
    let story = Story::with_pauses().await;
    let first = story.buy(1).await;
    story.until_settled(&first).await;
    let second = story.buy(2).await;
    assert_eq!(story.requests_to(PUSH).await, 1, "the phone is left alone");
    assert_eq!(story.stage(&second).await, PayStage::Failed(StkOutcome::TooSoon));
    assert_eq!(story.page(&second).await.pause_seconds, Some(60), "it is another sum");
    assert_eq!(story.ask_for_prompt(&second).await, Err(pause(60)));
    story.platform.clock.advance(TimeDelta::seconds(60));
    story.script(json!({ "result_code": 0 })).await;
    story.pay_again(&second).await.unwrap();
    story.until_settled(&second).await;
    assert!(matches!(story.stage(&second).await, PayStage::Paid { .. }));
    // What was never sent is in nobody's way, what was sent since is.
    assert_eq!(story.ask_for_prompt(&first).await, Err(pause(60)));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_merchants_prompts_are_none_of_ours() {
    let story = Story::with_pauses().await;
    let stranger = story.stranger().await;
    stranger.use_secret("secret").await;
    let theirs = stranger.buy(1).await;
    stranger.until_settled(&theirs).await;
    let ours = story.buy(1).await;
    assert_eq!(story.stage(&ours).await, PayStage::Waiting);
    assert_eq!(story.requests_to(PUSH).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_paid_by_hand_ends_no_pause_and_its_payer_is_not_asked_for_the_rest() {
    let story = Story::with_pauses().await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    let arrived = Arrived {
        method: ReceivedBy::MpesaPaybill,
        source: Source::C2b,
        receipt: Some("UKS5AAAAAA".to_owned()),
        amount: Money::shillings(500),
        order: Some(placed.order),
        short_code: Some("509731".to_owned()),
        typed_account: None,
        payer: Payer { phone: Phone::parse("0722 000 111"), ..Payer::default() },
        at: story.ctx().now(),
    };
    land(&story.ctx(), arrived).await.unwrap();
    let page = story.page(&placed).await;
    assert_eq!((page.stage, page.pause_seconds), (PayStage::Partly, Some(60)));
    assert_eq!(page.mpesa_phone.as_deref(), Some("0711 ••• 344"));
    assert_eq!(story.ask_for_prompt(&placed).await, Err(pause(60)));
    story.platform.clock.advance(TimeDelta::seconds(60));
    let rest = story.ask_for_prompt(&placed).await.unwrap();
    assert_eq!(story.phone_of(rest).await, "+254711223344");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_form_is_one_prompt_also_after_it_has_failed() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032 })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    let asked = story.press(&placed, "k1").await;
    assert_eq!(story.press(&placed, "k1").await, asked);
    story.until_callbacks(1).await;
    story.work().await;
    assert_eq!(story.stage(&placed).await, PayStage::Failed(StkOutcome::Cancelled));
    assert_eq!(story.press(&placed, "k1").await, asked);
    assert_eq!(story.requests_to(PUSH).await, 2, "the order's first, and the form's");
    assert_eq!(story.count("payments").await, 2);
    // A new form asks anew, and a key means nothing for another order.
    assert_ne!(story.press(&placed, "k2").await, asked);
    story.until_callbacks(1).await;
    story.work().await;
    let other = story.buy(1).await;
    story.until_settled(&other).await;
    assert_ne!(story.press(&other, "k1").await, asked);
    assert_eq!(story.count("payments").await, 5);
}
