//! M-Pesa asks before money moves: what is refused with which code, and that nobody's money is lost by our being slow.

use crate::{provider::told, till::order, world::World};
use duka::{ctx::Platform, db::Db, kernel::token::Token};
use serde_json::json;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

const ACCEPTED: &str = r#"{"ResultCode":"0","ResultDesc":"Accepted"}"#;

fn rejected(code: &str) -> String {
    format!(r#"{{"ResultCode":"{code}","ResultDesc":"Rejected"}}"#)
}

async fn ask(world: &World, token: &Token, body: &str) -> (u16, String) {
    let answer = world.call(&format!("/hooks/c2b/{}/validation", token.hex()), body).await;
    (answer.status.as_u16(), answer.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_account_wrong_amount_and_closed_order_are_refused_before_money_moves() {
    let world = World::new().await;
    let token = world.takes(&world.njeri, "paybill").await;
    order(&world, "mpesa_paybill", "Amina Wanjiru", "0711223344").await;
    order(&world, "mpesa_paybill", "Jane Otieno", "0722000111").await;
    order(&world, "mpesa_paybill", "Brian Mutua", "0733000222").await;
    world.sql("update orders set status = 'cancelled', cancelled_at = now() where order_number = 1002").await;
    world.money(&token, &told("UD25M0RR7C", 1_150, "1003T")).await;
    for (account, shillings, expected) in [
        ("1001K", 1_150, ACCEPTED.to_owned()),
        ("order 1001", 1_150, ACCEPTED.to_owned()),
        ("0711 223 344", 1_150, ACCEPTED.to_owned()),
        ("1001K", 1_000, rejected("C2B00013")),
        ("1001", 11_500, rejected("C2B00013")),
        ("1002P", 1_150, rejected("C2B00016")),
        ("1003T", 1_150, rejected("C2B00016")),
        ("5555", 1_150, rejected("C2B00012")),
        ("rent", 1_150, rejected("C2B00012")),
        ("", 1_150, rejected("C2B00012")),
    ] {
        let answer = ask(&world, &token, &told("UD25M0RR9Z", shillings, account).to_string()).await;
        assert_eq!(answer, (200, expected), "{account} {shillings}");
    }
    let mut elsewhere = told("UD25M0RR9Z", 1_150, "1001K");
    elsewhere["BusinessShortCode"] = json!("600000");
    assert_eq!(ask(&world, &token, &elsewhere.to_string()).await, (200, rejected("C2B00015")));
    let kept = world
        .text(
            "select string_agg(n || ' ' || outcome, ', ' order by outcome)
             from (select outcome, count(*) n from mpesa_callbacks_raw where kind = 'c2b_validation' and processed_at is not null group by outcome) o",
        )
        .await;
    assert_eq!(kept, "3 accepted, 2 closed_order, 3 wrong_account, 2 wrong_amount, 1 wrong_short_code");
    assert_eq!(
        world.count("select count(*) from mpesa_callbacks_raw where kind = 'c2b_validation' and validated").await,
        3
    );
    // Asking moves nothing.
    assert_eq!(world.count("select count(*) from payments").await, 1);
    assert_eq!(
        world.count("select count(*) from orders where order_number <> 1003 and payment_status <> 'unpaid'").await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_till_has_no_accounts_and_what_cannot_be_read_may_still_be_money() {
    let world = World::new().await;
    let token = world.takes(&world.njeri, "till").await;
    let mut body = told("UD25M0RR9Z", 77, "");
    body["TransactionType"] = json!("Buy Goods");
    body["BusinessShortCode"] = json!("5556667");
    for body in [body.to_string(), "not json".to_owned(), "{}".to_owned()] {
        assert_eq!(ask(&world, &token, &body).await, (200, ACCEPTED.to_owned()), "{body}");
    }
    assert_eq!(world.count("select count(*) from mpesa_callbacks_raw").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_nobody_gave_out_is_not_there() {
    let world = World::new().await;
    world.takes(&world.njeri, "paybill").await;
    let body = told("UD25M0RR9Z", 1_150, "1001K").to_string();
    for token in [Token::random().hex(), "x".to_owned(), "0".repeat(63)] {
        for hook in ["validation", "confirmation"] {
            let answer = world.call(&format!("/hooks/c2b/{token}/{hook}"), body.clone()).await;
            assert_eq!(answer.status, 404, "{hook} {token}");
        }
    }
    assert_eq!(world.count("select count(*) from mpesa_callbacks_raw").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_we_are_slow_to_answer_is_answered_yes_and_kept_all_the_same() {
    let world = World::new().await;
    let token = world.takes(&world.njeri, "paybill").await;
    let mut slow = world.db.superuser().await;
    sqlx::raw_sql("begin; lock table mpesa_callbacks_raw in exclusive mode").execute(&mut slow).await.unwrap();
    let asked = Instant::now();
    let answer = ask(&world, &token, &told("UD25M0RR9Z", 1_150, "nobody").to_string()).await;
    assert_eq!(answer, (200, ACCEPTED.to_owned()));
    assert!(asked.elapsed() < Duration::from_millis(2_500), "{:?}", asked.elapsed());
    sqlx::raw_sql("rollback").execute(&mut slow).await.unwrap();
    let end = Instant::now() + Duration::from_secs(10);
    while world.count("select count(*) from mpesa_callbacks_raw where outcome = 'wrong_account'").await == 0 {
        assert!(Instant::now() < end, "the question was never kept");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_money_may_come_and_a_notice_is_asked_for_again() {
    let mut world = World::new().await;
    let token = world.takes(&world.njeri, "paybill").await;
    let body = told("UD25M0RR9Z", 1_150, "nobody").to_string();
    let before = world.app.platform.clone();
    let away = Db::open("postgres://nobody@127.0.0.1:1/nothing", 1).unwrap();
    world.use_platform(Arc::new(Platform { db: away, ..(*before).clone() }));
    assert_eq!(ask(&world, &token, &body).await, (200, ACCEPTED.to_owned()));
    let told_of = world.call(&format!("/hooks/c2b/{}/confirmation", token.hex()), body.clone()).await;
    assert_eq!((told_of.status.as_u16(), told_of.header("retry-after")), (503, "5"));
    world.use_platform(before);
    assert_eq!(ask(&world, &token, &body).await, (200, rejected("C2B00012")));
}
