//! Addresses of categories, now and before.

use super::slugs::slugs;
use crate::kernel::id::CategoryId;

slugs!("categories", "former_category_slugs", "category_id", CategoryId, "category", &[]);
