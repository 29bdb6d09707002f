//! What somebody typed into a form: text by field name, as it came, with limits.

use super::field_errors::{FieldErrors, FieldProblem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The values of a form. A field that was left out reads as empty, as browsers leave out what is not ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// More fields than any form of ours has.
    pub const MOST_FIELDS: usize = 200;

    /// Reads pairs in the order they were sent. A name that comes twice is a list: its values are joined by spaces,
    /// which is how several ticked boxes of one name arrive.
    pub fn read(pairs: impl IntoIterator<Item = (String, String)>) -> Option<Self> {
        let mut typed = Self::default();
        for (name, value) in pairs {
            if typed.0.len() >= Self::MOST_FIELDS && !typed.0.contains_key(&name) {
                return None;
            }
            typed
                .0
                .entry(name)
                .and_modify(|before| {
                    before.push(' ');
                    before.push_str(&value);
                })
                .or_insert(value);
        }
        Some(typed)
    }

    /// The value of a field, empty when there is none.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Whether a box was ticked.
    pub fn is_on(&self, field: &str) -> bool {
        matches!(self.get(field), "on" | "1" | "true" | "yes")
    }

    /// Writes over whatever the field held.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.0.insert(field.to_owned(), value.into());
    }

    /// The same with one more value, for writing a form down in one go.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<String>) -> Self {
        self.set(field, value);
        self
    }

    /// Takes a field out, such as the ones a form carries for itself.
    pub fn take(&mut self, field: &str) -> String {
        self.0.remove(field).unwrap_or_default()
    }

    /// Notes every field that the form does not have.
    pub fn expect_only(&self, fields: &[&str], errors: &mut FieldErrors) {
        for name in self.0.keys().filter(|name| !fields.contains(&name.as_str())) {
            // The name came from outside: it is shown, so it is kept short.
            errors.add(&name.chars().take(40).collect::<String>(), FieldProblem::UnknownField);
        }
    }

    /// Every field with its value, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Option<Typed> {
        Typed::read(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn a_field_that_is_missing_is_empty_and_one_that_comes_twice_is_a_list() {
        let typed = read(&[("languages", "en"), ("name", "Duka"), ("languages", "sw")]).unwrap();
        assert_eq!((typed.get("languages"), typed.get("name"), typed.get("phone")), ("en sw", "Duka", ""));
    }

    #[test]
    fn fields_that_a_form_does_not_have_are_named() {
        let mut errors = FieldErrors::none();
        read(&[("name", "Duka"), ("role", "owner")]).unwrap().expect_only(&["name"], &mut errors);
        assert_eq!(errors, FieldErrors::one("role", FieldProblem::UnknownField));
    }

    #[test]
    fn a_form_of_thousands_of_fields_is_not_read() {
        let pairs = (0..=Typed::MOST_FIELDS).map(|at| (format!("f{at}"), String::new()));
        assert_eq!(Typed::read(pairs), None);
    }
}
