//! The readable part of an address: `ocean-blue-shirt`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Lower-case letters, digits and single dashes, at most 80 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    const MAX: usize = 80;

    pub fn parse(text: &str) -> Option<Self> {
        let fits = !text.is_empty()
            && text.len() <= Self::MAX
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        fits.then(|| Self(text.to_owned()))
    }

    /// Makes an address out of a name; `None` when nothing of it can be written that way.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut slug = String::new();
        for c in name.chars() {
            match fold(c) {
                Some(plain) => slug.push(plain),
                None if c == '\'' || c == '’' => {}
                None if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
                None => {}
            }
            if slug.len() >= Self::MAX {
                break;
            }
        }
        Self::parse(slug.trim_end_matches('-'))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn fold(c: char) -> Option<char> {
    match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() => Some(c),
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => Some('a'),
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'í' | 'ì' | 'î' | 'ï' => Some('i'),
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => Some('o'),
        'ú' | 'ù' | 'û' | 'ü' => Some('u'),
        'ñ' => Some('n'),
        'ç' => Some('c'),
        _ => None,
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_address() {
        let slug = |name| Slug::from_name(name).map(|s| s.0);
        assert_eq!(slug("Mama Njeri's Kiondo — large!"), Some("mama-njeris-kiondo-large".into()));
        assert_eq!(slug("7 Shakra Bracelet"), Some("7-shakra-bracelet".into()));
        assert_eq!(slug("Café"), Some("cafe".into()));
        assert_eq!(slug("!!!"), None);
        assert_eq!(slug(&"a".repeat(200)).map(|s| s.len()), Some(80));
    }

    #[test]
    fn an_address_from_outside_must_already_be_clean() {
        for text in ["", "-a", "a-", "a--b", "A", "a b", "../etc", "é"] {
            assert_eq!(Slug::parse(text), None, "{text}");
        }
    }
}
