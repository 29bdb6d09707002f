//! Whether a price before may be shown: only if it was charged in the month before the cut and nothing lower was; pure.

use crate::kernel::money::Money;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

/// How far back a price before must have been charged, and how long it may be shown after the cut.
pub const MONTH: TimeDelta = TimeDelta::days(30);
/// How many of a variant's last prices are read; a price that changes more often has no price before.
pub const MOST_STEPS: i64 = 50;

/// From when a variant cost how much, and whether in the shop or only on a draft; until the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct PriceStep {
    pub price_cents: i64,
    pub starts_at: DateTime<Utc>,
    /// Somebody could pay it: it was in the shop.
    pub is_charged: bool,
}

/// What a merchant says it cost before, when that is true: `history` has the newest first, `price` is charged now.
pub fn honest_was(price: Money, said_cents: Option<i64>, history: &[PriceStep], now: DateTime<Utc>) -> Option<Money> {
    let said = said_cents.filter(|said| *said > price.minor())?;
    let run = history.iter().take_while(|step| step.price_cents == price.minor());
    let began = run.filter(|step| step.is_charged).last()?.starts_at;
    let is_true = now - began < MONTH && lowest(history, began - MONTH, began).is_some_and(|lowest| said <= lowest);
    is_true.then(|| Money::new(said, price.currency()))
}

/// The usual price beside that of a sale which began then, when it was charged in the month before and ever since.
pub fn honest_usual(usual: Money, began: DateTime<Utc>, history: &[PriceStep], now: DateTime<Utc>) -> Option<Money> {
    let is_true = now - began < MONTH
        && history.first().is_some_and(|step| step.price_cents == usual.minor())
        && lowest(history, began - MONTH, began).is_some()
        && lowest(history, began - MONTH, now).is_some_and(|lowest| usual.minor() <= lowest);
    is_true.then_some(usual)
}

/// The lowest price charged from one moment until another; none when that is not known.
fn lowest(history: &[PriceStep], from: DateTime<Utc>, until: DateTime<Utc>) -> Option<i64> {
    let is_cut_off = i64::try_from(history.len()).is_ok_and(|steps| steps >= MOST_STEPS)
        && history.last().is_some_and(|step| step.starts_at > from);
    if is_cut_off {
        return None;
    }
    // Newest first: what is in front of a step says until when it was charged.
    let mut ends = None;
    let mut lowest = None;
    for step in history {
        let is_within = step.is_charged && step.starts_at < until && ends.is_none_or(|end| end > from);
        if is_within {
            lowest = Some(lowest.map_or(step.price_cents, |lowest: i64| lowest.min(step.price_cents)));
        }
        ends = Some(step.starts_at);
    }
    lowest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).expect("a time")
    }

    /// Prices in shillings with how many days ago each began, oldest first.
    fn history(steps: &[(i64, i64)]) -> Vec<PriceStep> {
        let step = |(shillings, days): &(i64, i64)| PriceStep {
            price_cents: shillings * 100,
            starts_at: now() - TimeDelta::days(*days),
            is_charged: true,
        };
        steps.iter().rev().map(step).collect()
    }

    #[test]
    fn a_price_before_is_shown_only_if_it_was_charged_and_for_a_month() {
        for (case, said, steps, is_shown) in [
            ("cut ten days ago", 2_000, &[(2_000, 90), (1_500, 10)][..], true),
            ("said less than it was", 1_800, &[(2_000, 90), (1_500, 10)], true),
            ("said more than it was", 2_100, &[(2_000, 90), (1_500, 10)], false),
            ("raised, then cut", 2_000, &[(1_500, 90), (2_000, 11), (1_500, 10)], false),
            ("raised long before the cut", 2_000, &[(1_500, 90), (2_000, 41), (1_500, 10)], true),
            ("raised a day too late", 2_000, &[(1_500, 90), (2_000, 39), (1_500, 10)], false),
            ("a cheaper week in between", 2_000, &[(2_000, 90), (1_700, 30), (2_000, 23), (1_500, 10)], false),
            ("cut a month ago", 2_000, &[(2_000, 90), (1_500, 30)], false),
            ("never cut", 2_000, &[(1_500, 10)], false),
            ("nothing is known", 2_000, &[], false),
            ("noted twice", 2_000, &[(2_000, 90), (1_500, 10), (1_500, 5)], true),
            ("cut twice", 2_000, &[(2_000, 90), (1_700, 20), (1_500, 10)], false),
            ("the last price is another", 2_000, &[(2_000, 90), (1_600, 10)], false),
            ("not more than now", 1_500, &[(2_000, 90), (1_500, 10)], false),
        ] {
            let shown = honest_was(Money::shillings(1_500), Some(said * 100), &history(steps), now());
            assert_eq!(shown.is_some(), is_shown, "{case}");
        }
        assert_eq!(honest_was(Money::shillings(1_500), None, &history(&[(2_000, 90), (1_500, 10)]), now()), None);
    }

    #[test]
    fn the_usual_price_beside_a_sale_is_held_to_the_same() {
        for (case, steps, days, is_shown) in [
            ("a sale of today", &[(1_500, 90)][..], 0, true),
            ("a sale of three weeks", &[(1_500, 90)], 21, true),
            ("a sale of a month", &[(1_500, 90)], 30, false),
            ("raised, then on sale", &[(1_000, 90), (1_500, 5)], 1, false),
            ("raised long before", &[(1_000, 90), (1_500, 45)], 1, true),
            ("raised while on sale", &[(1_000, 90), (1_500, 5)], 10, false),
            ("on sale since it is there", &[(1_500, 5)], 10, false),
            ("nothing is known", &[], 1, false),
        ] {
            let began = now() - TimeDelta::days(days) - TimeDelta::seconds(i64::from(days == 0));
            let shown = honest_usual(Money::shillings(1_500), began, &history(steps), now());
            assert_eq!(shown.is_some(), is_shown, "{case}");
        }
    }

    #[test]
    fn what_only_a_draft_cost_was_never_charged() {
        // Shillings, days ago, and whether it was in the shop.
        let steps = |steps: &[(i64, i64, bool)]| -> Vec<PriceStep> {
            let step = |(shillings, days, is_charged): &(i64, i64, bool)| PriceStep {
                price_cents: shillings * 100,
                starts_at: now() - TimeDelta::days(*days),
                is_charged: *is_charged,
            };
            steps.iter().rev().map(step).collect()
        };
        for (case, known, is_shown) in [
            ("dear as a draft, cheap in the shop", &[(2_000, 60, false), (1_500, 10, true)][..], false),
            ("dear in the shop, cut as a draft", &[(2_000, 60, true), (2_000, 12, false), (1_500, 10, true)], true),
            ("dear in the shop long ago", &[(2_000, 90, true), (2_000, 60, false), (1_500, 10, true)], false),
            ("cheap in the shop, dear as a draft", &[(1_500, 90, true), (2_000, 60, false), (1_500, 10, true)], false),
            (
                "away for two days since the cut",
                &[(2_000, 90, true), (1_500, 10, true), (1_500, 5, false), (1_500, 3, true)],
                true,
            ),
        ] {
            let shown = honest_was(Money::shillings(1_500), Some(200_000), &steps(known), now());
            assert_eq!(shown.is_some(), is_shown, "{case}");
        }
        for (case, known, is_shown) in [
            ("in the shop before the sale", &[(1_500, 60, false), (1_500, 20, true)][..], true),
            ("a draft until the sale had begun", &[(1_500, 60, false), (1_500, 5, true)], false),
        ] {
            let began = now() - TimeDelta::days(10);
            let shown = honest_usual(Money::shillings(1_500), began, &steps(known), now());
            assert_eq!(shown.is_some(), is_shown, "{case}");
        }
    }

    #[test]
    fn a_price_that_changes_all_the_time_has_no_price_before() {
        let mut steps: Vec<(i64, i64)> = (1..MOST_STEPS).map(|_| (2_000, 12)).collect();
        steps.push((1_500, 10));
        assert_eq!(honest_was(Money::shillings(1_500), Some(200_000), &history(&steps), now()), None);
    }
}
