//! Pickup Mtaani's words: requests exactly as spelled there, and values of answers read with tolerance.

use serde::Serialize;
use serde_json::Value;

/// Largest answer that is read, in bytes.
pub const BODY_LIMIT: usize = 512 * 1024;

/// A parcel from agent to agent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateParcel<'a> {
    pub sender_agent_id: i64,
    pub receiver_agent_id: i64,
    pub package_name: &'a str,
    /// Whole shillings.
    pub package_value: i64,
    pub customer_name: &'a str,
    pub customer_phone_number: &'a str,
    pub payment_option: &'static str,
    /// What the agent is to collect: nothing, since the buyer has paid.
    #[serde(rename = "on_delivery_balance")]
    pub on_delivery_balance: i64,
}

#[derive(Serialize)]
pub struct RegisterWebhook<'a> {
    pub webhook_url: &'a str,
}

/// A text or number as text; nothing for what is empty or neither.
pub fn text_of(object: &Value, name: &str) -> Option<String> {
    match object.get(name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A whole number that is not below nothing, as a number or a text.
pub fn number_of(object: &Value, name: &str) -> Option<i64> {
    let text = text_of(object, name)?;
    // A price may come as `180.0`; anything that is a fraction is none.
    let whole = match text.split_once('.') {
        Some((whole, part)) if part.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => &text,
    };
    let is_whole = !whole.is_empty() && whole.len() <= 15 && whole.bytes().all(|b| b.is_ascii_digit());
    if is_whole { whole.parse().ok() } else { None }
}

/// What is in the envelope, or the answer itself where there is none.
pub fn inside(answer: &Value) -> &Value {
    answer.get("data").unwrap_or(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_requests_are_spelled_as_the_partner_spells_them() {
        let parcel = CreateParcel {
            sender_agent_id: 41,
            receiver_agent_id: 307,
            package_name: "ORD10482",
            package_value: 1_450,
            customer_name: "Amina W",
            customer_phone_number: "0711223344",
            payment_option: "vendor",
            on_delivery_balance: 0,
        };
        let sample: Value = serde_json::from_str(include_str!("samples/create_request.json")).unwrap();
        assert_eq!(serde_json::to_value(parcel).unwrap(), sample);
        let hook = RegisterWebhook { webhook_url: "https://duka.example/hooks/delivery/ab" };
        assert_eq!(
            serde_json::to_value(hook).unwrap(),
            json!({ "webhook_url": "https://duka.example/hooks/delivery/ab" })
        );
    }

    #[test]
    fn numbers_are_whole_and_never_below_nothing() {
        for (value, wanted) in [
            (json!(180), Some(180)),
            (json!("180"), Some(180)),
            (json!(180.0), Some(180)),
            (json!(180.5), None),
            (json!(-1), None),
            (json!("1e3"), None),
            (json!(null), None),
            (json!({}), None),
            (json!("9999999999999999"), None),
        ] {
            assert_eq!(number_of(&json!({ "price": value }), "price"), wanted, "{value}");
        }
    }
}
