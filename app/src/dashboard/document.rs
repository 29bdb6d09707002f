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
                {bundle(&assets, nonce)}
                <MetaTags/>
            </head>
            <body>
                <Dashboard/>
            </body>
        </html>
    }
}

/// What fetches and starts the dashboard's bundle.
fn bundle(assets: &str, nonce: Option<String>) -> impl IntoView + use<> {
    let (script, module) = (format!("{assets}/dash/app.js"), format!("{assets}/dash/app.wasm"));
    // Both addresses are ours: a fixed prefix and the build's hexadecimal name.
    let start =
        format!(r#"import start,{{hydrate}} from "{script}";start({{module_or_path:"{module}"}}).then(hydrate)"#);
    view! {
        <link rel="modulepreload" href=script nonce=nonce.clone()/>
        <link rel="preload" href=module r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=nonce inner_html=start></script>
    }
}

/// Own files only; scripts by this answer's nonce; nobody may frame it.
pub fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// What stands around the body of a page that is not hydrated.
struct Around<'a> {
    locale: Locale,
    title: &'a str,
    /// With one it may be found.
    description: Option<&'a str>,
    assets: &'a str,
    class: &'static str,
    /// Lets the bundle run, which then wakes what the page has marked.
    nonce: Option<String>,
}

/// A page of the platform that stands alone, without scripts, rendered in one go. With a description it may be found.
pub(crate) fn plain<V: IntoView>(
    locale: Locale,
    title: &str,
    description: Option<&str>,
    assets: &str,
    body: impl FnOnce() -> V,
) -> String {
    still(Around { locale, title, description, assets, class: "plain", nonce: None }, body)
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
    plain(locale, title, description, assets, body).replace("</head>", &format!("{loader}</head>"))
}

/// A page inside the dashboard's frame, rendered in one go; with a nonce the bundle wakes what it has marked.
pub(crate) fn document_of<V: IntoView>(
    locale: Locale,
    title: &str,
    assets: &str,
    nonce: Option<&str>,
    body: impl FnOnce() -> V,
) -> String {
    let nonce = nonce.map(str::to_owned);
    still(Around { locale, title, description: None, assets, class: "", nonce }, body)
}

fn still<V: IntoView>(around: Around<'_>, body: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        let (assets, is_awake) = (around.assets, around.nonce.is_some());
        view! {
            <html lang=around.locale.tag()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                    <meta name="color-scheme" content="light dark"/>
                    {around.description.map_or_else(
                        || view! { <meta name="robots" content="noindex"/> }.into_any(),
                        |text| view! { <meta name="description" content=text.to_owned()/> }.into_any(),
                    )}
                    <title>{around.title.to_owned()}</title>
                    <link rel="stylesheet" href=format!("{assets}/dash.css")/>
                    <link rel="icon" href=format!("{assets}/icon.svg") type="image/svg+xml"/>
                    {around.nonce.map(|nonce| bundle(assets, Some(nonce)))}
                </head>
                <body class=around.class data-awake=is_awake.then_some("")>{body()}</body>
            </html>
        }
        .to_html()
    });
    owner.unset_with_forced_cleanup();
    format!("<!DOCTYPE html>{}", html.replace("<!>", ""))
}
