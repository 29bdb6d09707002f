//! So many percent off each piece.

use super::Pieces;
use crate::kernel::money::{BasisPoints, Money};
use serde::{Deserialize, Serialize};

/// From a hundredth of a percent to all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PercentageOff {
    pub basis_points: u32,
}

impl PercentageOff {
    pub const MOST: u32 = 10_000;

    pub const fn parse(basis_points: u32) -> Option<Self> {
        match basis_points {
            1..=Self::MOST => Some(Self { basis_points }),
            _ => None,
        }
    }

    /// Off one piece: whole units, half up.
    pub fn off_one(self, unit: Money) -> Money {
        unit.part_to_nearest_whole(BasisPoints(self.basis_points))
    }

    /// Off each of these lines.
    pub(crate) fn take(self, lines: &[Pieces]) -> Vec<Money> {
        lines
            .iter()
            .map(|pieces| {
                let each = self.off_one(pieces.unit);
                pieces.at_most(each.times(pieces.count).unwrap_or(pieces.left))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_part_of_something_is_a_percentage() {
        assert_eq!(PercentageOff::parse(0), None);
        assert_eq!(PercentageOff::parse(10_001), None);
        assert_eq!(PercentageOff::parse(10_000).map(|all| all.off_one(Money::kes(4_299))), Some(Money::kes(4_299)));
    }

    #[test]
    fn each_piece_is_rounded_by_itself_so_that_two_cost_twice_as_much_as_one() {
        let off = |shillings| PercentageOff { basis_points: 1_500 }.off_one(Money::shillings(shillings));
        assert_eq!(off(999), Money::shillings(150));
        assert_eq!(off(990), Money::shillings(149));
        assert_eq!(off(3), Money::shillings(0));
        assert_eq!(off(4), Money::shillings(1));
    }
}
