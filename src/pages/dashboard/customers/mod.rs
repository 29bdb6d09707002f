//! Those who buy, as a merchant sees them: the list, its groups, one person.

pub mod export;
pub mod groups;
pub mod list;
pub mod profile;
