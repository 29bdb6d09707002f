//! A page as a merchant types it, and what of it makes sense.

use super::{PageState, RESERVED};
use crate::kernel::{
    field_errors::{FieldErrors, FieldProblem, optional_line, required_line},
    moment_field::parse_moment,
    slug::Slug,
    typed::Typed,
};
use chrono::NaiveDateTime;

/// The fields of a page's form.
pub const FIELDS: &[&str] = &["title", "body", "state", "at", "slug", "summary", "indexable"];
pub const LONGEST_TITLE: usize = 120;
pub const LONGEST_BODY: usize = 50_000;
pub const LONGEST_SUMMARY: usize = 300;

/// From when on a page is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Not yet.
    Draft,
    /// As it was when it is read already, else at once.
    Now,
    /// By the shop's own clock.
    At(NaiveDateTime),
}

/// A page that makes sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageForm {
    pub(super) title: String,
    pub(super) slug: String,
    /// Markdown.
    pub(super) body: String,
    pub(super) summary: Option<String>,
    pub(super) is_indexable: bool,
    pub(super) from: Reading,
}

impl PageForm {
    /// Reads the form of a page that has the address `slug`; every mistake is named at once. What nobody reads yet may be
    /// empty.
    pub fn read(typed: &Typed, slug: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let title = errors.expect("title", required_line(typed.get("title"), LONGEST_TITLE));
        let from = errors.expect("state", state(typed.get("state")));
        let moment = errors.expect("at", parse_moment(typed.get("at")));
        let from = match (from, moment) {
            (Some(PageState::Scheduled), Some(Some(moment))) => Some(Reading::At(moment)),
            (Some(PageState::Scheduled), Some(None)) => {
                errors.add("at", FieldProblem::Missing);
                None
            }
            (Some(PageState::Draft), _) => Some(Reading::Draft),
            (Some(PageState::Published), _) => Some(Reading::Now),
            (Some(PageState::Scheduled) | None, _) => None,
        };
        let body = errors.expect("body", body(typed.get("body"), from == Some(Reading::Draft)));
        let slug = errors.expect("slug", address(typed.get("slug"), slug));
        let summary = errors.expect("summary", optional_line(typed.get("summary"), LONGEST_SUMMARY));
        match (title, from, body, slug, summary) {
            (Some(title), Some(from), Some(body), Some(slug), Some(summary)) if errors.is_empty() => {
                Ok(Self { title, slug, body, summary, is_indexable: typed.is_on("indexable"), from })
            }
            _ => Err(errors),
        }
    }
}

/// The words of the form for where a page stands.
pub(super) const fn word(state: PageState) -> &'static str {
    match state {
        PageState::Draft => "draft",
        PageState::Scheduled => "at",
        PageState::Published => "now",
    }
}

fn state(typed: &str) -> Result<PageState, FieldProblem> {
    [PageState::Draft, PageState::Scheduled, PageState::Published]
        .into_iter()
        .find(|state| word(*state) == typed)
        .ok_or(FieldProblem::UnknownChoice)
}

fn body(typed: &str, may_be_empty: bool) -> Result<String, FieldProblem> {
    let text = typed.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() && !may_be_empty {
        return Err(FieldProblem::Missing);
    }
    if text.chars().count() > LONGEST_BODY {
        return Err(FieldProblem::TooLong);
    }
    let is_readable = text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    if is_readable { Ok(text.to_owned()) } else { Err(FieldProblem::Unreadable) }
}

fn address(typed: &str, own: &str) -> Result<String, FieldProblem> {
    match typed.trim() {
        "" => Err(FieldProblem::Missing),
        same if same == own => Ok(same.to_owned()),
        taken if RESERVED.contains(&taken) => Err(FieldProblem::Taken),
        other => Slug::parse(other).map(|slug| slug.as_str().to_owned()).ok_or(FieldProblem::NotAnAddress),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::moment_field::write_moment;

    fn form(pairs: &[(&str, &str)]) -> Typed {
        let whole = Typed::default().with("title", "Kiondo").with("slug", "kiondo").with("state", "draft");
        pairs.iter().fold(whole, |typed, (name, value)| typed.with(name, *value))
    }

    #[test]
    fn a_title_is_enough_for_a_draft() {
        let read = PageForm::read(&form(&[]), "kiondo").unwrap();
        assert_eq!((read.title.as_str(), read.body.as_str(), read.from), ("Kiondo", "", Reading::Draft));
        assert!(!read.is_indexable);
    }

    #[test]
    fn what_is_to_be_read_has_words_and_a_moment() {
        let of = |pairs: &[(&str, &str)]| PageForm::read(&form(pairs), "kiondo");
        assert_eq!(of(&[("state", "now")]), Err(FieldErrors::one("body", FieldProblem::Missing)));
        assert_eq!(of(&[("state", "at"), ("body", "x")]), Err(FieldErrors::one("at", FieldProblem::Missing)));
        let dated = of(&[("state", "at"), ("body", "x\r\ny"), ("at", "2026-12-24T08:00:00")]).unwrap();
        assert_eq!(dated.body, "x\ny");
        assert!(matches!(dated.from, Reading::At(moment) if write_moment(Some(moment)) == "2026-12-24T08:00"));
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let typed =
            form(&[("title", " "), ("state", "soon"), ("at", "tomorrow"), ("slug", "Kiondo!"), ("body", "\u{7}")]);
        let errors = PageForm::read(&typed, "kiondo").unwrap_err();
        assert_eq!(
            errors.iter().collect::<Vec<_>>(),
            [
                ("at", FieldProblem::NotAMoment),
                ("body", FieldProblem::Unreadable),
                ("slug", FieldProblem::NotAnAddress),
                ("state", FieldProblem::UnknownChoice),
                ("title", FieldProblem::Missing),
            ]
        );
        let taken = PageForm::read(&form(&[("slug", "privacy")]), "kiondo");
        assert_eq!(taken, Err(FieldErrors::one("slug", FieldProblem::Taken)));
    }
}
