//! The goods of a shop as a file that shopping pages of search engines read: RSS 2.0 with Google Merchant's fields.

use super::{
    browse::{Typed, first, pairs},
    faults,
    xml::{HOUR, answer, escaped},
};
use crate::{request::asked::Asked, state::App};
use axum::{extract::State, response::Response};
use duka::{
    kernel::money::Money,
    pages::storefront::{
        feed::{self, FeedItem, FeedPage},
        frame::ShopFrame,
    },
    seo::meta,
};
use std::fmt::Write as _;

/// `/feed.xml`, and `?page=2` for what did not fit.
pub async fn products(State(app): State<App>, asked: Asked, query: Typed) -> Response {
    let number = first(&pairs(query), "page").trim().parse().unwrap_or(1);
    match feed::load(&asked.ctx, &asked.visit(&app, "/feed.xml"), number).await {
        Ok((frame, page)) => {
            // Prices hold until a sale begins or ends.
            let left = page.until.map_or(i64::from(HOUR), |until| (until - asked.ctx.now()).num_seconds());
            let seconds = u32::try_from(left.clamp(0, i64::from(HOUR))).unwrap_or(HOUR);
            answer("application/rss+xml; charset=utf-8", seconds, written(&frame, &page))
        }
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

fn written(frame: &ShopFrame, page: &FeedPage) -> String {
    let at = |path: &str| escaped(&meta::address(&frame.origin, frame.locale, path));
    let name = escaped(&frame.name);
    let about = escaped(frame.tagline.as_deref().unwrap_or(&frame.name));
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n",
    );
    // Writing to a string cannot fail.
    let _ = writeln!(xml, "<title>{name}</title><link>{}</link><description>{about}</description>", at("/"));
    if page.has_more {
        let next = at(&format!("/feed.xml?page={}", page.number + 1));
        let _ = writeln!(xml, "<atom:link rel=\"next\" href=\"{next}\"/>");
    }
    for item in &page.items {
        write_item(&mut xml, frame, item);
    }
    xml.push_str("</channel>\n</rss>\n");
    xml
}

/// A field that is not known is left out.
fn write_item(xml: &mut String, frame: &ShopFrame, item: &FeedItem) {
    let title = if item.variant_name.is_empty() {
        item.name.clone()
    } else {
        format!("{} – {}", item.name, item.variant_name)
    };
    let path = if item.has_others {
        format!("/p/{}?variant={}", item.slug, item.variant)
    } else {
        format!("/p/{}", item.slug)
    };
    let availability = if item.is_in_stock { "in_stock" } else { "out_of_stock" };
    let fields = [
        ("g:id", Some(item.variant.to_string())),
        ("g:item_group_id", item.has_others.then(|| item.product.to_string())),
        ("title", Some(title.clone())),
        ("description", Some(if item.description.is_empty() { title } else { item.description.clone() })),
        ("link", Some(meta::address(&frame.origin, frame.locale, &path))),
        ("g:image_link", item.picture.as_ref().map(|picture| format!("{}{}", frame.origin, picture.src(1080)))),
        ("g:availability", Some(availability.to_owned())),
        ("g:price", Some(amount(item.price))),
        ("g:brand", item.brand.clone()),
        ("g:condition", Some("new".to_owned())),
    ];
    xml.push_str("<item>");
    for (name, value) in fields {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            let _ = write!(xml, "<{name}>{}</{name}>", escaped(&value));
        }
    }
    xml.push_str("</item>\n");
}

/// `1250.00 KES`.
fn amount(price: Money) -> String {
    let cents = (price.minor() % price.currency().minor_per_whole()).unsigned_abs();
    format!("{}.{cents:02} {}", price.whole(), price.currency().code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_has_two_places_and_its_currency() {
        assert_eq!(amount(Money::shillings(1_250)), "1250.00 KES");
        assert_eq!(amount(Money::kes(4_205)), "42.05 KES");
    }
}
