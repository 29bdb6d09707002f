//! Times and days by a shop's own clock, as text for pages: read and shown, never reckoned with.

use serde::{Deserialize, Serialize};

/// `2026-11-23T14:05`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalTime(String);

/// `2026-11-23`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalDay(String);

impl LocalTime {
    /// As the `datetime` attribute takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn day(&self) -> LocalDay {
        LocalDay(self.0.get(..10).unwrap_or_default().to_owned())
    }
    /// `14:05`.
    pub fn clock(&self) -> &str {
        self.0.get(11..16).unwrap_or_default()
    }
}

impl LocalDay {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// From 1.
    pub fn day(&self) -> usize {
        self.number(8..10)
    }
    /// From 1.
    pub fn month(&self) -> usize {
        self.number(5..7)
    }
    /// From 0, which is Monday.
    pub fn weekday(&self) -> usize {
        // Counted from a March, so that the day a leap year adds is the last one.
        let before_march = usize::from(self.month() < 3);
        let year = self.number(0..4) - before_march.min(self.number(0..4));
        let shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4].get(self.month().saturating_sub(1)).copied().unwrap_or(0);
        (year + year / 4 - year / 100 + year / 400 + shift + self.day() + 6) % 7
    }
    fn number(&self, at: std::ops::Range<usize>) -> usize {
        self.0.get(at).and_then(|digits| digits.parse().ok()).unwrap_or(0)
    }
}

#[cfg(feature = "ssr")]
impl From<chrono::NaiveDateTime> for LocalTime {
    fn from(at: chrono::NaiveDateTime) -> Self {
        Self(at.format("%Y-%m-%dT%H:%M").to_string())
    }
}

#[cfg(feature = "ssr")]
impl From<chrono::NaiveDate> for LocalDay {
    fn from(day: chrono::NaiveDate) -> Self {
        Self(day.format("%Y-%m-%d").to_string())
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use chrono::{Datelike as _, NaiveDate};

    #[test]
    fn every_day_of_ten_years_has_the_weekday_of_the_calendar() {
        let first = NaiveDate::from_ymd_opt(2023, 12, 25).unwrap();
        for date in first.iter_days().take(3_660) {
            let day = LocalDay::from(date);
            assert_eq!(u32::try_from(day.weekday()), Ok(date.weekday().num_days_from_monday()), "{date}");
            assert_eq!((day.day(), day.month()), (date.day() as usize, date.month() as usize));
        }
    }

    #[test]
    fn what_is_no_day_is_shown_as_nothing_and_breaks_nothing() {
        let nonsense = LocalTime("x".to_owned());
        assert_eq!((nonsense.clock(), nonsense.day().weekday(), nonsense.day().day()), ("", 6, 0));
    }
}
