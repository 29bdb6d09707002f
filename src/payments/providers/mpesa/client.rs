//! Prompts: STK push and STK query, and whose account they are made with.

use super::{
    answers::{PushAccepted, PushRefused, QueryAnswer, QueryFailed, read_push, read_query},
    operator::Initiator,
    transport::{Daraja, NoToken, Reply},
    wire::{self, StkPush, StkQuery},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use std::fmt;

/// What kind of number takes the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    Paybill,
    Till,
}

impl AccountKind {
    /// The word in `mpesa_accounts.kind`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "paybill" => Some(Self::Paybill),
            "till" => Some(Self::Till),
            _ => None,
        }
    }
}

/// One merchant's access to Daraja.
#[derive(Clone)]
pub struct Credentials {
    /// `sandbox` or `production`, as stored; the address is the client's.
    pub environment: String,
    pub kind: AccountKind,
    /// The paybill, or the store number that a till went live with.
    pub short_code: String,
    /// Needed for a till: the number that buyers know.
    pub till_number: Option<String>,
    pub consumer_key: String,
    pub consumer_secret: String,
    pub passkey: String,
    /// Who asks for status, balance and reversals; none when the merchant has made no API operator.
    pub initiator: Option<Initiator>,
}

impl Credentials {
    /// The number that buyers pay to by hand, which is also the one that notifications and lists are about.
    pub fn receiving_number(&self) -> &str {
        match (self.kind, self.till_number.as_deref()) {
            (AccountKind::Till, Some(till)) if !till.is_empty() => till,
            _ => &self.short_code,
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("environment", &self.environment)
            .field("kind", &self.kind)
            .field("short_code", &self.short_code)
            .field("till_number", &self.till_number)
            .finish_non_exhaustive()
    }
}

/// What to ask of whom. Has no `Debug`: phone and callback address are nothing for logs.
pub struct PushRequest {
    /// Cents; whole shillings from 1 to 250,000.
    pub amount_cents: i64,
    /// `2547XXXXXXXX` or `2541XXXXXXXX`.
    pub phone_msisdn: String,
    pub callback_url: String,
    /// 1 to 12 characters, shown in the prompt.
    pub account_reference: String,
    /// Cut to 13 characters.
    pub description: String,
    pub now: DateTime<Utc>,
}

impl Daraja {
    /// Puts a prompt on a phone. There is no idempotency: every call that is taken rings the phone.
    pub async fn push(&self, credentials: &Credentials, request: PushRequest) -> Result<PushAccepted, PushRefused> {
        check(&request)?;
        let (transaction_type, party_b) = match credentials.kind {
            AccountKind::Paybill => ("CustomerPayBillOnline", credentials.short_code.as_str()),
            AccountKind::Till => match credentials.till_number.as_deref() {
                Some(till) if !till.is_empty() => ("CustomerBuyGoodsOnline", till),
                _ => return Err(PushRefused::BadSettings("the till number is missing".to_owned())),
            },
        };
        let timestamp = wire::timestamp(request.now);
        let description: String = request.description.chars().take(13).collect();
        let body = StkPush {
            business_short_code: &credentials.short_code,
            password: &password(credentials, &timestamp),
            timestamp: &timestamp,
            transaction_type,
            amount: request.amount_cents / 100,
            party_a: &request.phone_msisdn,
            party_b,
            phone_number: &request.phone_msisdn,
            callback_url: &request.callback_url,
            account_reference: &request.account_reference,
            transaction_desc: &description,
        };
        let reply = self.post(credentials, "/mpesa/stkpush/v1/processrequest", &body).await.map_err(|no| match no {
            NoToken::NotReached(reason) => PushRefused::NotSent(reason),
            NoToken::Refused(reason) => PushRefused::BadSettings(reason),
        })?;
        match reply {
            Reply::NeverSent => Err(PushRefused::NotSent("no connection".to_owned())),
            Reply::Lost | Reply::Read { answer: None, .. } => Err(PushRefused::Unknown),
            Reply::Read { status, answer: Some(answer), .. } => read_push(status, *answer),
        }
    }

    /// Asks where a prompt stands.
    pub async fn query(
        &self,
        credentials: &Credentials,
        checkout_request_id: &str,
        now: DateTime<Utc>,
    ) -> Result<QueryAnswer, QueryFailed> {
        let timestamp = wire::timestamp(now);
        let body = StkQuery {
            business_short_code: &credentials.short_code,
            password: &password(credentials, &timestamp),
            timestamp: &timestamp,
            checkout_request_id,
        };
        let reply = self.post(credentials, "/mpesa/stkpushquery/v1/query", &body).await.map_err(|no| match no {
            NoToken::NotReached(reason) => QueryFailed::NotReached(reason),
            NoToken::Refused(reason) => QueryFailed::BadSettings(reason),
        })?;
        match reply {
            Reply::NeverSent => Err(QueryFailed::NotReached("no connection".to_owned())),
            Reply::Lost => Err(QueryFailed::NotReached("the answer was lost".to_owned())),
            Reply::Read { answer: None, .. } => Err(QueryFailed::NotReached("the answer was unreadable".to_owned())),
            Reply::Read { status, answer: Some(answer), .. } => read_query(status, *answer, checkout_request_id),
        }
    }
}

fn check(request: &PushRequest) -> Result<(), PushRefused> {
    let reason = if request.amount_cents % 100 != 0 {
        "M-Pesa moves whole shillings only"
    } else if !(100..=25_000_000).contains(&request.amount_cents) {
        "M-Pesa moves 1 to 250,000 shillings at a time"
    } else if !is_msisdn(&request.phone_msisdn) {
        "the phone number is no Kenyan mobile number"
    } else if !(1..=12).contains(&request.account_reference.chars().count()) {
        "the account reference has 1 to 12 characters"
    } else {
        return Ok(());
    };
    Err(PushRefused::BadRequest(reason.to_owned()))
}

fn is_msisdn(phone: &str) -> bool {
    phone.len() == 12
        && (phone.starts_with("2547") || phone.starts_with("2541"))
        && phone.bytes().all(|b| b.is_ascii_digit())
}

fn password(credentials: &Credentials, timestamp: &str) -> String {
    STANDARD.encode(format!("{}{}{timestamp}", credentials.short_code, credentials.passkey))
}
