//! The shop: a page is a function of the frame around it and the view that was loaded for it.
//!
//! Every page is rendered in one go, without streams, resources or router; the same views give the same bytes.

#[cfg(feature = "shop")]
pub mod islands;

#[cfg(feature = "ssr")]
mod brand;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod head;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod sheet;

#[cfg(all(test, feature = "ssr"))]
mod tests;

#[cfg(feature = "ssr")]
pub use brand::{icon_address, sign};
#[cfg(feature = "ssr")]
use duka::pages::storefront::frame::ShopFrame;
#[cfg(feature = "ssr")]
pub use frame::chat_address;
#[cfg(feature = "ssr")]
pub use pages::{
    account::{ask_code, give_code, own_orders},
    account_own::{Told, own_copy, own_places},
    area::{area, areas},
    bare::{broken, unavailable},
    blog::blog,
    cart::cart,
    cart_link::{cart_link, cart_link_choice, cart_link_gone, cart_ordered},
    category::category,
    checkout::checkout,
    closed::{holding, paused, preview_bar, preview_refused},
    find_order::{LookedFor, find_order},
    home::home,
    not_found::not_found,
    offline::offline,
    order::order,
    policy::policy,
    product::product,
    receipt::{no_receipt, receipt},
    remembered::remembered,
    retired::retired,
    rider::{Pressed, rider, rider_gone},
    rider_ends::rider_done,
    search::search,
    suggest::suggestions,
    turned_away::{turned_away, turned_away_bare, unknown_field},
    visit_cost::visit_cost,
    written::written,
};
#[cfg(feature = "ssr")]
pub use sheet::remember as remember_sheets;

/// The shop's colour as `#rrggbb`.
#[cfg(feature = "ssr")]
pub fn colour(frame: &ShopFrame) -> &str {
    brand::color(frame.theme_color.as_deref())
}

/// The shop's sign as a drawing.
#[cfg(feature = "ssr")]
pub fn icon(frame: &ShopFrame) -> String {
    brand::icon(frame.theme_color.as_deref(), &frame.name)
}
