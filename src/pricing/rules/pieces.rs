//! What is still to be paid of one line while discounts are taken off, one after the other.

use crate::kernel::money::Money;

/// The pieces of a line that are still paid for. `left` is never below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pieces {
    /// The line's place in the cart.
    pub line: usize,
    pub count: u32,
    /// What one of them costs by now.
    pub unit: Money,
    /// What all of them cost by now, with what was taken off the order as a whole.
    pub left: Money,
}

impl Pieces {
    /// What may be taken off at most.
    pub fn at_most(&self, wanted: Money) -> Money {
        Money::new(wanted.minor().clamp(0, self.left.minor()), self.left.currency())
    }
}

/// Spreads an amount over lines in proportion to what is left of each: whole units where all of them are whole, and
/// never more than a line has.
pub fn spread(amount: Money, over: &[Pieces]) -> Vec<Money> {
    let total: i64 = over.iter().map(|pieces| pieces.left.minor()).sum();
    let amount = Money::new(amount.minor().clamp(0, total), amount.currency());
    let weights: Vec<u64> = over.iter().map(|pieces| pieces.left.minor().unsigned_abs()).collect();
    if total == 0 {
        return over.iter().map(|_| Money::zero(amount.currency())).collect();
    }
    if !amount.is_whole() || over.iter().any(|pieces| !pieces.left.is_whole()) {
        return amount.prorate(&weights);
    }
    // Counted in whole units, so that no line ends in cents.
    let per = amount.currency().minor_per_whole();
    let whole = Money::new(amount.whole(), amount.currency()).prorate(&weights);
    whole.into_iter().map(|part| Money::new(part.minor() * per, amount.currency())).collect()
}
