//! Still pages of the first day: the checklist, the first goods, own domains.

pub mod checklist;
pub mod domains;
pub mod product;
