//! Pieces that shop and dashboard share; they know no domain.

pub mod field;
pub mod text_area;
