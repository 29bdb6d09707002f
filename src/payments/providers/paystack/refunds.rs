//! Money given back: asked for once under a key of ours, and where it stands.
//!
//! The provider has no key for repeats. So the key is written into its note, and what was asked for already is looked
//! up before it is asked for again.

use super::{
    answers::{AskFailed, is_passing, reason, refuses_key},
    client::{Paystack, USUAL_PATIENCE},
    credentials::CardCredentials,
    wire::{Answer, AskRefund, cents_of, text_of},
};
use crate::kernel::money::Money;
use reqwest::StatusCode;
use serde_json::Value;

/// Where money given back stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    /// On its way, or a word that nobody has documented.
    Pending,
    Processed,
    /// The money is back with the merchant.
    Failed,
    /// The provider wants the buyer's bank details, which only its own dashboard takes.
    NeedsAttention,
}

impl RefundStatus {
    pub(super) fn read(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "processed" => Self::Processed,
            "failed" => Self::Failed,
            "needs-attention" | "needs_attention" => Self::NeedsAttention,
            _ => Self::Pending,
        }
    }
}

/// One refund at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRefund {
    /// The provider's number of it.
    pub id: String,
    pub status: RefundStatus,
    pub amount_cents: Option<i64>,
    /// The key it was asked for under, when it was asked for by us.
    pub our_key: Option<String>,
}

/// Why nothing is known to be on its way back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefused {
    /// Nothing was asked for: safe to repeat.
    #[error("the card provider was not asked for the refund: {0}")]
    NotSent(String),
    /// It may have been taken. Repeating looks first, so that it is safe too.
    #[error("it is not known whether the card provider took the refund")]
    Unknown,
    #[error("the merchant's card keys do not work: {0}")]
    BadSettings(String),
    /// The provider says no, such as when more is asked for than was paid; the text is for the merchant's people.
    #[error("the card provider refuses the refund: {0}")]
    Refused(String),
}

impl RefundRefused {
    /// For the audit.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotSent(_) => "not_sent",
            Self::Unknown => "lost",
            Self::BadSettings(_) => "bad_settings",
            Self::Refused(_) => "refused",
        }
    }
}

impl Paystack {
    /// Gives money back. Repeated with the same key it is one refund.
    pub async fn refund(
        &self,
        credentials: &CardCredentials,
        reference: &str,
        amount: Money,
        our_key: &str,
    ) -> Result<CardRefund, RefundRefused> {
        let before = self.refunds_of(credentials, reference).await.map_err(|failed| match failed {
            AskFailed::NotReached(why) => RefundRefused::NotSent(why),
            AskFailed::BadSettings(why) => RefundRefused::BadSettings(why),
        })?;
        if let Some(same) = before.into_iter().find(|refund| refund.our_key.as_deref() == Some(our_key)) {
            return Ok(same);
        }
        let body = AskRefund {
            transaction: reference,
            amount: amount.minor(),
            currency: amount.currency().code(),
            merchant_note: our_key,
        };
        let call = self.http().post(self.url("/refund")).json(&body);
        match self.call(call, credentials, USUAL_PATIENCE).await {
            super::exchange::Reply::NeverSent => Err(RefundRefused::NotSent("no connection".to_owned())),
            super::exchange::Reply::Lost => Err(RefundRefused::Unknown),
            super::exchange::Reply::Read { status, answer } => read_refund(status, answer),
        }
    }

    /// Every refund of a payment; at most a hundred.
    pub async fn refunds_of(
        &self,
        credentials: &CardCredentials,
        reference: &str,
    ) -> Result<Vec<CardRefund>, AskFailed> {
        let call = self.http().get(self.url("/refund")).query(&[("transaction", reference), ("perPage", "100")]);
        let (status, answer) = self.ask(call, credentials).await?;
        read_list(status, answer)
    }

    /// One refund by the provider's number.
    pub async fn find_refund(&self, credentials: &CardCredentials, id: &str) -> Result<CardRefund, AskFailed> {
        let (status, answer) = self.ask(self.http().get(self.url(&format!("/refund/{id}"))), credentials).await?;
        let answer = readable(status, answer)?;
        read_one(&answer.data)
            .filter(|refund| refund.id == id)
            .ok_or_else(|| AskFailed::NotReached("the answer is about another refund, or about none".to_owned()))
    }

    async fn ask(
        &self,
        call: reqwest::RequestBuilder,
        credentials: &CardCredentials,
    ) -> Result<(StatusCode, Option<Answer>), AskFailed> {
        self.call(call, credentials, USUAL_PATIENCE).await.read().map_err(AskFailed::NotReached)
    }
}

fn readable(status: StatusCode, answer: Option<Answer>) -> Result<Answer, AskFailed> {
    let answer = answer.ok_or_else(|| AskFailed::NotReached("an answer that cannot be read".to_owned()))?;
    if refuses_key(status, &answer) {
        return Err(AskFailed::BadSettings(reason(status, &answer)));
    }
    if status.is_success() && answer.status { Ok(answer) } else { Err(AskFailed::NotReached(reason(status, &answer))) }
}

fn read_list(status: StatusCode, answer: Option<Answer>) -> Result<Vec<CardRefund>, AskFailed> {
    let answer = readable(status, answer)?;
    let list = answer.data.as_array().ok_or_else(|| AskFailed::NotReached("a list that is none".to_owned()))?;
    Ok(list.iter().filter_map(read_one).collect())
}

fn read_refund(status: StatusCode, answer: Option<Answer>) -> Result<CardRefund, RefundRefused> {
    let Some(answer) = answer else { return Err(RefundRefused::Unknown) };
    if refuses_key(status, &answer) {
        return Err(RefundRefused::BadSettings(reason(status, &answer)));
    }
    // An internal failure says nothing about how far the request came.
    if is_passing(status) {
        return Err(RefundRefused::Unknown);
    }
    if !status.is_success() || !answer.status {
        return Err(RefundRefused::Refused(reason(status, &answer)));
    }
    read_one(&answer.data).ok_or(RefundRefused::Unknown)
}

fn read_one(data: &Value) -> Option<CardRefund> {
    Some(CardRefund {
        id: text_of(data, "id")?,
        status: RefundStatus::read(&text_of(data, "status")?),
        amount_cents: cents_of(data, "amount"),
        our_key: text_of(data, "merchant_note"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0197a1b2-0000-7000-8000-000000000001";

    fn refund(status: u16, raw: &str) -> Result<CardRefund, RefundRefused> {
        read_refund(StatusCode::from_u16(status).unwrap(), serde_json::from_str(raw).ok())
    }

    #[test]
    fn a_queued_refund_carries_our_key_back() {
        let queued = CardRefund {
            id: "4410092".to_owned(),
            status: RefundStatus::Pending,
            amount_cents: Some(45_000),
            our_key: Some(KEY.to_owned()),
        };
        assert_eq!(refund(200, include_str!("samples/refund_queued.json")), Ok(queued));
    }

    #[test]
    fn a_refusal_is_told_from_an_answer_that_decides_nothing() {
        let no = r#"{"status":false,"message":"Transaction has been fully reversed","code":"transaction_reversed"}"#;
        assert!(matches!(refund(400, no), Err(RefundRefused::Refused(_))));
        for (status, raw) in [(500, "{}"), (200, "<html>"), (200, r#"{"status":true,"data":{}}"#), (429, "{}")] {
            assert_eq!(refund(status, raw), Err(RefundRefused::Unknown), "{raw}");
        }
        assert!(matches!(refund(401, "{}"), Err(RefundRefused::BadSettings(_))));
    }

    #[test]
    fn a_list_is_read_with_its_sums_as_number_or_text() {
        let answer = serde_json::from_str(include_str!("samples/refund_list.json")).ok();
        let list = read_list(StatusCode::OK, answer).unwrap();
        let told: Vec<_> = list.iter().map(|one| (one.id.as_str(), one.status, one.amount_cents)).collect();
        assert_eq!(
            told,
            [
                ("4410092", RefundStatus::Processed, Some(45_000)),
                ("4410093", RefundStatus::NeedsAttention, Some(5_000))
            ]
        );
        assert_eq!(list[0].our_key.as_deref(), Some(KEY));
        assert_eq!(list[1].our_key, None);
    }
}
