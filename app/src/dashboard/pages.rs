//! The table of addresses: which page an address shows.

use super::{
    address,
    not_found::NotFound,
    orders::{detail::Order, list::Orders},
    products::list::Products,
    today::Today,
};
use duka::kernel::id::OrderId;
use leptos::either::EitherOf5;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider as _};

/// What an address leads to; its query is the page's own business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Today,
    Orders,
    Order(OrderId),
    Products,
    Nowhere,
}

impl Place {
    fn of(path: &str) -> Self {
        match path.trim_end_matches('/') {
            address::TODAY => Self::Today,
            address::ORDERS => Self::Orders,
            address::PRODUCTS => Self::Products,
            path => path
                .strip_prefix(address::ORDERS)
                .and_then(|rest| rest.strip_prefix('/'))
                .and_then(OrderId::parse)
                .map_or(Self::Nowhere, Self::Order),
        }
    }
}

#[component]
pub fn Pages() -> impl IntoView {
    let path = use_location().pathname;
    let place = Memo::new(move |_| Place::of(&path.read()));
    // The router waits for this word before the address bar follows a link.
    let browser = use_context::<BrowserUrl>();
    Effect::new(move |_| {
        path.track();
        if let Some(browser) = &browser {
            browser.ready_to_complete();
        }
    });
    move || match place.get() {
        Place::Today => EitherOf5::A(view! { <Today/> }),
        Place::Orders => EitherOf5::B(view! { <Orders/> }),
        Place::Order(id) => EitherOf5::C(view! { <Order id=id/> }),
        Place::Products => EitherOf5::D(view! { <Products/> }),
        Place::Nowhere => EitherOf5::E(view! { <NotFound/> }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_one_page_or_to_none() {
        let id = OrderId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        assert_eq!(Place::of("/dashboard"), Place::Today);
        assert_eq!(Place::of("/dashboard/"), Place::Today);
        assert_eq!(Place::of("/dashboard/orders"), Place::Orders);
        assert_eq!(Place::of(&address::order(id)), Place::Order(id));
        assert_eq!(Place::of("/dashboard/products"), Place::Products);
        for path in ["/dashboard/orders/1", "/dashboard/stock", "/dashboard/ordersx", "/", ""] {
            assert_eq!(Place::of(path), Place::Nowhere, "{path}");
        }
    }
}
