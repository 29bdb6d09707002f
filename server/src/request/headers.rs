//! The headers that every answer carries, errors and files included.

use crate::config::PlatformUrl;
use axum::response::Response;
use http::{
    HeaderName, HeaderValue,
    header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, SERVER, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS},
};

/// Own files only; nothing inline but a page's styles; nobody may frame it.
const SHOP_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";
const NO_DEVICES: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()";
const TWO_YEARS: &str = "max-age=63072000";
/// On the platform's own host and below; a merchant's domain has neighbours that are not ours.
const TWO_YEARS_AND_BELOW: &str = "max-age=63072000; includeSubDomains";

/// The same for a page whose forms may lead on to `source`, such as a provider's page to pay on.
pub fn lead_to(answer: &mut Response, source: &str) {
    let policy = SHOP_POLICY.replace("form-action 'self'", &format!("form-action 'self' {source}"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
}

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Names a request in the log and to the person who reports it.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How long a browser keeps to https on the host that was asked; nothing where there is none.
pub fn lasting(base: &PlatformUrl, host: impl FnOnce() -> Option<String>) -> Option<&'static str> {
    base.is_https.then(|| {
        let host = host().unwrap_or_default();
        let label = host.strip_suffix(base.host.as_str());
        let is_ours = label.is_some_and(|label| label.is_empty() || label.ends_with('.'));
        if is_ours { TWO_YEARS_AND_BELOW } else { TWO_YEARS }
    })
}

/// Puts them on; a page's own policy stays.
pub fn dress(answer: &mut Response, lasting: Option<&'static str>, request_id: String) {
    let headers = answer.headers_mut();
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(SHOP_POLICY));
    headers.entry(REFERRER_POLICY).or_insert(HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(PERMISSIONS_POLICY, HeaderValue::from_static(NO_DEVICES));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    headers.remove(SERVER);
    if let Some(how_long) = lasting {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(how_long));
    }
    if let Ok(id) = HeaderValue::try_from(request_id) {
        headers.insert(REQUEST_ID, id);
    }
}
