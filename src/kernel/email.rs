//! E-mail addresses, lower-cased, as far as a shape can be checked.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An address that mail could be sent to. Only a mail that arrives proves it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    pub fn parse(typed: &str) -> Option<Self> {
        let text = typed.trim().to_lowercase();
        let (local, domain) = text.split_once('@')?;
        let fits = text.len() <= 254
            && !local.is_empty()
            && local.len() <= 64
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !domain.contains("..")
            && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ',' | ';'))
            && !domain.contains('@');
        fits.then_some(Self(text))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let domain = self.0.split_once('@').map_or("", |(_, domain)| domain);
        write!(f, "Email(•••@{domain})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_lower_cased_and_trimmed() {
        assert_eq!(Email::parse(" Owner@Mama-Njeri.test ").map(|e| e.0), Some("owner@mama-njeri.test".into()));
    }

    #[test]
    fn what_no_mail_can_reach_is_refused() {
        for typed in ["", "owner", "@x.test", "a@b", "a@.test", "a@x..test", "a b@x.test", "a@x.test>", "a@b@x.test"] {
            assert_eq!(Email::parse(typed), None, "{typed}");
        }
    }
}
