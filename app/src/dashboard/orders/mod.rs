//! One order. The list of them is a still page.

pub mod detail;
mod looking_out;
mod money;
mod moves;
