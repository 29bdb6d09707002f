//! Buy some, get some: the cheapest pieces of every full set are free.

use super::Pieces;
use crate::kernel::money::Money;
use serde::{Deserialize, Serialize};

/// `buy` are paid for, `get` come with them; in full sets only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyGet {
    pub buy: u32,
    pub get: u32,
    /// How many sets one order may have; none for any number.
    #[serde(default)]
    pub most_times: Option<u32>,
}

impl BuyGet {
    /// More than a line of a cart holds.
    pub const MOST: u32 = 999;

    pub fn parse(buy: u32, get: u32, most_times: Option<u32>) -> Option<Self> {
        let counts = |number: u32| (1..=Self::MOST).contains(&number);
        (counts(buy) && counts(get) && most_times.is_none_or(counts)).then_some(Self { buy, get, most_times })
    }

    /// How many pieces are free of each line.
    pub(crate) fn free(self, lines: &[Pieces]) -> Vec<u32> {
        let all: u32 = lines.iter().map(|pieces| pieces.count).fold(0, u32::saturating_add);
        let times = (all / (self.buy + self.get)).min(self.most_times.unwrap_or(u32::MAX));
        let mut left = times.saturating_mul(self.get);
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|at| (lines[*at].unit.minor(), *at));
        let mut free = vec![0; lines.len()];
        for at in order {
            free[at] = left.min(lines[at].count);
            left -= free[at];
        }
        free
    }

    pub(crate) fn take(self, lines: &[Pieces]) -> Vec<Money> {
        self.free(lines)
            .into_iter()
            .zip(lines)
            .map(|(free, pieces)| pieces.at_most(pieces.unit.times(free).unwrap_or(pieces.left)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(rule: BuyGet, lines: &[(u32, i64)]) -> Vec<u32> {
        let lines: Vec<Pieces> = lines
            .iter()
            .map(|(count, unit)| {
                let unit = Money::shillings(*unit);
                Pieces { line: 0, count: *count, unit, left: unit.times(*count).expect("a small sum") }
            })
            .collect();
        rule.free(&lines)
    }

    #[test]
    fn a_set_needs_something_on_both_sides() {
        assert_eq!(BuyGet::parse(0, 1, None), None);
        assert_eq!(BuyGet::parse(1, 0, None), None);
        assert_eq!(BuyGet::parse(1, 1, Some(0)), None);
        assert_eq!(BuyGet::parse(1_000, 1, None), None);
    }

    #[test]
    fn sets_repeat_up_to_their_cap_and_only_full_ones_count() {
        let two_plus_one = BuyGet { buy: 2, get: 1, most_times: None };
        for (pieces, wanted) in [(2, 0), (3, 1), (5, 1), (6, 2), (9, 3)] {
            assert_eq!(free(two_plus_one, &[(pieces, 100)]), [wanted], "{pieces}");
        }
        assert_eq!(free(BuyGet { most_times: Some(2), ..two_plus_one }, &[(30, 100)]), [2]);
        assert_eq!(free(BuyGet { buy: 1, get: 3, most_times: None }, &[(7, 100)]), [3]);
    }

    #[test]
    fn the_cheapest_pieces_are_the_free_ones() {
        let rule = BuyGet { buy: 1, get: 1, most_times: None };
        assert_eq!(free(rule, &[(2, 500), (1, 100), (1, 300)]), [0, 1, 1]);
        assert_eq!(free(rule, &[(1, 100), (1, 100)]), [1, 0], "of two that cost the same, the first");
        assert_eq!(free(rule, &[(4, 500), (1, 100)]), [1, 1]);
    }
}
