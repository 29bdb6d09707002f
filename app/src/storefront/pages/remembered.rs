//! A page that was drawn before the database went away, with a word about it.

use crate::text::shop::words;
use duka::kernel::locale::Locale;

/// The same page with a notice at its beginning. A page that does not begin as ours do stays as it is.
pub fn remembered(locale: Locale, html: &str) -> String {
    let Some(at) = begin(html) else { return html.to_owned() };
    let (before, page) = html.split_at(at);
    // Our own words, which hold nothing to escape.
    format!("{before}<p class=\"notice\" role=\"status\">{}</p>{page}", words(locale).remembered)
}

/// Behind the tag with which the page itself begins. What a merchant typed cannot be taken for it: quotation marks are
/// escaped where a tag could be written, and tags where quotation marks could.
fn begin(html: &str) -> Option<usize> {
    html.match_indices("<main ").find_map(|(at, _)| {
        let end = at + html[at..].find('>')? + 1;
        html[at..end].contains(" id=\"main\"").then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::remembered;
    use duka::kernel::locale::Locale;

    #[test]
    fn the_notice_stands_first_on_the_page_and_is_said_once() {
        for tag in [r#"<main id="main" class="page">"#, r#"<main class="page" id="main">"#] {
            let html = remembered(Locale::En, &format!("<title>A <main b</title>{tag}<h1>Kikoi</h1></main>"));
            let (before, after) = html.split_once("<p class=\"notice\" role=\"status\">").unwrap_or_default();
            assert_eq!(before, format!("<title>A <main b</title>{tag}"));
            assert!(after.contains("from memory") && after.ends_with("</p><h1>Kikoi</h1></main>"), "{html}");
        }
        assert_eq!(remembered(Locale::Sw, "<p>no page of ours</p>"), "<p>no page of ours</p>");
    }
}
