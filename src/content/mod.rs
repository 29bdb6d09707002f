//! What a merchant writes for readers: posts of the shop's blog and plain pages, each with an address of its own.
//!
//! A text shows the page's own pictures by their numbers, and no others.
//!
//! A page is a draft, or it has a moment from which it is read; nothing happens at that moment, since whoever reads asks
//! for what is due.

mod add_page;
mod edit_page;
mod page_form;
mod page_kind;
mod page_picture;
mod page_slugs;
pub mod pictured;
mod remove_page;

pub use add_page::{NEW_FIELDS, add_page};
pub use edit_page::{PageSheet, body_of, edit_page, load_page};
pub use page_form::{FIELDS, LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE, PageForm};
pub use page_kind::{PageKind, PageState};
pub use page_picture::{
    Added, AltText, LONGEST_ALT, MOST_PICTURES, PagePicture, add_page_picture, remove_page_picture,
};
pub use remove_page::remove_page;

/// Pages and posts that a merchant may have.
pub const MOST_PAGES: i64 = 1_000;

/// Addresses under `/pages/` that are the policies', which the settings write.
const RESERVED: [&str; 3] = ["delivery", "returns", "privacy"];
