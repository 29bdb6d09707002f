//! The merchant's orders on still pages: the list, what the team wrote, calling off, paper, orders that staff enter, and those that came to nothing.

pub mod cancel;
pub mod entry;
pub mod left;
pub mod list;
pub mod notes;
pub mod paper;
pub mod parcel;

use super::time::time;
use leptos::prelude::*;

fn tags(tags: &[String]) -> impl IntoView + use<> {
    let shown: Vec<_> = tags.iter().map(|tag| view! { <span class="tag">{tag.clone()}</span>" " }).collect();
    (!shown.is_empty()).then(|| view! { <span class="tag-list">{shown}</span> })
}
