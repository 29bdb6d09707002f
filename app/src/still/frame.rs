//! What surrounds a still page: the same bar and sections as around the living ones.

use crate::api::SignedIn;
use crate::dashboard::{Icon, address, document_of, icon_view, more_sections};
use crate::text::{dash, standing};
use leptos::prelude::*;

/// Where a page stands and for whom it is drawn.
#[derive(Clone, Debug)]
pub struct Still<'a> {
    pub who: &'a SignedIn,
    pub assets: &'a str,
    /// The address of the section that is marked as the present one.
    pub section: &'static str,
    pub title: &'a str,
    /// This answer's policy lets scripts with it run, and no others.
    pub nonce: &'a str,
}

/// The first steps speak of opening by themselves.
const START: &str = "/dashboard/start";

fn not_open(locale: duka::kernel::locale::Locale) -> impl IntoView {
    let (sentence, link) = standing::not_open(locale);
    view! { <p class="notice">{sentence}" "<a href=START>{link}</a></p> }
}

/// The whole document, without scripts.
pub fn page<V: IntoView>(still: &Still<'_>, body: impl FnOnce() -> V) -> String {
    framed(still, None, body)
}

/// The same with the bundle behind it, which wakes what the body has marked with `data-wake`; it must work without.
pub fn page_awake<V: IntoView>(still: &Still<'_>, body: impl FnOnce() -> V) -> String {
    framed(still, Some(still.nonce), body)
}

fn framed<V: IntoView>(still: &Still<'_>, nonce: Option<&str>, body: impl FnOnce() -> V) -> String {
    let who = still.who.clone();
    let dash = dash::words(who.locale);
    let here = still.section;
    let section = move |class: &'static str, href: &'static str, icon: Icon, name: &'static str| {
        view! {
            <a class=class href=href aria-current=(href == here).then_some("page")>
                {icon_view(icon)}
                <span>{name}</span>
            </a>
        }
    };
    let title = format!("{} · {}", still.title, who.store_name);
    document_of(who.locale, &title, still.assets, nonce, move || {
        view! {
            <a class="skip" href="#main">{dash.skip}</a>
            <header class="bar">
                <a class="bar__store" href=address::TODAY>{who.store_name.clone()}</a>
                <a class="bar__shop" href=who.store_url.clone() target="_blank" rel="external noopener">
                    <span>{dash.open_shop}</span>
                    {icon_view(Icon::Out)}
                </a>
                <a class="bar__who" href=address::ACCOUNT title=who.email.clone()>
                    {format!("{} · {}", who.name, (dash.role)(who.role))}
                </a>
                <form class="bar__out" method="post" action="/sign-out">
                    <button class="button button--quiet" type="submit">{dash.sign_out}</button>
                </form>
            </header>
            <nav class="sections" aria-label=dash.sections>
                {[
                    (address::TODAY, Icon::Today, dash.today),
                    (address::ORDERS, Icon::Orders, dash.orders),
                    (address::PRODUCTS, Icon::Products, dash.products),
                ]
                    .map(|(href, icon, name)| section("section", href, icon, name))}
                {more_sections(dash.more)}
                {[
                    (address::STOCK, Icon::Stock, dash.stock),
                    (address::DISCOUNTS, Icon::Discounts, dash.discounts),
                    (address::CUSTOMERS, Icon::Customers, dash.customers),
                    (address::DELIVERIES, Icon::Deliveries, dash.deliveries),
                    (address::PAYMENTS, Icon::Payments, dash.payments),
                    (address::PAGES, Icon::Pages, dash.written),
                    (address::SETTINGS, Icon::Settings, dash.settings),
                ]
                    .map(|(href, icon, name)| section("section section--more", href, icon, name))}
            </nav>
            <main class="main main--still" id="main" tabindex="-1">
                {who.is_suspended.then(|| view! { <p class="notice notice--bad" role="status">{standing::suspended(who.locale)}</p> })}
                {(!who.is_open && here != START).then(|| not_open(who.locale))}
                {body()}
            </main>
        }
    })
}
