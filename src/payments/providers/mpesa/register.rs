//! Once per number: where M-Pesa tells of money paid by hand, and that its list of received money may be asked for.

use super::{
    answers::{AskRefused, reason, refusal},
    client::Credentials,
    operator::read,
    transport::Daraja,
    wire::Answer,
};
use reqwest::StatusCode;
use serde::Serialize;

/// How a registration ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    Now,
    /// Addresses are known for this number already, maybe others than ours. M-Pesa changes them only at the
    /// merchant's own request in its portal.
    Before,
}

/// Where M-Pesa tells of money paid by hand. Has no `Debug`: they carry tokens.
#[derive(Clone, Copy)]
pub struct NotificationHooks<'a> {
    pub confirmation_url: &'a str,
    pub validation_url: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RegisterUrls<'a> {
    short_code: &'a str,
    response_type: &'static str,
    #[serde(rename = "ConfirmationURL")]
    confirmation_url: &'a str,
    #[serde(rename = "ValidationURL")]
    validation_url: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RegisterPull<'a> {
    short_code: &'a str,
    request_type: &'static str,
    nominated_number: &'a str,
    #[serde(rename = "CallBackURL")]
    callback_url: &'a str,
}

impl Daraja {
    /// Registers the hooks of a paybill or till. When the validation is not answered, the money is taken: an outage
    /// of ours never turns a buyer away.
    pub async fn register_urls(
        &self,
        credentials: &Credentials,
        hooks: NotificationHooks<'_>,
    ) -> Result<Registered, AskRefused> {
        let body = RegisterUrls {
            short_code: credentials.receiving_number(),
            response_type: "Completed",
            confirmation_url: hooks.confirmation_url,
            validation_url: hooks.validation_url,
        };
        let (status, answer) = read(self.post(credentials, "/mpesa/c2b/v2/registerurl", &body).await)?;
        read_urls(status, &answer)
    }

    /// Registers a number for [`Daraja::pull`]. `nominated_number` is the merchant's own phone, `07…`.
    pub async fn register_pull(
        &self,
        credentials: &Credentials,
        nominated_number: &str,
        callback_url: &str,
    ) -> Result<Registered, AskRefused> {
        let short_code = credentials.receiving_number();
        let body = RegisterPull { short_code, request_type: "Pull", nominated_number, callback_url };
        let (status, answer) = read(self.post(credentials, "/pulltransactions/v1/register", &body).await)?;
        read_pull(status, &answer)
    }
}

fn read_urls(status: StatusCode, answer: &Answer) -> Result<Registered, AskRefused> {
    let message = answer.error_message.as_deref().unwrap_or_default().to_ascii_lowercase();
    if ["already registered", "duplicate notification"].iter().any(|text| message.contains(text)) {
        return Ok(Registered::Before);
    }
    if let Some(refused) = refusal(status, answer) {
        return Err(refused);
    }
    match answer.response_code.as_deref() {
        // A row of zeros in some of the provider's samples.
        Some(code) if !code.is_empty() && code.bytes().all(|b| b == b'0') => Ok(Registered::Now),
        other => no(status, answer, other),
    }
}

fn read_pull(status: StatusCode, answer: &Answer) -> Result<Registered, AskRefused> {
    if let Some(refused) = refusal(status, answer) {
        return Err(refused);
    }
    match answer.response_status.as_deref().or(answer.response_code.as_deref()) {
        Some("1000") => Ok(Registered::Now),
        Some("1001") => Ok(Registered::Before),
        other => no(status, answer, other),
    }
}

fn no(status: StatusCode, answer: &Answer, code: Option<&str>) -> Result<Registered, AskRefused> {
    match code {
        Some(code) if status.is_success() => {
            Err(AskRefused::Refused { code: code.to_owned(), reason: reason(status, answer) })
        }
        _ => Err(AskRefused::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn urls(status: u16, raw: &str) -> Result<Registered, AskRefused> {
        read_urls(StatusCode::from_u16(status).unwrap(), &serde_json::from_str(raw).unwrap())
    }

    fn pull(status: u16, raw: &str) -> Result<Registered, AskRefused> {
        read_pull(StatusCode::from_u16(status).unwrap(), &serde_json::from_str(raw).unwrap())
    }

    #[test]
    fn addresses_are_registered_now_or_were_before() {
        let raw = include_str!("samples/register_accepted.json");
        assert_eq!(urls(200, raw), Ok(Registered::Now));
        assert_eq!(urls(200, &raw.replace("\"0\"", "\"00000000\"")), Ok(Registered::Now));
        let known = include_str!("samples/register_known.json");
        assert_eq!(urls(500, known), Ok(Registered::Before));
        let duplicate = known.replace("Urls are already registered", "Duplicate notification info");
        assert_eq!(urls(500, &duplicate), Ok(Registered::Before));
        assert_eq!(urls(500, &known.replace("Urls are already registered", "Oops")), Err(AskRefused::Unknown));
        assert_eq!(urls(200, "{}"), Err(AskRefused::Unknown));
        let reason = "7 no text (status 200)".to_owned();
        let refused = AskRefused::Refused { code: "7".to_owned(), reason };
        assert_eq!(urls(200, r#"{"ResponseCode":"7"}"#), Err(refused));
    }

    #[test]
    fn the_pull_is_registered_now_or_was_before() {
        let raw = include_str!("samples/pull_registered.json");
        assert_eq!(pull(200, raw), Ok(Registered::Now));
        assert_eq!(pull(200, &raw.replace("1000", "1001")), Ok(Registered::Before));
        assert_eq!(pull(200, &raw.replace("\"1000\"", "1000")), Ok(Registered::Now));
        assert!(matches!(pull(200, &raw.replace("1000", "1002")), Err(AskRefused::Refused { .. })));
        assert_eq!(pull(503, "{}"), Err(AskRefused::Unknown));
    }

    #[test]
    fn the_requests_are_spelled_as_the_provider_spells_them() {
        let urls = RegisterUrls {
            short_code: "509731",
            response_type: "Completed",
            confirmation_url: "https://pay.duka.example/hooks/c2b/6a0e/confirmation",
            validation_url: "https://pay.duka.example/hooks/c2b/6a0e/validation",
        };
        let pull = RegisterPull {
            short_code: "509731",
            request_type: "Pull",
            nominated_number: "0711000111",
            callback_url: "https://pay.duka.example/hooks/pull/6a0e",
        };
        for (written, sample) in [
            (serde_json::to_value(urls), include_str!("samples/register_request.json")),
            (serde_json::to_value(pull), include_str!("samples/pull_register_request.json")),
        ] {
            assert_eq!(written.unwrap(), serde_json::from_str::<Value>(sample).unwrap());
        }
    }
}
