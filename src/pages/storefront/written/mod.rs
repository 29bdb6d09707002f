//! What a merchant writes for readers: the blog's list, and one post or plain page.

mod load;

pub use load::{load, load_blog};

use crate::{content::PageKind, kernel::local_time::LocalDay};

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
    /// What the merchant wrote for search engines.
    pub summary: Option<String>,
    pub is_indexable: bool,
    /// By the shop's clock.
    pub published: LocalDay,
    /// As machines read it: `2026-11-28T14:00:00Z`.
    pub published_at: String,
    pub changed_at: String,
}
