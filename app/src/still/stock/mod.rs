//! The stock's pages: every variant, one variant with its ledger, counts.

pub mod count;
pub mod counts;
pub mod list;
pub mod variant;

use super::time::time;
use leptos::prelude::*;

const STOCK: &str = crate::dashboard::address::STOCK;
const COUNTS: &str = "/dashboard/stock/counts";

/// A link above the heading.
fn back(href: String, word: &'static str) -> impl IntoView {
    view! { <p class="back"><a href=href>"← "{word}</a></p> }
}

/// The product with its variant, where that has a name.
fn full_name(product: &str, variant: &str) -> String {
    if variant.is_empty() { product.to_owned() } else { format!("{product}, {variant}") }
}
