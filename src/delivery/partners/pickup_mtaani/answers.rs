//! What Pickup Mtaani's answers mean: an envelope, parcels, prices, refusals, and what it tells by itself.

use super::{
    super::contract::{Booked, Fault, ParcelState},
    wire::{inside, number_of, text_of},
};
use crate::kernel::{money::Money, outside_json};
use reqwest::StatusCode;
use serde_json::Value;

/// What is kept of the partner's words.
const LONGEST: usize = 300;
/// A fee above this is no fee.
const DEAREST: i64 = 100_000;

/// What came back, as far as it came.
pub enum Reply {
    Read {
        status: StatusCode,
        answer: Option<Value>,
    },
    /// The connection was never made.
    NeverSent,
    /// Sent, but the answer was lost, late or too long.
    Lost,
}

impl Reply {
    /// The answer, or why there is none.
    pub fn read(self) -> Result<Value, Fault> {
        let (status, answer) = match self {
            Self::NeverSent => return Err(Fault::NotReached("no connection".to_owned())),
            Self::Lost => return Err(Fault::Lost),
            Self::Read { status, answer } => (status, answer),
        };
        match status.as_u16() {
            401 | 403 => Err(Fault::NotAccepted),
            404 => Err(Fault::NotKnown),
            408 | 425 | 429 => Err(Fault::NotReached(status.to_string())),
            // It broke while it worked on it: what was asked may have been done.
            500.. => Err(Fault::Lost),
            400.. => Err(Fault::Refused(reason(answer.as_ref()))),
            _ => match answer {
                None => Err(Fault::Lost),
                Some(answer) if answer.get("success") == Some(&Value::Bool(false)) => {
                    Err(Fault::Refused(reason(Some(&answer))))
                }
                Some(answer) => Ok(answer),
            },
        }
    }
}

fn reason(answer: Option<&Value>) -> String {
    let said = answer.and_then(|answer| text_of(answer, "message").or_else(|| text_of(answer, "error")));
    said.unwrap_or_default().chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

/// The items of a list, wrapped or not.
pub fn read_list(answer: &Value) -> Result<&[Value], Fault> {
    inside(answer).as_array().map(Vec::as_slice).ok_or(Fault::Lost)
}

pub fn read_price(answer: &Value) -> Result<Money, Fault> {
    let price = number_of(inside(answer), "price").filter(|price| *price <= DEAREST).ok_or(Fault::Lost)?;
    Ok(Money::shillings(price))
}

/// A parcel: alone, in its envelope, or the only one of a list.
pub fn read_parcel(answer: &Value) -> Result<Booked, Fault> {
    let inner = inside(answer);
    let parcel = match inner.as_array().map(Vec::as_slice) {
        None => inner,
        Some([one]) => one,
        Some([]) => return Err(Fault::NotKnown),
        Some(_) => return Err(Fault::Lost),
    };
    let number = number_of(parcel, "id").ok_or(Fault::Lost)?;
    let word = text_of(parcel, "state").unwrap_or_default();
    // Without a receipt's number the parcel's own is what a buyer can name.
    let code = text_of(parcel, "receipt_no").unwrap_or_else(|| format!("PM-{number}"));
    Ok(Booked {
        number: Some(number),
        code,
        cost: number_of(parcel, "delivery_fee").filter(|fee| *fee <= DEAREST).map(Money::shillings),
        state: state_of(&word),
        word,
    })
}

/// The partner's word for where a parcel is. A word that nobody has seen moves nothing.
fn state_of(word: &str) -> ParcelState {
    match word {
        "in_transit" => ParcelState::OnTheWay,
        "delivered" => ParcelState::Delivered,
        "cancelled" => ParcelState::Cancelled,
        // `request`: it is expected; `pending`: it waits at the agent where it was handed in.
        _ => ParcelState::Booked,
    }
}

/// What the partner tells by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Something became of a parcel: asking says what.
    Parcel(i64),
    /// About something else.
    Other,
    Malformed,
}

/// Reads a call. Its address is secret and nothing signs it: it only says which parcel is worth asking about.
pub fn read_event(body: &str) -> Event {
    let Some(event) = outside_json::read::<Value>(body.as_bytes()) else { return Event::Malformed };
    let Some(word) = text_of(&event, "event_type") else { return Event::Malformed };
    match event.get("data").and_then(|about| number_of(about, "package_id")) {
        Some(number) if word.starts_with("package.") => Event::Parcel(number),
        _ if word.starts_with("package.") => Event::Malformed,
        _ => Event::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Result<Value, Fault> {
        Reply::Read { status: StatusCode::from_u16(status).unwrap(), answer: serde_json::from_str(body).ok() }.read()
    }

    #[test]
    fn a_parcel_is_read_alone_and_in_its_envelope_and_with_its_slips_of_spelling() {
        let alone = reply(201, include_str!("samples/package.json")).and_then(|answer| read_parcel(&answer)).unwrap();
        let booked = Booked {
            number: Some(66_120),
            code: "PM-66120".to_owned(),
            cost: Some(Money::shillings(180)),
            state: ParcelState::Booked,
            word: "request".to_owned(),
        };
        assert_eq!(alone, booked);
        let wrapped = format!(r#"{{"success":true,"data":{}}}"#, include_str!("samples/package.json"));
        assert_eq!(reply(200, &wrapped).and_then(|answer| read_parcel(&answer)), Ok(booked.clone()));
        let listed = format!(r#"{{"data":[{}]}}"#, include_str!("samples/package.json"));
        assert_eq!(reply(200, &listed).and_then(|answer| read_parcel(&answer)), Ok(booked));
        assert_eq!(reply(200, r#"{"data":[]}"#).and_then(|answer| read_parcel(&answer)), Err(Fault::NotKnown));
        assert_eq!(
            reply(200, r#"{"data":{"state":"request"}}"#).and_then(|answer| read_parcel(&answer)),
            Err(Fault::Lost)
        );
        let bare =
            reply(200, r#"{"id":"7","state":"riding a camel"}"#).and_then(|answer| read_parcel(&answer)).unwrap();
        assert_eq!((bare.code.as_str(), bare.cost, bare.state), ("PM-7", None, ParcelState::Booked));
    }

    #[test]
    fn each_of_its_words_for_where_a_parcel_is_has_one_meaning() {
        for (word, state) in [
            ("request", ParcelState::Booked),
            ("pending", ParcelState::Booked),
            ("in_transit", ParcelState::OnTheWay),
            ("delivered", ParcelState::Delivered),
            ("cancelled", ParcelState::Cancelled),
            ("", ParcelState::Booked),
        ] {
            assert_eq!(state_of(word), state, "{word}");
        }
    }

    #[test]
    fn only_what_was_surely_not_done_may_be_asked_again_without_looking() {
        assert_eq!(reply(401, "{}"), Err(Fault::NotAccepted));
        assert_eq!(reply(404, "{}"), Err(Fault::NotKnown));
        assert_eq!(
            reply(422, include_str!("samples/refused.json")),
            Err(Fault::Refused("Receiver agent is closed".to_owned()))
        );
        assert_eq!(reply(200, r#"{"success":false,"message":"No float"}"#), Err(Fault::Refused("No float".to_owned())));
        assert_eq!(reply(400, "<h1>Bad</h1>"), Err(Fault::Refused(String::new())));
        assert!(matches!(reply(429, "{}"), Err(Fault::NotReached(_))));
        assert!(matches!(Reply::NeverSent.read(), Err(Fault::NotReached(_))));
        for lost in [reply(502, "{}"), reply(200, "<h1>It works</h1>"), Reply::Lost.read()] {
            assert_eq!(lost, Err(Fault::Lost));
        }
    }

    #[test]
    fn a_price_is_whole_shillings_or_none() {
        let price = |body: &str| reply(200, body).and_then(|answer| read_price(&answer));
        assert_eq!(price(include_str!("samples/charge.json")), Ok(Money::shillings(180)));
        assert_eq!(price(r#"{"data":{"price":"90"}}"#), Ok(Money::shillings(90)));
        for wrong in [r#"{"data":{"price":90.5}}"#, r#"{"data":{"price":-1}}"#, r#"{"data":{"price":100001}}"#, "{}"] {
            assert_eq!(price(wrong), Err(Fault::Lost), "{wrong}");
        }
    }

    #[test]
    fn a_call_says_which_parcel_and_nothing_else_is_believed_of_it() {
        assert_eq!(read_event(include_str!("samples/webhook.json")), Event::Parcel(66_120));
        assert_eq!(read_event(r#"{"event_type":"invoice.paid","data":{}}"#), Event::Other);
        for wrong in [
            "",
            "[]",
            "{}",
            r#"{"event_type":"package.delivered"}"#,
            r#"{"event_type":"package.delivered","data":{"package_id":"x"}}"#,
        ] {
            assert_eq!(read_event(wrong), Event::Malformed, "{wrong}");
        }
    }
}
