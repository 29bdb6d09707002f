//! What the answers to our questions say: a transaction that was found, and what lies in the merchant's accounts.

use super::{
    paid_by::{PaidBy, PayerNumber},
    result::{ProviderResult, time},
    wire::cents,
};
use crate::kernel::money::Money;
use chrono::{DateTime, Utc};

/// A transaction as the provider has it. Holds who paid, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct TransactionFound {
    pub receipt: String,
    pub amount: Money,
    pub state: TransactionState,
    /// The paybill, till or number that got the money; not always ours.
    pub credited: Option<String>,
    pub at: Option<DateTime<Utc>>,
    pub paid_by: PaidBy,
}

/// Only a completed one has moved money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransactionState {
    Initiated,
    Authorized,
    Completed,
    Cancelled,
    Declined,
    Expired,
    /// A word that nobody has documented.
    Other(String),
}

impl TransactionState {
    pub fn parse(word: &str) -> Self {
        match word.trim().to_ascii_lowercase().as_str() {
            "initiated" => Self::Initiated,
            "authorized" => Self::Authorized,
            "completed" => Self::Completed,
            "cancelled" => Self::Cancelled,
            "declined" => Self::Declined,
            "expired" => Self::Expired,
            _ => Self::Other(word.trim().chars().take(60).collect()),
        }
    }
}

/// One of the accounts of a short code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountBalance {
    /// Such as `Utility Account`.
    pub account: String,
    pub current: Money,
    pub available: Money,
}

impl ProviderResult {
    /// The answer to [`super::Daraja::ask_status`]; none when it says too little to rely on, or not 0.
    pub fn transaction(&self) -> Option<TransactionFound> {
        if self.result_code != "0" {
            return None;
        }
        let (_, debited) = self.party("DebitPartyName");
        Some(TransactionFound {
            receipt: self.parameter("ReceiptNo")?.to_ascii_uppercase(),
            amount: cents(self.parameter("Amount")?).map(Money::kes)?,
            state: TransactionState::parse(self.parameter("TransactionStatus")?),
            credited: self.party("CreditPartyName").0,
            at: self.parameter("FinalisedTime").or(self.parameter("InitiatedTime")).and_then(time),
            paid_by: debited,
        })
    }

    /// The answer to [`super::Daraja::ask_balance`]: one text with `&` between accounts and `|` between their parts.
    /// Accounts in other currencies, and what cannot be read, are left out.
    pub fn balances(&self) -> Vec<AccountBalance> {
        let text = self.parameter("AccountBalance").unwrap_or_default();
        text.split('&')
            .filter_map(|account| {
                let mut parts = account.split('|').map(str::trim);
                let (name, currency) = (parts.next()?, parts.next()?);
                let (current, available) = (cents(parts.next()?)?, cents(parts.next()?)?);
                (currency == "KES").then(|| AccountBalance {
                    account: name.to_owned(),
                    current: Money::kes(current),
                    available: Money::kes(available),
                })
            })
            .take(50)
            .collect()
    }

    /// `509731 - MAMA NJERI` as its number and as a payer.
    fn party(&self, name: &str) -> (Option<String>, PaidBy) {
        let Some(text) = self.parameter(name) else { return (None, PaidBy::default()) };
        let (number, name) = text.split_once(" - ").unwrap_or((text, ""));
        let (number, name) = (number.trim(), name.trim());
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let name = (!name.is_empty()).then(|| name.to_owned());
        (is_number.then(|| number.to_owned()), PaidBy { number: PayerNumber::read(number), name })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::result::read_result, *};
    use chrono::TimeZone;

    fn read(raw: &str) -> ProviderResult {
        read_result(raw.as_bytes()).unwrap_or_else(|error| panic!("{error}: {raw}"))
    }

    #[test]
    fn a_found_transaction_says_how_much_when_and_to_whom() {
        let found = read(include_str!("samples/result_status.json")).transaction().unwrap();
        assert_eq!(found.receipt, "UD23K7QX9P");
        assert_eq!(found.amount, Money::shillings(1450));
        assert_eq!(found.state, TransactionState::Completed);
        assert_eq!(found.credited.as_deref(), Some("509731"));
        assert_eq!(found.at, Some(Utc.with_ymd_and_hms(2026, 4, 2, 11, 30, 28).unwrap()));
        assert_eq!(found.paid_by.name.as_deref(), Some("AMINA OTIENO"));
        assert_eq!(found.paid_by.phone().unwrap().msisdn(), "254711223344");
    }

    #[test]
    fn an_answer_that_says_too_little_finds_nothing() {
        let raw = include_str!("samples/result_status.json");
        for name in ["ReceiptNo", "Amount", "TransactionStatus"] {
            assert!(read(&raw.replace(&format!("\"{name}\""), "\"Other\"")).transaction().is_none(), "{name}");
        }
        assert!(read(&raw.replace("\"ResultCode\": \"0\"", "\"ResultCode\": \"1\"")).transaction().is_none());
        let nobody = read(&raw.replace("\"CreditPartyName\"", "\"Other\"")).transaction().unwrap();
        assert_eq!(nobody.credited, None);
        assert!(read(include_str!("samples/result_refused.json")).transaction().is_none());
    }

    #[test]
    fn every_documented_state_is_known_and_any_other_is_kept() {
        for (word, state) in [
            ("Initiated", TransactionState::Initiated),
            ("Authorized", TransactionState::Authorized),
            ("Completed", TransactionState::Completed),
            ("Cancelled", TransactionState::Cancelled),
            ("Declined", TransactionState::Declined),
            ("Expired", TransactionState::Expired),
            ("Pondering", TransactionState::Other("Pondering".to_owned())),
        ] {
            assert_eq!(TransactionState::parse(word), state);
        }
    }

    #[test]
    fn the_balance_is_read_account_by_account() {
        let result = read(include_str!("samples/result_balance.json"));
        let account = |name: &str, current, available| AccountBalance {
            account: name.to_owned(),
            current: Money::shillings(current),
            available: Money::shillings(available),
        };
        assert_eq!(
            result.balances(),
            [account("Working Account", 1200, 1000), account("Utility Account", 88_210, 88_210)]
        );
        assert!(read(include_str!("samples/result_reversed.json")).balances().is_empty());
    }
}
