//! A shopper types the receipt of what they paid by hand: it pays their order once, and nobody else's.

use super::{invariants, story::Story};
use chrono::TimeDelta;
use duka::{
    checkout::{
        land_money::{Arrived, Payer, ReceivedBy, land},
        place_order::Placed,
        settle_payment::Source,
        type_receipt::type_receipt,
    },
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        money::Money,
    },
    pages::storefront::order::{OrderPage, load},
    payments::receipt::ReceiptState,
};
use serde_json::{Value, json};

impl Story {
    /// A shop whose account has an API operator.
    pub async fn with_operator() -> Self {
        let story = Self::begin().await;
        story.use_operator("dukaapi", "Safe#2026").await;
        story
    }

    /// An order of KSh 1,150 whose prompt was cancelled on the phone.
    pub async fn waiting_order(&self) -> Placed {
        self.script(json!({ "result_code": 1032 })).await;
        let placed = self.buy(1).await;
        self.until_settled(&placed).await;
        placed
    }

    /// Somebody pays by hand, and nobody tells the shop; the receipt.
    pub async fn pay_by_hand(&self, short_code: &str, shillings: i64) -> String {
        let payment = json!({ "short_code": short_code, "kind": "paybill", "account": "SHOP", "amount": shillings, "phone": "0722000111" });
        let url = format!("{}/control/pay", self.sandbox.base_url);
        let answer: Value = self.http().post(url).json(&payment).send().await.unwrap().json().await.unwrap();
        answer["receipt"].as_str().unwrap().to_owned()
    }

    pub async fn type_receipt(&self, placed: &Placed, typed: &str) -> Result<(), AppError> {
        type_receipt(&self.ctx(), &placed.token, typed).await
    }

    /// Types it, and lets the provider be asked and answer.
    pub async fn look_into(&self, placed: &Placed, typed: &str) -> ReceiptState {
        self.type_receipt(placed, typed).await.unwrap();
        self.work().await;
        self.until_callbacks(1).await;
        self.work().await;
        self.page(placed).await.typed.unwrap().state
    }

    pub async fn page(&self, placed: &Placed) -> OrderPage {
        load(&self.ctx(), &placed.token).await.unwrap()
    }

    pub async fn payment_status_of(&self, placed: &Placed) -> String {
        self.row::<(String,)>(&format!("select payment_status from orders where id = '{}'", placed.order)).await.0
    }

    pub async fn outcome(&self) -> Option<String> {
        self.row::<(Option<String>,)>(
            "select outcome from provider_questions order by created_at desc, id desc limit 1",
        )
        .await
        .0
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_was_paid_by_hand_pays_its_order() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    let receipt = story.pay_by_hand("509731", 1_150).await;
    let typed = format!(" {} {} ", receipt[..4].to_lowercase(), &receipt[4..]);
    story.type_receipt(&placed, &typed).await.unwrap();
    let page = story.page(&placed).await;
    let said = page.typed.clone().unwrap();
    assert_eq!((said.receipt.as_str(), said.state, said.looks_recent), (receipt.as_str(), ReceiptState::Asking, true));
    assert!(page.is_moving());
    // Pressed again while it is asked about: the same question.
    story.type_receipt(&placed, &receipt).await.unwrap();
    assert_eq!(story.count("provider_questions").await, 1);
    story.work().await;
    story.until_callbacks(1).await;
    story.work().await;
    let paid: (String, i64, String, String, String) = story
        .row("select o.payment_status, p.paid_amount_cents, p.mpesa_receipt, p.result_source, p.method from orders o join payments p on p.order_id = o.id where p.status = 'succeeded'")
        .await;
    assert_eq!(paid, ("paid".into(), 115_000, receipt.clone(), "receipt".into(), "mpesa_paybill".into()));
    assert_eq!(story.outcome().await.as_deref(), Some("landed"));
    assert_eq!(story.count("used_receipts").await, 1);
    assert!(!story.page(&placed).await.may_type_receipt);
    let kept: (Value,) = story.row("select answer from provider_questions").await;
    assert_eq!((&kept.0["amount_cents"], &kept.0["state"]), (&json!(115_000), &json!("completed")));
    assert!(!kept.0.to_string().contains("254722000111"), "{}", kept.0);
    // What is paid takes no receipts.
    story.type_receipt(&placed, "UD25M0RR7C").await.unwrap();
    assert_eq!(story.count("provider_questions").await, 1);
    invariants::hold(&story.everything).await;
    let acts = "(select distinct action from audit_log where action in ('receipt_typed')) acts";
    assert_eq!(story.count(acts).await, 1, "each is in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_receipt_typed_for_two_orders_at_once_pays_one() {
    let story = Story::with_operator().await;
    let (first, second) = (story.waiting_order().await, story.waiting_order().await);
    let receipt = story.pay_by_hand("509731", 1_150).await;
    let (one, other) = tokio::join!(story.type_receipt(&first, &receipt), story.type_receipt(&second, &receipt));
    one.unwrap();
    other.unwrap();
    story.work().await;
    story.until_callbacks(2).await;
    story.work().await;
    let mut words: Vec<String> = sqlx::query_scalar("select outcome from provider_questions order by outcome")
        .fetch_all(&story.everything)
        .await
        .unwrap();
    words.sort();
    assert_eq!(words, ["landed", "used"]);
    assert_eq!(story.count("orders where payment_status = 'paid'").await, 1);
    assert_eq!(story.count("payments where status = 'succeeded'").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_of_another_order_is_told_like_one_that_does_not_exist() {
    let story = Story::with_operator().await;
    let (first, second) = (story.waiting_order().await, story.waiting_order().await);
    let receipt = story.pay_by_hand("509731", 1_150).await;
    story.look_into(&first, &receipt).await;
    assert_eq!(story.payment_status_of(&first).await, "paid");
    let used = story.look_into(&second, &receipt).await;
    assert_eq!(story.outcome().await.as_deref(), Some("used"));
    let unknown = story.look_into(&second, "UD23K7QX9P").await;
    assert_eq!(story.outcome().await.as_deref(), Some("not_found"));
    assert_eq!((used, unknown), (ReceiptState::Miss, ReceiptState::Miss));
    assert!(!story.page(&second).await.typed.unwrap().looks_recent);
    assert_eq!(story.payment_status_of(&second).await, "unpaid");
    assert_eq!(story.requests_to("transactionstatus").await, 3, "each was asked about, so that each took as long");
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_of_another_merchant_on_the_same_paybill_is_refused() {
    let story = Story::with_operator().await;
    let stranger = story.stranger().await;
    stranger.use_secret("secret").await;
    stranger.use_operator("dukaapi", "Safe#2026").await;
    let (ours, theirs) = (story.waiting_order().await, stranger.waiting_order().await);
    let receipt = story.pay_by_hand("509731", 1_150).await;
    story.look_into(&ours, &receipt).await;
    assert_eq!(story.payment_status_of(&ours).await, "paid");
    assert_eq!(stranger.look_into(&theirs, &receipt).await, ReceiptState::Miss);
    assert_eq!(story.outcome().await.as_deref(), Some("used"));
    assert_eq!(story.payment_status_of(&theirs).await, "unpaid");
    assert_eq!(story.count(&format!("payments where mpesa_receipt = '{receipt}'")).await, 1);
    let foreign = type_receipt(&story.ctx(), &theirs.token, &receipt).await;
    assert_eq!(foreign, Err(AppError::NotFound), "an order of another merchant is no order");
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_receipt_is_said_so_and_nothing_is_written() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    let sent = story.requests_to("mpesa").await;
    for (typed, problem) in [
        ("", FieldProblem::Missing),
        ("UD25M0RR7", FieldProblem::Unreadable),
        ("UD25M0RR7C9", FieldProblem::Unreadable),
        ("UD25-M0RR7", FieldProblem::Unreadable),
        ("' or 1=1 --", FieldProblem::Unreadable),
    ] {
        let refused = story.type_receipt(&placed, typed).await;
        assert_eq!(refused, Err(AppError::Invalid(FieldErrors::one("mpesa_receipt", problem))), "{typed:?}");
    }
    story.work().await;
    assert_eq!(story.count("provider_questions").await, 0);
    assert_eq!(story.count("hook_tokens where purpose = 'ask'").await, 0);
    assert_eq!(story.requests_to("mpesa").await, sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sixth_receipt_within_an_hour_is_refused() {
    let story = Story::begin().await;
    let placed = story.waiting_order().await;
    for last in ["A", "B", "C", "D", "E"] {
        story.type_receipt(&placed, &format!("UD25M0RR7{last}")).await.unwrap();
    }
    let sixth = story.type_receipt(&placed, "UD25M0RR7F").await;
    assert_eq!(sixth, Err(AppError::TooMany { retry_after_seconds: 3_600 }));
    assert_eq!(story.count("provider_questions").await, 5);
    story.write("update provider_questions set created_at = created_at - interval '61 minutes'").await;
    story.type_receipt(&placed, "UD25M0RR7F").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn too_little_is_a_part_and_too_much_is_owed_back() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    let part = story.pay_by_hand("509731", 500).await;
    story.look_into(&placed, &part).await;
    assert_eq!(story.payment_status_of(&placed).await, "partial");
    let page = story.page(&placed).await;
    assert_eq!((page.typed.unwrap().state, page.may_type_receipt), (ReceiptState::Landed, true));
    let more = story.pay_by_hand("509731", 2_000).await;
    story.look_into(&placed, &more).await;
    assert_eq!(story.payment_status_of(&placed).await, "paid");
    let owed: (i64, String) = story.row("select amount_cents, status from refunds").await;
    assert_eq!(owed, (135_000, "pending".into()));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_inboxs_money_goes_to_the_order_that_lacks_just_that() {
    // Without an operator: what is here already needs no question.
    let story = Story::begin().await;
    let placed = story.waiting_order().await;
    let arrive = async |receipt: &str, shillings: i64| {
        let arrived = Arrived {
            method: ReceivedBy::MpesaPaybill,
            source: Source::C2b,
            receipt: Some(receipt.to_owned()),
            amount: Money::shillings(shillings),
            order: None,
            short_code: Some("509731".to_owned()),
            typed_account: Some("SHOP".to_owned()),
            payer: Payer::default(),
            at: story.ctx().now(),
        };
        land(&story.ctx(), arrived).await.unwrap()
    };
    arrive("UKS5AAAAAA", 900).await;
    arrive("UKS5BBBBBB", 1_150).await;
    story.type_receipt(&placed, "UKS5AAAAAA").await.unwrap();
    story.work().await;
    assert_eq!(story.outcome().await.as_deref(), Some("no_operator"), "another sum is for a person");
    assert_eq!(story.payment_status_of(&placed).await, "unpaid");
    story.type_receipt(&placed, "UKS5BBBBBB").await.unwrap();
    story.work().await;
    assert_eq!(story.payment_status_of(&placed).await, "paid");
    assert_eq!(story.count("payments where order_id is null").await, 1, "the other stays in the inbox");
    let second = story.waiting_order().await;
    story.type_receipt(&second, "UKS5BBBBBB").await.unwrap();
    story.work().await;
    assert_eq!(story.payment_status_of(&second).await, "unpaid");
    invariants::hold(&story.everything).await;
}

impl Story {
    /// The receipts of all money that M-Pesa knows, the last first.
    async fn receipts_at_the_provider(&self) -> Vec<String> {
        let account = self.credentials("secret");
        let hook = format!("{}/hooks/pull/{}", self.platform.base_url, "ab".repeat(32));
        self.platform.daraja.register_pull(&account, "0711000111", &hook).await.unwrap();
        let (now, day) = (self.ctx().now(), TimeDelta::days(1));
        let page = self.platform.daraja.pull(&account, now - day, now + day, 0).await.unwrap();
        page.transactions.into_iter().rev().map(|line| line.receipt).collect()
    }

    /// The provider is asked once more about what is open.
    async fn ask_again(&self) {
        self.write("update graphile_worker._private_jobs set run_at = now() where key like '%ask:%'").await;
        self.work().await;
        self.until_callbacks(1).await;
        self.work().await;
    }

    /// An order that was paid by prompt: its callback is lost, and a question, which tells no receipt, has settled it.
    async fn paid_without_its_receipt(&self) -> Placed {
        self.script(json!({ "result_code": 0, "drop_callback": true })).await;
        let placed = self.buy(1).await;
        self.until_answered().await;
        self.ask(&placed).await;
        assert_eq!(self.count("payments where status = 'succeeded' and mpesa_receipt is null").await, 1);
        placed
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_of_a_prompt_whose_callback_was_lost_pays_no_second_order() {
    let story = Story::with_operator().await;
    let first = story.paid_without_its_receipt().await;
    let known = story.receipts_at_the_provider().await;
    let [receipt] = &known[..] else { panic!("one payment was made: {known:?}") };
    let second = story.waiting_order().await;
    assert_eq!(story.look_into(&second, receipt).await, ReceiptState::Asking, "whose money it is is not known yet");
    assert_eq!(story.payment_status_of(&second).await, "unpaid");
    assert_eq!(story.count("payments where status = 'succeeded'").await, 1);
    // The first order's receipt comes after all.
    let body = story.callback_of(&first, 0, 1_150).await.replace("UK23FORGED", receipt);
    story.call_back(&first, body.as_bytes()).await;
    story.work().await;
    story.ask_again().await;
    assert_eq!(story.page(&second).await.typed.unwrap().state, ReceiptState::Miss);
    assert_eq!(story.payment_status_of(&second).await, "unpaid");
    assert_eq!(story.count("payments where status = 'succeeded'").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_by_hand_beside_a_prompt_without_its_receipt_lands_when_that_receipt_is_known() {
    let story = Story::with_operator().await;
    let first = story.paid_without_its_receipt().await;
    let second = story.waiting_order().await;
    let of_prompt = story.receipts_at_the_provider().await;
    let by_hand =
        json!({ "short_code": "509731", "kind": "paybill", "account": "SHOP", "amount": 1_150, "phone": "0711223344" });
    let url = format!("{}/control/pay", story.sandbox.base_url);
    let paid: Value = story.http().post(url).json(&by_hand).send().await.unwrap().json().await.unwrap();
    let receipt = paid["receipt"].as_str().unwrap();
    assert_eq!(story.look_into(&second, receipt).await, ReceiptState::Asking);
    let body = story.callback_of(&first, 0, 1_150).await.replace("UK23FORGED", &of_prompt[0]);
    story.call_back(&first, body.as_bytes()).await;
    story.work().await;
    story.ask_again().await;
    assert_eq!(story.page(&second).await.typed.unwrap().state, ReceiptState::Landed);
    assert_eq!(story.payment_status_of(&second).await, "paid");
    assert_eq!(story.count("payments where status = 'succeeded'").await, 2);
    invariants::hold(&story.everything).await;
}
