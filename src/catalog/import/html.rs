//! Descriptions from outside, reduced to what a shop page may show.

use ammonia::Builder;
use std::{collections::HashSet, sync::LazyLock};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        // Pictures would come from foreign hosts; the page has a heading of its own.
        .rm_tags(["img", "h1", "map", "area"])
        .link_rel(Some("nofollow noopener noreferrer"));
    cleaner
});

/// Keeps paragraphs, lists, tables and links; drops scripts, styles, pictures and anything that runs.
pub(super) fn clean(body: &str) -> String {
    CLEANER.clean(body).to_string().trim().to_owned()
}

pub(super) fn has_pictures(body: &str) -> bool {
    body.as_bytes().windows(4).any(|tag| tag.eq_ignore_ascii_case(b"<img"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_keeps_its_structure_and_loses_what_runs_or_fetches() {
        assert_eq!(
            clean("<p style=\"color:red\" onclick=\"x()\">Soft <b>cotton</b></p><ul><li>M</li></ul>"),
            "<p>Soft <b>cotton</b></p><ul><li>M</li></ul>"
        );
        assert_eq!(clean("a<script>alert(1)</script><style>p{}</style>b"), "ab");
        assert_eq!(clean("<img src=x onerror=alert(1)>c"), "c");
        assert_eq!(clean("<a href=\"javascript:x()\">d</a>"), "<a rel=\"nofollow noopener noreferrer\">d</a>");
        assert_eq!(clean("<a href=\"data:text/html,x\">e</a>"), "<a rel=\"nofollow noopener noreferrer\">e</a>");
        assert_eq!(clean("<h1>Name</h1>"), "Name");
        assert_eq!(clean("1 < 2 & 3"), "1 &lt; 2 &amp; 3");
    }
}
