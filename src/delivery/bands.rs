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

/// From so much on, this fee, and so much more for each further kilogram that is begun; nothing where steps go by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub from: i64,
    pub fee_cents: i64,
    pub further_cents: i64,
}

impl Step {
    /// What is paid for so much, which reaches the step.
    pub fn fee(self, measured: i64) -> i64 {
        let kilograms = (measured - self.from).max(0).saturating_add(GRAMS - 1) / GRAMS;
        self.fee_cents.saturating_add(self.further_cents.saturating_mul(kilograms))
    }

    /// As it is stored: the third number only where there is one.
    fn row(self) -> Vec<i64> {
        let further = (self.further_cents > 0).then_some(self.further_cents);
        [self.from, self.fee_cents].into_iter().chain(further).collect()
    }

    fn stored(row: &[i64]) -> Option<Self> {
        match *row {
            [from, fee_cents] => Some(Self { from, fee_cents, further_cents: 0 }),
            [from, fee_cents, further_cents] => Some(Self { from, fee_cents, further_cents }),
            _ => None,
        }
    }
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
/// Of a kilogram.
const GRAMS: i64 = 1_000;

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
            Self::Weight => GRAMS,
            Self::Value => 100,
        }
    }
}

impl Bands {
    /// As stored; none when there is no step.
    pub fn stored(by: Option<Measure>, rows: &[Vec<i64>]) -> Option<Self> {
        let steps: Vec<Step> = rows.iter().filter_map(|row| Step::stored(row)).collect();
        by.filter(|_| !steps.is_empty()).map(|by| Self { by, steps })
    }

    /// As it is stored: from where on (grams or cents), the fee in cents, and what each further kilogram costs.
    pub fn rows(&self) -> Vec<Vec<i64>> {
        self.steps.iter().map(|step| step.row()).collect()
    }

    /// From the lowest up.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The last step that is reached.
    pub fn step(&self, measured: i64) -> Option<Step> {
        self.steps.iter().rev().find(|step| step.from <= measured).copied()
    }

    /// Reads lines like `2 kg = 350`, `5 kg = 650 + 150` or `5,000: 200`; none when nothing was typed.
    pub fn read(by: Measure, typed: &str) -> Result<Option<Self>, FieldProblem> {
        let mut steps: Vec<Step> = Vec::new();
        for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (from, fee) = line
                .split_once(['=', ':'])
                .or_else(|| line.rsplit_once(char::is_whitespace).filter(|(from, fee)| is_one_fee(from, fee)))
                .ok_or(FieldProblem::Unreadable)?;
            let from = amount(from, by.per_unit(), FURTHEST)?;
            let (fee, further) = match fee.split_once('+') {
                Some((fee, further)) if by == Measure::Weight => (fee, Some(bare(further))),
                Some(_) => return Err(FieldProblem::Unreadable),
                None => (fee, None),
            };
            let fee_cents = whole_amount(fee)?;
            let further_cents = further.map_or(Ok(0), |further| whole_amount(&further))?;
            if steps.iter().any(|step| step.from == from) {
                return Err(FieldProblem::TwiceHere);
            }
            steps.push(Step { from, fee_cents, further_cents });
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
                let further =
                    if step.further_cents > 0 { format!(" + {}", step.further_cents / 100) } else { String::new() };
                format!("{from} = {}{further}", step.fee_cents / 100)
            })
            .collect();
        lines.join("\n")
    }
}

/// Whether a line without `=` has its fee in its last word alone: `5 kg+ 650`, and not `5 650 + 150`.
fn is_one_fee(from: &str, fee: &str) -> bool {
    let numbers = from.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).count();
    !fee.contains('+') && (numbers < 2 || !from.contains('+'))
}

/// `150 per kg`, `150/kg` or `150 kwa kila kilo` without the words.
fn bare(further: &str) -> String {
    let words = ["per", "each", "kwa", "kila", "kilo", "/"];
    words.into_iter().fold(further.to_lowercase(), |text, word| text.replace(word, ""))
}

/// A fee, in cents.
fn whole_amount(typed: &str) -> Result<i64, FieldProblem> {
    if typed.contains('+') {
        return Err(FieldProblem::Unreadable);
    }
    let cents = amount(typed, 100, DEAREST)?;
    if cents % 100 == 0 { Ok(cents) } else { Err(FieldProblem::NotWhole) }
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
        let bands = Bands::read(Measure::Weight, "5 kg+ 650\n 2.5kg: KSh 1,350 \n\n0.2 250").unwrap().unwrap();
        assert_eq!(bands.rows(), [[200, 25_000], [2_500, 135_000], [5_000, 65_000]]);
        assert_eq!(bands.write(), "0.2 kg = 250\n2.5 kg = 1350\n5 kg = 650");
        assert_eq!(Bands::read(Measure::Weight, &bands.write()), Ok(Some(bands.clone())));
        assert_eq!(Bands::stored(Some(Measure::Weight), &bands.rows()), Some(bands));
        let by_value = Bands::read(Measure::Value, "5,000 = 0").unwrap().unwrap();
        assert_eq!((by_value.rows(), by_value.write()), (vec![vec![500_000, 0]], "5000 = 0".to_owned()));
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
    fn each_further_kilogram_that_is_begun_adds_what_the_step_says() {
        for typed in ["2 = 250 + 100\n10 kg = 1050 + 150", "10kg: KSh 1,050+150/kg\n2 kg = 250 + KSh 100 per kg"] {
            let bands = Bands::read(Measure::Weight, typed).unwrap().unwrap();
            assert_eq!(bands.write(), "2 kg = 250 + 100\n10 kg = 1050 + 150", "{typed}");
            assert_eq!(bands.rows(), [[2_000, 25_000, 10_000], [10_000, 105_000, 15_000]]);
            assert_eq!(Bands::stored(Some(Measure::Weight), &bands.rows()), Some(bands.clone()));
            for (grams, fee) in
                [(2_000, 250), (2_001, 350), (3_000, 350), (3_001, 450), (9_999, 1_050), (12_500, 1_500)]
            {
                assert_eq!(bands.step(grams).map(|step| step.fee(grams)), Some(fee * 100), "{grams}");
            }
        }
    }

    #[test]
    fn what_is_no_step_is_refused_by_name() {
        for (typed, wanted) in [
            ("two kilos = 300", FieldProblem::Unreadable),
            ("300", FieldProblem::Unreadable),
            ("2 = -5", FieldProblem::Unreadable),
            ("2 = 1.5", FieldProblem::NotWhole),
            ("2 = 100 + 1.5", FieldProblem::NotWhole),
            ("2 = 100 +", FieldProblem::Unreadable),
            ("2 = + 100", FieldProblem::Unreadable),
            ("2 = 100 + 50 + 50", FieldProblem::Unreadable),
            ("2 100 + 50", FieldProblem::Unreadable),
            ("2 100 +50", FieldProblem::Unreadable),
            ("2.0001 = 5", FieldProblem::Unreadable),
            ("2 = 100001", FieldProblem::TooHigh),
            ("2 = 100\n2.0 = 200", FieldProblem::TwiceHere),
        ] {
            assert_eq!(Bands::read(Measure::Weight, typed), Err(wanted), "{typed}");
        }
        assert_eq!(Bands::read(Measure::Value, "1,000 = 100 + 50"), Err(FieldProblem::Unreadable));
        let many: Vec<String> = (0..13).map(|n| format!("{n} = 1")).collect();
        assert_eq!(Bands::read(Measure::Value, &many.join("\n")), Err(FieldProblem::TooMany));
    }
}
