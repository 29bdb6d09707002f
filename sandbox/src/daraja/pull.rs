//! Pull transactions: all money that arrived at a number in the last two days, a hundred rows at a time.

use std::collections::HashSet;

use axum::{Json, body::Bytes, extract::State, http::HeaderMap};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{
    answers::{Refusal, refuse_field},
    check_token,
    fields::Fields,
    refuse,
};
use crate::{
    kenya,
    ledger::{Movement, Way},
    phones::business_name,
    world::Sandbox,
};

const REGISTER_FIELDS: [&str; 4] = ["ShortCode", "RequestType", "NominatedNumber", "CallBackURL"];
const QUERY_FIELDS: [&str; 4] = ["ShortCode", "StartDate", "EndDate", "OffSetValue"];
const PAGE: usize = 100;
const WINDOW: TimeDelta = TimeDelta::hours(48);
/// Numbers that may be registered.
const MOST: usize = 1000;

/// The numbers whose list may be asked for.
#[derive(Default)]
pub struct PullNumbers(HashSet<String>);

/// `POST …/pulltransactions/v1/register`.
pub async fn register(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    keep(&sandbox, &headers, &body).map(Json)
}

fn keep(sandbox: &Sandbox, headers: &HeaderMap, body: &Bytes) -> Result<Value, Refusal> {
    check_token(sandbox, headers)?;
    let fields = Fields::read(headers, body, &REGISTER_FIELDS)?;
    let number = fields.short_code("ShortCode")?;
    fields.word("RequestType", &["Pull"])?;
    kenya::phone(&fields.text("NominatedNumber", 15)?).ok_or_else(|| refuse_field("NominatedNumber"))?;
    fields.address("CallBackURL")?;
    let mut world = sandbox.world();
    if world.pull_numbers.0.len() >= MOST {
        return Err(refuse(500, "500.003.02", "System is busy. Please try again in few minutes."));
    }
    let (status, text) = if world.pull_numbers.0.insert(number.clone()) {
        ("1000", "Shortcode Registered Successfully")
    } else {
        ("1001", "Shortcode Already Registered")
    };
    Ok(json!({
        "ResponseRefID": kenya::request_id(),
        "ResponseStatus": status,
        "ShortCode": number,
        "ResponseDescription": text,
    }))
}

/// `POST` or `GET …/pulltransactions/v1/query`; the provider's text and its samples disagree on the method.
pub async fn query(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    list(&sandbox, &headers, &body).map(Json)
}

fn list(sandbox: &Sandbox, headers: &HeaderMap, body: &Bytes) -> Result<Value, Refusal> {
    check_token(sandbox, headers)?;
    let fields = Fields::read(headers, body, &QUERY_FIELDS)?;
    let number = fields.short_code("ShortCode")?;
    let (start, end) = (moment(&fields, "StartDate")?, moment(&fields, "EndDate")?);
    let offset: usize = fields.digits("OffSetValue")?.parse().map_err(|_| refuse_field("OffSetValue"))?;
    if end < start {
        return Err(refuse_field("EndDate"));
    }
    let world = sandbox.world();
    if !world.pull_numbers.0.contains(&number) {
        return Err(refuse(400, "400.001", "Shortcode not registered for pull"));
    }
    let from = start.max(world.now() - WINDOW);
    // Whole seconds are all that a date of the request can say.
    let arrived = world.ledger.arrived(&number, from, end + TimeDelta::milliseconds(999));
    let rows: Vec<Value> = arrived.into_iter().skip(offset).take(PAGE).map(row).collect();
    let (code, text) = if rows.is_empty() { ("1001", "No transactions found") } else { ("1000", "Success") };
    Ok(json!({
        "ResponseRefID": kenya::request_id(),
        "ResponseCode": code,
        "ResponseMessage": text,
        "Response": [rows],
    }))
}

/// `2026-04-02 00:00:00` on a clock in Nairobi.
fn moment(fields: &Fields, name: &str) -> Result<DateTime<Utc>, Refusal> {
    let text = fields.text(name, 19)?;
    let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S").map_err(|_| refuse_field(name))?;
    Ok(local.and_utc() - TimeDelta::hours(3))
}

fn row(movement: &Movement) -> Value {
    json!({
        "transactionId": movement.receipt,
        // The provider writes Nairobi's time with a Z behind it.
        "trxDate": kenya::in_nairobi(movement.at).format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "msisdn": movement.phone.parse::<u64>().ok(),
        "sender": "MPESA",
        "transactiontype": if movement.way == Way::BuyGoods { "c2b-buy-goods-debit" } else { "c2b-pay-bill-debit" },
        "billreference": movement.account,
        "amount": format!("{}.0", movement.amount),
        "organizationname": business_name(&movement.short_code),
    })
}
