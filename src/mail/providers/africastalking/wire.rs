//! Africa's Talking's words: the form as it is spelled there, and what every answer means.

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;

/// Largest answer that is read, in bytes.
pub const BODY_LIMIT: usize = 16 * 1024;

/// The message is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The provider's number of it.
    pub message: Option<String>,
}

/// Why it is not. Says neither to whom nor what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// Nothing was sent: the same call may work later.
    Later(&'static str),
    /// It was sent and the answer was lost: it may be on the phone.
    Unknown,
    /// The account's fault, in the word of `sms_accounts.problem`; nothing was sent.
    Account(&'static str),
    /// This phone will not get it.
    Phone,
    /// Its owner has told the provider that they want nothing from this sender.
    Stopped,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "SMSMessageData")]
    data: Messages,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Messages {
    #[serde(rename = "Message")]
    message: String,
    #[serde(rename = "Recipients")]
    recipients: Vec<Recipient>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Recipient {
    #[serde(rename = "statusCode")]
    status_code: Value,
    #[serde(rename = "messageId")]
    message: Option<String>,
}

/// What an answer means. A 201 with nobody in its list is a refusal that says why in words only.
pub fn read(status: StatusCode, body: &[u8]) -> Result<Taken, NotTaken> {
    match status.as_u16() {
        401 | 403 => return Err(NotTaken::Account("not_accepted")),
        429 => return Err(NotTaken::Later("the provider is busy")),
        500..=599 => return Err(NotTaken::Later("the provider is unwell")),
        200 | 201 => {}
        _ => return Err(NotTaken::Later("an answer that nobody knows")),
    }
    // Something else answered with a page of its own: whether anything was sent is not known.
    let answer: Answer = serde_json::from_slice(body).map_err(|_| NotTaken::Unknown)?;
    let Some(one) = answer.data.recipients.into_iter().next() else {
        let words = answer.data.message.to_ascii_lowercase();
        return Err(if words.contains("sender") {
            NotTaken::Account("no_sender")
        } else if words.contains("balance") {
            NotTaken::Account("no_money")
        } else {
            NotTaken::Later("nobody was in the answer's list")
        });
    };
    let code = one.status_code.as_i64().or_else(|| one.status_code.as_str()?.trim().parse().ok());
    match code {
        Some(100..=102) => Ok(Taken { message: one.message.filter(|id| id != "None") }),
        Some(402) => Err(NotTaken::Account("no_sender")),
        Some(405) => Err(NotTaken::Account("no_money")),
        Some(406) => Err(NotTaken::Stopped),
        Some(403 | 404 | 409) => Err(NotTaken::Phone),
        Some(401 | 407 | 500..=502) => Err(NotTaken::Later("the provider could not send it now")),
        _ => Err(NotTaken::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(status: u16, body: &str) -> Result<Taken, NotTaken> {
        read(StatusCode::from_u16(status).unwrap(), body.as_bytes())
    }

    #[test]
    fn every_known_answer_has_its_meaning() {
        let taken = meaning(201, include_str!("samples/sent.json"));
        assert_eq!(taken, Ok(Taken { message: Some("ATXid_7c2f19".into()) }));
        assert_eq!(meaning(201, include_str!("samples/bad_sender.json")), Err(NotTaken::Account("no_sender")));
        let coded = |code: u16| include_str!("samples/sent.json").replace("101", &code.to_string());
        for (code, expected) in [
            (100, None),
            (102, None),
            (401, Some(NotTaken::Later("the provider could not send it now"))),
            (402, Some(NotTaken::Account("no_sender"))),
            (403, Some(NotTaken::Phone)),
            (404, Some(NotTaken::Phone)),
            (405, Some(NotTaken::Account("no_money"))),
            (406, Some(NotTaken::Stopped)),
            (407, Some(NotTaken::Later("the provider could not send it now"))),
            (409, Some(NotTaken::Phone)),
            (500, Some(NotTaken::Later("the provider could not send it now"))),
            (502, Some(NotTaken::Later("the provider could not send it now"))),
            (999, Some(NotTaken::Unknown)),
        ] {
            assert_eq!(meaning(201, &coded(code)).err(), expected, "{code}");
        }
    }

    #[test]
    fn what_is_no_answer_of_theirs_is_never_taken_for_one() {
        assert_eq!(meaning(401, "The supplied authentication is invalid"), Err(NotTaken::Account("not_accepted")));
        assert_eq!(meaning(503, ""), Err(NotTaken::Later("the provider is unwell")));
        assert_eq!(meaning(200, "<!doctype html><h1>It works</h1>"), Err(NotTaken::Unknown));
        assert_eq!(meaning(201, "{}"), Err(NotTaken::Unknown));
        assert_eq!(meaning(302, ""), Err(NotTaken::Later("an answer that nobody knows")));
    }
}
