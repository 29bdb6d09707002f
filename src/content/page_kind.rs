//! Which kinds of pages there are, and whether one is read.

use chrono::{DateTime, Utc};

/// What a page is; it stays that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// Stands in the blog by its date.
    Post,
    /// Stands at the foot of the shop.
    Plain,
}

impl PageKind {
    pub const ALL: [Self; 2] = [Self::Post, Self::Plain];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "blog",
            Self::Plain => "page",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Where the shop shows it, without language prefix.
    pub fn path(self, slug: &str) -> String {
        match self {
            Self::Post => format!("/blog/{slug}"),
            Self::Plain => format!("/pages/{slug}"),
        }
    }
}

/// Whether shoppers read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    Draft,
    Scheduled,
    Published,
}

impl PageState {
    /// From the moment at which it is read, if it has one.
    pub fn of(published_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        match published_at {
            None => Self::Draft,
            Some(moment) if moment > now => Self::Scheduled,
            Some(_) => Self::Published,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn a_page_is_read_from_its_moment_on() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let later = now + TimeDelta::seconds(1);
        assert_eq!(PageState::of(None, now), PageState::Draft);
        assert_eq!(PageState::of(Some(later), now), PageState::Scheduled);
        assert_eq!(PageState::of(Some(later), later), PageState::Published);
    }

    #[test]
    fn every_kind_is_read_as_it_is_written_and_has_an_address() {
        for kind in PageKind::ALL {
            assert_eq!(PageKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(PageKind::parse("area_landing"), None);
        assert_eq!([PageKind::Post.path("a"), PageKind::Plain.path("a")], ["/blog/a", "/pages/a"]);
    }
}
