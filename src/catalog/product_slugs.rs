//! Addresses of products, now and before.

use super::slugs::slugs;
use crate::kernel::id::ProductId;

slugs!("products", "former_product_slugs", "product_id", ProductId, "product", &[]);
