//! Still pages of where a shop delivers to: its areas with their rules, and what a place would pay.

pub mod areas;
pub mod trial;
