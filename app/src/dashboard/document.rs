//! The HTML around the dashboard's pages, hydrated or not.

use super::{Dashboard, here::from_request};
use crate::assets::Assets;
use duka::kernel::locale::Locale;
use http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use hydration_context::SsrSharedContext;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;
use std::sync::Arc;

/// The document of a hydrated page. Reads `Assets` and `SignedIn` from the request's extensions and
/// answers with the policy that lets this page's own scripts run and no others.
pub fn shell() -> impl IntoView {
    let assets = use_context::<http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<Assets>().cloned())
        .map(|assets| assets.0)
        .unwrap_or_default();
    let nonce = use_nonce().map(|nonce| nonce.to_string());
    if let (Some(nonce), Some(answer)) = (&nonce, use_context::<leptos_axum::ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&content_security_policy(nonce))
    {
        answer.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
    let (script, module) = (format!("{assets}/dash/app.js"), format!("{assets}/dash/app.wasm"));
    // Both addresses are ours: a fixed prefix and the build's hexadecimal name.
    let start =
        format!(r#"import start,{{hydrate}} from "{script}";start({{module_or_path:"{module}"}}).then(hydrate)"#);
    view! {
        <!DOCTYPE html>
        <html lang=from_request().locale.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                <link rel="stylesheet" href=format!("{assets}/dash.css")/>
                <link rel="icon" href=format!("{assets}/icon.svg") type="image/svg+xml"/>
                <link rel="modulepreload" href=script nonce=nonce.clone()/>
                <link rel="preload" href=module r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <script type="module" nonce=nonce inner_html=start></script>
                <MetaTags/>
            </head>
            <body>
                <Dashboard/>
            </body>
        </html>
    }
}

/// Own files only; scripts by this answer's nonce; nobody may frame it.
pub fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// A page of the platform that stands alone, without scripts, rendered in one go. With a description it may be found.
pub(crate) fn plain<V: IntoView>(
    locale: Locale,
    title: &str,
    description: Option<&str>,
    assets: &str,
    body: impl FnOnce() -> V,
) -> String {
    still(locale, title, description, assets, "plain", body)
}

/// The same with the shop's loader, which wakes the islands on it.
pub(crate) fn plain_awake<V: IntoView>(
    locale: Locale,
    title: &str,
    description: Option<&str>,
    assets: &str,
    body: impl FnOnce() -> V,
) -> String {
    // Behind the body, where every island is there already.
    let loader = format!(r#"<script type="module" src="{assets}/islands.js" data-pkg="{assets}/shop/app"></script>"#);
    still(locale, title, description, assets, "plain", body).replace("</head>", &format!("{loader}</head>"))
}

/// A page inside the dashboard's frame, without scripts, rendered in one go.
pub(crate) fn document_of<V: IntoView>(locale: Locale, title: &str, assets: &str, body: impl FnOnce() -> V) -> String {
    still(locale, title, None, assets, "", body)
}

fn still<V: IntoView>(
    locale: Locale,
    title: &str,
    description: Option<&str>,
    assets: &str,
    class: &'static str,
    body: impl FnOnce() -> V,
) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        view! {
            <html lang=locale.tag()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                    <meta name="color-scheme" content="light dark"/>
                    {description.map_or_else(
                        || view! { <meta name="robots" content="noindex"/> }.into_any(),
                        |text| view! { <meta name="description" content=text.to_owned()/> }.into_any(),
                    )}
                    <title>{title.to_owned()}</title>
                    <link rel="stylesheet" href=format!("{assets}/dash.css")/>
                    <link rel="icon" href=format!("{assets}/icon.svg") type="image/svg+xml"/>
                </head>
                <body class=class>{body()}</body>
            </html>
        }
        .to_html()
    });
    owner.unset_with_forced_cleanup();
    format!("<!DOCTYPE html>{}", html.replace("<!>", ""))
}
