//! The merchant's orders on still pages: the list, what the team wrote, calling off, paper, orders that staff enter, and those that came to nothing.

pub mod cancel;
pub mod entry;
pub mod left;
pub mod list;
pub mod notes;
pub mod paper;
pub mod parcel;

use crate::text::dash::DashWords;
use duka::kernel::local_time::LocalTime;
use leptos::prelude::*;

fn time(dash: &'static DashWords, at: &LocalTime) -> impl IntoView + use<> {
    view! { <time datetime=at.as_str().to_owned()>{dash.moment(at)}</time> }
}

fn tags(tags: &[String]) -> impl IntoView + use<> {
    let shown: Vec<_> = tags.iter().map(|tag| view! { <span class="tag">{tag.clone()}</span>" " }).collect();
    (!shown.is_empty()).then(|| view! { <span class="tag-list">{shown}</span> })
}
