//! Files for machines in XML: how text stands in them, and how long they may be kept.

use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

/// What anybody may keep a file for, in seconds.
pub const HOUR: u32 = 3_600;

/// A file that anybody may keep for so many seconds.
pub fn answer(kind: &'static str, seconds: u32, text: String) -> Response {
    let kept = format!("public, max-age={seconds}");
    ([(CONTENT_TYPE, kind.to_owned()), (CACHE_CONTROL, kept)], text).into_response()
}

/// Text as it stands in an element or attribute. What XML has no sign for is left out.
pub fn escaped(text: &str) -> String {
    text.chars()
        .filter(|c| (!c.is_control() || matches!(c, '\n' | '\t')) && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .fold(String::with_capacity(text.len()), |mut out, c| {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&apos;"),
                c => out.push(c),
            }
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_element() {
        assert_eq!(escaped("a&b<c>\"d'\u{1}\u{1f}e"), "a&amp;b&lt;c&gt;&quot;d&apos;e");
    }
}
