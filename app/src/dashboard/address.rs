//! Addresses of the dashboard's pages; search, filter and page live in them.

use duka::kernel::{
    id::{OrderId, ProductId},
    query::in_query,
};
use leptos::ev::SubmitEvent;
use leptos::web_sys::UrlSearchParams;

pub const TODAY: &str = "/dashboard";
pub const PRODUCTS: &str = "/dashboard/products";
/// Still pages: the bundle does not follow links to them.
pub const ORDERS: &str = "/dashboard/orders";
/// The list of what waits to be packed.
pub const TO_PACK: &str = "/dashboard/orders?status=to_pack";
pub const AWAITING_PAYMENT: &str = "/dashboard/orders?status=awaiting_payment";
pub const CATEGORIES: &str = "/dashboard/categories";
pub const STOCK: &str = "/dashboard/stock";
pub const DISCOUNTS: &str = "/dashboard/discounts";
pub const CUSTOMERS: &str = "/dashboard/customers";
/// Still pages of parcels and riders.
pub const DELIVERIES: &str = "/dashboard/deliveries";
/// Still pages of what the merchant writes for readers.
pub const PAGES: &str = "/dashboard/pages";
pub const PAYMENTS: &str = "/dashboard/payments";
/// Still pages of the money that goes back.
pub const REFUNDS: &str = "/dashboard/payments/refunds";
pub const SETTINGS: &str = "/dashboard/settings";
pub const ACCOUNT: &str = "/dashboard/account";

pub fn order(id: OrderId) -> String {
    format!("{ORDERS}/{id}")
}

/// A product's editor, a still page.
pub fn product(id: ProductId) -> String {
    format!("{PRODUCTS}/{id}")
}

/// `path` with the parameters that say something; page 1 is said by saying nothing.
pub fn list(path: &str, words: &str, status: &str, page: u32) -> String {
    let page = if page > 1 { page.to_string() } else { String::new() };
    let said: Vec<String> = [("words", words), ("status", status), ("page", &page)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", in_query(value)))
        .collect();
    if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
}

/// Where a search form leads: the same as without a script, but without loading the page anew.
pub fn of_search(path: &str, submitted: &SubmitEvent) -> Option<String> {
    let data = leptos::form::form_data_from_event(submitted).ok()?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    let field = |name| fields.get(name).unwrap_or_default();
    Some(list(path, field("words").trim(), &field("status"), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_only_what_differs_from_the_whole_list() {
        assert_eq!(list(PRODUCTS, "", "", 1), "/dashboard/products");
        assert_eq!(list(PRODUCTS, "a&b c", "draft", 2), "/dashboard/products?words=a%26b%20c&status=draft&page=2");
    }
}
