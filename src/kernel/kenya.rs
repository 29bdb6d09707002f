//! Kenya's own clock, for moments that are told without the zone of a shop.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// One zone and no summer time.
pub const EAST_AFRICA: FixedOffset = match FixedOffset::east_opt(3 * 3_600) {
    Some(zone) => zone,
    None => panic!("three hours are a zone"),
};

/// The day that it is there.
pub fn date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&EAST_AFRICA).date_naive()
}

/// `23/11/2026`.
pub fn day(at: DateTime<Utc>) -> String {
    at.with_timezone(&EAST_AFRICA).format("%-d/%-m/%Y").to_string()
}

/// `23/11/2026, 14:05`.
pub fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&EAST_AFRICA).format("%-d/%-m/%Y, %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_three_hours_before_it_does_in_greenwich() {
        let at = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        assert_eq!((day(at).as_str(), moment(at).as_str()), ("21/9/2026", "21/9/2026, 17:13"));
        let late = at + chrono::TimeDelta::hours(8);
        assert_eq!((late.date_naive().to_string(), date(late).to_string()), ("2026-09-21".into(), "2026-09-22".into()));
    }
}
