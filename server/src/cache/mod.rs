//! Rendered shop pages: kept as bytes, told apart by what they were made of.

pub mod icons;
pub mod pages;
pub mod stored;
pub mod versions;
