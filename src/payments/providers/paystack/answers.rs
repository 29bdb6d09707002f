//! What the provider's answers mean; every way to fail is told apart by what the caller may do next.

use super::{
    credentials::CardCredentials,
    outcome::CardOutcome,
    wire::{Answer, cents_of, text_of},
};
use reqwest::StatusCode;
use serde_json::Value;

/// The page on which the shopper pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedPage {
    pub address: String,
}

/// Why there is no page. No money can move before the shopper has one, so each of these ends the attempt safely.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageRefused {
    /// Not reached, too late, busy, or an answer that cannot be read.
    #[error("the card provider gave no page: {0}")]
    NotReached(String),
    /// The merchant's keys are not taken; the text is for the operator.
    #[error("the merchant's card keys do not work: {0}")]
    BadSettings(String),
    /// The request itself is wrong; repeating it changes nothing.
    #[error("the card provider does not take this request: {0}")]
    BadRequest(String),
}

/// Why a question brought no answer. None of these says anything about the money.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskFailed {
    #[error("the card provider could not be asked: {0}")]
    NotReached(String),
    #[error("the merchant's card keys do not work: {0}")]
    BadSettings(String),
}

/// Where a transaction stands, in the provider's closed set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransactionStatus {
    Success,
    Failed,
    /// Nobody has finished the page yet; it may still become a success.
    Abandoned,
    /// The bank or the provider is at work.
    UnderWay,
    Reversed,
    /// A word that nobody has documented: open until the provider says more.
    Other(String),
}

impl TransactionStatus {
    fn read(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "success" => Self::Success,
            "failed" => Self::Failed,
            "abandoned" => Self::Abandoned,
            "ongoing" | "pending" | "processing" | "queued" => Self::UnderWay,
            "reversed" => Self::Reversed,
            other => Self::Other(other.chars().take(40).collect()),
        }
    }
    /// The word kept in `payments.result_code`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
            Self::UnderWay => "under_way",
            Self::Reversed => "reversed",
            Self::Other(word) => word,
        }
    }
}

/// One transaction, as the provider tells it when asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    pub status: TransactionStatus,
    pub reference: String,
    /// What was taken, in cents; with the provider's fee where the shopper bears it.
    pub amount_cents: Option<i64>,
    /// What we asked for, where the provider says so.
    pub requested_cents: Option<i64>,
    pub currency: String,
    /// `live` or `test`.
    domain: String,
    /// Such as `visa`; for the receipt.
    pub brand: Option<String>,
    /// Four digits; for the receipt.
    pub last_four: Option<String>,
}

/// What a transaction must be to be ours: the sum and its currency.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    pub reference: &'a str,
    pub amount_cents: i64,
    pub currency: &'a str,
}

/// What the provider knows of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    Known(Box<Transaction>),
    /// It has never heard of it: its page was never made.
    Unknown,
}

impl Transaction {
    /// Whether this is money for what was asked: our reference, our sum, our currency, and of the account's own world.
    pub fn is_for(&self, expected: Expected<'_>, credentials: &CardCredentials) -> bool {
        let is_the_sum = match (self.amount_cents, self.requested_cents) {
            // A fee on the shopper makes the sum larger than what was asked, and never smaller.
            (Some(taken), Some(asked)) => asked == expected.amount_cents && taken >= asked,
            (Some(taken), None) => taken == expected.amount_cents,
            (None, _) => false,
        };
        is_the_sum
            && self.reference == expected.reference
            && self.currency == expected.currency
            && self.domain == credentials.environment.domain()
    }

    /// How it ended, when it has.
    pub const fn outcome(&self) -> Option<CardOutcome> {
        match self.status {
            TransactionStatus::Success => Some(CardOutcome::Paid),
            TransactionStatus::Failed => Some(CardOutcome::Declined),
            TransactionStatus::Reversed => Some(CardOutcome::Reversed),
            TransactionStatus::Abandoned | TransactionStatus::UnderWay | TransactionStatus::Other(_) => None,
        }
    }
}

/// The provider's refusal in one line for the operator.
pub(super) fn reason(status: StatusCode, answer: &Answer) -> String {
    let code = answer.code.as_deref().unwrap_or("no code");
    let text: String = answer.message.as_deref().unwrap_or("no text").chars().take(200).collect();
    format!("{code} {text} (status {})", status.as_u16())
}

/// Is it the key that is refused?
pub(super) fn refuses_key(status: StatusCode, answer: &Answer) -> bool {
    matches!(status.as_u16(), 401 | 403)
        || answer.code.as_deref().is_some_and(|code| code.eq_ignore_ascii_case("invalid_key"))
}

/// Does it say "come again" rather than "no"?
pub(super) fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429)
}

pub fn read_page(
    status: StatusCode,
    answer: Option<Answer>,
    asked: &str,
    is_the_providers: impl Fn(&str) -> bool,
) -> Result<HostedPage, PageRefused> {
    let Some(answer) = answer else { return Err(PageRefused::NotReached("an answer that cannot be read".to_owned())) };
    let why = reason(status, &answer);
    if refuses_key(status, &answer) {
        return Err(PageRefused::BadSettings(why));
    }
    if is_passing(status) {
        return Err(PageRefused::NotReached(why));
    }
    if !status.is_success() || !answer.status {
        return Err(PageRefused::BadRequest(why));
    }
    let address = text_of(&answer.data, "authorization_url").filter(|address| is_the_providers(address));
    match (address, text_of(&answer.data, "reference")) {
        (Some(address), Some(reference)) if reference == asked => Ok(HostedPage { address }),
        _ => Err(PageRefused::NotReached("a page that is not the provider's, or of another reference".to_owned())),
    }
}

pub fn read_verify(status: StatusCode, answer: Option<Answer>, asked: &str) -> Result<Verified, AskFailed> {
    let Some(answer) = answer else { return Err(AskFailed::NotReached("an answer that cannot be read".to_owned())) };
    let why = reason(status, &answer);
    if refuses_key(status, &answer) {
        return Err(AskFailed::BadSettings(why));
    }
    if !status.is_success() || !answer.status {
        let code = answer.code.as_deref().unwrap_or_default();
        return if !is_passing(status) && code.eq_ignore_ascii_case("transaction_not_found") {
            Ok(Verified::Unknown)
        } else {
            Err(AskFailed::NotReached(why))
        };
    }
    match read_transaction(&answer.data) {
        Some(transaction) if transaction.reference == asked => Ok(Verified::Known(Box::new(transaction))),
        _ => Err(AskFailed::NotReached("the answer is about another transaction, or about none".to_owned())),
    }
}

fn read_transaction(data: &Value) -> Option<Transaction> {
    let authorization = data.get("authorization").unwrap_or(&Value::Null);
    let is_four = |digits: &String| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let is_brand = |word: &String| word.len() <= 20 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ');
    Some(Transaction {
        status: TransactionStatus::read(&text_of(data, "status")?),
        reference: text_of(data, "reference")?,
        amount_cents: cents_of(data, "amount"),
        requested_cents: cents_of(data, "requested_amount"),
        currency: text_of(data, "currency")?,
        domain: text_of(data, "domain").unwrap_or_default(),
        brand: text_of(authorization, "brand").filter(is_brand).map(|word| word.to_ascii_lowercase()),
        last_four: text_of(authorization, "last4").filter(is_four),
    })
}

#[cfg(test)]
mod tests {
    use super::super::credentials::CardEnvironment;
    use super::*;

    const REFERENCE: &str = "d-0197a1b2c3d4";

    fn answer(raw: &str) -> Option<Answer> {
        serde_json::from_str(raw).ok()
    }
    fn page(status: u16, raw: &str) -> Result<HostedPage, PageRefused> {
        let is_theirs = |address: &str| address.starts_with("https://checkout.paystack.com/");
        read_page(StatusCode::from_u16(status).unwrap(), answer(raw), REFERENCE, is_theirs)
    }
    fn verify(status: u16, raw: &str) -> Result<Verified, AskFailed> {
        read_verify(StatusCode::from_u16(status).unwrap(), answer(raw), REFERENCE)
    }
    fn known(raw: &str) -> Transaction {
        match verify(200, raw).unwrap() {
            Verified::Known(transaction) => *transaction,
            Verified::Unknown => panic!("it is known"),
        }
    }
    fn test_keys() -> CardCredentials {
        CardCredentials { environment: CardEnvironment::Sandbox, secret_key: "sk_test_a".to_owned() }
    }
    fn expected() -> Expected<'static> {
        Expected { reference: REFERENCE, amount_cents: 145_000, currency: "KES" }
    }

    #[test]
    fn only_the_providers_own_page_of_our_reference_is_a_page() {
        let raw = include_str!("samples/initialize_accepted.json");
        assert_eq!(page(200, raw).unwrap().address, "https://checkout.paystack.com/k2v9x0dfh3m7");
        for wrong in [
            raw.replace("checkout.paystack.com", "evil.example"),
            raw.replace(REFERENCE, "d-other"),
            raw.replace("authorization_url", "other"),
            r#"{"status":true,"data":{}}"#.to_owned(),
        ] {
            assert!(matches!(page(200, &wrong), Err(PageRefused::NotReached(_))), "{wrong}");
        }
    }

    #[test]
    fn every_refusal_of_a_page_says_what_may_be_done_next() {
        assert!(matches!(page(401, include_str!("samples/refused_key.json")), Err(PageRefused::BadSettings(_))));
        assert!(matches!(
            page(400, include_str!("samples/initialize_duplicate.json")),
            Err(PageRefused::BadRequest(_))
        ));
        for (status, raw) in [(500, "{}"), (429, "{}"), (200, "<html>"), (502, "")] {
            assert!(matches!(page(status, raw), Err(PageRefused::NotReached(_))), "{status} {raw}");
        }
    }

    #[test]
    fn a_success_counts_only_with_our_sum_our_currency_and_in_the_keys_own_world() {
        let raw = include_str!("samples/verify_success.json");
        let paid = known(raw);
        assert_eq!(paid.outcome(), Some(CardOutcome::Paid));
        assert!(paid.is_for(expected(), &test_keys()));
        assert_eq!((paid.brand.as_deref(), paid.last_four.as_deref()), (Some("visa"), Some("4081")));
        for (was, is) in [
            (r#""amount": 145000"#, r#""amount": 144999"#),
            (r#""requested_amount": 145000"#, r#""requested_amount": 100"#),
            (r#""currency": "KES""#, r#""currency": "NGN""#),
            (r#""domain": "test""#, r#""domain": "live""#),
            (r#""amount": 145000"#, r#""amount": null"#),
        ] {
            assert!(!known(&raw.replace(was, is)).is_for(expected(), &test_keys()), "{is}");
        }
        let with_fee = raw.replace(r#""amount": 145000"#, r#""amount": 149205"#);
        assert!(known(&with_fee).is_for(expected(), &test_keys()), "the shopper bears the fee");
        let live = CardCredentials { environment: CardEnvironment::Production, ..test_keys() };
        assert!(!paid.is_for(expected(), &live), "a test card pays nothing with live keys");
    }

    #[test]
    fn every_status_has_its_meaning_and_an_unknown_one_ends_nothing() {
        let raw = include_str!("samples/verify_success.json");
        for (word, outcome) in [
            ("success", Some(CardOutcome::Paid)),
            ("failed", Some(CardOutcome::Declined)),
            ("reversed", Some(CardOutcome::Reversed)),
            ("abandoned", None),
            ("ongoing", None),
            ("pending", None),
            ("processing", None),
            ("queued", None),
            ("something new", None),
        ] {
            let said = known(&raw.replace(r#""status": "success""#, &format!(r#""status": "{word}""#)));
            assert_eq!(said.outcome(), outcome, "{word}");
        }
    }

    #[test]
    fn metadata_and_fees_in_any_shape_are_in_nobodys_way() {
        let raw = include_str!("samples/verify_success.json");
        for shape in ["0", "null", "{}", r#"{"a":[1]}"#, r#""text""#] {
            let odd = raw.replace(r#""metadata": """#, &format!(r#""metadata": {shape}"#)).replace("4205", "null");
            assert!(known(&odd).is_for(expected(), &test_keys()), "{shape}");
        }
    }

    #[test]
    fn an_answer_about_another_transaction_or_about_nothing_is_no_verdict() {
        let other = include_str!("samples/verify_success.json").replace(REFERENCE, "d-other");
        assert!(matches!(verify(200, &other), Err(AskFailed::NotReached(_))));
        for (status, raw) in [(200, "<html>"), (200, "{}"), (500, "{}"), (200, r#"{"status":true,"data":null}"#)] {
            assert!(matches!(verify(status, raw), Err(AskFailed::NotReached(_))), "{raw}");
        }
        assert_eq!(verify(404, include_str!("samples/verify_unknown.json")), Ok(Verified::Unknown));
        assert!(
            matches!(verify(404, "{}"), Err(AskFailed::NotReached(_))),
            "only its own code says that it is unknown"
        );
        assert!(matches!(verify(401, include_str!("samples/refused_key.json")), Err(AskFailed::BadSettings(_))));
    }
}
