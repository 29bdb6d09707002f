//! Histories of everything that can happen to money, drawn from a seed; after each step the invariants, and at the end
//! the provider's own list: what it says arrived is what we hold, each receipt once.

mod refunding;

use super::{
    bank::{advance, arrive, ask_for_list, close_all, control, program, pull},
    invariants,
    rounds::Rounds,
    story::Story,
};
use chrono::TimeDelta;
use duka::{
    checkout::{
        check_payment::check_payment,
        expire_order::expire_order,
        land_money::assign,
        place_order::Placed,
        read_callback::settle_callback,
        receive_callback::{Call, Received, receive_callback},
        release_goods::release_goods,
    },
    ctx::Ctx,
    kernel::{
        access::{Actor, Role},
        id::{CallbackId, PaymentId, UserId},
        money::Money,
        token::Token,
    },
    payments::providers::mpesa::{AccountKind, QueryAnswer},
    vault::Purpose,
};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// Steps of one history.
const STEPS: usize = 55;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most as u64).unwrap()
    }
    fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        if all.is_empty() { None } else { all.get(self.below(all.len())) }
    }
}

/// How the next prompt ends, and how many callbacks tell of it.
fn ending(dice: &mut Dice) -> (Value, usize) {
    match dice.below(10) {
        0..=2 => (json!({ "result_code": 0 }), 1),
        3 => (json!({ "result_code": 0, "callbacks": 5 }), 5),
        4 => (json!({ "result_code": 0, "drop_callback": true }), 0),
        5 => (json!({ "result_code": 0, "amount": 1 }), 1),
        // The provider says failed, and twice so, of money that came.
        6 => (json!({ "result_code": 0, "query_result_code": "1037" }), 1),
        7 => (json!({ "result_code": 1032 }), 1),
        8 => (json!({ "result_code": 1, "drop_callback": true }), 0),
        _ => (json!({ "result_code": 1037, "callbacks": 2 }), 2),
    }
}

struct History {
    story: Story,
    owner: Ctx,
    dice: Dice,
    placed: Vec<Placed>,
    told: Vec<String>,
}

impl History {
    async fn begin(kind: AccountKind, seed: u64) -> Self {
        let story = Story::begin_with(kind).await;
        ask_for_list(&story).await;
        story.set_stock(0, 12).await;
        if !seed.is_multiple_of(3) {
            // M-Pesa itself sends whole payments back.
            story.use_operator("dukaapi", "Safe#2026").await;
        }
        let (user, tenant) = (UserId::mint(), story.tenant());
        story
            .write(&format!(
                "insert into users (tenant_id, id, email, role) values ('{tenant}', '{user}', '{user}@mama-njeri.test', 'owner')"
            ))
            .await;
        let owner = Ctx::new(story.platform.clone(), tenant, Actor::Member { user, role: Role::Owner });
        Self { story, owner, dice: Dice(seed), placed: Vec::new(), told: Vec::new() }
    }

    /// Waits until the person has answered the newest prompt, and everything that is told of it has come.
    async fn answered(&self, payment: PaymentId, callbacks: usize) {
        let story = &self.story;
        let id: (Option<String>,) =
            story.row(&format!("select checkout_request_id from payments where id = '{payment}'")).await;
        let id = id.0.expect("the prompt was taken");
        let credentials = story.credentials("secret");
        let end = Instant::now() + Duration::from_secs(20);
        while matches!(
            story.platform.daraja.query(&credentials, &id, story.platform.clock.now()).await,
            Ok(QueryAnswer::Open) | Err(_)
        ) {
            assert!(Instant::now() < end, "nobody answers the prompt");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        if callbacks > 0 {
            story.until_callbacks(callbacks).await;
        }
    }

    async fn buy(&mut self) -> &'static str {
        let quantity = 1 + i32::try_from(self.dice.below(2)).unwrap();
        let (script, callbacks) = ending(&mut self.dice);
        self.story.script(script).await;
        let cart = self.story.cart(&[(0, quantity)]).await;
        let form = self.story.form(1_000 * i64::from(quantity) + 150);
        // Sold out is an answer too.
        let Ok(placed) = self.story.place(&cart, form).await else { return "sold out" };
        let prompt = placed.prompt.unwrap();
        duka::checkout::request_prompt::send(&self.story.platform, self.story.tenant(), prompt).await.unwrap();
        self.answered(prompt, callbacks).await;
        self.placed.push(placed);
        "buy"
    }

    async fn prompt_again(&mut self) -> &'static str {
        let Some(placed) = self.dice.of(&self.placed).cloned() else { return "nothing to prompt" };
        let (script, callbacks) = ending(&mut self.dice);
        self.story.script(script).await;
        let Ok(payment) = self.story.ask_for_prompt(&placed).await else { return "no prompt now" };
        duka::checkout::request_prompt::send(&self.story.platform, self.story.tenant(), payment).await.unwrap();
        self.answered(payment, callbacks).await;
        "prompt again"
    }

    async fn some_payment(&mut self) -> Option<PaymentId> {
        let all: Vec<(Uuid,)> = sqlx::query_as("select id from payments order by created_at, id")
            .fetch_all(&self.story.everything)
            .await
            .unwrap();
        self.dice.of(&all).map(|one| one.0.into())
    }

    /// The provider tells once more what it told before, however long ago.
    async fn tell_again(&mut self) -> &'static str {
        let all: Vec<(Uuid, String)> = sqlx::query_as(
            "select payment_id, raw_body from mpesa_callbacks_raw where kind = 'stk' order by received_at, id",
        )
        .fetch_all(&self.story.everything)
        .await
        .unwrap();
        let Some((payment, body)) = self.dice.of(&all).cloned() else { return "nothing was told" };
        self.call(Call::Pay, payment, &body).await;
        "tell again"
    }

    async fn call(&self, call: Call, payment: Uuid, body: &str) {
        let mut tx = self.story.ctx().tx().await.unwrap();
        let token = self.story.ctx().key(&mut tx).await.unwrap().token(Purpose::PayHook, payment);
        drop(tx);
        let received = receive_callback(&self.story.platform, call, &token, body.as_bytes(), "127.0.0.1").await;
        assert_eq!(received.unwrap(), Received::Stored);
    }

    /// Somebody who knows the form of a callback, and either no address or no id.
    async fn forge(&mut self) -> &'static str {
        let body = self.story.callback_body("ws_CO_281120260900000711223344", 0, 1_150);
        let token = Token::random();
        let answer = receive_callback(&self.story.platform, Call::Pay, &token, body.as_bytes(), "127.0.0.1").await;
        assert_eq!(answer.unwrap(), Received::UnknownToken);
        if let Some(payment) = self.some_payment().await
            && self.story.count(&format!("hook_tokens where subject_id = '{payment}'")).await == 1
        {
            self.call(Call::Pay, payment.uuid(), &body).await;
        }
        "forge"
    }

    /// Paid by hand: for an order, a part of it, or for nobody knows what. Half of it is told of, some of that twice.
    async fn by_hand(&mut self) -> &'static str {
        let shillings = [1_150, 2_150, 400, 1_500][self.dice.below(4)];
        let order = if self.dice.below(3) == 0 { None } else { self.dice.of(&self.placed).map(|placed| placed.order) };
        let account = match order {
            Some(order) => {
                let number: (i64,) =
                    self.story.row(&format!("select order_number from orders where id = '{order}'")).await;
                number.0.to_string()
            }
            None => "sijui".to_owned(),
        };
        let receipt = super::bank::pay_unheard(&self.story, shillings, &account).await;
        for _ in 0..self.dice.below(3) {
            arrive(&self.story, &receipt, shillings, order).await;
        }
        self.told.push(receipt);
        "by hand"
    }

    /// Paid by hand while the prompt is open, and then the PIN is entered all the same.
    async fn twice_at_once(&mut self) -> &'static str {
        self.story.script(json!({ "result_code": 0, "delay_ms": 200 })).await;
        let cart = self.story.cart(&[(0, 1)]).await;
        let form = self.story.form(1_150);
        let Ok(placed) = self.story.place(&cart, form).await else { return "sold out" };
        let prompt = placed.prompt.unwrap();
        duka::checkout::request_prompt::send(&self.story.platform, self.story.tenant(), prompt).await.unwrap();
        let number: (i64,) =
            self.story.row(&format!("select order_number from orders where id = '{}'", placed.order)).await;
        let receipt = super::bank::pay_unheard(&self.story, 1_150, &number.0.to_string()).await;
        arrive(&self.story, &receipt, 1_150, Some(placed.order)).await;
        self.told.push(receipt);
        self.answered(prompt, 1).await;
        self.placed.push(placed);
        "twice at once"
    }

    async fn assign(&mut self) -> &'static str {
        let waiting: Vec<(Uuid, i64)> = sqlx::query_as(
            "select payment_id, sum(amount_cents)::bigint from ledger_entries where place = 'inbox' group by payment_id having sum(amount_cents) > 0 order by payment_id",
        )
        .fetch_all(&self.story.everything)
        .await
        .unwrap();
        let (Some(&(payment, cents)), Some(order)) =
            (self.dice.of(&waiting), self.dice.of(&self.placed).map(|placed| placed.order))
        else {
            return "nothing to assign";
        };
        // All of it, a part, or more than there is.
        let cents = [cents, (cents / 200).max(1) * 100, cents + 100][self.dice.below(3)];
        // What a rule refuses is refused; that nothing is wrong afterwards is the point.
        let _ = assign(&program(&self.story), payment.into(), order, Money::kes(cents)).await;
        "assign"
    }

    /// The program dies somewhere inside of a step; the queue, or the next question, brings it again.
    async fn crash(&mut self) -> &'static str {
        let open: Vec<(Uuid,)> =
            sqlx::query_as("select id from mpesa_callbacks_raw where processed_at is null order by received_at, id")
                .fetch_all(&self.story.everything)
                .await
                .unwrap();
        let (platform, tenant) = (self.story.platform.clone(), self.story.tenant());
        let step = if let Some(callback) = self.dice.of(&open).map(|one| CallbackId::from(one.0)) {
            tokio::spawn(async move { settle_callback(&platform, tenant, callback).await })
        } else if let Some(payment) = self.some_payment().await {
            tokio::spawn(async move { check_payment(&platform, tenant, payment).await })
        } else {
            return "nothing to cut";
        };
        tokio::time::sleep(Duration::from_micros(self.dice.below(12_000) as u64)).await;
        step.abort();
        let _ = step.await;
        "crash"
    }

    async fn expire(&mut self) -> &'static str {
        let Some(order) = self.dice.of(&self.placed).map(|placed| placed.order) else { return "nothing to expire" };
        if self.dice.below(3) == 0 {
            // Staff give the goods back before the time is over; what a rule refuses is refused.
            let _ = release_goods(&program(&self.story), order).await;
            return "release";
        }
        expire_order(&self.story.platform, self.story.tenant(), order).await.unwrap();
        "expire"
    }

    async fn step(&mut self) -> &'static str {
        match self.dice.below(27) {
            0..=3 => self.buy().await,
            4 => self.prompt_again().await,
            5..=7 => {
                self.story.work().await;
                "work"
            }
            8 | 9 => match self.some_payment().await {
                Some(payment) => {
                    check_payment(&self.story.platform, self.story.tenant(), payment).await.unwrap();
                    "ask"
                }
                None => "nothing to ask",
            },
            10 => self.tell_again().await,
            11 => self.forge().await,
            12 | 13 => self.by_hand().await,
            14 => self.assign().await,
            15 => {
                pull(&self.story).await;
                "pull"
            }
            16 => self.crash().await,
            17 => self.expire().await,
            18 => {
                let minutes = [1, 3, 12, 32][self.dice.below(4)];
                advance(&self.story, TimeDelta::minutes(minutes)).await;
                "time"
            }
            19 => self.twice_at_once().await,
            20 | 21 => self.refund().await,
            22 | 23 => self.decide().await,
            24 => self.call_off().await,
            25 => self.use_credit().await,
            _ => {
                close_all(&self.story).await;
                "close"
            }
        }
    }

    /// What is not true by this history's own clock, which steps ahead.
    async fn offence(&self) -> Option<(&'static str, i64)> {
        invariants::offence_at(&self.story.everything, self.story.platform.clock.now()).await
    }

    /// Everything that waits is done; then the two books are laid side by side.
    async fn end(&mut self) {
        let story = &self.story;
        assert_eq!(control(story, "reset", &json!({})).await.status(), 204);
        advance(story, TimeDelta::minutes(40)).await;
        story.work().await;
        for placed in &self.placed {
            expire_order(&story.platform, story.tenant(), placed.order).await.unwrap();
        }
        pull(story).await;
        story.work().await;
        let day = TimeDelta::days(2);
        let now = story.platform.clock.now();
        let mut theirs = Vec::new();
        for nth in 0..5 {
            let page = story
                .platform
                .daraja
                .pull(&story.credentials("secret"), now - day, now + day, nth * 100)
                .await
                .unwrap();
            theirs.extend(page.transactions.into_iter().map(|line| (line.receipt, line.amount.minor())));
            if page.is_last {
                break;
            }
        }
        theirs.sort();
        let ours: Vec<(Option<String>, i64)> =
            sqlx::query_as("select mpesa_receipt, paid_amount_cents from payments where status = 'succeeded'")
                .fetch_all(&story.everything)
                .await
                .unwrap();
        let mut ours: Vec<(String, i64)> =
            ours.into_iter().map(|(receipt, cents)| (receipt.unwrap_or_else(|| "none".to_owned()), cents)).collect();
        ours.sort();
        assert_eq!(ours, theirs, "what arrived and what we hold");
        close_all(story).await;
        let closes: (i64, i64) = story
            .row("select (select count(*) from daily_closes where difference_cents <> 0), (select count(*) from close_gaps where closed_at is null)")
            .await;
        assert_eq!(closes, (0, 0), "days that do not come to zero, gaps");
    }
}

async fn play(kind: AccountKind, seed: u64) {
    let mut history = History::begin(kind, seed).await;
    let mut past = Vec::new();
    for _ in 0..STEPS {
        past.push(history.step().await);
        assert_eq!(history.offence().await, None, "{kind:?}, seed {seed}, after {past:?}");
    }
    history.end().await;
    assert_eq!(history.offence().await, None, "{kind:?}, seed {seed}, at the end of {past:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_in_whatever_order_every_shilling_has_a_place() {
    for seed in [1, 2, 3] {
        play(AccountKind::Paybill, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_till_too_every_shilling_has_a_place() {
    for seed in [4, 5, 6] {
        play(AccountKind::Till, seed).await;
    }
}

/// From seed 100 on; `DUKA_HISTORIES` says how many.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "minutes long: `make soak` runs it"]
async fn many_histories_of_money_come_to_zero() {
    let (mut rounds, mut last) = (Rounds::of("DUKA_HISTORIES", 15), 100);
    while let Some(round) = rounds.begin() {
        last = 100 + u64::try_from(round).unwrap();
        play(if last % 2 == 0 { AccountKind::Paybill } else { AccountKind::Till }, last).await;
    }
    println!("histories of {STEPS} steps came to zero, seeds 100 to {last}: {}", rounds.told());
}
