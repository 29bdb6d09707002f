//! A form of a still page: its fields with what was typed, what is wrong, and what a colleague changed meanwhile.

use crate::text::{dash, still};
use crate::ui::{
    field::{Field, beneath, described_by, field},
    text_area::{TextArea, text_area},
};
use duka::error::AppError;
use duka::kernel::{field_errors::FieldErrors, locale::Locale, meeting::Change, typed::Typed};
use leptos::prelude::*;

/// The names of the fields that every form carries for itself.
pub const VERSION: &str = "version";
pub const SEEN: &str = "seen";
/// What a ticked box sends.
const TICKED: &str = "on";

/// A form as it is to be shown.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The version that the values were read at.
    pub version: i32,
    /// What stands in the database, so that a later look can tell who changed what. Never a secret.
    pub seen: Typed,
    /// What the fields show.
    pub typed: Typed,
    pub errors: FieldErrors,
    /// What somebody else changed while this person was writing.
    pub changes: Vec<Change>,
    /// Why it was not saved, when it is no single field's fault.
    pub problem: Option<AppError>,
    pub is_saved: bool,
}

/// Draws a sheet's parts in one language.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    pub locale: Locale,
    pub sheet: &'a Sheet,
    /// The field's name and what people call it, for the list of what a colleague changed.
    pub labels: &'a [(&'static str, &'static str)],
}

/// A line of input, apart from its value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line {
    pub name: &'static str,
    /// See [`Field::id`].
    pub id: Option<&'static str>,
    pub kind: &'static str,
    pub autocomplete: &'static str,
    pub inputmode: Option<&'static str>,
    pub placeholder: Option<&'static str>,
    /// See [`Field::list`].
    pub list: Option<&'static str>,
    pub hint: Option<&'static str>,
    pub is_optional: bool,
    pub max: u16,
}

impl Form<'_> {
    fn problem(&self, name: &str) -> Option<&'static str> {
        self.sheet.errors.of(name).map(|problem| still::problem(self.locale, problem))
    }
    /// Of the fields with a mistake the one that stands first, as the labels do.
    fn is_first_wrong(&self, name: &str) -> bool {
        self.labels
            .iter()
            .find(|(field, _)| self.sheet.errors.of(field).is_some())
            .is_some_and(|(first, _)| *first == name)
    }
    fn label(&self, name: &str) -> &'static str {
        self.labels.iter().find(|(field, _)| *field == name).map_or("", |(_, label)| label)
    }

    /// What became of the last try, at the top; screen readers hear it first.
    pub fn top(&self) -> impl IntoView + use<> {
        self.top_of(&[], still::words(self.locale).look_again)
    }

    /// The same for a form with lists: what a colleague chose is called as the list calls it.
    pub fn top_where(&self, lists: &[(&str, &[(String, String)])]) -> impl IntoView + use<> {
        self.top_of(lists, still::words(self.locale).look_again)
    }

    /// The same for a form that saves nothing; `mistakes` stands above those of its fields.
    pub fn top_saying(&self, mistakes: &'static str) -> impl IntoView + use<> {
        self.top_of(&[], mistakes)
    }

    fn top_of(&self, lists: &[(&str, &[(String, String)])], mistakes: &'static str) -> impl IntoView + use<> {
        let words = still::words(self.locale);
        let sheet = self.sheet;
        let sentence = if !sheet.changes.is_empty() {
            Some(words.changed_meanwhile.to_owned())
        } else if let Some(problem) = &sheet.problem {
            let refused = match problem {
                AppError::Refused(refusal) => (words.refused)(refusal).map(str::to_owned),
                _ => None,
            };
            Some(refused.unwrap_or_else(|| (dash::words(self.locale).error)(problem)))
        } else if !sheet.errors.is_empty() {
            Some(mistakes.to_owned())
        } else {
            None
        };
        let unknown: Vec<String> = sheet
            .errors
            .iter()
            .filter(|(name, _)| !self.labels.iter().any(|(field, _)| field == name))
            .map(|(name, problem)| match problem {
                duka::kernel::field_errors::FieldProblem::UnknownField => (words.unknown_field)(name),
                other => still::problem(self.locale, other).to_owned(),
            })
            .collect();
        let changes: Vec<_> = sheet
            .changes
            .iter()
            .map(|change| {
                let shown = |text: &str| said(self.locale, lists, &change.field, text);
                let mine = change.mine.as_deref().map(|mine| {
                    view! { <dt>{words.you_typed}</dt><dd>{shown(mine)}</dd> }
                });
                view! {
                    <li class="change">
                        <b>{self.label(&change.field)}</b>
                        <dl>
                            <dt>{words.it_was}</dt>
                            <dd>{shown(&change.was)}</dd>
                            <dt>{words.it_is_now}</dt>
                            <dd>{shown(&change.now)}</dd>
                            {mine}
                        </dl>
                    </li>
                }
            })
            .collect();
        let is_saved = sheet.is_saved && sentence.is_none();
        view! {
            {is_saved.then(|| view! { <p class="notice notice--done" role="status">{words.saved}</p> })}
            {sentence.map(|sentence| {
                view! {
                    <div class="notice notice--bad" role="alert">
                        <p>{sentence}</p>
                        {unknown.into_iter().map(|line| view! { <p>{line}</p> }).collect::<Vec<_>>()}
                        {(!changes.is_empty()).then(|| view! { <ul class="changes">{changes}</ul> })}
                    </div>
                }
            })}
        }
    }

    /// The version and what stood there, for the next look. On a page that is awake, leaving with changes asks.
    pub fn carried(&self) -> impl IntoView + use<> {
        let seen = serde_json::to_string(&self.sheet.seen).unwrap_or_default();
        let sheet = self.sheet;
        // A form that came back shows what is saved nowhere yet.
        let is_unsaved = sheet.problem.is_some() || !sheet.errors.is_empty() || !sheet.changes.is_empty();
        view! {
            <input
                type="hidden" name=VERSION value=sheet.version.to_string()
                data-wake="leaving" data-unsaved=is_unsaved.then_some("")
            />
            <input type="hidden" name=SEEN value=seen/>
        }
    }

    pub fn line(&self, line: Line) -> impl IntoView + use<> {
        field(Field {
            name: line.name,
            id: line.id,
            label: self.label(line.name),
            value: self.sheet.typed.get(line.name).to_owned(),
            kind: line.kind,
            autocomplete: if line.autocomplete.is_empty() { "off" } else { line.autocomplete },
            inputmode: line.inputmode,
            placeholder: line.placeholder,
            list: line.list,
            hint: line.hint,
            optional: line.is_optional.then_some(still::words(self.locale).optional),
            max: line.max,
            problem: self.problem(line.name),
            is_first_wrong: self.is_first_wrong(line.name),
        })
    }

    /// A password or key: never sent back.
    pub fn secret(&self, line: Line) -> impl IntoView + use<> {
        field(Field {
            name: line.name,
            id: line.id,
            label: self.label(line.name),
            value: String::new(),
            kind: "password",
            autocomplete: if line.autocomplete.is_empty() { "off" } else { line.autocomplete },
            inputmode: line.inputmode,
            placeholder: line.placeholder,
            list: None,
            hint: line.hint,
            optional: line.is_optional.then_some(still::words(self.locale).optional),
            max: line.max,
            problem: self.problem(line.name),
            is_first_wrong: self.is_first_wrong(line.name),
        })
    }

    /// Several lines of text.
    pub fn text(&self, name: &'static str, max: u16, rows: u8, hint: Option<&'static str>) -> impl IntoView + use<> {
        let problem = self.problem(name);
        let id = format!("f-{name}");
        let area = TextArea {
            id: id.clone(),
            name,
            value: self.sheet.typed.get(name),
            max,
            rows,
            is_wrong: problem.is_some(),
            described: described_by(name, hint.is_some(), problem.is_some()),
        };
        view! {
            <div class="field">
                <label for=id>{self.label(name)}</label>
                " "
                <small>{still::words(self.locale).optional}</small>
                {text_area(area)}
                {beneath(name, hint, problem)}
            </div>
        }
    }

    /// One of a list; values and what people call them.
    pub fn choose(
        &self,
        name: &'static str,
        options: &[(String, String)],
        hint: Option<&'static str>,
    ) -> impl IntoView + use<> {
        let problem = self.problem(name);
        let id = format!("f-{name}");
        let chosen = self.sheet.typed.get(name).to_owned();
        let options: Vec<_> = options
            .iter()
            .map(|(value, label)| {
                let is_chosen = *value == chosen;
                view! { <option value=value.clone() selected=is_chosen>{label.clone()}</option> }
            })
            .collect();
        view! {
            <div class="field">
                <label for=id.clone()>{self.label(name)}</label>
                <select
                    class="input"
                    id=id
                    name=name
                    autofocus=self.is_first_wrong(name)
                    aria-invalid=problem.is_some().then_some("true")
                    aria-describedby=described_by(name, hint.is_some(), problem.is_some())
                >
                    {options}
                </select>
                {beneath(name, hint, problem)}
            </div>
        }
    }

    /// Something to tick; `value` is what is sent when it is.
    pub fn tick(&self, name: &'static str, value: &'static str, label: &'static str) -> impl IntoView + use<> {
        let problem = self.problem(name);
        let id = format!("f-{name}-{value}");
        let is_on = self.sheet.typed.get(name).split(' ').any(|one| one == value);
        let described = described_by(name, false, problem.is_some());
        view! {
            <div class="field">
                <label class="choice" for=id.clone()>
                    <input id=id.clone() type="checkbox" name=name value=value checked=is_on aria-describedby=described/>
                    <span>{label}</span>
                </label>
                {beneath(name, None, problem)}
            </div>
        }
    }

    /// The button that sends it.
    pub fn save(&self) -> impl IntoView + use<> {
        let words = still::words(self.locale);
        let word = if self.sheet.changes.is_empty() { words.save } else { words.save_anyway };
        view! { <button class="button button--main" type="submit">{word}</button> }
    }
}

/// The value of a field as its form shows it: the words of a list and not its ids, and a box as ticked or not.
fn said(locale: Locale, lists: &[(&str, &[(String, String)])], field: &str, text: &str) -> String {
    let words = still::words(locale);
    let list = lists.iter().find(|(name, _)| *name == field).map(|(_, options)| *options);
    let told = match list {
        Some(options) => text
            .split(' ')
            .map(|one| options.iter().find(|(value, _)| value == one).map_or(one, |(_, label)| label.as_str()))
            .collect::<Vec<_>>()
            .join(", "),
        None if text == TICKED => words.ticked.to_owned(),
        None => text.to_owned(),
    };
    if told.is_empty() { words.nothing.to_owned() } else { told }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_colleague_chose_is_called_as_its_list_calls_it() {
        let options = [("draft", "Draft: only you see it"), ("active", "On sale"), ("", "None")]
            .map(|(value, label)| (value.to_owned(), label.to_owned()));
        let lists: [(&str, &[(String, String)]); 1] = [("status", &options)];
        assert_eq!(said(Locale::En, &lists, "status", "active"), "On sale");
        assert_eq!(said(Locale::En, &lists, "status", "active draft"), "On sale, Draft: only you see it");
        assert_eq!(said(Locale::En, &lists, "status", ""), "None");
        assert_eq!(said(Locale::En, &lists, "name", "active"), "active");
        assert_eq!(said(Locale::En, &lists, "unlisted", "on"), "ticked");
        assert_eq!(said(Locale::Sw, &lists, "unlisted", ""), still::words(Locale::Sw).nothing);
    }
}
