//! The merchant's dashboard: a page is complete HTML with forms that post, and comes alive when the bundle is there.

mod address;
mod frame;
mod here;
mod not_found;
mod orders;
mod parts;
mod products;
mod today;

#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod platform_home;
#[cfg(feature = "ssr")]
mod sign_in;

#[cfg(feature = "ssr")]
pub use document::{content_security_policy, shell};
#[cfg(feature = "ssr")]
pub use platform_home::{DemoShop, platform_home};
#[cfg(feature = "ssr")]
pub use sign_in::{SignInPage, SignInProblem, sign_in_page};

use frame::Frame;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};
use not_found::NotFound;
use orders::{detail::Order, list::Orders};
use products::list::Products;
use today::Today;

/// The root: what the server renders under [`shell`] and the browser hydrates.
#[component]
pub fn Dashboard() -> impl IntoView {
    provide_meta_context();
    here::provide();
    let store = here::here().store_name;
    view! {
        <Title formatter=move |page: String| format!("{page} · {store}")/>
        <Router>
            <Frame>
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/dashboard") view=Today ssr=SsrMode::Async/>
                    <Route path=path!("/dashboard/orders") view=Orders ssr=SsrMode::Async/>
                    <Route path=path!("/dashboard/orders/:id") view=Order ssr=SsrMode::Async/>
                    <Route path=path!("/dashboard/products") view=Products ssr=SsrMode::Async/>
                    <Route path=path!("/dashboard/*rest") view=NotFound ssr=SsrMode::Async/>
                </FlatRoutes>
            </Frame>
        </Router>
    }
}
