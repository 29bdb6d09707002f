//! Addresses of pages and posts, now and before.

use super::RESERVED;
use crate::{catalog::slugs::slugs, kernel::id::PageId};

slugs!("seo_pages", "former_page_slugs", "page_id", PageId, "page", &RESERVED);
