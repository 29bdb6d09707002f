//! The provider's events as they are posted to us; each is only a reason to ask.

use super::{
    refunds::RefundStatus,
    wire::{BODY_LIMIT, text_of},
};
use crate::kernel::outside_json;
use serde_json::Value;

/// What an event is about. Even a signed one is believed only when the provider says the same when asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardEvent {
    /// Something happened to a payment of this reference.
    Charge {
        reference: String,
    },
    Refund(RefundEvent),
    /// The buyer's bank asks for the money of the payment of this reference.
    Dispute {
        reference: String,
    },
    /// Kept, and nothing for us to do; the provider's word for it.
    Other(String),
}

/// Money given back has moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundEvent {
    /// Of the payment it gives back.
    pub reference: String,
    pub status: RefundStatus,
}

/// Why a body is no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedEvent {
    #[error("the body is longer than 64 KiB")]
    TooLong,
    #[error("the body is no JSON object with an event")]
    NotAnEvent,
    #[error("the event names no payment")]
    NoReference,
}

/// Reads the body of an event.
pub fn read_event(raw: &[u8]) -> Result<CardEvent, MalformedEvent> {
    if raw.len() > BODY_LIMIT {
        return Err(MalformedEvent::TooLong);
    }
    let body: Value = outside_json::read(raw).ok_or(MalformedEvent::NotAnEvent)?;
    let event = text_of(&body, "event").ok_or(MalformedEvent::NotAnEvent)?;
    let data = body.get("data").unwrap_or(&Value::Null);
    if event.starts_with("charge.") && !event.starts_with("charge.dispute") {
        let reference = text_of(data, "reference").ok_or(MalformedEvent::NoReference)?;
        return Ok(CardEvent::Charge { reference });
    }
    if let Some(word) = event.strip_prefix("refund.") {
        let reference = text_of(data, "transaction_reference").ok_or(MalformedEvent::NoReference)?;
        return Ok(CardEvent::Refund(RefundEvent { reference, status: RefundStatus::read(word) }));
    }
    let disputed = data.get("transaction").and_then(|transaction| text_of(transaction, "reference"));
    if let Some(reference) =
        disputed.filter(|_| matches!(event.as_str(), "charge.dispute.create" | "charge.dispute.remind"))
    {
        return Ok(CardEvent::Dispute { reference });
    }
    Ok(CardEvent::Other(event.chars().take(60).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charge_and_a_refund_name_their_payment() {
        let reference = "d-0197a1b2c3d4".to_owned();
        assert_eq!(
            read_event(include_bytes!("samples/event_charge_success.json")),
            Ok(CardEvent::Charge { reference: reference.clone() })
        );
        let refund = include_str!("samples/event_refund_processed.json");
        for (word, status) in [
            ("processed", RefundStatus::Processed),
            ("failed", RefundStatus::Failed),
            ("pending", RefundStatus::Pending),
            ("processing", RefundStatus::Pending),
            ("needs-attention", RefundStatus::NeedsAttention),
        ] {
            let raw = refund.replace("refund.processed", &format!("refund.{word}"));
            let expected = RefundEvent { reference: reference.clone(), status };
            assert_eq!(read_event(raw.as_bytes()), Ok(CardEvent::Refund(expected)), "{word}");
        }
    }

    #[test]
    fn what_is_no_event_says_so_and_what_is_new_is_kept() {
        for raw in ["", "null", "[]", "{}", "<html>", r#"{"event":""}"#] {
            assert_eq!(read_event(raw.as_bytes()), Err(MalformedEvent::NotAnEvent), "{raw}");
        }
        for raw in [r#"{"event":"charge.success"}"#, r#"{"event":"refund.failed","data":{"transaction_reference":""}}"#]
        {
            assert_eq!(read_event(raw.as_bytes()), Err(MalformedEvent::NoReference), "{raw}");
        }
        let other = read_event(br#"{"event":"charge.dispute.create","data":{}}"#);
        assert_eq!(other, Ok(CardEvent::Other("charge.dispute.create".to_owned())));
        for (word, is_asked) in [("create", true), ("remind", true), ("resolve", false)] {
            let raw = format!(
                r#"{{"event":"charge.dispute.{word}","data":{{"id":7,"transaction":{{"id":8,"reference":"d-1"}}}}}}"#
            );
            let dispute = CardEvent::Dispute { reference: "d-1".to_owned() };
            assert_eq!(read_event(raw.as_bytes()) == Ok(dispute), is_asked, "{word}");
        }
        assert_eq!(read_event(&vec![b' '; BODY_LIMIT + 1]), Err(MalformedEvent::TooLong));
    }
}
