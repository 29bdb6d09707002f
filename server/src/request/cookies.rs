//! The program's own cookies: read by name, written with everything a browser should know.

use crate::config::PlatformUrl;
use axum::response::Response;
use duka::kernel::token::Token;
use http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, SET_COOKIE},
};

/// The cookies there are, without prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// Opens a shopper's cart.
    Cart,
    /// How many pieces it holds, for the badge; scripts read it.
    CartCount,
    /// Ties the steps of one visit together; names nobody.
    Visit,
    /// The last order that this browser placed, with our mark: whose name and place its next checkout begins with.
    Buyer,
    /// A shopper's sign-in to this shop.
    Shopper,
    /// A shopper's code was asked for in this browser.
    CodeAsked,
    /// A merchant's sign-in.
    Session,
    /// A sign-in whose password was right and whose code is awaited.
    Step,
    /// Lets the team see a shop that is not open.
    Preview,
    /// Whether pictures come on tap only.
    Light,
    /// This browser has been at the checkout with its cart: `seen`, and `asked` once it was asked why it came back.
    Left,
}

const DAY: u32 = 86_400;

impl Cookie {
    const fn bare(self) -> &'static str {
        match self {
            Self::Cart => "duka_cart",
            Self::CartCount => "duka_cart_count",
            Self::Visit => "duka_visit",
            Self::Buyer => "duka_buyer",
            Self::Shopper => "duka_shopper",
            Self::CodeAsked => "duka_code",
            Self::Session => "duka_session",
            Self::Step => "duka_step",
            Self::Preview => "duka_preview",
            Self::Light => "duka_light",
            Self::Left => "duka_left",
        }
    }
    const fn seconds(self) -> u32 {
        match self {
            Self::Cart | Self::CartCount | Self::Left | Self::Session | Self::Shopper => 30 * DAY,
            Self::Buyer | Self::Light => 180 * DAY,
            Self::Visit => 30 * 60,
            Self::Step | Self::CodeAsked => 10 * 60,
            Self::Preview => DAY,
        }
    }
    /// What the browser sent; the first of that name counts.
    pub fn read<'h>(self, headers: &'h HeaderMap, base: &PlatformUrl) -> Option<&'h str> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(prefix(base))?.strip_prefix(self.bare())?.strip_prefix('='))
    }

    /// The same where it is a token.
    pub fn token(self, headers: &HeaderMap, base: &PlatformUrl) -> Option<Token> {
        self.read(headers, base).and_then(Token::parse)
    }

    /// Adds it to an answer. `value` is digits and letters.
    pub fn set(self, answer: &mut Response, base: &PlatformUrl, value: &str) {
        self.put(answer, base, value, self.seconds());
    }

    /// The same for a while of its own, in seconds.
    pub fn set_for(self, answer: &mut Response, base: &PlatformUrl, value: &str, seconds: u32) {
        self.put(answer, base, value, seconds);
    }

    /// Takes it away.
    pub fn end(self, answer: &mut Response, base: &PlatformUrl) {
        self.put(answer, base, "", 0);
    }

    fn put(self, answer: &mut Response, base: &PlatformUrl, value: &str, seconds: u32) {
        let secure = if base.is_https { "; Secure" } else { "" };
        let hidden = if self == Self::CartCount { "" } else { "; HttpOnly" };
        let (prefix, name) = (prefix(base), self.bare());
        let line = format!("{prefix}{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax{hidden}{secure}");
        if let Ok(line) = HeaderValue::from_str(&line) {
            answer.headers_mut().append(SET_COOKIE, line);
        }
    }
}

/// What a cookie's name begins with here: behind https a browser lets no neighbour set one that begins so.
const fn prefix(base: &PlatformUrl) -> &'static str {
    if base.is_https { "__Host-" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse as _;

    fn written(base: &str, cookie: Cookie) -> String {
        let base = PlatformUrl::parse(base).expect("an address");
        let mut answer = ().into_response();
        cookie.set(&mut answer, &base, "ab12");
        answer.headers()[SET_COOKIE].to_str().expect("text").to_owned()
    }

    #[test]
    fn behind_https_every_cookie_is_the_hosts_own() {
        assert_eq!(
            written("http://localhost:3000", Cookie::Cart),
            "duka_cart=ab12; Path=/; Max-Age=2592000; SameSite=Lax; HttpOnly"
        );
        assert_eq!(
            written("https://duka.example", Cookie::Cart),
            "__Host-duka_cart=ab12; Path=/; Max-Age=2592000; SameSite=Lax; HttpOnly; Secure"
        );
        assert_eq!(
            written("https://duka.example", Cookie::CartCount),
            "__Host-duka_cart_count=ab12; Path=/; Max-Age=2592000; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let base = PlatformUrl::parse("http://localhost:3000").expect("an address");
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("duka_cart_count=3; x=1;duka_cart=ff"));
        assert_eq!(Cookie::Cart.read(&headers, &base), Some("ff"));
        assert_eq!(Cookie::CartCount.read(&headers, &base), Some("3"));
        assert_eq!(Cookie::Visit.read(&headers, &base), None);
    }
}
