//! The table of addresses: which page an address shows.

use super::{address, not_found::NotFound, orders::detail::Order, products::list::Products, today::Today};
use duka::kernel::id::OrderId;
use leptos::either::EitherOf4;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider as _};

/// What an address leads to; its query is the page's own business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Today,
    Order(OrderId),
    Products,
    Nowhere,
}

impl Place {
    fn of(path: &str) -> Self {
        match path.trim_end_matches('/') {
            address::TODAY => Self::Today,
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
        Place::Today => EitherOf4::A(view! { <Today/> }),
        Place::Order(id) => EitherOf4::B(view! { <Order id=id/> }),
        Place::Products => EitherOf4::C(view! { <Products/> }),
        Place::Nowhere => EitherOf4::D(view! { <NotFound/> }),
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
        assert_eq!(Place::of(&address::order(id)), Place::Order(id));
        assert_eq!(Place::of("/dashboard/products"), Place::Products);
        for path in ["/dashboard/orders", "/dashboard/orders/1", "/dashboard/stock", "/dashboard/ordersx", "/", ""] {
            assert_eq!(Place::of(path), Place::Nowhere, "{path}");
        }
    }
}
