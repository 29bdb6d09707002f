//! The people who buy: one per phone.
