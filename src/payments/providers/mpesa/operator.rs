//! What is asked in the name of the merchant's API operator: a transaction's status, a reversal, the balance.

use super::{
    answers::{AskRefused, reason, refusal},
    client::Credentials,
    transport::{Daraja, NoToken, Reply},
    wire::Answer,
};
use crate::kernel::money::Money;
use reqwest::StatusCode;
use serde::Serialize;
use std::fmt;

/// The API operator that the merchant made in M-Pesa's own portal.
#[derive(Clone, PartialEq, Eq)]
pub struct Initiator {
    pub name: String,
    pub password: String,
}

impl fmt::Debug for Initiator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Initiator").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Where the provider posts what came of it. Has no `Debug`: they carry tokens.
#[derive(Clone, Copy)]
pub struct AskHooks<'a> {
    pub result_url: &'a str,
    /// Called in place of the other when the request waited too long in the provider's queue.
    pub timeout_url: &'a str,
}

/// The transaction that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought<'a> {
    /// The ten characters in the buyer's message.
    Receipt(&'a str),
    /// The `originator_conversation_id` of something that we asked for, such as a reversal.
    Conversation(&'a str),
}

/// The question was taken; what came of it is posted to its hooks, or never.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskAccepted {
    pub conversation_id: String,
    pub originator_conversation_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct StatusQuery<'a> {
    initiator: &'a str,
    security_credential: &'a str,
    #[serde(rename = "CommandID")]
    command_id: &'static str,
    #[serde(rename = "TransactionID", skip_serializing_if = "Option::is_none")]
    transaction_id: Option<&'a str>,
    #[serde(rename = "OriginalConversationID", skip_serializing_if = "Option::is_none")]
    original_conversation_id: Option<&'a str>,
    party_a: &'a str,
    identifier_type: &'static str,
    #[serde(rename = "ResultURL")]
    result_url: &'a str,
    #[serde(rename = "QueueTimeOutURL")]
    timeout_url: &'a str,
    remarks: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Reversal<'a> {
    initiator: &'a str,
    security_credential: &'a str,
    #[serde(rename = "CommandID")]
    command_id: &'static str,
    #[serde(rename = "TransactionID")]
    transaction_id: &'a str,
    /// Whole shillings.
    amount: &'a str,
    receiver_party: &'a str,
    #[serde(rename = "RecieverIdentifierType")]
    receiver_identifier_type: &'static str,
    #[serde(rename = "ResultURL")]
    result_url: &'a str,
    #[serde(rename = "QueueTimeOutURL")]
    timeout_url: &'a str,
    remarks: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct BalanceQuery<'a> {
    initiator: &'a str,
    security_credential: &'a str,
    #[serde(rename = "CommandID")]
    command_id: &'static str,
    party_a: &'a str,
    identifier_type: &'static str,
    remarks: &'a str,
    #[serde(rename = "QueueTimeOutURL")]
    timeout_url: &'a str,
    #[serde(rename = "ResultURL")]
    result_url: &'a str,
}

impl Daraja {
    /// Asks what became of a transaction; [`super::ProviderResult::transaction`] reads the answer.
    pub async fn ask_status(
        &self,
        credentials: &Credentials,
        initiator: &Initiator,
        sought: Sought<'_>,
        hooks: AskHooks<'_>,
    ) -> Result<AskAccepted, AskRefused> {
        let (transaction_id, original_conversation_id) = match sought {
            Sought::Receipt(receipt) => (Some(receipt_of(receipt)?), None),
            Sought::Conversation(id) => (None, Some(id)),
        };
        let body = StatusQuery {
            initiator: &initiator.name,
            security_credential: &self.sealed(initiator)?,
            command_id: "TransactionStatusQuery",
            transaction_id,
            original_conversation_id,
            party_a: &credentials.short_code,
            identifier_type: "4",
            result_url: hooks.result_url,
            timeout_url: hooks.timeout_url,
            remarks: "Status",
        };
        self.ask(credentials, "/mpesa/transactionstatus/v1/query", &body).await
    }

    /// Orders money back to whom it came from. There is no idempotency: the caller notes its intent first.
    ///
    /// `remarks` is cut to 100 characters. Whether a part of a payment can be sent back is not documented.
    pub async fn reverse(
        &self,
        credentials: &Credentials,
        initiator: &Initiator,
        receipt: &str,
        amount: Money,
        hooks: AskHooks<'_>,
        remarks: &str,
    ) -> Result<AskAccepted, AskRefused> {
        if !amount.is_whole() || !(1..=250_000).contains(&amount.whole()) {
            return Err(AskRefused::BadRequest("M-Pesa moves whole shillings, 1 to 250,000 at a time".to_owned()));
        }
        let remarks: String = remarks.chars().take(100).collect();
        let body = Reversal {
            initiator: &initiator.name,
            security_credential: &self.sealed(initiator)?,
            command_id: "TransactionReversal",
            transaction_id: receipt_of(receipt)?,
            amount: &amount.whole().to_string(),
            receiver_party: &credentials.short_code,
            receiver_identifier_type: "11",
            result_url: hooks.result_url,
            timeout_url: hooks.timeout_url,
            remarks: if remarks.chars().count() < 2 { "Refund" } else { &remarks },
        };
        self.ask(credentials, "/mpesa/reversal/v1/request", &body).await
    }

    /// Asks what lies in the merchant's accounts; [`super::ProviderResult::balances`] reads the answer.
    pub async fn ask_balance(
        &self,
        credentials: &Credentials,
        initiator: &Initiator,
        hooks: AskHooks<'_>,
    ) -> Result<AskAccepted, AskRefused> {
        let body = BalanceQuery {
            initiator: &initiator.name,
            security_credential: &self.sealed(initiator)?,
            command_id: "AccountBalance",
            party_a: &credentials.short_code,
            identifier_type: "4",
            remarks: "Balance",
            timeout_url: hooks.timeout_url,
            result_url: hooks.result_url,
        };
        self.ask(credentials, "/mpesa/accountbalance/v1/query", &body).await
    }

    fn sealed(&self, initiator: &Initiator) -> Result<String, AskRefused> {
        if initiator.name.is_empty() || initiator.password.is_empty() {
            return Err(AskRefused::BadSettings("the API operator's name or password is missing".to_owned()));
        }
        let Some(certificate) = self.certificate() else {
            return Err(AskRefused::BadSettings("the provider's certificate is not set".to_owned()));
        };
        certificate
            .seal(&initiator.password)
            .ok_or_else(|| AskRefused::BadSettings("the API operator's password is too long".to_owned()))
    }

    async fn ask(
        &self,
        credentials: &Credentials,
        path: &str,
        body: &impl Serialize,
    ) -> Result<AskAccepted, AskRefused> {
        let (status, answer) = read(self.post(credentials, path, body).await)?;
        read_acceptance(status, &answer)
    }
}

/// The answer, or why there is none.
pub(super) fn read(reply: Result<Reply, NoToken>) -> Result<(StatusCode, Answer), AskRefused> {
    match reply {
        Err(NoToken::NotReached(reason)) => Err(AskRefused::NotSent(reason)),
        Err(NoToken::Refused(reason)) => Err(AskRefused::BadSettings(reason)),
        Ok(Reply::NeverSent) => Err(AskRefused::NotSent("no connection".to_owned())),
        Ok(Reply::Lost | Reply::Read { answer: None, .. }) => Err(AskRefused::Unknown),
        Ok(Reply::Read { status, answer: Some(answer), .. }) => Ok((status, *answer)),
    }
}

fn read_acceptance(status: StatusCode, answer: &Answer) -> Result<AskAccepted, AskRefused> {
    if let Some(refused) = refusal(status, answer) {
        return Err(refused);
    }
    let given = |id: &Option<String>| id.clone().filter(|id| !id.is_empty());
    match (answer.response_code.as_deref(), given(&answer.conversation_id), given(&answer.originator_conversation_id)) {
        (Some("0"), Some(conversation_id), Some(originator_conversation_id)) => {
            Ok(AskAccepted { conversation_id, originator_conversation_id })
        }
        (Some(code), _, _) if code != "0" && status.is_success() => {
            Err(AskRefused::Refused { code: code.to_owned(), reason: reason(status, answer) })
        }
        _ => Err(AskRefused::Unknown),
    }
}

/// Ten letters and digits; anything else would only cost a try of the operator's password.
fn receipt_of(typed: &str) -> Result<&str, AskRefused> {
    let fits = typed.len() == 10 && typed.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if fits { Ok(typed) } else { Err(AskRefused::BadRequest("a receipt has ten letters and digits".to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn accepted(status: u16, raw: &str) -> Result<AskAccepted, AskRefused> {
        read_acceptance(StatusCode::from_u16(status).unwrap(), &serde_json::from_str(raw).unwrap())
    }

    #[test]
    fn only_code_0_with_both_ids_is_taken() {
        let raw = include_str!("samples/ask_accepted.json");
        assert_eq!(
            accepted(200, raw),
            Ok(AskAccepted {
                conversation_id: "AG_20260402_2010a7c44be19d0f3382".to_owned(),
                originator_conversation_id: "5530-4c1f-a2b7-66d0e1f3c9a811204".to_owned(),
            })
        );
        assert_eq!(accepted(200, &raw.replace("AG_20260402_2010a7c44be19d0f3382", "")), Err(AskRefused::Unknown));
        assert_eq!(accepted(200, "{}"), Err(AskRefused::Unknown));
        let no = accepted(200, r#"{"ResponseCode":"21","ResponseDescription":"Not allowed"}"#);
        let reason = "21 Not allowed (status 200)".to_owned();
        assert_eq!(no, Err(AskRefused::Refused { code: "21".to_owned(), reason }));
    }

    #[test]
    fn every_refusal_says_what_may_be_done_next() {
        let why = |code: &str, text: &str, status: u16| format!("{code} {text} (status {status})");
        for (status, code, text, expected) in [
            (500, "500.003.02", "System is busy", AskRefused::Busy),
            (500, "500.003.03", "Quota Violation", AskRefused::Busy),
            (500, "500.003.1001", "Internal Server Error", AskRefused::Unknown),
            (500, "500.001.1001", "Something new", AskRefused::Unknown),
            (
                500,
                "500.001.1001",
                "Wrong credentials",
                AskRefused::BadSettings(why("500.001.1001", "Wrong credentials", 500)),
            ),
            (404, "404.001.01", "Not found", AskRefused::BadSettings(why("404.001.01", "Not found", 404))),
            (401, "401.001", "Unauthorized", AskRefused::BadSettings(why("401.001", "Unauthorized", 401))),
            (
                400,
                "400.002.02",
                "Bad Request - Invalid Remarks",
                AskRefused::Refused {
                    code: "400.002.02".to_owned(),
                    reason: why("400.002.02", "Bad Request - Invalid Remarks", 400),
                },
            ),
        ] {
            let raw = serde_json::json!({ "requestId": "7c1e", "errorCode": code, "errorMessage": text }).to_string();
            assert_eq!(accepted(status, &raw), Err(expected), "{code} {text}");
        }
    }

    #[test]
    fn a_receipt_is_ten_letters_and_digits() {
        assert_eq!(receipt_of("UD23K7QX9P"), Ok("UD23K7QX9P"));
        for typed in ["", "ud23k7qx9p", "UD23K7QX9", "UD23K7QX9PP", "UD23 7QX9P", "UD23K7QX9é"] {
            assert!(matches!(receipt_of(typed), Err(AskRefused::BadRequest(_))), "{typed}");
        }
    }

    #[test]
    fn the_requests_are_spelled_as_the_provider_spells_them() {
        let hooks =
            ["https://pay.duka.example/hooks/ask/71aa/result", "https://pay.duka.example/hooks/ask/71aa/timeout"];
        let status = StatusQuery {
            initiator: "dukaapi",
            security_credential: "Zm9v",
            command_id: "TransactionStatusQuery",
            transaction_id: Some("UD23K7QX9P"),
            original_conversation_id: None,
            party_a: "509731",
            identifier_type: "4",
            result_url: hooks[0],
            timeout_url: hooks[1],
            remarks: "Status",
        };
        let reversal = Reversal {
            initiator: "dukaapi",
            security_credential: "Zm9v",
            command_id: "TransactionReversal",
            transaction_id: "UD23K7QX9P",
            amount: "1450",
            receiver_party: "509731",
            receiver_identifier_type: "11",
            result_url: hooks[0],
            timeout_url: hooks[1],
            remarks: "Refund 1001",
        };
        let balance = BalanceQuery {
            initiator: "dukaapi",
            security_credential: "Zm9v",
            command_id: "AccountBalance",
            party_a: "509731",
            identifier_type: "4",
            remarks: "Balance",
            timeout_url: hooks[1],
            result_url: hooks[0],
        };
        for (written, sample) in [
            (serde_json::to_value(status), include_str!("samples/status_request.json")),
            (serde_json::to_value(reversal), include_str!("samples/reversal_request.json")),
            (serde_json::to_value(balance), include_str!("samples/balance_request.json")),
        ] {
            assert_eq!(written.unwrap(), serde_json::from_str::<Value>(sample).unwrap());
        }
    }

    #[test]
    fn an_operator_hides_its_password() {
        let shown = format!("{:?}", Initiator { name: "dukaapi".to_owned(), password: "Safe#2026".to_owned() });
        assert!(shown.contains("dukaapi") && !shown.contains("Safe"), "{shown}");
    }
}
