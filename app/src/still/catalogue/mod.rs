//! The catalogue's still pages: a product, its variants, the categories.

pub mod categories;
pub mod category;
pub mod product;
mod search_result;
mod tabs;
pub mod variants;

pub use tabs::{Tab, tabs};

use crate::text::catalogue::CatalogueWords;
use duka::catalog::categories::Tree;
use leptos::prelude::*;

/// The way back to a list, above a page's heading.
fn back(address: &'static str, word: &'static str) -> impl IntoView {
    view! { <p class="back"><a href=address>"← "{word}</a></p> }
}

/// The tree as the choices of a list, those inside another one further in.
pub(super) fn choices(tree: &Tree, none: &'static str) -> Vec<(String, String)> {
    let name = |depth: usize, name: &str| format!("{}{name}", "– ".repeat(depth));
    std::iter::once((String::new(), none.to_owned()))
        .chain(tree.nodes().iter().map(|node| (node.id.to_string(), name(node.depth, &node.name))))
        .collect()
}

/// The choices of a product's category.
fn category_choices(words: &CatalogueWords, tree: &Tree) -> Vec<(String, String)> {
    choices(tree, words.no_category)
}
