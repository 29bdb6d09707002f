//! Paystack's words: requests exactly as spelled there, and values of answers read with tolerance.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Largest event and answer that is read, in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;

#[derive(Serialize)]
pub struct Initialize<'a> {
    pub email: &'a str,
    /// Cents, as text.
    pub amount: &'a str,
    pub currency: &'a str,
    pub reference: &'a str,
    pub callback_url: &'a str,
    pub channels: [&'a str; 1],
    /// JSON inside a text, as the provider wants it.
    pub metadata: &'a str,
}

#[derive(Serialize)]
pub struct AskRefund<'a> {
    pub transaction: &'a str,
    /// Cents.
    pub amount: i64,
    pub currency: &'a str,
    pub merchant_note: &'a str,
}

/// What every address answers around its data.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    pub status: bool,
    #[serde(deserialize_with = "maybe_text")]
    pub message: Option<String>,
    #[serde(deserialize_with = "maybe_text")]
    pub code: Option<String>,
    pub data: Value,
}

fn maybe_text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(as_text(&Value::deserialize(from)?))
}

/// A number or a text, as text; nothing for what is empty or neither.
pub fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whole cents, as a number or as a text; never a fraction, never below nothing.
pub fn cents(value: &Value) -> Option<i64> {
    let text = as_text(value)?;
    let is_whole = text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit());
    if is_whole { text.parse().ok() } else { None }
}

/// A text field of an object.
pub fn text_of(object: &Value, name: &str) -> Option<String> {
    object.get(name).and_then(as_text)
}

/// Cents in a field of an object.
pub fn cents_of(object: &Value, name: &str) -> Option<i64> {
    object.get(name).and_then(cents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sums_are_read_as_number_or_text_and_never_as_a_fraction() {
        for (value, expected) in [
            (json!(45_000), Some(45_000)),
            (json!("45000"), Some(45_000)),
            (json!(" 45000 "), Some(45_000)),
            (json!(0), Some(0)),
            (json!("450.00"), None),
            (json!(450.5), None),
            (json!(-1), None),
            (json!("1e9"), None),
            (json!("99999999999999999999"), None),
            (json!(null), None),
            (json!(""), None),
            (json!({}), None),
        ] {
            assert_eq!(cents(&value), expected, "{value}");
        }
    }

    #[test]
    fn the_requests_are_spelled_as_the_provider_spells_them() {
        let back = "https://mama-njeri.duka.example/orders/9f1c?card=d-0197a1b2c3d4";
        let ask = Initialize {
            email: "amina@example.co.ke",
            amount: "145000",
            currency: "KES",
            reference: "d-0197a1b2c3d4",
            callback_url: back,
            channels: ["card"],
            metadata: &json!({ "cancel_action": back, "order_number": "1001" }).to_string(),
        };
        let sample: Value = serde_json::from_str(include_str!("samples/initialize_request.json")).unwrap();
        assert_eq!(serde_json::to_value(ask).unwrap(), sample);
        let refund = AskRefund {
            transaction: "d-0197a1b2c3d4",
            amount: 45_000,
            currency: "KES",
            merchant_note: "0197a1b2-0000-7000-8000-000000000001",
        };
        let sample: Value = serde_json::from_str(include_str!("samples/refund_request.json")).unwrap();
        assert_eq!(serde_json::to_value(refund).unwrap(), sample);
    }

    #[test]
    fn the_envelope_is_read_whatever_its_parts_are() {
        let refused: Answer = serde_json::from_str(include_str!("samples/initialize_duplicate.json")).unwrap();
        assert!(!refused.status);
        assert_eq!(refused.code.as_deref(), Some("duplicate_reference"));
        let odd: Answer = serde_json::from_str(r#"{"status":true,"message":7,"code":null,"data":[]}"#).unwrap();
        assert!(odd.status);
        assert_eq!((odd.message.as_deref(), odd.code), (Some("7"), None));
    }
}
