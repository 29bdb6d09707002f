//! When the orders of the past were placed: more at weekends, in the evening, and lately; and what has become of each.

use super::{PAST_DAYS, chance::Chance};
use crate::orders::status::OrderStatus;
use chrono::{DateTime, Datelike as _, TimeDelta, Utc, Weekday};

/// Orders that are further back than the fixed ones of the last day.
const OLDER: usize = 84;
/// Nairobi is three hours ahead of UTC all year.
const NAIROBI: TimeDelta = TimeDelta::hours(3);

/// One order to make up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub placed_at: DateTime<Utc>,
    pub ends: OrderStatus,
    pub is_cash: bool,
}

/// The last day in minutes ago: so that Today has something to do whenever the demo is made.
const LAST_DAY: [(i64, OrderStatus, bool); 9] = [
    (24 * 60, OrderStatus::Dispatched, false),
    (22 * 60, OrderStatus::Packing, false),
    (17 * 60, OrderStatus::Packing, true),
    (9 * 60, OrderStatus::Paid, false),
    (5 * 60, OrderStatus::Pending, true),
    (3 * 60, OrderStatus::Paid, false),
    (95, OrderStatus::Paid, false),
    (40, OrderStatus::Pending, true),
    (6, OrderStatus::AwaitingPayment, false),
];

/// In the order they were placed.
pub(super) fn moments(chance: &mut Chance, now: DateTime<Utc>) -> Vec<Moment> {
    let first_day = now - TimeDelta::days(PAST_DAYS);
    let mut days: Vec<i64> = Vec::new();
    for day in 0..PAST_DAYS - 1 {
        let weekday = (first_day + TimeDelta::days(day) + NAIROBI).weekday();
        let weight = 2 + day / 20 + i64::from(matches!(weekday, Weekday::Fri | Weekday::Sat | Weekday::Sun));
        days.extend((0..weight).map(|_| day));
    }
    let latest = now - TimeDelta::hours(26);
    let mut all: Vec<DateTime<Utc>> = (0..OLDER)
        .map(|_| {
            time_of_day(first_day, *chance.pick(&days), chance)
                .min(latest - TimeDelta::seconds(chance.between(1, 9000)))
        })
        .collect();
    all.sort();
    let mut moments: Vec<Moment> = all
        .into_iter()
        .enumerate()
        .map(|(i, placed_at)| {
            let is_cash = chance.percent(25);
            Moment { placed_at, ends: end(i, now - placed_at, chance), is_cash }
        })
        .collect();
    moments.extend(LAST_DAY.map(|(minutes, ends, is_cash)| Moment {
        placed_at: now - TimeDelta::minutes(minutes),
        ends,
        is_cash,
    }));
    // A refund needs money that came over the phone.
    for moment in &mut moments {
        moment.is_cash &= moment.ends != OrderStatus::Refunded;
    }
    moments
}

fn time_of_day(first_day: DateTime<Utc>, day: i64, chance: &mut Chance) -> DateTime<Utc> {
    let hour = *chance.pick(&[7, 8, 9, 10, 11, 12, 12, 13, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 20, 21, 21, 22]);
    let midnight =
        (first_day + TimeDelta::days(day) + NAIROBI).date_naive().and_time(chrono::NaiveTime::MIN).and_utc() - NAIROBI;
    midnight + TimeDelta::hours(hour) + TimeDelta::seconds(chance.between(0, 3599))
}

fn end(index: usize, age: TimeDelta, chance: &mut Chance) -> OrderStatus {
    match age.num_hours() {
        // Two goods that came back.
        _ if index == 11 || index == 37 => OrderStatus::Refunded,
        ..48 => *chance.pick(&[OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Dispatched]),
        48..110 => *chance.pick(&[
            OrderStatus::Dispatched,
            OrderStatus::Delivered,
            OrderStatus::Delivered,
            OrderStatus::Delivered,
        ]),
        _ if chance.percent(10) => OrderStatus::Cancelled,
        _ => OrderStatus::Delivered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    #[test]
    fn the_past_is_in_order_before_now_and_has_every_status() {
        for hour in [0, 3, 12, 23] {
            let now = Utc.with_ymd_and_hms(2026, 4, 2, hour, 30, 0).single().expect("a time");
            let moments = moments(&mut Chance::new("test"), now);
            assert_eq!(moments.len(), OLDER + LAST_DAY.len());
            assert!(moments.windows(2).all(|pair| pair[0].placed_at <= pair[1].placed_at), "hour {hour}");
            assert!(
                moments
                    .iter()
                    .all(|moment| moment.placed_at < now && moment.placed_at >= now - TimeDelta::days(PAST_DAYS + 1))
            );
            for status in OrderStatus::ALL {
                assert!(moments.iter().any(|moment| moment.ends == status), "{status:?} at hour {hour}");
            }
        }
    }
}
