//! The list of money that arrived in the last two days, asked for page by page.

use super::{
    answers::{AskRefused, reason, refusal},
    client::Credentials,
    operator::read,
    paid_by::{PaidBy, PayerNumber},
    transport::{Daraja, Reply},
    wire::{as_text, at_nairobi, cents},
};
use crate::kernel::{kenya::EAST_AFRICA, money::Money, outside_json};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many rows a page has, and by how much the offset grows.
pub const PULL_PAGE: u32 = 100;
/// How far back the provider's list goes.
pub const PULL_WINDOW: TimeDelta = TimeDelta::hours(48);

/// Money that arrived, as the provider lists it. Holds who paid, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct PulledTransaction {
    pub receipt: String,
    pub at: Option<DateTime<Utc>>,
    pub amount: Money,
    /// Such as `c2b-pay-bill-debit`; as text, since the list of words is not documented.
    pub kind: String,
    /// What the buyer typed as the account.
    pub account: Option<String>,
    pub paid_by: PaidBy,
}

/// One page of the list.
pub struct PulledPage {
    pub transactions: Vec<PulledTransaction>,
    /// Rows without a receipt or a sum that can be read.
    pub unreadable: u32,
    /// Whether nothing can come after it.
    pub is_last: bool,
    /// The answer as it came, to be kept.
    pub raw: Vec<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PullQuery<'a> {
    short_code: &'a str,
    start_date: &'a str,
    end_date: &'a str,
    off_set_value: &'a str,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(rename = "Response", default)]
    response: Value,
}

impl Daraja {
    /// What arrived between two moments, from the row `offset` on; the next page begins [`PULL_PAGE`] later.
    pub async fn pull(
        &self,
        credentials: &Credentials,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        offset: u32,
    ) -> Result<PulledPage, AskRefused> {
        let body = PullQuery {
            short_code: credentials.receiving_number(),
            start_date: &day_and_time(from),
            end_date: &day_and_time(to),
            off_set_value: &offset.to_string(),
        };
        let reply = self.call(self.pull_method(), credentials, "/pulltransactions/v1/query", &body).await;
        let raw = match &reply {
            Ok(Reply::Read { body, .. }) => body.clone(),
            _ => Vec::new(),
        };
        let (status, answer) = read(reply)?;
        if let Some(refused) = refusal(status, &answer) {
            return Err(refused);
        }
        match answer.response_code.as_deref() {
            Some("1000" | "1001") if status.is_success() => page(raw),
            Some(code) if status.is_success() => {
                Err(AskRefused::Refused { code: code.to_owned(), reason: reason(status, &answer) })
            }
            _ => Err(AskRefused::Unknown),
        }
    }
}

/// As a clock in Nairobi shows it.
fn day_and_time(at: DateTime<Utc>) -> String {
    at.with_timezone(&EAST_AFRICA).format("%Y-%m-%d %H:%M:%S").to_string()
}

fn page(raw: Vec<u8>) -> Result<PulledPage, AskRefused> {
    let listed: Listed = serde_json::from_slice(&raw).map_err(|_| AskRefused::Unknown)?;
    let mut rows = Vec::new();
    flatten(&listed.response, &mut rows);
    let transactions: Vec<PulledTransaction> = rows.iter().filter_map(|row| transaction(row)).collect();
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    Ok(PulledPage {
        unreadable: count(rows.len() - transactions.len()),
        is_last: count(rows.len()) < PULL_PAGE,
        transactions,
        raw,
    })
}

/// A part of the list that the provider brings by itself; `None` when it is none.
pub fn read_list(body: &[u8]) -> Option<PulledPage> {
    outside_json::is_bounded(body).then(|| page(body.to_vec()).ok()).flatten()
}

/// The rows stand in a list in a list; one level less or more is read as well.
fn flatten<'a>(value: &'a Value, rows: &mut Vec<&'a Value>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| flatten(one, rows)),
        Value::Object(_) => rows.push(value),
        _ => {}
    }
}

fn transaction(row: &Value) -> Option<PulledTransaction> {
    // Names come in mixed cases; only their letters count.
    let field = |name: &str| {
        let entry = row.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        as_text(entry.1).filter(|text| !text.is_empty())
    };
    let receipt = field("transactionId")?.to_ascii_uppercase();
    Some(PulledTransaction {
        amount: cents(&field("amount")?).map(Money::kes)?,
        at: field("trxDate").and_then(|text| time(&text)),
        kind: field("transactiontype").unwrap_or_default(),
        account: field("billreference"),
        paid_by: PaidBy { number: field("msisdn").and_then(|text| PayerNumber::read(&text)), name: None },
        receipt,
    })
}

/// The list writes Nairobi's time with a `Z` behind it: the same payment's notification has the same digits.
fn time(text: &str) -> Option<DateTime<Utc>> {
    ["%Y-%m-%dT%H:%M:%S%.fZ", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .and_then(at_nairobi)
        .or_else(|| super::result::time(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn read_page(raw: &str) -> PulledPage {
        page(raw.as_bytes().to_vec()).unwrap_or_else(|error| panic!("{error}: {raw}"))
    }

    #[test]
    fn rows_are_read_out_of_the_list_in_the_list() {
        let page = read_page(include_str!("samples/pull_page.json"));
        assert_eq!((page.transactions.len(), page.unreadable, page.is_last), (2, 1, true));
        let first = &page.transactions[0];
        assert_eq!(first.receipt, "UD25M0RR7C");
        assert_eq!(first.amount, Money::shillings(1450));
        assert_eq!(first.at, Some(Utc.with_ymd_and_hms(2026, 4, 2, 12, 12, 10).unwrap()));
        assert_eq!(first.account.as_deref(), Some("ORD10482"));
        assert_eq!(first.kind, "c2b-pay-bill-debit");
        assert_eq!(first.paid_by.phone().unwrap().msisdn(), "254711223344");
        let second = &page.transactions[1];
        assert_eq!((second.account.as_deref(), second.kind.as_str()), (None, "c2b-buy-goods-debit"));
        assert_eq!(second.amount, Money::kes(5050));
    }

    #[test]
    fn an_empty_list_is_the_last_page_and_a_full_one_is_not() {
        let empty = read_page(include_str!("samples/pull_nothing.json"));
        assert_eq!((empty.transactions.len(), empty.unreadable, empty.is_last), (0, 0, true));
        let row = serde_json::json!({ "transactionId": "UD25M0RR7C", "amount": "1" });
        let full = serde_json::json!({ "ResponseCode": "1000", "Response": [vec![row; 100]] });
        assert!(!read_page(&full.to_string()).is_last);
    }

    #[test]
    fn the_request_is_spelled_as_the_provider_spells_it() {
        let start = Utc.with_ymd_and_hms(2026, 4, 1, 21, 0, 0).unwrap();
        let end = Utc.with_ymd_and_hms(2026, 4, 2, 20, 59, 59).unwrap();
        let query = PullQuery {
            short_code: "509731",
            start_date: &day_and_time(start),
            end_date: &day_and_time(end),
            off_set_value: "0",
        };
        let sample: Value = serde_json::from_str(include_str!("samples/pull_request.json")).unwrap();
        assert_eq!(serde_json::to_value(query).unwrap(), sample);
    }
}
