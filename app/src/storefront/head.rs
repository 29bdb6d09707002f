//! The head of a page: what search engines, chat previews and the browser itself read.

use super::{
    brand,
    sheet::{self, Sheet},
};
use duka::catalog::media::IconForm;
use duka::kernel::locale::Locale;
use duka::kernel::money::Money;
use duka::pages::storefront::{frame::ShopFrame, parts::Picture};
use duka::seo::{meta, schema_org};
use leptos::prelude::*;
use serde::Serialize;

/// What differs from page to page.
#[derive(Default)]
pub struct Head {
    pub title: String,
    pub description: String,
    /// Not for search results: pages that are one shopper's own, or endless.
    pub is_private: bool,
    /// Where search results should lead instead of to a private page; its path without language prefix.
    pub canonical: Option<String>,
    pub picture: Option<Picture>,
    /// Makes the preview that of a product.
    pub price: Option<Money>,
    /// When it was published, as machines read it; makes the preview that of an article.
    pub published: Option<String>,
    /// Structured data, already safe to stand in a script element.
    pub data: Vec<String>,
    /// Seconds after which a page without scripts loads itself again.
    pub refresh: Option<u8>,
    /// The styles that stand in the page; without, it names the whole sheet.
    pub sheet: Option<Sheet>,
}

impl Head {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }
    pub fn private(title: impl Into<String>) -> Self {
        Self { is_private: true, ..Self::new(title) }
    }
    pub fn described(mut self, text: &str) -> Self {
        self.description = meta::description(text);
        self
    }
    pub fn styled(mut self, sheet: Sheet) -> Self {
        self.sheet = Some(sheet);
        self
    }
    pub fn with_data(mut self, thing: &impl Serialize) -> Self {
        self.data.push(schema_org::script_json(thing));
        self
    }
}

pub fn view(frame: &ShopFrame, head: Head) -> impl IntoView + use<> {
    let title = meta::title(&head.title, &frame.name);
    let address = meta::address(&frame.origin, frame.locale, &frame.path);
    let assets = &frame.assets;
    let described = (!head.description.is_empty()).then(|| head.description.clone());
    let open_graph = (!head.is_private).then(|| open_graph(frame, &head, &address));
    let addresses = (!head.is_private).then(|| addresses(frame, &address));
    let elsewhere = head.canonical.as_deref().map(|path| meta::address(&frame.origin, frame.locale, path));
    view! {
        <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width,initial-scale=1"/>
            <title>{title}</title>
            {described.map(|text| view! { <meta name="description" content=text/> })}
            {(head.is_private || !frame.seo.is_indexable).then(|| view! { <meta name="robots" content="noindex"/> })}
            {head.refresh.map(|seconds| {
                // Markup of our own with a number in it: children of noscript are not escaped.
                let refresh = format!("<meta http-equiv=\"refresh\" content=\"{seconds}\">");
                view! { <noscript inner_html=refresh></noscript> }
            })}
            {sheet::view(frame, head.sheet)}
            <meta name="theme-color" content=brand::color(frame.theme_color.as_deref()).to_owned()/>
            <link rel="icon" href=format!("{assets}/icon.svg")/>
            <link rel="apple-touch-icon" href=brand::icon_address(frame, IconForm::Small)/>
            <link rel="manifest" href=frame.locale.path("/manifest.webmanifest")/>
            {addresses}
            {elsewhere.map(|address| view! { <link rel="canonical" href=address/> })}
            {open_graph}
            {head.data.into_iter().map(|json| view! { <script type="application/ld+json" inner_html=json></script> }).collect_view()}
        </head>
    }
}

fn addresses(frame: &ShopFrame, canonical: &str) -> impl IntoView + use<> {
    let offers_swahili = frame.offers_swahili;
    let alternates = Locale::ALL
        .into_iter()
        .filter(|locale| offers_swahili || *locale == Locale::En)
        .map(|locale| (locale.tag(), meta::address(&frame.origin, locale, &frame.path)))
        .collect::<Vec<_>>();
    let default = meta::address(&frame.origin, Locale::En, &frame.path);
    view! {
        <link rel="canonical" href=canonical.to_owned()/>
        {alternates.into_iter().map(|(tag, address)| view! { <link rel="alternate" hreflang=tag href=address/> }).collect_view()}
        <link rel="alternate" hreflang="x-default" href=default/>
    }
}

fn open_graph(frame: &ShopFrame, head: &Head, address: &str) -> impl IntoView + use<> {
    let title = if head.title.is_empty() { frame.name.clone() } else { head.title.clone() };
    let kind = match (&head.price, &head.published) {
        (Some(_), _) => "product",
        (None, Some(_)) => "article",
        (None, None) => "website",
    };
    let picture =
        head.picture.as_ref().or(frame.logo.as_ref()).map(|picture| format!("{}{}", frame.origin, picture.src(1080)));
    let price = head.price.map(|price| (schema_org::decimal(price), price.currency().code()));
    let described = (!head.description.is_empty()).then(|| head.description.clone());
    let mut tags = vec![
        ("og:type", kind.to_owned()),
        ("og:site_name", frame.name.clone()),
        ("og:title", title),
        ("og:url", address.to_owned()),
    ];
    tags.extend(described.map(|text| ("og:description", text)));
    tags.extend(picture.map(|address| ("og:image", address)));
    tags.extend(head.published.clone().map(|moment| ("article:published_time", moment)));
    if let Some((amount, currency)) = price {
        tags.extend([("product:price:amount", amount), ("product:price:currency", currency.to_owned())]);
    }
    // RDFa's attribute is none that the view macro knows.
    tags.into_iter()
        .map(|(property, content)| leptos::html::meta().attr("property", property).content(content))
        .collect_view()
}
