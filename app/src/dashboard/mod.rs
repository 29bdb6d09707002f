//! The merchant's dashboard: a page is complete HTML with forms that post, and comes alive when the bundle is there.
//!
//! Views keep their types: an erased one carries a second, asynchronous copy of its hydration, and the router's own
//! table of routes erases every page. So the table is a match here; it is a third of the bundle.

pub mod address;
mod frame;
mod here;
mod loaded;
mod not_found;
mod orders;
mod pages;
mod parts;
mod products;
mod today;

#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod gate;
#[cfg(feature = "ssr")]
mod platform_home;
#[cfg(feature = "ssr")]
mod sign_in;

#[cfg(feature = "ssr")]
pub use document::{content_security_policy, shell};
#[cfg(feature = "ssr")]
pub(crate) use document::{document_of, plain, plain_awake};
#[cfg(feature = "ssr")]
pub(crate) use frame::more as more_sections;
#[cfg(feature = "ssr")]
pub use gate::{email_done_page, email_page, forgot_page, forgot_sent_page, gone_page, reset_page};
#[cfg(feature = "ssr")]
pub(crate) use parts::badge::{attempt_badge, money_badge, order_badge};
#[cfg(feature = "ssr")]
pub(crate) use parts::icon::{Icon, view as icon_view};
#[cfg(feature = "ssr")]
pub(crate) use parts::pager::{pager, turns};
#[cfg(feature = "ssr")]
pub use platform_home::{DemoShop, platform_home};
#[cfg(feature = "ssr")]
pub(crate) use sign_in::code_line;
#[cfg(feature = "ssr")]
pub use sign_in::{CodePage, SignInPage, SignInProblem, code_page, sign_in_page};

use frame::Frame;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::Router;
use pages::Pages;

/// The root: what the server renders under [`shell`], with `render_app_async`, and the browser hydrates.
#[component]
pub fn Dashboard() -> impl IntoView {
    provide_meta_context();
    here::provide();
    let store = here::here().store_name;
    view! {
        <Title formatter=move |page: String| format!("{page} · {store}")/>
        <Router>
            <Frame>
                <Pages/>
            </Frame>
        </Router>
    }
}
