//! What M-Pesa posts when a question or a reversal has ended; read with tolerance, since its own samples disagree.

use super::wire::{BODY_LIMIT, MalformedCallback, as_text, at_nairobi, from_nairobi, text};
use crate::kernel::outside_json;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

/// How something that was asked in an operator's name ended. It carries no signature, and its parameters can hold
/// names and numbers of people, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderResult {
    /// As text, because not every code is a number.
    pub result_code: String,
    /// Prose of the provider: for logs and operators only.
    pub result_desc: String,
    pub conversation_id: String,
    pub originator_conversation_id: String,
    /// The receipt of what was done, such as of a reversal; none when nothing was.
    pub transaction_id: Option<String>,
    pub(super) parameters: Vec<(String, String)>,
}

impl ProviderResult {
    /// The first value under this name; names may come twice, and without a value.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Deserialize)]
struct Outer {
    #[serde(rename = "Result")]
    result: Raw,
}

#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "ResultCode", default, deserialize_with = "text")]
    result_code: Option<String>,
    #[serde(rename = "ResultDesc", default, deserialize_with = "text")]
    result_desc: Option<String>,
    #[serde(rename = "ConversationID", default, deserialize_with = "text")]
    conversation_id: Option<String>,
    #[serde(rename = "OriginatorConversationID", default, deserialize_with = "text")]
    originator_conversation_id: Option<String>,
    #[serde(rename = "TransactionID", default, deserialize_with = "text")]
    transaction_id: Option<String>,
    #[serde(rename = "ResultParameters", default)]
    parameters: Value,
}

/// Reads the body of a result hook.
///
/// # Errors
/// When code or ids are missing. Parameters that cannot be read are only left out.
pub fn read_result(raw: &[u8]) -> Result<ProviderResult, MalformedCallback> {
    if raw.len() > BODY_LIMIT {
        return Err(MalformedCallback::TooLong);
    }
    let outer: Outer = outside_json::read(raw).ok_or(MalformedCallback::NotJson)?;
    let raw = outer.result;
    let need =
        |field: Option<String>, name| field.filter(|text| !text.is_empty()).ok_or(MalformedCallback::Missing(name));
    Ok(ProviderResult {
        result_code: need(raw.result_code, "ResultCode")?,
        result_desc: raw.result_desc.unwrap_or_default(),
        conversation_id: need(raw.conversation_id, "ConversationID")?,
        originator_conversation_id: need(raw.originator_conversation_id, "OriginatorConversationID")?,
        transaction_id: raw.transaction_id.map(|id| id.to_ascii_uppercase()).filter(|id| is_receipt(id)),
        parameters: parameters(&raw.parameters),
    })
}

/// Three characters of a date and then zeros stand for no transaction.
fn is_receipt(id: &str) -> bool {
    !id.is_empty() && !id.get(3..).is_some_and(|rest| rest.bytes().all(|b| b == b'0'))
}

/// A list, or a single one where there is only one.
fn parameters(value: &Value) -> Vec<(String, String)> {
    let entries = match &value["ResultParameter"] {
        Value::Array(list) => list.as_slice(),
        one @ Value::Object(_) => std::slice::from_ref(one),
        _ => &[],
    };
    entries
        .iter()
        .filter_map(|entry| {
            let value = as_text(&entry["Value"]).filter(|text| !text.is_empty())?;
            Some((as_text(&entry["Key"])?, value))
        })
        .collect()
}

/// `20260402143028` or `02.04.2026 14:30:28`, on a clock in Nairobi.
pub(super) fn time(text: &str) -> Option<DateTime<Utc>> {
    from_nairobi(text).or_else(|| at_nairobi(NaiveDateTime::parse_from_str(text, "%d.%m.%Y %H:%M:%S").ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn read(raw: &str) -> ProviderResult {
        read_result(raw.as_bytes()).unwrap_or_else(|error| panic!("{error}: {raw}"))
    }

    #[test]
    fn a_result_is_read_with_its_code_as_number_or_text() {
        let done = read(include_str!("samples/result_reversed.json"));
        assert_eq!(done.result_code, "0");
        assert_eq!(done.conversation_id, "AG_20260402_2010a7c44be19d0f3382");
        assert_eq!(done.originator_conversation_id, "5530-4c1f-a2b7-66d0e1f3c9a811204");
        assert_eq!(done.transaction_id.as_deref(), Some("UD27P4LL0B"));
        assert_eq!(done.parameter("Amount"), Some("1450.00"));
        assert_eq!(done.parameter("OriginalTransactionID"), Some("UD23K7QX9P"));
        let refused = read(include_str!("samples/result_refused.json"));
        assert_eq!((refused.result_code.as_str(), refused.transaction_id.as_deref()), ("R000002", None));
        assert_eq!(refused.parameter("Amount"), None);
    }

    #[test]
    fn names_come_twice_or_without_a_value_and_one_parameter_is_no_list() {
        let status = read(include_str!("samples/result_status.json"));
        assert_eq!(status.parameter("DebitPartyName"), Some("254711223344 - AMINA OTIENO"));
        assert_eq!(status.parameter("DebitPartyCharges"), None);
        let one = read(include_str!("samples/result_one_parameter.json"));
        assert_eq!(one.parameter("Amount"), Some("1450"));
    }

    #[test]
    fn what_is_no_result_says_what_is_missing() {
        let spoiled = |raw: &str| read_result(raw.as_bytes()).err();
        for raw in ["", "{}", "[]", r#"{"Result":7}"#, r#"{"Body":{}}"#] {
            assert_eq!(spoiled(raw), Some(MalformedCallback::NotJson), "{raw}");
        }
        let raw = include_str!("samples/result_reversed.json");
        for name in ["ResultCode", "ConversationID", "OriginatorConversationID"] {
            let without = raw.replace(&format!("\"{name}\""), "\"Other\"");
            assert_eq!(spoiled(&without), Some(MalformedCallback::Missing(name)), "{name}");
        }
        assert_eq!(spoiled(&" ".repeat(BODY_LIMIT + 1)), Some(MalformedCallback::TooLong));
    }

    #[test]
    fn both_ways_to_write_a_time_are_the_same_moment() {
        let expected = Some(Utc.with_ymd_and_hms(2026, 4, 2, 11, 30, 28).unwrap());
        assert_eq!(time("20260402143028"), expected);
        assert_eq!(time("02.04.2026 14:30:28"), expected);
        assert_eq!(time("2026-04-02"), None);
    }
}
