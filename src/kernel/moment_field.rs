//! A moment by the shop's own clock as the field of a form holds it: `2026-11-28T14:00`.

use super::field_errors::FieldProblem;
use chrono::NaiveDateTime;

const FORMAT: &str = "%Y-%m-%dT%H:%M";

/// What was typed; none when nothing was, and [`FieldProblem::NotAMoment`] for what is no day and hour.
pub fn parse_moment(typed: &str) -> Result<Option<NaiveDateTime>, FieldProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // Some browsers send the seconds too.
    let cut = text.get(..16).unwrap_or(text);
    let is_moment = text.len() <= 19;
    NaiveDateTime::parse_from_str(cut, FORMAT).ok().filter(|_| is_moment).map(Some).ok_or(FieldProblem::NotAMoment)
}

/// As a form shows it; empty for none.
pub fn write_moment(moment: Option<NaiveDateTime>) -> String {
    moment.map(|moment| moment.format(FORMAT).to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_it_was_read_with_its_seconds_or_without() {
        for typed in ["2026-11-28T14:00", " 2026-11-28T14:00 ", "2026-11-28T14:00:30"] {
            assert_eq!(parse_moment(typed).map(write_moment).as_deref(), Ok("2026-11-28T14:00"), "{typed}");
        }
        assert_eq!((parse_moment("  "), write_moment(None)), (Ok(None), String::new()));
        for typed in ["yesterday", "2026-13-01T00:00", "2026-11-28", "2026-11-28T14:00:30+03:00"] {
            assert_eq!(parse_moment(typed), Err(FieldProblem::NotAMoment), "{typed}");
        }
    }
}
