//! A group of customers: rules that must all hold, read from a form; who belongs is found when somebody looks.

use super::tags;
use crate::kernel::{
    field_errors::{FieldErrors, FieldProblem, optional_line, required_line},
    typed::Typed,
    whole_number::parse_positive,
};

/// The fields of the form.
pub const FIELDS: &[&str] = &["name", "within", "silent", "spent", "area", "tag"];
pub const LONGEST_NAME: usize = 60;
/// Ten years.
const MOST_DAYS: i32 = 3_650;
/// A thousand million shillings.
const MOST_SHILLINGS: i64 = 1_000_000_000;

/// Every rule that is set must hold; one is, at least.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// They bought in the last so many days.
    pub within_days: Option<i32>,
    /// They have bought, and nothing in the last so many days.
    pub silent_days: Option<i32>,
    /// They spent this or more, refunds taken off.
    pub spent_cents: Option<i64>,
    pub area: Option<String>,
    pub tag: Option<String>,
}

/// A group as a form has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupForm {
    pub name: String,
    pub rules: Rules,
}

impl GroupForm {
    /// Reads the form; every mistake is named at once.
    pub fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        typed.expect_only(FIELDS, &mut errors);
        let name = errors.expect("name", required_line(typed.get("name"), LONGEST_NAME));
        let within = errors.expect("within", parse_positive(typed.get("within"), MOST_DAYS));
        let silent = errors.expect("silent", parse_positive(typed.get("silent"), MOST_DAYS));
        let spent = errors.expect("spent", parse_positive(typed.get("spent"), MOST_SHILLINGS));
        let area = errors.expect("area", optional_line(typed.get("area"), 100));
        let tag = errors.expect(
            "tag",
            tags::parse(typed.get("tag")).and_then(|mut tags| match tags.len() {
                0 => Ok(None),
                1 => Ok(tags.pop()),
                _ => Err(FieldProblem::TooMany),
            }),
        );
        let (Some(name), Some(within_days), Some(silent_days), Some(spent), Some(area), Some(tag)) =
            (name, within, silent, spent, area, tag)
        else {
            return Err(errors);
        };
        let rules = Rules { within_days, silent_days, spent_cents: spent.map(|shillings| shillings * 100), area, tag };
        if rules == Rules::default() {
            errors.add("within", FieldProblem::Missing);
        }
        // Nobody bought lately and did not.
        if let (Some(within), Some(silent)) = (rules.within_days, rules.silent_days)
            && within <= silent
        {
            errors.add("silent", FieldProblem::TooHigh);
        }
        if errors.is_empty() { Ok(Self { name, rules }) } else { Err(errors) }
    }

    pub fn write(&self) -> Typed {
        let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
        Typed::default()
            .with("name", self.name.clone())
            .with("within", number(self.rules.within_days.map(i64::from)))
            .with("silent", number(self.rules.silent_days.map(i64::from)))
            .with("spent", number(self.rules.spent_cents.map(|cents| cents / 100)))
            .with("area", self.rules.area.clone().unwrap_or_default())
            .with("tag", self.rules.tag.clone().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        pairs.iter().fold(Typed::default(), |typed, (name, value)| typed.with(name, *value))
    }

    #[test]
    fn a_group_is_read_as_it_is_written() {
        let form = typed(&[("name", "Good old ones"), ("silent", "60"), ("spent", "10,000"), ("tag", "VIP")]);
        let group = GroupForm::read(&form).unwrap();
        assert_eq!(
            group.rules,
            Rules { silent_days: Some(60), spent_cents: Some(1_000_000), tag: Some("vip".into()), ..Rules::default() }
        );
        assert_eq!(GroupForm::read(&group.write()), Ok(group));
    }

    #[test]
    fn a_group_that_says_nothing_or_nonsense_is_refused() {
        for (fields, field, problem) in [
            (vec![("name", "All")], "within", FieldProblem::Missing),
            (vec![("name", ""), ("within", "3")], "name", FieldProblem::Missing),
            (vec![("name", "A"), ("within", "0")], "within", FieldProblem::TooLow),
            (vec![("name", "A"), ("within", "4000")], "within", FieldProblem::TooHigh),
            (vec![("name", "A"), ("within", "a week")], "within", FieldProblem::NotWhole),
            (vec![("name", "A"), ("within", "30"), ("silent", "30")], "silent", FieldProblem::TooHigh),
            (vec![("name", "A"), ("spent", "-5")], "spent", FieldProblem::NotWhole),
            (vec![("name", "A"), ("tag", "a, b")], "tag", FieldProblem::TooMany),
            (vec![("name", "A"), ("within", "3"), ("sql", "x")], "sql", FieldProblem::UnknownField),
        ] {
            let errors = GroupForm::read(&typed(&fields)).unwrap_err();
            assert_eq!(errors.of(field), Some(problem), "{fields:?}");
        }
    }
}
