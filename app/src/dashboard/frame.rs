//! What surrounds every page of the dashboard: the shop's name, the sections, signing out.

use super::address;
use super::here::{here, words};
use super::parts::icon::{self, Icon};
use super::parts::notice::UrlNotice;
use crate::text::standing;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Sections at the thumb on a phone, at the side on a wide screen.
#[component]
pub fn Frame<C: IntoView + 'static>(children: TypedChildren<C>) -> impl IntoView {
    let (here, words) = (here(), words());
    view! {
        <a class="skip" href="#main">{words.skip}</a>
        <header class="bar">
            <a class="bar__store" href=address::TODAY>{here.store_name.clone()}</a>
            <a class="bar__shop" href=here.store_url.clone() target="_blank" rel="external noopener">
                <span>{words.open_shop}</span>
                {icon::view(Icon::Out)}
            </a>
            <a class="bar__who" href=address::ACCOUNT rel="external" title=here.email.clone()>{here.name.clone()}" · "{(words.role)(here.role)}</a>
            <form class="bar__out" method="post" action="/sign-out">
                <button class="button button--quiet" type="submit">{words.sign_out}</button>
            </form>
        </header>
        <nav class="sections" aria-label=words.sections>
            <Section href=address::TODAY icon=Icon::Today name=words.today/>
            <Section href=address::ORDERS icon=Icon::Orders name=words.orders rel="external"/>
            <Section href=address::PRODUCTS icon=Icon::Products name=words.products/>
            {more(words.more)}
            {[
                (address::STOCK, Icon::Stock, words.stock),
                (address::DISCOUNTS, Icon::Discounts, words.discounts),
                (address::CUSTOMERS, Icon::Customers, words.customers),
                (address::DELIVERIES, Icon::Deliveries, words.deliveries),
                (address::PAYMENTS, Icon::Payments, words.payments),
                (address::PAGES, Icon::Pages, words.written),
                (address::SETTINGS, Icon::Settings, words.settings),
            ]
                .map(|(href, icon, name)| {
                    view! {
                        <a class="section section--more" href=href rel="external">
                            {icon::view(icon)}
                            <span>{name}</span>
                        </a>
                    }
                })}
        </nav>
        <main class="main" id="main" tabindex="-1">
            {here.is_suspended.then(|| view! { <p class="notice notice--bad" role="status">{standing::suspended(here.locale)}</p> })}
            {(!here.is_open).then(|| {
                let (sentence, link) = standing::not_open(here.locale);
                view! { <p class="notice">{sentence}" "<a href="/dashboard/start" rel="external">{link}</a></p> }
            })}
            <UrlNotice/>
            {children.into_inner()()}
        </main>
    }
}

/// Shows the sections that a phone has no room for; a box that is ticked needs no script.
pub(crate) fn more(word: &'static str) -> impl IntoView {
    view! {
        <label class="section sections__more">
            <input class="sections__tick" type="checkbox"/>
            {icon::view(Icon::More)}
            <span>{word}</span>
        </label>
    }
}

#[component]
fn Section(
    href: &'static str,
    icon: Icon,
    name: &'static str,
    #[prop(optional)] rel: Option<&'static str>,
) -> impl IntoView {
    let path = use_location().pathname;
    let is_here = move || {
        let path = path.get();
        let within = href != address::TODAY && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
        (path == href || within).then_some("page")
    };
    view! {
        <a class="section" href=href rel=rel aria-current=is_here>
            {icon::view(icon)}
            <span>{name}</span>
        </a>
    }
}
