//! The languages a page can speak.

use serde::{Deserialize, Serialize};

/// English is written without a prefix, Swahili under `/sw`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    #[default]
    En,
    Sw,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::En, Self::Sw];

    /// The tag in `lang` and `hreflang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Sw => "sw",
        }
    }
    /// What an address of this language starts with.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::En => "",
            Self::Sw => "/sw",
        }
    }
    /// The one that a page in this language leads to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Sw,
            Self::Sw => Self::En,
        }
    }
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }
    /// The address of `path` (absolute, without prefix) in this language.
    pub fn path(self, path: &str) -> String {
        let front = path.strip_prefix('/').filter(|rest| rest.is_empty() || rest.starts_with('?'));
        match (self, front) {
            // The front page has no stroke behind its language.
            (Self::Sw, Some(rest)) => format!("{}{rest}", self.prefix()),
            _ => format!("{}{path}", self.prefix()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_front_page_has_no_stroke_behind_its_language() {
        assert_eq!(["/", "/?light=on", "/cart"].map(|path| Locale::Sw.path(path)), ["/sw", "/sw?light=on", "/sw/cart"]);
        assert_eq!(["/", "/?light=on", "/cart"].map(|path| Locale::En.path(path)), ["/", "/?light=on", "/cart"]);
    }
}
