//! Delivery for nothing; how much must be bought for it is the rule's minimum.

use crate::kernel::money::Money;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeDelivery {}

impl FreeDelivery {
    /// Off what delivery still costs.
    #[expect(clippy::unused_self, reason = "every kind of rule says by itself what it takes off")]
    pub(crate) const fn take(self, delivery: Money) -> Money {
        delivery
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_the_fee_is_taken_off() {
        assert_eq!(FreeDelivery {}.take(Money::shillings(150)), Money::shillings(150));
    }
}
