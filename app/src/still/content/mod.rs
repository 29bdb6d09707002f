//! What a merchant writes for readers: the list of pages and posts, and the editor of one with its pictures.

mod editor;
mod list;
mod pictures;

pub use editor::{Editor, editor, reading};
pub use list::list;
pub use pictures::RefusedPicture;
