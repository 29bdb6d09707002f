//! When an order comes, as its page tells it: reckoned from what was promised when it was placed.

use super::Due;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike as _};

/// In minutes.
const A_DAY: i32 = 24 * 60;

/// What was promised for a day is told as a day, what was promised in hours as an hour.
pub(super) fn of(on: Option<NaiveDate>, placed: NaiveDateTime, minutes: Option<i32>, today: NaiveDate) -> Option<Due> {
    let at = placed + TimeDelta::minutes(i64::from(minutes.filter(|minutes| *minutes > 0)?));
    // Nobody waits for a minute: up to the next five.
    let at = at + TimeDelta::minutes(i64::from((5 - at.minute() % 5) % 5));
    let is_of_a_day = on.is_some() || minutes.is_some_and(|minutes| minutes >= A_DAY);
    let day = on.unwrap_or_else(|| at.date());
    Some(Due {
        in_days: (day - today).num_days(),
        day: day.format("%-d/%-m/%Y").to_string(),
        hour: (!is_of_a_day).then(|| at.format("%H:%M").to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_stays_a_day_and_an_hour_is_told_to_five_minutes() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let placed = day(28).and_hms_opt(10, 11, 30).unwrap();
        let told = |on, minutes, today| of(on, placed, minutes, today).map(|due| (due.in_days, due.day, due.hour));
        let hour = |hour: &str| Some(hour.to_owned());
        assert_eq!(told(None, Some(120), day(28)), Some((0, "28/11/2026".into(), hour("12:15"))));
        assert_eq!(told(None, Some(14 * 60), day(28)), Some((1, "29/11/2026".into(), hour("00:15"))));
        assert_eq!(told(None, Some(120), day(29)), Some((-1, "28/11/2026".into(), hour("12:15"))));
        // Until the end of tomorrow, which is the beginning of the day after.
        assert_eq!(told(Some(day(29)), Some(2_268), day(28)), Some((1, "29/11/2026".into(), None)));
        assert_eq!(told(None, Some(1_440), day(28)), Some((1, "29/11/2026".into(), None)));
        assert_eq!((told(None, None, day(28)), told(None, Some(0), day(28))), (None, None));
    }
}
