//! Kenyan mobile numbers: whatever people type, one stored form.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A Kenyan mobile number, held as `+2547…` or `+2541…`.
///
/// Ranges grow and numbers move between operators, so nothing finer than the first digit is checked.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// Accepts `07…`, `01…`, `7…`, `254…`, `+254…`, `00254…`, with spaces, dashes, dots or brackets.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.chars().count() > 40 {
            return None;
        }
        let bare: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '(' | ')' | '\u{2011}' | '\u{2013}' | '\u{ad}'))
            .collect();
        let digits = bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")).unwrap_or(&bare);
        let local =
            if digits.len() == 12 { digits.strip_prefix("254")? } else { digits.strip_prefix('0').unwrap_or(digits) };
        let fits =
            local.len() == 9 && local.bytes().all(|b| b.is_ascii_digit()) && matches!(local.as_bytes()[0], b'7' | b'1');
        fits.then(|| Self(format!("+254{local}")))
    }

    /// The stored form, E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As M-Pesa spells it: without the plus.
    pub fn msisdn(&self) -> &str {
        &self.0[1..]
    }

    /// As people read it: `0711 223 344`.
    pub fn display(&self) -> String {
        format!("0{} {} {}", &self.0[4..7], &self.0[7..10], &self.0[10..13])
    }

    /// For a page that others may see over a shoulder: `0711 ••• 344`.
    pub fn masked(&self) -> String {
        format!("0{} ••• {}", &self.0[4..7], &self.0[10..13])
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

impl<'de> Deserialize<'de> for Phone {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let typed = String::deserialize(from)?;
        Self::parse(&typed).ok_or_else(|| serde::de::Error::custom("not a Kenyan mobile number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_is_one_number() {
        for typed in [
            "0711223344",
            "711223344",
            "254711223344",
            "+254711223344",
            "00254711223344",
            " 0711 223-344 ",
            "(0711) 223.344",
            "0711\u{a0}223\u{a0}344",
        ] {
            assert_eq!(Phone::parse(typed).map(|p| p.0), Some("+254711223344".into()), "{typed}");
        }
        assert_eq!(Phone::parse("0110223344").map(|p| p.0), Some("+254110223344".into()));
    }

    #[test]
    fn what_is_no_kenyan_mobile_number_is_refused() {
        for typed in [
            "",
            "0",
            "12345",
            "0811223344",
            "07112233445",
            "071122334",
            "+255711223344",
            "0711 22E 344",
            "٠٧١١٢٢٣٣٤٤",
            "+",
        ] {
            assert_eq!(Phone::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_log_line_never_shows_the_whole_number() {
        let phone = Phone::parse("0711223344").map(|p| format!("{p:?}"));
        assert_eq!(phone.as_deref(), Some("Phone(0711 ••• 344)"));
    }
}
