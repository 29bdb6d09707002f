//! A moment by the shop's clock, as people read it and as machines do.

use crate::text::dash::DashWords;
use duka::kernel::local_time::LocalTime;
use leptos::prelude::*;

pub(super) fn time(dash: &'static DashWords, at: &LocalTime) -> impl IntoView + use<> {
    view! { <time datetime=at.as_str().to_owned()>{dash.moment(at)}</time> }
}
