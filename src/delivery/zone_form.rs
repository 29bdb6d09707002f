//! A delivery area as a merchant types it: where, for how much, how fast.

use crate::kernel::{
    currency::Currency,
    field_errors::{FieldErrors, FieldProblem, required_text},
    typed::Typed,
};

/// The fields of the form.
pub const FIELDS: [&str; 4] = ["area", "fee", "minutes", "default"];
pub const LONGEST_AREA: usize = 80;
/// In whole units; a fee above this is a slip of the finger.
const DEAREST: i64 = 100_000;
/// Two weeks.
const SLOWEST: i32 = 14 * 24 * 60;

/// An area with its fee and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneForm {
    pub area: String,
    pub fee_cents: i64,
    /// None: within a day.
    pub minutes: Option<i32>,
    /// Preselected at checkout.
    pub is_default: bool,
}

impl ZoneForm {
    /// Reads the form; every mistake is named at once.
    pub fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let area = errors.expect("area", area(typed.get("area")));
        let fee_cents = errors.expect("fee", fee(typed.get("fee")));
        let minutes = errors.expect("minutes", minutes(typed.get("minutes")));
        match (area, fee_cents, minutes) {
            (Some(area), Some(fee_cents), Some(minutes)) if errors.is_empty() => {
                Ok(Self { area, fee_cents, minutes, is_default: typed.is_on("default") })
            }
            _ => Err(errors),
        }
    }

    /// As the form shows it.
    pub fn write(&self) -> Typed {
        Typed::default()
            .with("area", &*self.area)
            .with("fee", (self.fee_cents / Currency::Kes.minor_per_whole()).to_string())
            .with("minutes", self.minutes.map(|minutes| minutes.to_string()).unwrap_or_default())
            .with("default", if self.is_default { "on" } else { "" })
    }
}

fn area(typed: &str) -> Result<String, FieldProblem> {
    let text = required_text(typed, LONGEST_AREA)?;
    if text.chars().any(char::is_control) { Err(FieldProblem::Unreadable) } else { Ok(text) }
}

/// Whole shillings; nothing is free delivery only when it is said.
fn fee(typed: &str) -> Result<i64, FieldProblem> {
    let bare: String = typed.replace("KSh", "").chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}')).collect();
    if bare.is_empty() {
        return Err(FieldProblem::Missing);
    }
    if bare.len() > 12 || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldProblem::NotAWholeNumber);
    }
    match bare.parse::<i64>() {
        Ok(whole) if whole <= DEAREST => Ok(whole * Currency::Kes.minor_per_whole()),
        _ => Err(FieldProblem::TooHigh),
    }
}

fn minutes(typed: &str) -> Result<Option<i32>, FieldProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() > 9 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldProblem::NotAWholeNumber);
    }
    match text.parse::<i32>() {
        Ok(0) => Err(FieldProblem::TooLow),
        Ok(minutes) if minutes <= SLOWEST => Ok(Some(minutes)),
        _ => Err(FieldProblem::TooHigh),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(area: &str, fee: &str, minutes: &str) -> Typed {
        Typed::default().with("area", area).with("fee", fee).with("minutes", minutes)
    }

    #[test]
    fn an_area_is_written_as_it_was_read() {
        let read = ZoneForm::read(&form("Westlands", "1,150", "90").with("default", "on")).unwrap();
        assert_eq!((read.fee_cents, read.minutes, read.is_default), (115_000, Some(90), true));
        assert_eq!(ZoneForm::read(&read.write()), Ok(read));
        assert_eq!(ZoneForm::read(&form("CBD", "0", "")).map(|zone| zone.fee_cents), Ok(0));
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let errors = ZoneForm::read(&form("a\u{1}", "-5", "0")).unwrap_err();
        let wanted = [
            ("area", FieldProblem::Unreadable),
            ("fee", FieldProblem::NotAWholeNumber),
            ("minutes", FieldProblem::TooLow),
        ];
        assert_eq!(errors.iter().collect::<Vec<_>>(), wanted);
        let errors = ZoneForm::read(&form(&"a".repeat(81), "", "99999999")).unwrap_err();
        let wanted =
            [("area", FieldProblem::TooLong), ("fee", FieldProblem::Missing), ("minutes", FieldProblem::TooHigh)];
        assert_eq!(errors.iter().collect::<Vec<_>>(), wanted);
    }
}
