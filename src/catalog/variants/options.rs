//! The options of a product as they are typed: names with their values, and every combination of them.

use crate::kernel::{
    field_errors::{FieldErrors, FieldProblem, optional_line, required_line},
    typed::Typed,
};

/// The fields of the form.
pub const FIELDS: &[&str] = &["option_1", "values_1", "option_2", "values_2", "option_3", "values_3"];
pub const MOST_OPTIONS: usize = 3;
pub const MOST_VALUES: usize = 50;
/// However they come: by the editor, or in a file.
pub const MOST_VARIANTS: usize = 250;
pub const LONGEST_NAME: usize = 40;
pub const LONGEST_VALUE: usize = 60;

/// One option: a name and its values, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductOption {
    pub name: String,
    pub values: Vec<String>,
}

/// All options of a product, in order. None at all is a product of one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options(pub Vec<ProductOption>);

impl Options {
    /// Reads the form; options of which nothing was typed are left out.
    pub fn parse(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let mut options: Vec<ProductOption> = Vec::new();
        for pair in FIELDS.chunks(2) {
            let (name_field, values_field) = (pair[0], pair[1]);
            let name = errors.expect(name_field, optional_line(typed.get(name_field), LONGEST_NAME));
            let values = errors.expect(values_field, values(typed.get(values_field)));
            let (Some(name), Some(values)) = (name, values) else { continue };
            match (name, values.is_empty()) {
                (None, true) => {}
                (None, false) => errors.add(name_field, FieldProblem::Missing),
                (Some(_), true) => errors.add(values_field, FieldProblem::Missing),
                (Some(name), false) if options.iter().any(|known| same(&known.name, &name)) => {
                    errors.add(name_field, FieldProblem::TwiceHere);
                }
                (Some(name), false) => options.push(ProductOption { name, values }),
            }
        }
        if errors.is_empty() { Ok(Self(options)) } else { Err(errors) }
    }

    /// As the form has them.
    pub fn spelled(&self) -> Typed {
        FIELDS.chunks(2).enumerate().fold(Typed::default(), |typed, (at, pair)| {
            let option = self.0.get(at);
            typed
                .with(pair[0], option.map(|option| option.name.clone()).unwrap_or_default())
                .with(pair[1], option.map(|option| spelled(&option.values)).unwrap_or_default())
        })
    }

    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|option| option.name.clone()).collect()
    }

    /// How many combinations there are; it is counted without making any.
    pub fn count(&self) -> usize {
        self.0.iter().fold(1, |count: usize, option| count.saturating_mul(option.values.len()))
    }

    /// Every combination, the last option turning fastest. Without options there is one, of nothing.
    pub fn combinations(&self) -> Vec<Vec<String>> {
        self.0.iter().fold(vec![Vec::new()], |before, option| {
            let with = |values: &Vec<String>, value: &String| [values.as_slice(), std::slice::from_ref(value)].concat();
            before.iter().flat_map(|values| option.values.iter().map(move |value| with(values, value))).collect()
        })
    }
}

/// Between lines, or between commas when there is one line only; each value once.
fn values(typed: &str) -> Result<Vec<String>, FieldProblem> {
    let mut values: Vec<String> = Vec::new();
    let parts: Vec<&str> = if typed.contains('\n') { typed.lines().collect() } else { typed.split(',').collect() };
    for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
        let value = required_line(part, LONGEST_VALUE)?;
        if !values.iter().any(|known| same(known, &value)) {
            values.push(value);
        }
        if values.len() > MOST_VALUES {
            return Err(FieldProblem::TooMany);
        }
    }
    Ok(values)
}

fn spelled(values: &[String]) -> String {
    if !values.iter().any(|value| value.contains(',')) {
        return values.join(", ");
    }
    // The line break at the end says that commas belong to the values.
    values.iter().fold(String::new(), |text, value| text + value + "\n")
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Typed {
        pairs.iter().enumerate().fold(Typed::default(), |typed, (at, (name, values))| {
            typed.with(&format!("option_{}", at + 1), *name).with(&format!("values_{}", at + 1), *values)
        })
    }

    fn numbers(count: usize) -> String {
        (0..count).map(|at| at.to_string()).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn options_become_every_combination_in_order() {
        let options = Options::parse(&form(&[("Size", "S, M,, s"), ("Colour", "Red\r\nBlue, dark\r\n")])).unwrap();
        assert_eq!(options.names(), ["Size", "Colour"]);
        let made: Vec<String> = options.combinations().iter().map(|values| values.join("/")).collect();
        assert_eq!(made, ["S/Red", "S/Blue, dark", "M/Red", "M/Blue, dark"]);
        assert_eq!(Options::parse(&options.spelled()), Ok(options));
        assert_eq!(Options::default().combinations(), [Vec::<String>::new()]);
    }

    #[test]
    fn one_value_with_a_comma_stays_one() {
        let options = Options(vec![ProductOption { name: "Colour".into(), values: vec!["Blue, dark".into()] }]);
        assert_eq!(Options::parse(&options.spelled()), Ok(options));
    }

    #[test]
    fn ten_thousand_are_counted_before_any_is_made() {
        let values = numbers(50);
        let options = Options::parse(&form(&[("A", &values), ("B", &values), ("C", "1,2,3,4")])).unwrap();
        assert_eq!(options.count(), 10_000);
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let (many, long) = (numbers(51), "a".repeat(61));
        for (typed, field, problem) in [
            (form(&[("", "S")]), "option_1", FieldProblem::Missing),
            (form(&[("Size", " , ")]), "values_1", FieldProblem::Missing),
            (form(&[("Size", "S"), ("size", "M")]), "option_2", FieldProblem::TwiceHere),
            (form(&[("Size", &many)]), "values_1", FieldProblem::TooMany),
            (form(&[("Size", &long)]), "values_1", FieldProblem::TooLong),
            (form(&[(&long, "S")]), "option_1", FieldProblem::TooLong),
            (form(&[("Si\u{7}ze", "S")]), "option_1", FieldProblem::Unreadable),
            (form(&[("Size", "S\u{0}")]), "values_1", FieldProblem::Unreadable),
        ] {
            assert_eq!(Options::parse(&typed), Err(FieldErrors::one(field, problem)), "{typed:?}");
        }
    }
}
