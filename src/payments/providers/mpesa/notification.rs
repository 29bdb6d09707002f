//! What M-Pesa posts when somebody pays by hand to a paybill or till: before it takes the money, and after.

use super::{
    paid_by::{PaidBy, PayerNumber},
    wire::{BODY_LIMIT, MalformedCallback, cents, from_nairobi, text},
};
use crate::kernel::{money::Money, outside_json};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// Money paid by hand, as it was typed on the phone. Unsigned: nothing here is true until its receipt is checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Notification {
    pub kind: NotificationKind,
    pub receipt: String,
    /// None when the time cannot be read.
    pub at: Option<DateTime<Utc>>,
    pub amount: Money,
    /// The paybill or till that was paid.
    pub short_code: String,
    /// What the buyer typed as the account, as it was typed; none for a till.
    pub account: Option<String>,
    /// What our answer to the validation gave along.
    pub third_party_id: Option<String>,
    pub paid_by: PaidBy,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotificationKind {
    PayBill,
    BuyGoods,
    /// A word that nobody has documented.
    Other(String),
}

/// Why we ask M-Pesa not to take somebody's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidationRefusal {
    Phone,
    Account,
    Amount,
    Identity,
    ShortCode,
    Other,
}

impl ValidationRefusal {
    pub const ALL: [Self; 6] = [Self::Phone, Self::Account, Self::Amount, Self::Identity, Self::ShortCode, Self::Other];

    /// The provider's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Phone => "C2B00011",
            Self::Account => "C2B00012",
            Self::Amount => "C2B00013",
            Self::Identity => "C2B00014",
            Self::ShortCode => "C2B00015",
            Self::Other => "C2B00016",
        }
    }
}

/// The body that takes somebody's money or refuses it; `third_party_id` comes back with the confirmation.
pub fn validation_answer(verdict: Result<Option<&str>, ValidationRefusal>) -> String {
    let answer = match verdict {
        Err(refusal) => serde_json::json!({ "ResultCode": refusal.code(), "ResultDesc": "Rejected" }),
        Ok(None) => serde_json::json!({ "ResultCode": "0", "ResultDesc": "Accepted" }),
        Ok(Some(id)) => {
            serde_json::json!({ "ResultCode": "0", "ResultDesc": "Accepted", "ThirdPartyTransID": id })
        }
    };
    answer.to_string()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Raw {
    #[serde(deserialize_with = "text")]
    transaction_type: Option<String>,
    #[serde(rename = "TransID", deserialize_with = "text")]
    trans_id: Option<String>,
    #[serde(deserialize_with = "text")]
    trans_time: Option<String>,
    #[serde(deserialize_with = "text")]
    trans_amount: Option<String>,
    #[serde(deserialize_with = "text")]
    business_short_code: Option<String>,
    #[serde(deserialize_with = "text")]
    bill_ref_number: Option<String>,
    #[serde(rename = "ThirdPartyTransID", deserialize_with = "text")]
    third_party_trans_id: Option<String>,
    #[serde(rename = "MSISDN", deserialize_with = "text")]
    msisdn: Option<String>,
    #[serde(deserialize_with = "text")]
    first_name: Option<String>,
    #[serde(deserialize_with = "text")]
    middle_name: Option<String>,
    #[serde(deserialize_with = "text")]
    last_name: Option<String>,
}

/// Reads the body of a validation or of a confirmation; both have the same shape.
///
/// # Errors
/// When receipt, sum or short code are missing, or the sum is no money.
pub fn read_notification(raw: &[u8]) -> Result<Notification, MalformedCallback> {
    if raw.len() > BODY_LIMIT {
        return Err(MalformedCallback::TooLong);
    }
    let raw: Raw = outside_json::read(raw).ok_or(MalformedCallback::NotJson)?;
    let given = |field: Option<String>| field.filter(|text| !text.is_empty());
    let need = |field: Option<String>, name| given(field).ok_or(MalformedCallback::Missing(name));
    let amount = need(raw.trans_amount, "TransAmount")?;
    let names: Vec<String> = [raw.first_name, raw.middle_name, raw.last_name].into_iter().filter_map(given).collect();
    Ok(Notification {
        kind: kind(given(raw.transaction_type)),
        receipt: need(raw.trans_id, "TransID")?.to_ascii_uppercase(),
        at: raw.trans_time.as_deref().and_then(from_nairobi),
        amount: cents(&amount).map(Money::kes).ok_or(MalformedCallback::Amount)?,
        short_code: need(raw.business_short_code, "BusinessShortCode")?,
        account: given(raw.bill_ref_number),
        third_party_id: given(raw.third_party_trans_id),
        paid_by: PaidBy {
            number: raw.msisdn.as_deref().and_then(PayerNumber::read),
            name: (!names.is_empty()).then(|| names.join(" ")),
        },
    })
}

fn kind(word: Option<String>) -> NotificationKind {
    let word = word.unwrap_or_default();
    let bare: String = word.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    match bare.as_str() {
        "paybill" => NotificationKind::PayBill,
        "buygoods" => NotificationKind::BuyGoods,
        _ => NotificationKind::Other(word.chars().take(60).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::phone::Phone;
    use chrono::TimeZone;

    fn read(raw: &str) -> Notification {
        read_notification(raw.as_bytes()).unwrap()
    }

    #[test]
    fn a_confirmation_is_read_with_a_masked_number() {
        let told = read(include_str!("samples/c2b_confirmation.json"));
        assert_eq!(told.kind, NotificationKind::PayBill);
        assert_eq!(told.receipt, "UD25M0RR7C");
        assert_eq!(told.at, Some(Utc.with_ymd_and_hms(2026, 4, 2, 12, 12, 10).unwrap()));
        assert_eq!(told.amount, Money::shillings(1450));
        assert_eq!(told.short_code, "509731");
        assert_eq!(told.account.as_deref(), Some("ord-10482"));
        assert_eq!(told.third_party_id.as_deref(), Some("PMT-77120"));
        assert_eq!(told.paid_by.name.as_deref(), Some("AMINA"));
        assert_eq!(told.paid_by.hash(), None);
        assert!(told.paid_by.number.unwrap().may_be(&Phone::parse("0711223344").unwrap()));
    }

    #[test]
    fn a_till_has_no_account_and_an_old_registration_hashes_the_number() {
        let told = read(include_str!("samples/c2b_till_hashed.json"));
        assert_eq!(told.kind, NotificationKind::BuyGoods);
        assert_eq!((told.account, told.third_party_id), (None, None));
        assert_eq!(told.amount, Money::shillings(50));
        assert!(told.paid_by.hash().is_some());
        assert!(told.paid_by.number.as_ref().unwrap().may_be(&Phone::parse("0711223344").unwrap()));
        assert_eq!(told.paid_by.name.as_deref(), Some("AMINA WANJIRU OTIENO"));
    }

    #[test]
    fn names_number_and_time_may_be_missing_and_sums_may_be_numbers() {
        let told = read(include_str!("samples/c2b_validation_bare.json"));
        assert_eq!(told.amount, Money::kes(145_050));
        assert_eq!((told.at, told.account.as_deref()), (None, Some("1001")));
        assert!(told.paid_by == PaidBy::default());
        assert_eq!(told.kind, NotificationKind::Other("Something New".to_owned()));
    }

    #[test]
    fn what_is_no_notification_says_what_is_missing() {
        let spoiled = |raw: &str| read_notification(raw.as_bytes()).err();
        for raw in ["", "null", "<html>", "7"] {
            assert_eq!(spoiled(raw), Some(MalformedCallback::NotJson), "{raw}");
        }
        let raw = include_str!("samples/c2b_confirmation.json");
        for name in ["TransID", "TransAmount", "BusinessShortCode"] {
            assert_eq!(
                spoiled(&raw.replace(&format!("\"{name}\""), "\"Other\"")),
                Some(MalformedCallback::Missing(name))
            );
        }
        for amount in ["-5", "1,450", "much", "1.005"] {
            assert_eq!(spoiled(&raw.replace("1450.00", amount)), Some(MalformedCallback::Amount), "{amount}");
        }
        assert_eq!(spoiled(&" ".repeat(BODY_LIMIT + 1)), Some(MalformedCallback::TooLong));
    }

    #[test]
    fn the_answer_takes_the_money_or_says_what_is_wrong_with_it() {
        let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        let accepted = json(include_str!("samples/c2b_accept.json"));
        assert_eq!(json(&validation_answer(Ok(Some("PMT-77120")))), accepted);
        let rejected = json(include_str!("samples/c2b_reject.json"));
        assert_eq!(json(&validation_answer(Err(ValidationRefusal::Account))), rejected);
        assert_eq!(json(&validation_answer(Ok(None))).as_object().unwrap().len(), 2);
        let codes: Vec<&str> = ValidationRefusal::ALL.into_iter().map(ValidationRefusal::code).collect();
        assert_eq!(codes, ["C2B00011", "C2B00012", "C2B00013", "C2B00014", "C2B00015", "C2B00016"]);
    }
}
