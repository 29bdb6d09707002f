//! What a merchant writes for readers: the list of pages and posts, and the editor of one.

mod editor;
mod list;

pub use editor::{Editor, editor, reading};
pub use list::list;
