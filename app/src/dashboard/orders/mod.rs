//! One order. The list of them is a still page.

pub mod detail;
mod money;
mod moves;
