//! What the result codes of reversals and questions mean; decided on the code, never on the prose.

use serde::{Deserialize, Serialize};

/// What stands in the way of everything that is asked in an operator's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperatorTrouble {
    /// The operator's name or password is wrong.
    BadCredential,
    /// The operator lacks the role for this.
    NotAllowed,
    /// The operator's password is locked: every further call keeps it so.
    Locked,
    /// The short code is not active, or may not use this product.
    BadSettings,
    /// Fields are missing or wrong: ours to mend.
    BadRequest,
}

/// How an order to send money back ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReversalOutcome {
    Reversed,
    /// It went back before; a question for its status proves it.
    AlreadyReversed,
    /// The provider does not know this receipt as money of this short code.
    WrongReceipt,
    /// The merchant's account holds less.
    LowBalance,
    /// A rule on amounts: too small, too large, the day's limit, or the payer's account would be too full.
    Limit,
    /// The account that would pay is in no state to.
    PartyInvalid,
    /// The same order was given before; what became of that one is not known from this.
    Duplicate,
    /// The provider is busy; nothing is decided.
    Busy,
    Trouble(OperatorTrouble),
    /// A code that nobody has documented: open until the provider says more.
    Unknown,
}

/// How a question ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskOutcome {
    Answered,
    /// There is no such transaction.
    NotFound,
    /// Ask again later.
    Busy,
    Trouble(OperatorTrouble),
    /// A code that nobody has documented: not an answer.
    Unknown,
}

fn trouble(code: &str) -> Option<OperatorTrouble> {
    Some(match code {
        "18" | "20" | "2001" => OperatorTrouble::BadCredential,
        "21" => OperatorTrouble::NotAllowed,
        "8006" => OperatorTrouble::Locked,
        "2006" | "2028" | "SFC_IC0003" => OperatorTrouble::BadSettings,
        "24" | "25" => OperatorTrouble::BadRequest,
        _ => return None,
    })
}

impl ReversalOutcome {
    /// From `ResultCode` of a result.
    pub fn from_code(code: &str) -> Self {
        match code.trim() {
            "0" => Self::Reversed,
            "1" => Self::LowBalance,
            "2" | "3" | "4" | "8" => Self::Limit,
            "11" => Self::PartyInvalid,
            "15" => Self::Duplicate,
            "26" => Self::Busy,
            "R000001" => Self::AlreadyReversed,
            "R000002" => Self::WrongReceipt,
            other => trouble(other).map_or(Self::Unknown, Self::Trouble),
        }
    }

    /// True when this order will move no money: another may be given, or the money is sent by hand.
    pub const fn is_final_failure(self) -> bool {
        matches!(self, Self::WrongReceipt | Self::LowBalance | Self::Limit | Self::PartyInvalid | Self::Trouble(_))
    }

    /// A word to store and to find the sentence by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reversed => "reversed",
            Self::AlreadyReversed => "already_reversed",
            Self::WrongReceipt => "wrong_receipt",
            Self::LowBalance => "low_balance",
            Self::Limit => "limit",
            Self::PartyInvalid => "party_invalid",
            Self::Duplicate => "duplicate",
            Self::Busy => "busy",
            Self::Trouble(trouble) => trouble.as_str(),
            Self::Unknown => "unknown",
        }
    }
}

impl AskOutcome {
    /// From `ResultCode` of a result.
    pub fn from_code(code: &str) -> Self {
        match code.trim() {
            "0" => Self::Answered,
            "R000002" => Self::NotFound,
            "26" => Self::Busy,
            other => trouble(other).map_or(Self::Unknown, Self::Trouble),
        }
    }

    /// A word to store and to find the sentence by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::NotFound => "not_found",
            Self::Busy => "busy",
            Self::Trouble(trouble) => trouble.as_str(),
            Self::Unknown => "unknown",
        }
    }
}

impl OperatorTrouble {
    pub const ALL: [Self; 5] =
        [Self::BadCredential, Self::NotAllowed, Self::Locked, Self::BadSettings, Self::BadRequest];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadCredential => "operator_credential",
            Self::NotAllowed => "operator_role",
            Self::Locked => "operator_locked",
            Self::BadSettings => "bad_settings",
            Self::BadRequest => "bad_request",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_code_has_its_meaning() {
        for (code, reversal, question) in [
            ("0", "reversed", "answered"),
            ("1", "low_balance", "unknown"),
            ("2", "limit", "unknown"),
            ("3", "limit", "unknown"),
            ("4", "limit", "unknown"),
            ("8", "limit", "unknown"),
            ("11", "party_invalid", "unknown"),
            ("15", "duplicate", "unknown"),
            ("18", "operator_credential", "operator_credential"),
            ("20", "operator_credential", "operator_credential"),
            ("21", "operator_role", "operator_role"),
            ("24", "bad_request", "bad_request"),
            ("25", "bad_request", "bad_request"),
            ("26", "busy", "busy"),
            ("2001", "operator_credential", "operator_credential"),
            ("2006", "bad_settings", "bad_settings"),
            ("2028", "bad_settings", "bad_settings"),
            ("8006", "operator_locked", "operator_locked"),
            ("R000001", "already_reversed", "unknown"),
            ("R000002", "wrong_receipt", "not_found"),
            ("SFC_IC0003", "bad_settings", "bad_settings"),
            ("31337", "unknown", "unknown"),
            ("", "unknown", "unknown"),
        ] {
            assert_eq!(ReversalOutcome::from_code(code).as_str(), reversal, "code {code}");
            assert_eq!(AskOutcome::from_code(code).as_str(), question, "code {code}");
        }
    }

    #[test]
    fn what_is_not_known_to_have_failed_stays_open() {
        for code in ["0", "15", "26", "31337", "12", "R000001", ""] {
            assert!(!ReversalOutcome::from_code(code).is_final_failure(), "code {code}");
        }
        for code in ["1", "2", "11", "21", "2001", "8006", "R000002"] {
            assert!(ReversalOutcome::from_code(code).is_final_failure(), "code {code}");
        }
    }
}
