//! Structured data in the words of schema.org, for the few types a shop page carries.

use crate::kernel::money::Money;
use serde::Serialize;

/// A product with what it costs.
#[derive(Debug, Serialize)]
pub struct Product {
    #[serde(rename = "@context")]
    context: Context,
    #[serde(rename = "@type")]
    kind: &'static str,
    pub name: String,
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<Brand>,
    pub offers: Offers,
}

impl Product {
    pub fn new(name: String, url: String, offers: Offers) -> Self {
        Self {
            context: Context,
            kind: "Product",
            name,
            url,
            description: None,
            image: Vec::new(),
            sku: None,
            brand: None,
            offers,
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub struct Brand {
    pub name: String,
}

/// One price, or the span of prices of a product with dearer variants.
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub enum Offers {
    #[serde(rename_all = "camelCase")]
    Offer { url: String, price: String, price_currency: &'static str, availability: Stock },
    #[serde(rename_all = "camelCase")]
    AggregateOffer {
        low_price: String,
        high_price: String,
        price_currency: &'static str,
        offer_count: usize,
        availability: Stock,
    },
}

impl Offers {
    /// From the price and the presence of each variant; `None` for a product without variants.
    pub fn of(url: &str, variants: &[(Money, bool)]) -> Option<Self> {
        let lowest = variants.iter().map(|(price, _)| *price).min_by_key(|price| price.minor())?;
        let highest = variants.iter().map(|(price, _)| *price).max_by_key(|price| price.minor())?;
        let availability = if variants.iter().any(|(_, here)| *here) { Stock::InStock } else { Stock::OutOfStock };
        let price_currency = lowest.currency().code();
        Some(if lowest == highest {
            Self::Offer { url: url.to_owned(), price: decimal(lowest), price_currency, availability }
        } else {
            Self::AggregateOffer {
                low_price: decimal(lowest),
                high_price: decimal(highest),
                price_currency,
                offer_count: variants.len(),
                availability,
            }
        })
    }
}

#[derive(Clone, Copy, Debug, Serialize)]
pub enum Stock {
    #[serde(rename = "https://schema.org/InStock")]
    InStock,
    #[serde(rename = "https://schema.org/OutOfStock")]
    OutOfStock,
}

/// A post of a shop's blog, by the shop.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    #[serde(rename = "@context")]
    context: Context,
    #[serde(rename = "@type")]
    kind: &'static str,
    pub headline: String,
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image: Vec<String>,
    pub date_published: String,
    pub date_modified: String,
    pub author: Organization,
    pub publisher: Organization,
}

impl Article {
    /// Moments are as machines read them; until it is said otherwise, nothing has changed since it was published.
    pub fn new(headline: String, url: String, shop: &str, date_published: String) -> Self {
        let shop = Organization { name: shop.to_owned() };
        Self {
            context: Context,
            kind: "Article",
            headline,
            url,
            description: None,
            image: Vec::new(),
            date_modified: date_published.clone(),
            date_published,
            author: shop.clone(),
            publisher: shop,
        }
    }
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "@type")]
pub struct Organization {
    pub name: String,
}

/// The way from the front page to this one.
#[derive(Debug, Serialize)]
pub struct BreadcrumbList {
    #[serde(rename = "@context")]
    context: Context,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    steps: Vec<ListItem>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
struct ListItem {
    position: usize,
    name: String,
    item: String,
}

impl BreadcrumbList {
    /// Names with their full addresses, front page first.
    pub fn new(steps: impl IntoIterator<Item = (String, String)>) -> Self {
        let steps =
            steps.into_iter().enumerate().map(|(i, (name, item))| ListItem { position: i + 1, name, item }).collect();
        Self { context: Context, kind: "BreadcrumbList", steps }
    }
}

/// The shop as a business, with where it is and how it is reached. One that people can walk to is a local business too.
#[derive(Debug, Serialize)]
pub struct Store {
    #[serde(rename = "@context")]
    context: Context,
    #[serde(rename = "@type")]
    kind: StoreKind,
    pub name: String,
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// With the country's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(rename = "vatID", skip_serializing_if = "Option::is_none")]
    pub vat: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<PostalAddress>,
    #[serde(rename = "currenciesAccepted")]
    currencies: &'static str,
}

impl Store {
    pub fn new(name: String, url: String) -> Self {
        Self {
            context: Context,
            kind: StoreKind::Online("OnlineStore"),
            name,
            url,
            description: None,
            logo: None,
            image: None,
            telephone: None,
            email: None,
            vat: None,
            address: None,
            currencies: "KES",
        }
    }

    /// With a door in a street.
    #[must_use]
    pub fn at(self, address: PostalAddress) -> Self {
        Self { kind: StoreKind::Local(["LocalBusiness", "OnlineStore"]), address: Some(address), ..self }
    }
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum StoreKind {
    Online(&'static str),
    Local([&'static str; 2]),
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct PostalAddress {
    street_address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_locality: Option<String>,
    address_country: &'static str,
}

impl PostalAddress {
    /// In Kenya.
    pub const fn new(street: String, locality: Option<String>) -> Self {
        Self { street_address: street, address_locality: locality, address_country: "KE" }
    }
}

/// The site, with the address that searches it.
#[derive(Debug, Serialize)]
pub struct WebSite {
    #[serde(rename = "@context")]
    context: Context,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    url: String,
    #[serde(rename = "potentialAction")]
    search: SearchAction,
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
struct SearchAction {
    target: String,
    #[serde(rename = "query-input")]
    input: &'static str,
}

impl WebSite {
    /// `search` is the full address of the search page, without its query.
    pub fn new(name: String, url: String, search: &str) -> Self {
        let search = SearchAction { target: format!("{search}?q={{words}}"), input: "required name=words" };
        Self { context: Context, kind: "WebSite", name, url, search }
    }
}

#[derive(Debug)]
struct Context;
impl Serialize for Context {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str("https://schema.org")
    }
}

/// An amount as schema.org wants it: `1250`, `42.99`.
pub fn decimal(amount: Money) -> String {
    let per = amount.currency().minor_per_whole();
    match amount.minor() % per {
        0 => amount.whole().to_string(),
        cents => format!("{}.{:02}", amount.whole(), cents.unsigned_abs()),
    }
}

/// JSON that can stand inside a `<script>`: nothing in it can end the element.
pub fn script_json(thing: &impl Serialize) -> String {
    let json = serde_json::to_string(thing).unwrap_or_else(|_| "{}".to_owned());
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_the_script_element() {
        let crumbs = BreadcrumbList::new([("</script><b>".to_owned(), "/".to_owned())]);
        assert_eq!(
            script_json(&crumbs),
            r#"{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"\u003c/script\u003e\u003cb\u003e","item":"/"}]}"#
        );
    }

    #[test]
    fn an_article_says_whose_it_is_and_from_when() {
        let article = Article::new("Sisal".into(), "/blog/sisal".into(), "Njeri", "2026-11-28T14:00:00Z".into());
        assert_eq!(
            script_json(&article),
            r#"{"@context":"https://schema.org","@type":"Article","headline":"Sisal","url":"/blog/sisal","datePublished":"2026-11-28T14:00:00Z","dateModified":"2026-11-28T14:00:00Z","author":{"@type":"Organization","name":"Njeri"},"publisher":{"@type":"Organization","name":"Njeri"}}"#
        );
    }

    #[test]
    fn a_shop_is_a_local_business_when_it_has_a_door() {
        let shop = || Store::new("Mama Njeri".to_owned(), "https://njeri.example/".to_owned());
        assert_eq!(
            script_json(&shop()),
            r#"{"@context":"https://schema.org","@type":"OnlineStore","name":"Mama Njeri","url":"https://njeri.example/","currenciesAccepted":"KES"}"#
        );
        assert_eq!(
            script_json(&shop().at(PostalAddress::new("Yaya Centre".to_owned(), None))),
            r#"{"@context":"https://schema.org","@type":["LocalBusiness","OnlineStore"],"name":"Mama Njeri","url":"https://njeri.example/","address":{"@type":"PostalAddress","streetAddress":"Yaya Centre","addressCountry":"KE"},"currenciesAccepted":"KES"}"#
        );
    }

    #[test]
    fn one_price_is_an_offer_and_several_are_a_span() {
        let one = Offers::of("/p/a", &[(Money::shillings(1_250), true)]);
        assert_eq!(
            script_json(&one),
            r#"{"@type":"Offer","url":"/p/a","price":"1250","priceCurrency":"KES","availability":"https://schema.org/InStock"}"#
        );
        let span = Offers::of("/p/a", &[(Money::kes(4_299), false), (Money::shillings(90), false)]);
        assert_eq!(
            script_json(&span),
            r#"{"@type":"AggregateOffer","lowPrice":"42.99","highPrice":"90","priceCurrency":"KES","offerCount":2,"availability":"https://schema.org/OutOfStock"}"#
        );
    }
}
