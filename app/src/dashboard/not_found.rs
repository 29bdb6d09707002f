//! An address of the dashboard under which there is nothing.

use super::parts::failed::Failed;
use duka::error::AppError;
use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    view! { <Failed error=AppError::NotFound/> }
}
