//! Where a body shows pictures: its HTML in pieces, those that a picture takes the place of among them.

use crate::catalog::description::{article_of, picture_number};

/// A piece of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Html(&'a str),
    Picture {
        number: i32,
        /// What the text says that it shows; empty where it leaves that to the picture's own words.
        alt: String,
        /// It stands inside a link, in which there can be no other.
        is_in_link: bool,
    },
}

/// The body that Markdown makes, cleaned. A picture that is not one of the page's own leaves nothing behind.
pub(super) fn body_of_source(source: &str) -> String {
    pieces(&article_of(source))
        .into_iter()
        .map(|piece| match piece {
            Piece::Html(html) => html.to_owned(),
            Piece::Picture { number, alt, .. } => format!("<img src=\"picture:{number}\" alt=\"{}\">", escaped(&alt)),
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Takes cleaned HTML apart; a picture without a number is left out.
pub fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut kept, mut at, mut is_in_link) = (0, 0, false);
    while let Some(start) = html[at..].find('<').map(|next| at + next) {
        let end = start + end_of_tag(&html[start..]);
        let tag = &html[start..end];
        match name(tag) {
            "a" => is_in_link = true,
            "/a" => is_in_link = false,
            "img" => {
                found.push(Piece::Html(&html[kept..start]));
                if let Some(number) = attribute(tag, "src").as_deref().and_then(picture_number) {
                    let alt = attribute(tag, "alt").unwrap_or_default();
                    found.push(Piece::Picture { number, alt, is_in_link });
                }
                kept = end;
            }
            _ => {}
        }
        at = end;
    }
    found.push(Piece::Html(&html[kept..]));
    found.retain(|piece| *piece != Piece::Html(""));
    found
}

/// Cleaned HTML has every value in double quotes, and no sign that begins a tag anywhere else.
fn end_of_tag(html: &str) -> usize {
    let mut is_quoted = false;
    for (at, sign) in html.char_indices() {
        match sign {
            '"' => is_quoted = !is_quoted,
            '>' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

fn name(tag: &str) -> &str {
    let inside = tag.trim_start_matches('<');
    inside.split(|sign: char| sign.is_whitespace() || sign == '>').next().unwrap_or_default()
}

/// The attribute's value as it was meant.
fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut parts = tag.split('"');
    while let (Some(before), Some(value)) = (parts.next(), parts.next()) {
        let name = before.rsplit(char::is_whitespace).next().and_then(|last| last.strip_suffix('='));
        if name == Some(wanted) {
            let plain = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            return Some(plain.replace("&nbsp;", "\u{a0}").replace("&amp;", "&"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_taken_apart_at_its_pictures() {
        let html = body_of_source("Woven\n\n![A \"kiondo\" & a > b](picture:2)\n\n[![](picture:11)](/p/kiondo) end");
        let found = pieces(&html);
        let pictures: Vec<_> = found
            .iter()
            .filter_map(|piece| match piece {
                Piece::Html(_) => None,
                Piece::Picture { number, alt, is_in_link } => Some((*number, alt.as_str(), *is_in_link)),
            })
            .collect();
        assert_eq!(pictures, [(2, "A \"kiondo\" & a > b", false), (11, "", true)]);
        assert_eq!(found.first(), Some(&Piece::Html("<p>Woven</p>\n<p>")));
        assert_eq!(found.last(), Some(&Piece::Html("</a> end</p>")));
    }

    #[test]
    fn the_words_of_a_picture_end_no_tag() {
        let html = body_of_source("![a > b & \"c\"](picture:2)");
        assert_eq!(html, "<p><img src=\"picture:2\" alt=\"a &gt; b &amp; &quot;c&quot;\"></p>");
        assert_eq!(body_of_source(&html), html, "cleaned once or twice is the same");
    }

    #[test]
    fn what_is_no_picture_of_its_own_leaves_nothing_behind() {
        assert_eq!(body_of_source("a ![x](https://elsewhere.example/x.png)b"), "<p>a b</p>");
        assert_eq!(body_of_source("<p>a<img src=\"/media/x.webp\" onerror=\"x()\">b</p>"), "<p>ab</p>");
        let quoted = "<p title=\"<img src=picture:1>\">a</p>";
        assert!(pieces(&article_of(quoted)).iter().all(|piece| matches!(piece, Piece::Html(_))));
        assert!(pieces("").is_empty());
    }
}
