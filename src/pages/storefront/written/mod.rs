//! What a merchant writes for readers: the blog's list, and one post or plain page.

mod load;

pub use load::{load, load_blog};

use super::parts::Picture;
use crate::{
    content::{
        PageKind, PagePicture,
        pictured::{Piece, pieces},
    },
    kernel::local_time::LocalDay,
};

/// A post in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostCard {
    pub title: String,
    pub slug: String,
    /// Plain text.
    pub summary: String,
    /// By the shop's clock.
    pub published: LocalDay,
}

/// One page of the list, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlogPage {
    pub posts: Vec<PostCard>,
    /// From 1.
    pub number: u32,
    pub page_count: u32,
}

/// One post or plain page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPage {
    pub kind: PageKind,
    pub title: String,
    /// Cleaned when it was saved.
    pub html: String,
    /// All that it has; the text shows some of them.
    pub pictures: Vec<PagePicture>,
    /// What the merchant wrote for search engines.
    pub summary: Option<String>,
    pub is_indexable: bool,
    /// By the shop's clock.
    pub published: LocalDay,
    /// As machines read it: `2026-11-28T14:00:00Z`.
    pub published_at: String,
    pub changed_at: String,
}

impl WrittenPage {
    /// What stands for a piece's picture: the one of that number, in the words of the text where it has some.
    pub fn picture(&self, number: i32, alt: &str) -> Option<Picture> {
        picture_of(&self.pictures, number, alt)
    }
    /// The first that is seen.
    pub fn first_picture(&self) -> Option<Picture> {
        pieces(&self.html).iter().find_map(|piece| match piece {
            Piece::Picture { number, alt, .. } => self.picture(*number, alt),
            Piece::Html(_) => None,
        })
    }
}

/// The picture of a number among a page's own.
pub fn picture_of(pictures: &[PagePicture], number: i32, alt: &str) -> Option<Picture> {
    let found = pictures.iter().find(|picture| picture.number == number)?;
    let alt = if alt.trim().is_empty() { found.alt_text.as_str() } else { alt };
    Some(Picture {
        base: format!("/{}", found.media_key),
        widths: found.widths.clone(),
        width: found.width,
        height: found.height,
        alt: alt.to_owned(),
        placeholder: found.placeholder.clone(),
    })
}
