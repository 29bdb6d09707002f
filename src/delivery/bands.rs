//! Fees in steps: by what the goods weigh, or by what they are worth.

use crate::kernel::field_errors::FieldProblem;
use serde::{Deserialize, Serialize};

/// What the steps count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Grams.
    Weight,
    /// Minor units of the goods' price.
    Value,
}

/// From so much on, this fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub from: i64,
    pub fee_cents: i64,
}

/// An area's steps, rising; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    pub by: Measure,
    steps: Vec<Step>,
}

/// More steps than a person would read.
pub const MOST: usize = 12;
/// Whole units; what is above is a slip of the finger.
const DEAREST: i64 = 100_000;
/// Kilograms or whole units of money.
const FURTHEST: i64 = 10_000_000;
/// Both a kilogram's grams and a tenth of a shilling's thousandth: three places are read after a dot.
const PLACES: usize = 3;

impl Measure {
    pub const ALL: [Self; 2] = [Self::Weight, Self::Value];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Weight => "weight",
            Self::Value => "value",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
    /// Stored units in the unit that people write.
    const fn per_unit(self) -> i64 {
        match self {
            Self::Weight => 1_000,
            Self::Value => 100,
        }
    }
}

impl Bands {
    /// As stored; none when there is no step.
    pub fn stored(by: Option<Measure>, pairs: &[(i64, i64)]) -> Option<Self> {
        let steps: Vec<Step> =
            pairs.iter().map(|(from, fee_cents)| Step { from: *from, fee_cents: *fee_cents }).collect();
        by.filter(|_| !steps.is_empty()).map(|by| Self { by, steps })
    }

    pub fn pairs(&self) -> Vec<(i64, i64)> {
        self.steps.iter().map(|step| (step.from, step.fee_cents)).collect()
    }

    /// The last step that is reached.
    pub fn step(&self, measured: i64) -> Option<Step> {
        self.steps.iter().rev().find(|step| step.from <= measured).copied()
    }

    /// Reads lines like `2 kg = 350` or `5,000: 200`; none when nothing was typed.
    pub fn read(by: Measure, typed: &str) -> Result<Option<Self>, FieldProblem> {
        let mut steps: Vec<Step> = Vec::new();
        for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (from, fee) = line
                .split_once(['=', ':'])
                .or_else(|| line.rsplit_once(char::is_whitespace))
                .ok_or(FieldProblem::Unreadable)?;
            let from = amount(from, by.per_unit(), FURTHEST)?;
            let fee_cents = amount(fee, 100, DEAREST)?;
            if fee_cents % 100 != 0 {
                return Err(FieldProblem::NotAWholeNumber);
            }
            if steps.iter().any(|step| step.from == from) {
                return Err(FieldProblem::TwiceHere);
            }
            steps.push(Step { from, fee_cents });
        }
        if steps.len() > MOST {
            return Err(FieldProblem::TooMany);
        }
        steps.sort_unstable_by_key(|step| step.from);
        Ok((!steps.is_empty()).then_some(Self { by, steps }))
    }

    /// As the form shows it, one step a line.
    pub fn write(&self) -> String {
        let lines: Vec<String> = self
            .steps
            .iter()
            .map(|step| {
                let from = unit(step.from, self.by.per_unit());
                let from = if self.by == Measure::Weight { format!("{from} kg") } else { from };
                format!("{from} = {}", step.fee_cents / 100)
            })
            .collect();
        lines.join("\n")
    }
}

/// A number with up to three places, in stored units; `KSh`, `kg` and commas may stand with it.
fn amount(typed: &str, per_unit: i64, most: i64) -> Result<i64, FieldProblem> {
    let bare: String = typed
        .to_lowercase()
        .replace("ksh", "")
        .replace("kg", "")
        .chars()
        .filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '+'))
        .collect();
    let (whole, part) = bare.split_once('.').unwrap_or((&bare, ""));
    let are_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > PLACES || !are_digits(whole) || !are_digits(part) {
        return Err(FieldProblem::Unreadable);
    }
    let whole: i64 = whole.parse().map_err(|_| FieldProblem::Unreadable)?;
    let thousandths: i64 = format!("{part:0<PLACES$}").parse().map_err(|_| FieldProblem::Unreadable)?;
    if whole > most {
        return Err(FieldProblem::TooHigh);
    }
    Ok(whole * per_unit + thousandths * per_unit / 1_000)
}

/// `2500` grams as `2.5`.
pub(super) fn unit(stored: i64, per_unit: i64) -> String {
    let (whole, rest) = (stored / per_unit, stored % per_unit);
    if rest == 0 {
        return whole.to_string();
    }
    let places = if per_unit == 1_000 { 3 } else { 2 };
    format!("{whole}.{rest:0places$}").trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_written_as_they_were_read_in_rising_order() {
        let bands = Bands::read(Measure::Weight, "5 kg = 650\n 2.5kg: KSh 1,350 \n\n0.2 250").unwrap().unwrap();
        assert_eq!(bands.pairs(), [(200, 25_000), (2_500, 135_000), (5_000, 65_000)]);
        assert_eq!(bands.write(), "0.2 kg = 250\n2.5 kg = 1350\n5 kg = 650");
        assert_eq!(Bands::read(Measure::Weight, &bands.write()), Ok(Some(bands.clone())));
        assert_eq!(Bands::stored(Some(Measure::Weight), &bands.pairs()), Some(bands));
        let by_value = Bands::read(Measure::Value, "5,000 = 0").unwrap().unwrap();
        assert_eq!((by_value.pairs(), by_value.write()), (vec![(500_000, 0)], "5000 = 0".to_owned()));
        assert_eq!(Bands::read(Measure::Value, " \n"), Ok(None));
        assert_eq!(Bands::stored(None, &[]), None);
    }

    #[test]
    fn the_last_step_that_is_reached_counts() {
        let bands = Bands::read(Measure::Weight, "2 = 350\n5 = 650").unwrap().unwrap();
        for (grams, wanted) in [
            (0, None),
            (1_999, None),
            (2_000, Some(35_000)),
            (4_999, Some(35_000)),
            (5_000, Some(65_000)),
            (90_000, Some(65_000)),
        ] {
            assert_eq!(bands.step(grams).map(|step| step.fee_cents), wanted, "{grams}");
        }
    }

    #[test]
    fn what_is_no_step_is_refused_by_name() {
        for (typed, wanted) in [
            ("two kilos = 300", FieldProblem::Unreadable),
            ("300", FieldProblem::Unreadable),
            ("2 = -5", FieldProblem::Unreadable),
            ("2 = 1.5", FieldProblem::NotAWholeNumber),
            ("2.0001 = 5", FieldProblem::Unreadable),
            ("2 = 100001", FieldProblem::TooHigh),
            ("2 = 100\n2.0 = 200", FieldProblem::TwiceHere),
        ] {
            assert_eq!(Bands::read(Measure::Weight, typed), Err(wanted), "{typed}");
        }
        let many: Vec<String> = (0..13).map(|n| format!("{n} = 1")).collect();
        assert_eq!(Bands::read(Measure::Value, &many.join("\n")), Err(FieldProblem::TooMany));
    }
}
