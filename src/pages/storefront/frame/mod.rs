//! What surrounds every shop page: whose shop it is, and how to reach them.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub(super) use load::load_frame;
#[cfg(feature = "ssr")]
pub use load::{Loaded, Missing, Standing, Visit, catalogue_version, load, load_for_missing};

use super::{
    parts::{CategoryLink, Picture},
    policy::PolicyKind,
    search::Nearest,
};
use crate::{kernel::locale::Locale, seo::store_seo::StoreSeo};
use serde::{Deserialize, Serialize};

/// A plain page that the merchant wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLink {
    pub title: String,
    pub slug: String,
}

/// The shop around the page; the same for every shopper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopFrame {
    pub name: String,
    pub tagline: Option<String>,
    /// `#rrggbb`; checked for contrast when it was set.
    pub theme_color: Option<String>,
    pub logo: Option<Picture>,
    /// As people read it.
    pub contact_phone: Option<String>,
    /// Digits for a `wa.me` link.
    pub whatsapp: Option<String>,
    pub contact_email: Option<String>,
    /// Whom to call about a delivery, as people read it.
    pub delivery_phone: Option<String>,
    /// Who looks after deliveries.
    pub delivery_name: Option<String>,
    /// The merchant's PIN for VAT.
    pub vat_number: Option<String>,
    /// What the merchant has written down.
    pub policies: Vec<PolicyKind>,
    /// Plain pages that are read, the oldest first.
    pub pages: Vec<PageLink>,
    /// Whether there is a post to read.
    pub has_blog: bool,
    /// Whether the shop speaks Swahili too.
    pub offers_swahili: bool,
    pub area: Option<String>,
    pub address: Option<String>,
    pub categories: Vec<CategoryLink>,
    /// What the merchant says to search engines.
    pub seo: StoreSeo,
    pub locale: Locale,
    /// Scheme and host from the settings, without a slash at the end; for canonical addresses.
    pub origin: String,
    /// This page's path without language prefix, with the query that belongs to it.
    pub path: String,
    /// The folder of the built site: `/s/<build>`.
    pub assets: String,
    /// Pictures come when they are tapped.
    pub is_light: bool,
}

/// What is known of an address that leads nowhere now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// Its path now, without language prefix.
    Moved(String),
    /// It was a product's, which is not sold any more.
    Retired(Retired),
    Nowhere,
}

/// A product that is not sold any more, and what to look at instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    pub name: String,
    pub category: Option<CategoryLink>,
    /// At most four of the same category.
    pub others: Vec<Nearest>,
}
