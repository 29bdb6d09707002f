//! Where a post may come from: our own pages on the same host.

use crate::config::PlatformUrl;
use http::{
    HeaderMap, Method,
    header::{HOST, ORIGIN},
};

/// What the headers say of a request's sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A page of this host, or a person typing.
    Ours,
    Foreign,
    /// Neither header: an old browser, or a program.
    Silent,
}

/// Reads `Origin` and `Sec-Fetch-Site`; both must agree with us when they are there.
pub fn sender(headers: &HeaderMap, base: &PlatformUrl) -> Sender {
    let site = headers.get("sec-fetch-site").map(|site| site.to_str().unwrap_or_default());
    let origin = headers.get(ORIGIN).map(|origin| origin.to_str().unwrap_or_default());
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return Sender::Foreign;
    }
    if origin.is_some_and(|origin| !is_own(origin, headers, base)) {
        return Sender::Foreign;
    }
    if site.is_none() && origin.is_none() { Sender::Silent } else { Sender::Ours }
}

/// Does the method change anything?
pub fn is_write(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_own(origin: &str, headers: &HeaderMap, base: &PlatformUrl) -> bool {
    let (Some((scheme, authority)), Some(Ok(host))) =
        (origin.split_once("://"), headers.get(HOST).map(|host| host.to_str()))
    else {
        return false;
    };
    let usual = if base.is_https { ":443" } else { ":80" };
    let bare = |name: &str| name.strip_suffix(usual).unwrap_or(name).to_ascii_lowercase();
    scheme == base.scheme() && bare(authority) == bare(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(&'static str, &'static str)]) -> Sender {
        let base = PlatformUrl::parse("http://localhost:3000").expect("an address");
        let mut headers = HeaderMap::new();
        headers.insert(HOST, http::HeaderValue::from_static("mama-njeri.localhost:3000"));
        for (name, value) in pairs {
            headers.insert(*name, http::HeaderValue::from_static(value));
        }
        sender(&headers, &base)
    }

    #[test]
    fn a_neighbouring_shop_is_foreign() {
        assert_eq!(said(&[("origin", "http://mama-njeri.localhost:3000")]), Sender::Ours);
        assert_eq!(said(&[("sec-fetch-site", "same-origin")]), Sender::Ours);
        assert_eq!(said(&[("sec-fetch-site", "none")]), Sender::Ours);
        assert_eq!(said(&[]), Sender::Silent);
        for foreign in [
            &[("origin", "http://kilimani-electronics.localhost:3000")] as &[_],
            &[("origin", "https://mama-njeri.localhost:3000")],
            &[("origin", "http://mama-njeri.localhost:4000")],
            &[("origin", "null")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site")],
            &[("origin", "http://mama-njeri.localhost:3000"), ("sec-fetch-site", "cross-site")],
        ] {
            assert_eq!(said(foreign), Sender::Foreign, "{foreign:?}");
        }
    }
}
