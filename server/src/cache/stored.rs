//! One rendered page: its bytes as they are sent, compressed when first asked for, named by their content.

use axum::{
    body::{Body, Bytes},
    response::Response,
};
use duka::kernel::token::hex;
use flate2::{Compression, write::GzEncoder};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
};
use sha2::{Digest as _, Sha256};
use std::{borrow::Cow, io::Write as _, sync::OnceLock, time::Duration};

const FOR_A_MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60, stale-while-revalidate=600");
/// Seconds of a minute, and of how long a page may be shown once more while it is asked for anew.
const MINUTE: u64 = 60;
const ONCE_MORE: u64 = 600;
/// Room for the headers of a page and those that every answer gets.
const HEADERS: usize = 16;
/// What decides which form of a page is sent to whom.
const BY: HeaderValue = HeaderValue::from_static("Accept-Encoding, Save-Data");
const BY_CHOICE: HeaderValue = HeaderValue::from_static("Accept-Encoding, Save-Data, Cookie");
/// With a cookie of one person in it, an answer is that person's.
const FOR_ONE: HeaderValue = HeaderValue::from_static("private, max-age=60");
/// Five is where more effort costs more than it saves at a page's size.
const BROTLI_EFFORT: i32 = 5;

/// How bytes travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Brotli,
    Gzip,
    Plain,
}

impl Coding {
    /// Its name in a header; none for bytes as they are.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }

    /// The best that the reader takes.
    pub fn of(asked: &HeaderMap) -> Self {
        let mut best = Self::Plain;
        for line in asked.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok()) {
            for part in line.split(',') {
                let (name, weight) = part.split_once(';').unwrap_or((part, "q=1"));
                let is_refused =
                    weight.trim().strip_prefix("q=").is_some_and(|q| q.trim_matches(['0', '.', ' ']).is_empty());
                match name.trim() {
                    "br" if !is_refused => return Self::Brotli,
                    "gzip" if !is_refused => best = Self::Gzip,
                    _ => {}
                }
            }
        }
        best
    }
}

/// A page ready to be sent any number of times.
#[derive(Debug)]
pub struct Stored {
    plain: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
    names: Names,
}

/// A page's name in each form, as headers.
#[derive(Debug)]
struct Names {
    plain: HeaderValue,
    brotli: HeaderValue,
    gzip: HeaderValue,
}

impl Names {
    fn of(html: &str) -> Self {
        let name = hex(&Sha256::digest(html)[..12]);
        // Digits and quotes; a name that is none would only be asked for again.
        let header = |ending: &str| {
            HeaderValue::from_str(&format!("\"{name}{ending}\"")).unwrap_or(HeaderValue::from_static("\"\""))
        };
        Self { plain: header(""), brotli: header("-br"), gzip: header("-gz") }
    }
}

impl Stored {
    pub fn new(html: String) -> Self {
        let names = Names::of(&html);
        Self { plain: Bytes::from(html), brotli: OnceLock::new(), gzip: OnceLock::new(), names }
    }

    /// Bytes it takes, about; for the cache's limit.
    pub fn weight(&self) -> u32 {
        u32::try_from(self.plain.len() * 3 / 2 + 512).unwrap_or(u32::MAX)
    }

    /// As it was drawn, for whoever has something to say beside it.
    pub fn html(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.plain)
    }

    fn bytes(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Plain => self.plain.clone(),
            Coding::Brotli => self.brotli.get_or_init(|| pack(&self.plain, coding)).clone(),
            Coding::Gzip => self.gzip.get_or_init(|| pack(&self.plain, coding)).clone(),
        }
    }

    const fn etag(&self, coding: Coding) -> &HeaderValue {
        match coding {
            Coding::Brotli => &self.names.brotli,
            Coding::Gzip => &self.names.gzip,
            Coding::Plain => &self.names.plain,
        }
    }

    /// The whole page, or "not modified" when the reader has it already. `lasts` is how long its prices hold: nobody
    /// keeps it for longer.
    pub fn answer(&self, asked: &HeaderMap, lasts: Option<Duration>) -> Response {
        let coding = Coding::of(asked);
        let etag = self.etag(coding);
        let is_known = is_known(asked, etag);
        let mut answer = Response::default();
        *answer.headers_mut() = HeaderMap::with_capacity(HEADERS);
        if is_known {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            *answer.body_mut() = Body::from(self.bytes(coding));
            answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            if let Some(word) = coding.word() {
                answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(word));
            }
        }
        let headers = answer.headers_mut();
        headers.insert(CACHE_CONTROL, lasts.map_or(FOR_A_MINUTE, kept_for));
        headers.insert(VARY, BY);
        headers.insert(ETAG, etag.clone());
        answer
    }
}

/// Makes an answer that got a cookie one person's own, so that no shared cache hands it on.
pub fn keep_for_one(answer: &mut Response) {
    let kept = answer.headers().get(CACHE_CONTROL).and_then(|kept| kept.to_str().ok());
    if kept == FOR_A_MINUTE.to_str().ok() {
        answer.headers_mut().insert(CACHE_CONTROL, FOR_ONE);
    } else if let Some(rest) = kept.and_then(|kept| kept.strip_prefix("public, max-age=")) {
        let seconds = rest.split(',').next().unwrap_or("0");
        let private = HeaderValue::from_str(&format!("private, max-age={seconds}"));
        answer.headers_mut().insert(CACHE_CONTROL, private.unwrap_or(HeaderValue::from_static("no-store")));
    }
}

/// Makes an answer that a cookie decided its reader's own, and theirs only while that cookie stays.
pub fn keep_while_chosen(answer: &mut Response) {
    keep_for_one(answer);
    answer.headers_mut().insert(VARY, BY_CHOICE);
}

/// As usual, but not beyond the moment at which a price changes by itself.
fn kept_for(lasts: Duration) -> HeaderValue {
    let left = lasts.as_secs();
    if left >= MINUTE + ONCE_MORE {
        return FOR_A_MINUTE;
    }
    let fresh = left.min(MINUTE);
    let text = format!("public, max-age={fresh}, stale-while-revalidate={}", left - fresh);
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("no-store"))
}

/// Does the reader have what goes by this name?
pub fn is_known(asked: &HeaderMap, etag: &HeaderValue) -> bool {
    asked.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok()).any(|line| knows(line, etag))
}

fn knows(line: &str, etag: &HeaderValue) -> bool {
    line.split(',').map(str::trim).any(|known| known == "*" || etag == known.strip_prefix("W/").unwrap_or(known))
}

/// A page's bytes in that form.
pub fn pack(plain: &[u8], coding: Coding) -> Bytes {
    match coding {
        Coding::Brotli => brotli(plain),
        Coding::Gzip => gzip(plain),
        Coding::Plain => Bytes::copy_from_slice(plain),
    }
}

fn brotli(plain: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(plain.len() / 4);
    let settings = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_EFFORT,
        lgwin: 18,
        size_hint: plain.len(),
        ..Default::default()
    };
    // Writing to memory does not fail.
    match brotli::BrotliCompress(&mut &*plain, &mut out, &settings) {
        Ok(_) => Bytes::from(out),
        Err(_) => Bytes::new(),
    }
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut out = GzEncoder::new(Vec::with_capacity(plain.len() / 3), Compression::new(6));
    // Writing to memory does not fail.
    match out.write_all(plain).and_then(|()| out.finish()) {
        Ok(bytes) => Bytes::from(bytes),
        Err(_) => Bytes::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn headers(name: http::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_smallest_form_that_the_reader_takes_is_sent() {
        for (asked, wanted) in [
            ("gzip, deflate, br", Coding::Brotli),
            ("gzip;q=0.8, br;q=0", Coding::Gzip),
            ("gzip;q=0.0", Coding::Plain),
            ("identity", Coding::Plain),
            ("br;q=0.5", Coding::Brotli),
        ] {
            assert_eq!(Coding::of(&headers(ACCEPT_ENCODING, asked)), wanted, "{asked}");
        }
    }

    #[test]
    fn every_form_unpacks_to_the_same_page() {
        let html = "<p>Karibu</p>".repeat(200);
        let page = Stored::new(html.clone());
        let mut unzipped = String::new();
        flate2::read::GzDecoder::new(&*page.bytes(Coding::Gzip)).read_to_string(&mut unzipped).expect("gzip");
        assert_eq!(unzipped, html);
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &*page.bytes(Coding::Brotli), &mut unpacked).expect("brotli");
        assert_eq!(unpacked, html.as_bytes());
    }

    #[test]
    fn who_has_the_page_is_told_so_and_who_has_its_other_form_gets_it() {
        let page = Stored::new("<p>Karibu</p>".into());
        let etag = page.answer(&HeaderMap::new(), None).headers()[ETAG].clone();
        let mut asked = HeaderMap::from_iter([(IF_NONE_MATCH, etag)]);
        assert_eq!(page.answer(&asked, None).status(), StatusCode::NOT_MODIFIED);
        asked.insert(ACCEPT_ENCODING, HeaderValue::from_static("br"));
        assert_eq!(page.answer(&asked, None).status(), StatusCode::OK);
    }

    #[test]
    fn nobody_keeps_a_page_beyond_the_moment_at_which_its_prices_change() {
        let page = Stored::new("<p>Karibu</p>".into());
        let kept = |seconds| {
            let mut answer = page.answer(&HeaderMap::new(), Some(Duration::from_secs(seconds)));
            let shared = answer.headers()[CACHE_CONTROL].clone();
            keep_for_one(&mut answer);
            [shared, answer.headers()[CACHE_CONTROL].clone()].map(|value| value.to_str().unwrap_or("").to_owned())
        };
        assert_eq!(kept(0), ["public, max-age=0, stale-while-revalidate=0", "private, max-age=0"]);
        assert_eq!(kept(45), ["public, max-age=45, stale-while-revalidate=0", "private, max-age=45"]);
        assert_eq!(kept(100), ["public, max-age=60, stale-while-revalidate=40", "private, max-age=60"]);
        assert_eq!(kept(660), ["public, max-age=60, stale-while-revalidate=600", "private, max-age=60"]);
    }
}
