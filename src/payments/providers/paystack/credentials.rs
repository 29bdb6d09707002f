//! One merchant's access to Paystack, and which of its two worlds a key belongs to.

use std::fmt;

/// Real money, or the provider's own test cards. Both live at the same address; the key tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardEnvironment {
    Production,
    Sandbox,
}

impl CardEnvironment {
    /// The word in `card_accounts.environment`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Production, Self::Sandbox].into_iter().find(|environment| environment.as_str() == word)
    }
    /// The provider's word for it in its answers.
    pub(super) const fn domain(self) -> &'static str {
        match self {
            Self::Production => "live",
            Self::Sandbox => "test",
        }
    }
    /// What a key of this kind (`sk` secret, `pk` public) is for; none when it is no such key.
    pub fn of_key(key: &str, kind: &str) -> Option<Self> {
        let rest = key.strip_prefix(kind)?;
        let (environment, rest) = match (rest.strip_prefix("_live_"), rest.strip_prefix("_test_")) {
            (Some(rest), _) => (Self::Production, rest),
            (_, Some(rest)) => (Self::Sandbox, rest),
            _ => return None,
        };
        (!rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')).then_some(environment)
    }
}

/// One merchant's access.
#[derive(Clone)]
pub struct CardCredentials {
    pub environment: CardEnvironment,
    pub secret_key: String,
}

impl fmt::Debug for CardCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardCredentials").field("environment", &self.environment).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_whether_its_money_is_real() {
        assert_eq!(CardEnvironment::of_key("sk_live_a1b2", "sk"), Some(CardEnvironment::Production));
        assert_eq!(CardEnvironment::of_key("sk_test_a1b2", "sk"), Some(CardEnvironment::Sandbox));
        for wrong in ["pk_test_a1", "sk_test_", "sk_a1", "sk_test_a b", "sk_live_é", ""] {
            assert_eq!(CardEnvironment::of_key(wrong, "sk"), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_key_is_never_written_out() {
        let credentials =
            CardCredentials { environment: CardEnvironment::Sandbox, secret_key: "sk_test_hidden".to_owned() };
        assert_eq!(format!("{credentials:?}"), "CardCredentials { environment: Sandbox, .. }");
    }
}
