//! Money that comes to a paybill or till by itself, as Daraja tells of it and asks about it.

use super::wire::{BODY_LIMIT, MalformedCallback, cents, from_nairobi};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// To which kind of account it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum C2bKind {
    Paybill,
    Till,
}

/// Who paid, as far as it says: a number, its hash, or the number with its middle hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct C2bPayer {
    pub msisdn: String,
    pub name: Option<String>,
}

/// What a notice claims. Only the address it came to speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct C2bNotice {
    pub kind: C2bKind,
    pub receipt: String,
    pub amount_cents: i64,
    pub short_code: String,
    /// What the payer typed; empty at a till.
    pub account: String,
    pub payer: C2bPayer,
    pub at: Option<DateTime<Utc>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Raw {
    transaction_type: serde_json::Value,
    #[serde(rename = "TransID")]
    trans_id: serde_json::Value,
    trans_time: serde_json::Value,
    trans_amount: serde_json::Value,
    business_short_code: serde_json::Value,
    bill_ref_number: serde_json::Value,
    #[serde(rename = "MSISDN")]
    msisdn: serde_json::Value,
    first_name: serde_json::Value,
}

fn text(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.trim().to_owned(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Reads the body of a validation or a confirmation; they have one shape.
pub fn read_c2b(raw: &[u8]) -> Result<C2bNotice, MalformedCallback> {
    if raw.len() > BODY_LIMIT {
        return Err(MalformedCallback::TooLong);
    }
    let raw: Raw = serde_json::from_slice(raw).map_err(|_| MalformedCallback::NotJson)?;
    let given = |value: &serde_json::Value, name| match text(value) {
        text if text.is_empty() => Err(MalformedCallback::Missing(name)),
        text => Ok(text),
    };
    let amount = given(&raw.trans_amount, "TransAmount")?;
    let is_till = text(&raw.transaction_type).to_lowercase().contains("goods");
    Ok(C2bNotice {
        kind: if is_till { C2bKind::Till } else { C2bKind::Paybill },
        receipt: given(&raw.trans_id, "TransID")?.to_uppercase(),
        amount_cents: cents(&amount).filter(|cents| *cents > 0).ok_or(MalformedCallback::Amount)?,
        short_code: given(&raw.business_short_code, "BusinessShortCode")?,
        account: text(&raw.bill_ref_number),
        payer: C2bPayer {
            msisdn: text(&raw.msisdn),
            name: Some(text(&raw.first_name)).filter(|name| !name.is_empty()),
        },
        at: from_nairobi(&text(&raw.trans_time)),
    })
}
