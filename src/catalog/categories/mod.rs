//! Categories: a tree in the merchant's order, at most five deep, in which nothing stands inside itself.
//!
//! Whoever changes the tree locks all of it first, since whether a move makes a ring is a question about all of it.

#[cfg(feature = "ssr")]
mod add_category;
#[cfg(feature = "ssr")]
mod arrange;
#[cfg(feature = "ssr")]
mod edit_category;
#[cfg(feature = "ssr")]
mod load;
mod tree;

#[cfg(feature = "ssr")]
pub use add_category::add_category;
#[cfg(feature = "ssr")]
pub use arrange::{place_category, show_category};
#[cfg(feature = "ssr")]
pub use edit_category::{CategorySheet, edit_category, load_category};
#[cfg(feature = "ssr")]
pub use load::load_categories;
#[cfg(feature = "ssr")]
pub(crate) use load::load_tree;
pub use tree::{CategoryNode, Direction, Misplaced, Tree};

/// The fields of a category's form.
pub const FIELDS: &[&str] = &["name", "slug", "description", "parent"];
/// The fields of the form for a new one.
pub const NEW_FIELDS: &[&str] = &["category", "name", "parent"];
pub const LONGEST_NAME: usize = 80;
pub const LONGEST_DESCRIPTION: usize = 5_000;
/// More than a merchant has shelves.
pub const MOST_CATEGORIES: usize = 500;
