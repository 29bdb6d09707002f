//! Still pages of the first day: the checklist, the first goods, where is delivered to, own domains.

pub mod checklist;
pub mod delivery;
pub mod domains;
pub mod product;
