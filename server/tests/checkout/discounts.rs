//! Discounts in an order: what is written, what becomes of it when the order is paid, accepted, closed, or paid late.

use super::{invariants, story::Story};
use chrono::TimeDelta;
use duka::{
    cart::codes::{NotTaken, remove_code, type_code},
    checkout::{
        changed::Change,
        expire_order,
        forms::CheckoutForm,
        move_order::move_order,
        place_order::{Placed, Refused},
    },
    ctx::Ctx,
    kernel::{
        access::{Actor, Role},
        id::UserId,
        money::Money,
        token::Token,
    },
    orders::status::OrderStatus,
    pages::dashboard::order,
    pricing::priced::CodeRefusal,
};
use serde_json::json;

impl Story {
    /// A rule with these columns beside its kind; answers its id.
    pub async fn rule(&self, kind: &str, config: &str, columns: &str, values: &str) -> uuid::Uuid {
        let comma = if columns.is_empty() { "" } else { ", " };
        self.row::<(uuid::Uuid,)>(&format!(
            "insert into price_rules (tenant_id, name, type, config{comma}{columns})
             values ('{}', 'a {kind}', '{kind}', '{config}'{comma}{values}) returning id",
            self.tenant()
        ))
        .await
        .0
    }

    /// Gives out a code of a rule.
    pub async fn code(&self, rule: uuid::Uuid, code: &str, most_uses: Option<i32>) {
        let most = most_uses.map_or("null".to_owned(), |most| most.to_string());
        self.write(&format!(
            "insert into price_rule_codes (tenant_id, rule_id, code, most_uses) values ('{}', '{rule}', '{code}', {most})",
            self.tenant()
        ))
        .await;
    }

    pub async fn type_code(&self, cart: &Token, code: &str) -> Result<(), NotTaken> {
        type_code(&self.ctx(), self.shop.store, Some(cart), code).await
    }

    /// A cart of one of the first good with a code that counts.
    pub async fn cart_with(&self, code: &str) -> Token {
        let cart = self.cart(&[(0, 1)]).await;
        self.type_code(&cart, code).await.unwrap();
        cart
    }

    /// Given back and used of all redemptions, oldest first.
    pub async fn redeemed(&self) -> Vec<(bool, bool)> {
        sqlx::query_as(
            "select given_back_at is not null, used_at is not null from price_rule_redemptions order by created_at, id",
        )
        .fetch_all(&self.everything)
        .await
        .unwrap()
    }
}

const TEN_PERCENT: &str = r#"{"basis_points": 1000}"#;

#[tokio::test(flavor = "multi_thread")]
async fn an_order_carries_what_was_taken_off_its_lines_its_delivery_and_its_tax() {
    let story = Story::begin().await;
    story.write("update stores set is_vat_registered = true, vat_basis_points = 1600").await;
    story.rule("percentage_off", TEN_PERCENT, "", "").await;
    story.rule("free_delivery", "{}", "minimum_cents", "200000").await;
    let cart = story.cart(&[(0, 1), (1, 2)]).await;
    story.place(&cart, story.form(3_600)).await.unwrap();
    let order: (i64, i64, i64, i64) =
        story.row("select subtotal_cents, discount_cents, delivery_fee_cents, total_cents from orders").await;
    assert_eq!(order, (400_000, 40_000, 0, 360_000));
    let tax: (i64, i64) =
        story.row("select tax_cents, (select sum(tax_cents)::bigint from order_items) from orders").await;
    assert_eq!(tax, (49_655, 49_655));
    let lines: Vec<(i64, i64)> =
        sqlx::query_as("select unit_price_cents, line_total_cents from order_items order by unit_price_cents")
            .fetch_all(&story.everything)
            .await
            .unwrap();
    assert_eq!(lines, [(100_000, 90_000), (150_000, 270_000)]);
    let quote: (i64, String) = story.row("select fee_cents, rule_applied from delivery_quotes").await;
    assert_eq!(quote, (0, "a free_delivery".into()));
    let amounts: Vec<(i64,)> = sqlx::query_as("select amount_cents from price_rule_redemptions order by amount_cents")
        .fetch_all(&story.everything)
        .await
        .unwrap();
    assert_eq!(amounts, [(15_000,), (40_000,)]);
    let asked: (i64,) = story.row("select amount_cents from payments").await;
    assert_eq!(asked.0, 360_000);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discount_that_nobody_saw_is_said_like_a_changed_price_and_nothing_is_written() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 1)]).await;
    story.rule("percentage_off", TEN_PERCENT, "", "").await;
    let refused = story.place(&cart, story.form(1_150)).await.unwrap_err();
    let now = Money::shillings(1_050);
    assert_eq!(refused, Refused::Changed(vec![Change::Total { seen: Money::shillings(1_150), now }]));
    story.nothing_was_written().await;
    assert_eq!(story.count("price_rule_redemptions").await, 0);
    story.place(&cart, story.form(1_050)).await.unwrap();
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_held_with_the_order_and_used_when_it_is_paid() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0 })).await;
    let rule = story.rule("percentage_off", TEN_PERCENT, "needs_code", "true").await;
    story.code(rule, "KARIBU10", None).await;
    let cart = story.cart_with("karibu-10").await;
    let placed = story.place(&cart, story.form(1_050)).await.unwrap();
    assert_eq!(story.redeemed().await, [(false, false)]);
    duka::checkout::request_prompt::send(&story.platform, story.tenant(), placed.prompt.unwrap()).await.unwrap();
    story.until_settled(&placed).await;
    assert_eq!(story.redeemed().await, [(false, true)]);
    let owner = Actor::Member { user: UserId::mint(), role: Role::Owner };
    let seen = order::load(&Ctx::new(story.platform.clone(), story.tenant(), owner), placed.order).await.unwrap();
    assert_eq!(seen.discounts, "a percentage_off (KARIBU10): − KSh 100");
    let taken: (i32, i32) = story
        .row("select r.taken_count, k.taken_count from price_rules r join price_rule_codes k on k.rule_id = r.id")
        .await;
    assert_eq!(taken, (1, 1));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cash_order_uses_its_discount_when_it_is_accepted() {
    let story = Story::begin().await;
    story.rule("amount_off", r#"{"amount_cents": 25000, "is_each": false}"#, "", "").await;
    let cart = story.cart(&[(0, 1)]).await;
    let form = CheckoutForm { payment_method: "cod".into(), ..story.form(900) };
    let placed = story.place(&cart, form).await.unwrap();
    assert_eq!(story.redeemed().await, [(false, false)]);
    let user = UserId::mint();
    story
        .write(&format!(
            "insert into users (tenant_id, id, email, role) values ('{}', '{user}', 'owner@mama-njeri.test', 'owner')",
            story.tenant()
        ))
        .await;
    let owner = Ctx::new(story.platform.clone(), story.tenant(), Actor::Member { user, role: Role::Owner });
    let version = story.row::<(i32,)>("select version from orders").await.0;
    move_order(&owner, placed.order, version, OrderStatus::Packing, None).await.unwrap();
    assert_eq!(story.redeemed().await, [(false, true)]);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_paid_for_gives_its_place_to_the_next_and_late_money_does_not_fail_by_it() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032, "query_result_code": "0" })).await;
    let rule = story.rule("percentage_off", TEN_PERCENT, "needs_code, total_cap", "true, 1").await;
    story.code(rule, "FIRST", Some(1)).await;
    let cart = story.cart_with("FIRST").await;
    let late = story.place(&cart, story.form(1_050)).await.unwrap();
    duka::checkout::request_prompt::send(&story.platform, story.tenant(), late.prompt.unwrap()).await.unwrap();
    story.until_settled(&late).await;
    let second = story.cart(&[(0, 1)]).await;
    assert_eq!(story.type_code(&second, "FIRST").await, Err(NotTaken::Refused(CodeRefusal::UsedUp)));

    story.platform.clock.advance(TimeDelta::minutes(31));
    story.expire(&late).await;
    story.expire(&late).await;
    assert_eq!(story.redeemed().await, [(true, false)]);
    invariants::hold(&story.everything).await;
    story.type_code(&second, "FIRST").await.unwrap();
    let form = CheckoutForm { phone: "0722 000 001".into(), payment_method: "cod".into(), ..story.form(1_050) };
    story.place(&second, form).await.unwrap();
    assert_eq!(story.redeemed().await, [(true, false), (false, false)]);

    story.forge(&late, 0, 1_050).await;
    story.work().await;
    let order: (String, String) =
        story.row("select status, payment_status from orders where order_number = 1001").await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    assert_eq!(story.redeemed().await, [(true, true), (false, false)]);
    assert_eq!(story.count("refunds").await, 0);
    invariants::hold(&story.everything).await;
}

impl Story {
    /// An order with a code that each customer may have once, closed because no money came.
    async fn closed_with_once(&self) -> Placed {
        self.script(json!({ "result_code": 1032, "query_result_code": "0" })).await;
        let rule = self.rule("percentage_off", TEN_PERCENT, "needs_code, is_once", "true, true").await;
        self.code(rule, "ONCE", None).await;
        let cart = self.cart_with("ONCE").await;
        let late = self.place(&cart, self.form(1_050)).await.unwrap();
        duka::checkout::request_prompt::send(&self.platform, self.tenant(), late.prompt.unwrap()).await.unwrap();
        self.until_settled(&late).await;
        self.platform.clock.advance(TimeDelta::minutes(31));
        self.expire(&late).await;
        assert_eq!(self.redeemed().await, [(true, false)]);
        late
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_paid_late_has_had_what_a_customer_may_have_once() {
    let story = Story::begin().await;
    let late = story.closed_with_once().await;
    story.forge(&late, 0, 1_050).await;
    story.work().await;
    assert_eq!(story.redeemed().await, [(true, true)]);
    let again = story.cart_with("ONCE").await;
    let form = CheckoutForm { payment_method: "cod".into(), ..story.form(1_050) };
    let Refused::Changed(changes) = story.place(&again, form).await.unwrap_err() else { panic!("it is sold") };
    assert_eq!(changes[0], Change::Code { code: "ONCE".into(), why: CodeRefusal::AlreadyUsed });
    assert_eq!(story.count("orders").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_for_the_first_order_does_not_fail_by_the_second_that_has_the_code_by_then() {
    let story = Story::begin().await;
    let late = story.closed_with_once().await;
    let second = story.cart_with("ONCE").await;
    let form = CheckoutForm { payment_method: "cod".into(), ..story.form(1_050) };
    story.place(&second, form).await.unwrap();
    story.forge(&late, 0, 1_050).await;
    story.work().await;
    assert_eq!(story.redeemed().await, [(true, true), (false, false)]);
    let order: (String,) = story.row("select payment_status from orders where order_number = 1001").await;
    assert_eq!(order.0, "paid");
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_never_asked_for_money_gives_back_too() {
    let story = Story::begin().await;
    story.rule("percentage_off", TEN_PERCENT, "total_cap", "5").await;
    let cart = story.cart(&[(0, 1)]).await;
    let form = CheckoutForm { payment_method: "cod".into(), ..story.form(1_050) };
    let placed = story.place(&cart, form).await.unwrap();
    story.platform.clock.advance(TimeDelta::hours(73));
    expire_order::expire_order(&story.platform, story.tenant(), placed.order).await.unwrap();
    assert_eq!(story.redeemed().await, [(true, false)]);
    assert_eq!(story.row::<(i32,)>("select taken_count from price_rules").await.0, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_a_place_back_waits_for_the_discount_without_holding_its_code() {
    let story = Story::begin().await;
    let rule = story.rule("percentage_off", TEN_PERCENT, "needs_code, total_cap", "true, 5").await;
    story.code(rule, "FIVE", None).await;
    let cart = story.cart_with("FIVE").await;
    let form = CheckoutForm { payment_method: "cod".into(), ..story.form(1_050) };
    let placed = story.place(&cart, form).await.unwrap();
    story.platform.clock.advance(TimeDelta::hours(73));
    // As an order of other goods with the same code does: the discount first, and the code when it is written.
    let mut buying = story.everything.begin().await.unwrap();
    sqlx::query("select id from price_rules for no key update").execute(&mut *buying).await.unwrap();
    let (platform, tenant) = (story.platform.clone(), story.tenant());
    let closing = tokio::spawn(async move { expire_order::expire_order(&platform, tenant, placed.order).await });
    let waiting = "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while story.count(waiting).await == 0 {
        assert!(!closing.is_finished(), "nobody waits");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let code = "select id from price_rule_codes for no key update nowait";
    sqlx::query(code).execute(&mut *buying).await.expect("nobody holds it");
    buying.commit().await.unwrap();
    closing.await.unwrap().unwrap();
    assert_eq!(story.redeemed().await, [(true, false)]);
    let taken = "select r.taken_count, k.taken_count from price_rules r join price_rule_codes k on k.rule_id = r.id";
    assert_eq!(story.row::<(i32, i32)>(taken).await, (0, 0));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn once_per_customer_binds_the_phone_however_it_is_written() {
    let story = Story::begin().await;
    let rule = story.rule("percentage_off", TEN_PERCENT, "needs_code, is_once", "true, true").await;
    story.code(rule, "ONCE", None).await;
    let cash =
        |phone: &str, seen| CheckoutForm { phone: phone.into(), payment_method: "cod".into(), ..story.form(seen) };
    let first = story.cart_with("ONCE").await;
    story.place(&first, cash("0711 223 344", 1_050)).await.unwrap();
    for phone in ["+254711223344", "254 711 223344", "0711223344"] {
        let again = story.cart_with("ONCE").await;
        let refused = story.place(&again, cash(phone, 1_050)).await.unwrap_err();
        let Refused::Changed(changes) = refused else { panic!("{phone}: {refused:?}") };
        let why = CodeRefusal::AlreadyUsed;
        assert_eq!(changes[0], Change::Code { code: "ONCE".into(), why }, "{phone}");
    }
    assert_eq!(story.count("orders").await, 1);
    let again = story.cart_with("ONCE").await;
    story.place(&again, cash("+254711223344", 1_150)).await.unwrap();
    let another = story.cart_with("ONCE").await;
    story.place(&another, cash("0722 000 001", 1_050)).await.unwrap();
    assert_eq!(story.redeemed().await.len(), 2);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_does_not_count_is_not_kept_and_says_why() {
    let story = Story::begin().await;
    let rule = story.rule("percentage_off", TEN_PERCENT, "needs_code, minimum_cents", "true, 500000").await;
    story.code(rule, "BIG", None).await;
    let old = story.rule("percentage_off", TEN_PERCENT, "needs_code, ends_at", "true, now() - interval '1 day'").await;
    story.code(old, "OLD", None).await;
    let cart = story.cart(&[(0, 1)]).await;
    let missing = Money::shillings(4_000);
    for (code, why) in [
        ("BIG", CodeRefusal::BelowMinimum { missing }),
        ("OLD", CodeRefusal::Over),
        ("NOBODY", CodeRefusal::Unknown),
        ("x", CodeRefusal::Unknown),
        ("'; drop table carts; --", CodeRefusal::Unknown),
    ] {
        assert_eq!(story.type_code(&cart, code).await, Err(NotTaken::Refused(why)), "{code}");
    }
    let stranger = story.stranger().await;
    let theirs = stranger.cart(&[(0, 1)]).await;
    assert_eq!(stranger.type_code(&theirs, "BIG").await, Err(NotTaken::Refused(CodeRefusal::Unknown)));
    assert_eq!(story.count("carts where codes <> '{}'").await, 0);

    let six: Vec<String> = (0..6).map(|n| format!("CODE{n}")).collect();
    for code in &six {
        let rule = story.rule("percentage_off", TEN_PERCENT, "needs_code", "true").await;
        story.code(rule, code, None).await;
    }
    for code in &six[..5] {
        story.type_code(&cart, code).await.unwrap();
        story.type_code(&cart, code).await.unwrap();
    }
    assert_eq!(story.type_code(&cart, &six[5]).await, Err(NotTaken::TooMany));
    remove_code(&story.ctx(), story.shop.store, &cart, "code-0").await.unwrap();
    story.type_code(&cart, &six[5]).await.unwrap();
    let kept: (Vec<String>,) = story.row("select codes from carts where codes <> '{}'").await;
    assert_eq!(kept.0, six[1..]);
}
