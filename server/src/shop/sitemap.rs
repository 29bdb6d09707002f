//! The map of a shop for search engines: an index, and files of addresses in both languages.

use super::{
    browse::is_readable,
    faults,
    xml::{HOUR, answer, escaped},
};
use crate::{request::asked::Asked, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::{DateTime, Utc};
use duka::{
    kernel::locale::Locale,
    seo::{
        meta,
        sitemap::{self, SitemapFile},
        sitemap_entry::SitemapEntry,
    },
};
use std::fmt::Write as _;

const KIND: &str = "application/xml; charset=utf-8";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Names every file.
pub async fn index(State(app): State<App>, asked: Asked) -> Response {
    match sitemap::files(&asked.ctx, asked.shop.store).await {
        Ok(files) => answer(KIND, HOUR, listed(&asked.shop.origin, &files)),
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

/// One file.
pub async fn file(State(app): State<App>, asked: Asked, Path(name): Path<String>) -> Response {
    if !is_readable(&name) {
        return faults::not_found(&app, &asked).await;
    }
    match sitemap::entries(&asked.ctx, asked.shop.store, &format!("/sitemaps/{name}")).await {
        Ok(entries) => answer(KIND, HOUR, map(&asked.shop.origin, asked.shop.offers_swahili, &entries)),
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

fn listed(origin: &str, files: &[SitemapFile]) -> String {
    let mut xml = format!("{HEAD}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for file in files {
        let changed = file.changed_at.map(|at| format!("<lastmod>{}</lastmod>", time(at))).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(xml, "<sitemap><loc>{origin}{}</loc>{changed}</sitemap>", escaped(&file.path));
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

fn map(origin: &str, offers_swahili: bool, entries: &[SitemapEntry]) -> String {
    let locales: Vec<Locale> =
        Locale::ALL.into_iter().filter(|locale| offers_swahili || *locale == Locale::En).collect();
    let mut xml = format!(
        "{HEAD}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
    );
    for entry in entries {
        let addresses: Vec<_> = locales
            .iter()
            .map(|locale| (locale.tag(), escaped(&meta::address(origin, *locale, &entry.path))))
            .collect();
        for (_, address) in &addresses {
            // Writing to a string cannot fail.
            let _ = write!(xml, "<url><loc>{address}</loc><lastmod>{}</lastmod>", time(entry.changed_at));
            for (tag, other) in &addresses {
                let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{other}\"/>");
            }
            xml.push_str("</url>\n");
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

fn time(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
