//! What the provider's answers mean; every way to fail is told apart by what the caller may do next.

use super::wire::Answer;
use reqwest::StatusCode;

/// The prompt is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushAccepted {
    pub merchant_request_id: String,
    pub checkout_request_id: String,
}

/// Why no prompt is known to be on its way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushRefused {
    /// Nothing left this machine, or only the question for a token: safe to repeat.
    #[error("the prompt was not sent: {0}")]
    NotSent(String),
    /// No answer, or none that can be read: the prompt may be on the phone. Never repeat silently.
    #[error("it is not known whether the prompt was sent")]
    Unknown,
    /// The phone has another M-Pesa session open.
    #[error("the phone has another prompt open")]
    Locked,
    /// The provider throttles: repeat later.
    #[error("the provider is busy")]
    Busy,
    /// The merchant's numbers or keys are wrong; the text is for the operator.
    #[error("the merchant's M-Pesa settings do not work: {0}")]
    BadSettings(String),
    /// The request itself is wrong; repeating it changes nothing.
    #[error("the provider does not take this request: {0}")]
    BadRequest(String),
}

impl PushRefused {
    /// For the audit.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotSent(_) => "not_sent",
            Self::Unknown => "lost",
            Self::Locked => "locked",
            Self::Busy => "busy",
            Self::BadSettings(_) => "bad_settings",
            Self::BadRequest(_) => "bad_request",
        }
    }
}

/// Where a prompt stands. None of it carries a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryAnswer {
    /// Waiting for the person.
    Open,
    Done {
        result_code: String,
        desc: String,
    },
    /// The provider says nothing about it, which is never a failure of the payment.
    NoAnswer,
}

/// Why a query brought no answer. None of these says anything about the payment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryFailed {
    /// Not reached, too late, or unreadable: ask again later.
    #[error("the provider could not be asked: {0}")]
    NotReached(String),
    #[error("the provider is busy")]
    Busy,
    #[error("the merchant's M-Pesa settings do not work: {0}")]
    BadSettings(String),
    #[error("the provider does not take this request: {0}")]
    BadRequest(String),
}

impl QueryFailed {
    /// For the audit.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotReached(_) => "not_reached",
            Self::Busy => "busy",
            Self::BadSettings(_) => "bad_settings",
            Self::BadRequest(_) => "bad_request",
        }
    }
}

/// Why a question to M-Pesa, or an order to it, is not known to be under way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskRefused {
    /// Nothing left this machine, or only the question for a token: safe to repeat.
    #[error("it was not sent: {0}")]
    NotSent(String),
    /// No answer, or none that can be read: it may be under way. What moves money is never repeated silently.
    #[error("it is not known whether it was taken")]
    Unknown,
    /// The provider throttles: repeat later.
    #[error("the provider is busy")]
    Busy,
    /// The merchant's numbers or keys, or the installation's certificate; the text is for the operator.
    #[error("the merchant's M-Pesa settings do not work: {0}")]
    BadSettings(String),
    /// Wrong before it was sent; repeating it changes nothing.
    #[error("this cannot be asked of the provider: {0}")]
    BadRequest(String),
    /// The provider said no; repeating it changes nothing.
    #[error("the provider does not take it: {reason}")]
    Refused {
        /// The gateway's `errorCode`, or a `ResponseCode` that is not 0.
        code: String,
        reason: String,
    },
}

impl AskRefused {
    /// For the audit.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotSent(_) => "not_sent",
            Self::Unknown => "lost",
            Self::Busy => "busy",
            Self::BadSettings(_) => "bad_settings",
            Self::BadRequest(_) => "bad_request",
            Self::Refused { .. } => "refused",
        }
    }
}

/// The refusal in an answer that carries an error code.
pub(super) fn refusal(status: StatusCode, answer: &Answer) -> Option<AskRefused> {
    let code = answer.error_code.as_deref()?;
    let why = reason(status, answer);
    Some(match code {
        _ if is_about_settings(answer) => AskRefused::BadSettings(why),
        "500.003.02" | "500.003.03" => AskRefused::Busy,
        _ if code.starts_with("404.") || code.starts_with("401") => AskRefused::BadSettings(why),
        _ if code.starts_with("400.") || code.starts_with("405") => {
            AskRefused::Refused { code: code.to_owned(), reason: why }
        }
        // An internal failure says nothing about how far the request came.
        _ => AskRefused::Unknown,
    })
}

/// The provider's refusal in one line for the operator.
pub(super) fn reason(status: StatusCode, answer: &Answer) -> String {
    let code = answer.error_code.as_deref().or(answer.response_code.as_deref()).or(answer.response_status.as_deref());
    let code = code.unwrap_or("no code");
    let text = answer.error_message.as_deref().or(answer.response_description.as_deref());
    let text = text.or(answer.response_message.as_deref()).unwrap_or("no text");
    let text: String = text.chars().take(200).collect();
    format!("{code} {text} (status {})", status.as_u16())
}

/// The meanings of the provider's one overloaded code that are about the merchant's settings.
fn is_about_settings(answer: &Answer) -> bool {
    let message = answer.error_message.as_deref().unwrap_or_default().to_ascii_lowercase();
    ["merchant does not exist", "wrong credentials", "no apiproduct match"].iter().any(|text| message.contains(text))
}

pub fn read_push(status: StatusCode, answer: Answer) -> Result<PushAccepted, PushRefused> {
    let why = reason(status, &answer);
    if let Some(code) = answer.error_code.as_deref() {
        return Err(match code {
            _ if is_about_settings(&answer) => PushRefused::BadSettings(why),
            "500.001.1001" if answer.error_message.as_deref().is_some_and(is_lock) => PushRefused::Locked,
            "500.003.02" | "500.003.03" => PushRefused::Busy,
            _ if code.starts_with("404.") => PushRefused::BadSettings(why),
            _ if code.starts_with("400.") || code.starts_with("405") => PushRefused::BadRequest(why),
            // An internal failure says nothing about how far the request came.
            _ => PushRefused::Unknown,
        });
    }
    match (answer.response_code.as_deref(), answer.merchant_request_id, answer.checkout_request_id) {
        (Some("0"), Some(merchant), Some(checkout)) if !merchant.is_empty() && !checkout.is_empty() => {
            Ok(PushAccepted { merchant_request_id: merchant, checkout_request_id: checkout })
        }
        (Some(code), _, _) if code != "0" => Err(PushRefused::BadRequest(why)),
        _ => Err(PushRefused::Unknown),
    }
}

fn is_lock(message: &str) -> bool {
    message.to_ascii_lowercase().contains("unable to lock subscriber")
}

pub fn read_query(status: StatusCode, answer: Answer, asked: &str) -> Result<QueryAnswer, QueryFailed> {
    let why = reason(status, &answer);
    if let Some(code) = answer.error_code.as_deref() {
        return match code {
            _ if is_about_settings(&answer) => Err(QueryFailed::BadSettings(why)),
            "500.001.1001" => Ok(QueryAnswer::NoAnswer),
            "500.003.02" | "500.003.03" => Err(QueryFailed::Busy),
            _ if code.starts_with("404.") => Err(QueryFailed::BadSettings(why)),
            _ if code.starts_with("400.") || code.starts_with("405") => Err(QueryFailed::BadRequest(why)),
            _ => Err(QueryFailed::NotReached(why)),
        };
    }
    if answer.checkout_request_id.as_deref().is_some_and(|id| id != asked) {
        return Err(QueryFailed::NotReached("the answer is about another prompt".to_owned()));
    }
    match answer.result_code {
        Some(code) if code == "4999" => Ok(QueryAnswer::Open),
        Some(code) if !code.is_empty() && status.is_success() => {
            Ok(QueryAnswer::Done { result_code: code, desc: answer.result_desc.unwrap_or_default() })
        }
        _ => Err(QueryFailed::NotReached(why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECKOUT: &str = "ws_CO_02042026143006218711223344";

    fn push(status: u16, raw: &str) -> Result<PushAccepted, PushRefused> {
        read_push(StatusCode::from_u16(status).unwrap(), serde_json::from_str(raw).unwrap())
    }

    fn query(status: u16, raw: &str) -> Result<QueryAnswer, QueryFailed> {
        read_query(StatusCode::from_u16(status).unwrap(), serde_json::from_str(raw).unwrap(), CHECKOUT)
    }

    fn refusal(code: &str, message: &str) -> String {
        serde_json::json!({ "requestId": "7c1e", "errorCode": code, "errorMessage": message }).to_string()
    }

    #[test]
    fn only_code_0_with_both_ids_is_accepted() {
        let accepted = push(200, include_str!("samples/push_accepted.json")).unwrap();
        assert_eq!(accepted.checkout_request_id, CHECKOUT);
        assert_eq!(accepted.merchant_request_id, "4821-7d3f-b0aa-19c55e70f2ab61907");
        let without_id = include_str!("samples/push_accepted.json").replace(CHECKOUT, "");
        assert_eq!(push(200, &without_id), Err(PushRefused::Unknown));
        assert_eq!(push(200, "{}"), Err(PushRefused::Unknown));
        assert_eq!(push(501, r#"{"message":"not built yet"}"#), Err(PushRefused::Unknown));
        let refused = push(200, r#"{"ResponseCode":"1","ResponseDescription":"Rejected"}"#);
        assert_eq!(refused, Err(PushRefused::BadRequest("1 Rejected (status 200)".to_owned())));
    }

    #[test]
    fn every_refusal_of_a_push_says_what_may_be_done_next() {
        assert_eq!(push(500, include_str!("samples/push_locked.json")), Err(PushRefused::Locked));
        for (status, code, message, expected) in [
            (500, "500.003.02", "System is busy", PushRefused::Busy),
            (500, "500.003.03", "Quota Violation", PushRefused::Busy),
            (500, "500.003.1001", "Internal Server Error", PushRefused::Unknown),
            (500, "500.001.1001", "Something new", PushRefused::Unknown),
            (
                500,
                "500.001.1001",
                "Merchant does not exist",
                PushRefused::BadSettings("500.001.1001 Merchant does not exist (status 500)".to_owned()),
            ),
            (
                500,
                "500.001.1001",
                "Wrong credentials",
                PushRefused::BadSettings("500.001.1001 Wrong credentials (status 500)".to_owned()),
            ),
            (
                400,
                "400.002.02",
                "Bad Request - Invalid Amount",
                PushRefused::BadRequest("400.002.02 Bad Request - Invalid Amount (status 400)".to_owned()),
            ),
            (
                404,
                "404.001.01",
                "Resource not found",
                PushRefused::BadSettings("404.001.01 Resource not found (status 404)".to_owned()),
            ),
        ] {
            assert_eq!(push(status, &refusal(code, message)), Err(expected), "{code} {message}");
        }
    }

    #[test]
    fn a_query_tells_open_done_and_no_answer_apart() {
        let done = QueryAnswer::Done { result_code: "1032".to_owned(), desc: "Request cancelled by user".to_owned() };
        let raw = include_str!("samples/query_cancelled.json");
        assert_eq!(query(200, raw), Ok(done));
        assert_eq!(query(200, &raw.replace("1032", "4999")), Ok(QueryAnswer::Open));
        for status in [200, 500] {
            for message in ["The transaction is being processed", ""] {
                assert_eq!(query(status, &refusal("500.001.1001", message)), Ok(QueryAnswer::NoAnswer));
            }
        }
    }

    #[test]
    fn an_answer_about_another_prompt_or_about_nothing_is_no_verdict() {
        let other = include_str!("samples/query_cancelled.json").replace(CHECKOUT, "ws_CO_other");
        let failed = QueryFailed::NotReached("the answer is about another prompt".to_owned());
        assert_eq!(query(200, &other), Err(failed));
        for (status, raw) in [(200, "{}"), (200, r#"{"ResponseCode":"0"}"#), (503, r#"{"ResultCode":"0"}"#)] {
            assert!(matches!(query(status, raw), Err(QueryFailed::NotReached(_))), "{raw}");
        }
        assert_eq!(query(500, &refusal("500.003.02", "Spike Arrest")), Err(QueryFailed::Busy));
    }
}
