//! Daraja's words: requests exactly as spelled there, answers and callbacks read with tolerance.

use crate::kernel::{kenya::EAST_AFRICA, outside_json};
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// Largest callback and answer that is read, in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StkPush<'a> {
    pub business_short_code: &'a str,
    pub password: &'a str,
    pub timestamp: &'a str,
    pub transaction_type: &'a str,
    /// Whole shillings.
    pub amount: i64,
    pub party_a: &'a str,
    pub party_b: &'a str,
    pub phone_number: &'a str,
    #[serde(rename = "CallBackURL")]
    pub callback_url: &'a str,
    pub account_reference: &'a str,
    pub transaction_desc: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StkQuery<'a> {
    pub business_short_code: &'a str,
    pub password: &'a str,
    pub timestamp: &'a str,
    #[serde(rename = "CheckoutRequestID")]
    pub checkout_request_id: &'a str,
}

#[derive(Deserialize)]
pub struct TokenAnswer {
    pub access_token: String,
    /// Seconds, as text or as a number.
    #[serde(default, deserialize_with = "text")]
    pub expires_in: Option<String>,
}

/// Everything that the addresses answer at once; which fields are there tells what it is.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    #[serde(rename = "MerchantRequestID")]
    pub merchant_request_id: Option<String>,
    #[serde(rename = "CheckoutRequestID")]
    pub checkout_request_id: Option<String>,
    #[serde(rename = "ResponseCode", deserialize_with = "text")]
    pub response_code: Option<String>,
    #[serde(rename = "ResponseDescription")]
    pub response_description: Option<String>,
    #[serde(rename = "ResultCode", deserialize_with = "text")]
    pub result_code: Option<String>,
    #[serde(rename = "ResultDesc")]
    pub result_desc: Option<String>,
    #[serde(rename = "ConversationID")]
    pub conversation_id: Option<String>,
    /// The addresses for registering spell it without the second `n`.
    #[serde(rename = "OriginatorConversationID", alias = "OriginatorCoversationID")]
    pub originator_conversation_id: Option<String>,
    /// What registering for the pull answers in place of `ResponseCode`.
    #[serde(rename = "ResponseStatus", deserialize_with = "text")]
    pub response_status: Option<String>,
    #[serde(rename = "ResponseMessage")]
    pub response_message: Option<String>,
    #[serde(rename = "errorCode", deserialize_with = "text")]
    pub error_code: Option<String>,
    #[serde(rename = "errorMessage")]
    pub error_message: Option<String>,
}

/// A number or a text, as text.
pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(as_text(&Value::deserialize(from)?))
}

pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What an STK callback claims. It carries no signature: nothing here is true until it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StkCallback {
    pub merchant_request_id: String,
    pub checkout_request_id: String,
    /// As text, because not every code is a number.
    pub result_code: String,
    /// Prose of the provider: for logs and operators only.
    pub result_desc: String,
    /// Cents; only when it was paid.
    pub amount_cents: Option<i64>,
    /// The number in the buyer's message; only when it was paid.
    pub receipt: Option<String>,
    pub paid_at: Option<DateTime<Utc>>,
}

/// Why a body is nothing that M-Pesa posts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedCallback {
    #[error("the body is longer than 64 KiB")]
    TooLong,
    #[error("the body is no JSON object of the expected shape")]
    NotJson,
    #[error("{0} is missing or empty")]
    Missing(&'static str),
    #[error("the amount is no sum of money with at most two decimals")]
    Amount,
}

#[derive(Deserialize)]
struct Outer {
    #[serde(rename = "Body")]
    body: Inner,
}

#[derive(Deserialize)]
struct Inner {
    #[serde(rename = "stkCallback")]
    callback: RawCallback,
}

#[derive(Deserialize)]
struct RawCallback {
    #[serde(rename = "MerchantRequestID", default, deserialize_with = "text")]
    merchant_request_id: Option<String>,
    #[serde(rename = "CheckoutRequestID", default, deserialize_with = "text")]
    checkout_request_id: Option<String>,
    #[serde(rename = "ResultCode", default, deserialize_with = "text")]
    result_code: Option<String>,
    #[serde(rename = "ResultDesc", default, deserialize_with = "text")]
    result_desc: Option<String>,
    #[serde(rename = "CallbackMetadata")]
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "Item", default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "Value", default)]
    value: Value,
}

impl RawCallback {
    /// By name, because order and presence vary.
    fn item(&self, name: &str) -> Option<String> {
        let items = &self.metadata.as_ref()?.items;
        items
            .iter()
            .find(|item| item.name == name)
            .and_then(|item| as_text(&item.value))
            .filter(|text| !text.is_empty())
    }
}

/// Reads the body that M-Pesa posts when a prompt has ended.
///
/// # Errors
/// When ids or result code are missing, or the amount is no money. A time that cannot be read is only left out.
pub fn read_stk_callback(raw: &[u8]) -> Result<StkCallback, MalformedCallback> {
    if raw.len() > BODY_LIMIT {
        return Err(MalformedCallback::TooLong);
    }
    let outer: Outer = outside_json::read(raw).ok_or(MalformedCallback::NotJson)?;
    let raw = outer.body.callback;
    let given = |field: &Option<String>, name| match field {
        Some(text) if !text.is_empty() => Ok(text.clone()),
        _ => Err(MalformedCallback::Missing(name)),
    };
    Ok(StkCallback {
        merchant_request_id: given(&raw.merchant_request_id, "MerchantRequestID")?,
        checkout_request_id: given(&raw.checkout_request_id, "CheckoutRequestID")?,
        result_code: given(&raw.result_code, "ResultCode")?,
        result_desc: raw.result_desc.clone().unwrap_or_default(),
        amount_cents: raw.item("Amount").map(|text| cents(&text).ok_or(MalformedCallback::Amount)).transpose()?,
        receipt: raw.item("MpesaReceiptNumber").map(|text| text.to_ascii_uppercase()),
        paid_at: raw.item("TransactionDate").and_then(|text| from_nairobi(&text)),
    })
}

/// Shillings as decimal text to cents, without floats; `None` for more than two decimals that count, signs, exponents.
pub(super) fn cents(shillings: &str) -> Option<i64> {
    let (whole, part) = shillings.split_once('.').unwrap_or((shillings, "0"));
    let digits = |text: &str| !text.is_empty() && text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let part = part.trim_end_matches('0');
    let hundredths: i64 = match part.len() {
        0 => 0,
        1 => part.parse::<i64>().ok()? * 10,
        2 => part.parse().ok()?,
        _ => return None,
    };
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(hundredths)
}

pub(super) fn from_nairobi(stamp: &str) -> Option<DateTime<Utc>> {
    at_nairobi(NaiveDateTime::parse_from_str(stamp, "%Y%m%d%H%M%S").ok()?)
}

/// The moment at which a clock in Nairobi shows this.
pub(super) fn at_nairobi(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    Some(EAST_AFRICA.from_local_datetime(&local).single()?.to_utc())
}

/// `YYYYMMDDHHmmss` on a clock in Nairobi.
pub fn timestamp(now: DateTime<Utc>) -> String {
    now.with_timezone(&EAST_AFRICA).format("%Y%m%d%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MERCHANT: &str = "4821-7d3f-b0aa-19c55e70f2ab61907";
    const CHECKOUT: &str = "ws_CO_02042026143006218711223344";

    fn paid() -> StkCallback {
        StkCallback {
            merchant_request_id: MERCHANT.to_owned(),
            checkout_request_id: CHECKOUT.to_owned(),
            result_code: "0".to_owned(),
            result_desc: "The service request is processed successfully.".to_owned(),
            amount_cents: Some(145_000),
            receipt: Some("UD23K7QX9P".to_owned()),
            paid_at: Some(Utc.with_ymd_and_hms(2026, 4, 2, 11, 30, 28).unwrap()),
        }
    }

    fn failed(code: &str, desc: &str) -> StkCallback {
        StkCallback {
            result_code: code.to_owned(),
            result_desc: desc.to_owned(),
            amount_cents: None,
            receipt: None,
            paid_at: None,
            ..paid()
        }
    }

    #[test]
    fn a_paid_callback_is_read_in_all_its_forms() {
        for raw in [
            include_str!("samples/callback_paid.json"),
            include_str!("samples/callback_paid_as_text_in_another_order.json"),
            include_str!("samples/callback_paid_without_phone.json"),
        ] {
            assert_eq!(read_stk_callback(raw.as_bytes()), Ok(paid()), "{raw}");
        }
    }

    #[test]
    fn a_failed_callback_carries_a_code_and_no_money() {
        let cancelled = read_stk_callback(include_bytes!("samples/callback_cancelled.json"));
        assert_eq!(cancelled, Ok(failed("1032", "Request cancelled by user")));
        let settings = read_stk_callback(include_bytes!("samples/callback_operator_unknown.json"));
        assert_eq!(settings, Ok(failed("SFC_IC0003", "The operator does not exist.")));
    }

    #[test]
    fn what_is_no_callback_says_what_is_missing() {
        let read = |raw: &str| read_stk_callback(raw.as_bytes()).unwrap_err();
        for raw in ["", "null", "[]", "{}", r#"{"Body":{}}"#, "<html>", r#"{"Body":{"stkCallback":7}}"#] {
            assert_eq!(read(raw), MalformedCallback::NotJson, "{raw}");
        }
        let raw = include_str!("samples/callback_cancelled.json");
        for (name, value) in [("MerchantRequestID", MERCHANT), ("CheckoutRequestID", CHECKOUT)] {
            assert_eq!(read(&raw.replace(value, "")), MalformedCallback::Missing(name));
            assert_eq!(read(&raw.replace(name, "Other")), MalformedCallback::Missing(name));
        }
        assert_eq!(read(&raw.replace("1032", "null")), MalformedCallback::Missing("ResultCode"));
        let paid = include_str!("samples/callback_paid.json");
        for amount in ["1450.001", "-1", "1e30", "\"much\"", "\"1450.\"", "9223372036854775807"] {
            assert_eq!(read(&paid.replace("1450.00", amount)), MalformedCallback::Amount, "{amount}");
        }
        assert_eq!(read(&" ".repeat(BODY_LIMIT + 1)), MalformedCallback::TooLong);
    }

    #[test]
    fn shillings_become_cents_without_rounding() {
        for (text, expected) in [
            ("1450", Some(145_000)),
            ("1450.0", Some(145_000)),
            ("1450.00", Some(145_000)),
            ("1450.5", Some(145_050)),
            ("1450.05", Some(145_005)),
            ("1450.050", Some(145_005)),
            ("0.01", Some(1)),
            ("1450.005", None),
            ("1,450", None),
            ("+5", None),
            ("", None),
            (".5", None),
            ("1.2.3", None),
        ] {
            assert_eq!(cents(text), expected, "{text}");
        }
    }

    #[test]
    fn an_unreadable_time_is_left_out_and_nothing_else() {
        let raw = include_str!("samples/callback_paid.json").replace("20260402143028", "20261399000000");
        assert_eq!(read_stk_callback(raw.as_bytes()), Ok(StkCallback { paid_at: None, ..paid() }));
    }

    #[test]
    fn answers_are_read_with_codes_as_text_or_number() {
        let accepted: Answer = serde_json::from_str(include_str!("samples/push_accepted.json")).unwrap();
        assert_eq!(accepted.response_code.as_deref(), Some("0"));
        assert_eq!(accepted.checkout_request_id.as_deref(), Some(CHECKOUT));
        let done: Answer = serde_json::from_str(include_str!("samples/query_cancelled.json")).unwrap();
        assert_eq!(done.result_code.as_deref(), Some("1032"));
        let number = include_str!("samples/query_cancelled.json").replace("\"1032\"", "1032");
        assert_eq!(serde_json::from_str::<Answer>(&number).unwrap().result_code.as_deref(), Some("1032"));
        let refused: Answer = serde_json::from_str(include_str!("samples/push_locked.json")).unwrap();
        assert_eq!(refused.error_code.as_deref(), Some("500.001.1001"));
        for raw in [include_str!("samples/token.json"), include_str!("samples/token_life_as_number.json")] {
            let token: TokenAnswer = serde_json::from_str(raw).unwrap();
            assert_eq!(token.expires_in.as_deref(), Some("3599"));
        }
    }

    #[test]
    fn the_request_is_spelled_as_the_provider_spells_it() {
        let push = StkPush {
            business_short_code: "509731",
            password: "NTA5NzMx",
            timestamp: &timestamp(Utc.with_ymd_and_hms(2026, 4, 2, 11, 30, 5).unwrap()),
            transaction_type: "CustomerPayBillOnline",
            amount: 1450,
            party_a: "254711223344",
            party_b: "509731",
            phone_number: "254711223344",
            callback_url: "https://pay.duka.example/hooks/pay/9f1c",
            account_reference: "1001",
            transaction_desc: "Order 1001",
        };
        let sample: Value = serde_json::from_str(include_str!("samples/push_request.json")).unwrap();
        assert_eq!(serde_json::to_value(push).unwrap(), sample);
    }
}
