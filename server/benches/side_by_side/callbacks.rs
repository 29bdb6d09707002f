//! How soon a provider's callback is acknowledged, at fifty a second while shoppers look around.

use crate::{
    load::{Machine, script},
    program::Program,
    shopper::http,
    table::{Limit, Table},
};
use duka::{db::testing::TestDb, kernel::token::Token};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Between two callbacks: fifty a second.
const APART: Duration = Duration::from_millis(20);
/// As many as a thousand, so that the hundredth part is ten.
const CALLBACKS: usize = 1_000;
/// What the slowest in a hundred may take, in milliseconds.
const MOST: f64 = 500.0;
const LOOKERS: usize = 16;
const WHAT: &str = "callback acknowledged, p99 / 500 ms";

pub async fn measure(machine: &Machine, db: &TestDb, duka: &Program, table: &mut Table) {
    let tokens = addresses(db).await;
    let lua = script("page.lua", include_str!("page.lua"));
    // Half of a hundred shops' pages are drawn anew.
    let words = [duka.port.to_string(), "100".to_owned(), "20".to_owned(), "drawn".to_owned()];
    let time = APART * u32::try_from(CALLBACKS).unwrap() + Duration::from_secs(2);
    let looking = machine.wrk_for(time, duka.port, &lua, LOOKERS, &words);
    let calling = call_all(duka.port, tokens);
    let (leg, mut took) = tokio::join!(looking, calling);
    took.sort_unstable();
    let stored: i64 = sqlx::query_scalar("select count(*) from mpesa_callbacks_raw")
        .fetch_one(&mut db.superuser().await)
        .await
        .unwrap();
    let sides = format!(
        "p50 {:.0} ms, p99 {:.0} ms, slowest {:.0} ms of {} beside {:.0} pages a second",
        millis(took[took.len() / 2]),
        millis(took[took.len() * 99 / 100]),
        millis(took[took.len() - 1]),
        took.len(),
        leg.per_second
    );
    if took.len() == CALLBACKS && usize::try_from(stored) == Ok(CALLBACKS) {
        table.ratio(WHAT, sides, millis(took[took.len() * 99 / 100]) / MOST, Limit::AtMost(1.0));
    } else {
        let why = format!("{} of {CALLBACKS} were acknowledged and {stored} are stored", took.len());
        table.missing(WHAT, &why, Limit::AtMost(1.0));
    }
}

fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

/// An address each, of payments of one shop.
async fn addresses(db: &TestDb) -> Vec<Token> {
    let tokens: Vec<Token> = (0..CALLBACKS).map(|_| Token::random()).collect();
    let hashes: Vec<Vec<u8>> = tokens.iter().map(Token::hash).collect();
    sqlx::query(
        "with tenant as (
             select id from tenants order by id limit 1
         ), paid as (
             insert into payments (tenant_id, method, amount_cents, paid_amount_cents, status, mpesa_receipt, completed_at)
             select tenant.id, 'mpesa_paybill', 100000, 100000, 'succeeded', 'BENCH' || n, now()
             from tenant, generate_series(1, array_length($1::bytea[], 1)) n
             returning tenant_id, id, mpesa_receipt
         )
         insert into hook_tokens (token_hash, tenant_id, purpose, subject_id)
         select ($1::bytea[])[substr(mpesa_receipt, 6)::int], tenant_id, 'pay', id from paid",
    )
    .bind(hashes)
    .execute(&mut db.superuser().await)
    .await
    .unwrap();
    tokens
}

/// What each took that was acknowledged.
async fn call_all(port: u16, tokens: Vec<Token>) -> Vec<Duration> {
    let http = http();
    let mut calls = JoinSet::new();
    let mut clock = tokio::time::interval(APART);
    for token in tokens {
        clock.tick().await;
        let http = http.clone();
        calls.spawn(async move {
            let body = serde_json::json!({ "Body": { "stkCallback": {
                "MerchantRequestID": "29115-34620561-1", "CheckoutRequestID": "ws_CO_191220191020363925",
                "ResultCode": 1032, "ResultDesc": "Request cancelled by user" } } });
            let began = Instant::now();
            let sent = http
                .post(format!("http://127.0.0.1:{port}/hooks/pay/{}", token.hex()))
                .header("Host", format!("localhost:{port}"))
                .json(&body)
                .send()
                .await;
            sent.is_ok_and(|answer| answer.status() == 200).then(|| began.elapsed())
        });
    }
    let mut took = Vec::new();
    while let Some(one) = calls.join_next().await {
        took.extend(one.unwrap());
    }
    took
}
