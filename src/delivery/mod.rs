//! Where a merchant delivers, for how much, how fast.
