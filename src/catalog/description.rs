//! Descriptions: what a merchant types, or a file brings, reduced to what a shop page may show.

use ammonia::Builder;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};
use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

/// What a link says to search engines: that the shop vouches for nothing elsewhere.
const NOT_OURS: &str = "nofollow noopener noreferrer";
/// What stands before the number of a picture of the article's own, in the place of an address.
const OWN_PICTURE: &str = "picture:";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| cleaner(ammonia::UrlRelative::Deny));
/// An article leads to the shop's own goods, and names pictures of its own.
static CLEANER_OF_ARTICLES: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = cleaner(ammonia::UrlRelative::PassThrough);
    cleaner
        .add_tags(["img"])
        .rm_tag_attributes("img", &["align", "height", "width"])
        .add_url_schemes(["picture"])
        .attribute_filter(|element, attribute, value| {
            let is_own = picture_number(value).is_some();
            let stays = match (element, attribute) {
                ("img", "src") => is_own,
                (_, "href") => !is_own,
                _ => true,
            };
            stays.then_some(Cow::Borrowed(value))
        });
    cleaner
});

fn cleaner(relative: ammonia::UrlRelative<'static>) -> Builder<'static> {
    let mut cleaner = Builder::default();
    cleaner
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(relative)
        // Pictures would come from foreign hosts; the page has a heading of its own.
        .rm_tags(["img", "h1", "map", "area"])
        .link_rel(Some(NOT_OURS));
    cleaner
}

/// What was typed as HTML: Markdown, or HTML where the text begins with a tag, as what an import brought does.
pub fn html_of(source: &str) -> String {
    let text = source.trim();
    if text.starts_with('<') {
        return clean(text);
    }
    clean(&marked_up(text, HeadingLevel::H3))
}

/// The number in `picture:3`, which stands where another picture has its address.
pub fn picture_number(address: &str) -> Option<i32> {
    let digits = address.strip_prefix(OWN_PICTURE)?;
    let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|number| is_number && *number > 0)
}

/// The same for an article, which has one heading above its own and may lead to other pages of the shop. Of a picture
/// that is not the article's own no address is left.
pub fn article_of(source: &str) -> String {
    let text = source.trim();
    let html = if text.starts_with('<') { text.to_owned() } else { marked_up(text, HeadingLevel::H2) };
    followed_at_home(CLEANER_OF_ARTICLES.clean(&html).to_string().trim())
}

/// Links to the shop's own pages are there to be followed, by search engines too.
fn followed_at_home(html: &str) -> String {
    let rel = format!(" rel=\"{NOT_OURS}\"");
    let mut parts = html.split("<a ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        let is_home = tag.starts_with("href=\"/") && !tag.starts_with("href=\"//");
        text.push_str("<a ");
        text.push_str(&if is_home { tag.replace(&rel, "") } else { tag.to_owned() });
        text.push('>');
        text.push_str(rest);
    }
    text
}

/// Markdown as HTML, with no heading above `top`.
fn marked_up(text: &str, top: HeadingLevel) -> String {
    let mut html = String::new();
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    push_html(&mut html, parser.map(|event| as_typed(event, top)));
    html
}

/// Somebody at a phone means the line break that they type; the page has headings of its own above these.
fn as_typed(event: Event<'_>, top: HeadingLevel) -> Event<'_> {
    let lower = |level: HeadingLevel| level.max(top);
    match event {
        Event::SoftBreak => Event::HardBreak,
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: lower(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        other => other,
    }
}

/// Keeps paragraphs, lists, tables and links; drops scripts, styles, pictures and anything that runs.
pub(crate) fn clean(body: &str) -> String {
    CLEANER.clean(body).to_string().trim().to_owned()
}

/// A file's text as it is shown where it comes from: lines that nothing parts but an empty one are paragraphs.
pub(crate) fn parted(body: &str) -> Cow<'_, str> {
    const PARTING: [&str; 8] = ["<p", "<br", "<div", "<ul", "<ol", "<h", "<table", "<blockquote"];
    let lower = body.to_ascii_lowercase();
    if !body.contains('\n') || PARTING.iter().any(|tag| lower.contains(tag)) {
        return Cow::Borrowed(body);
    }
    let text = body.replace("\r\n", "\n");
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    Cow::Owned(blocks.map(|block| format!("<p>{}</p>", block.replace('\n', "<br>"))).collect::<Vec<_>>().concat())
}

pub(crate) fn has_pictures(body: &str) -> bool {
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

    #[test]
    fn text_without_tags_keeps_its_lines_and_paragraphs() {
        assert_eq!(
            parted("By hand.\r\n\r\nOf <b>sisal</b>,\nfrom Kitui\n"),
            "<p>By hand.</p><p>Of <b>sisal</b>,<br>from Kitui</p>"
        );
        for as_it_is in ["One line", "<p>a</p>\n<p>b</p>", "a<BR>\nb", "<ul>\n<li>a</li>\n</ul>", ""] {
            assert_eq!(parted(as_it_is), as_it_is);
        }
    }

    #[test]
    fn what_a_merchant_types_is_markdown_and_nothing_in_it_runs() {
        assert_eq!(
            html_of("Sisal & wool\r\nby hand\n\n- **strong**\n- light"),
            "<p>Sisal &amp; wool<br>\nby hand</p>\n<ul>\n<li><strong>strong</strong></li>\n<li>light</li>\n</ul>"
        );
        assert_eq!(html_of("# Care\nWash cold"), "<h3>Care</h3>\n<p>Wash cold</p>");
        assert_eq!(html_of("a <script>alert(1)</script>b"), "<p>a b</p>");
        assert_eq!(html_of("[x](javascript:alert(1))"), "<p><a rel=\"nofollow noopener noreferrer\">x</a></p>");
        assert_eq!(html_of("![x](https://elsewhere.example/x.png)"), "<p></p>");
    }

    #[test]
    fn an_article_has_headings_of_its_own_and_leads_into_the_shop() {
        assert_eq!(
            article_of("# Care\nWash [it](/p/kiondo)\n\n### Cold"),
            "<h2>Care</h2>\n<p>Wash <a href=\"/p/kiondo\">it</a></p>\n<h3>Cold</h3>"
        );
        for elsewhere in ["https://elsewhere.example/p/kiondo", "//elsewhere.example"] {
            assert_eq!(
                article_of(&format!("[it]({elsewhere})")),
                format!("<p><a href=\"{elsewhere}\" rel=\"nofollow noopener noreferrer\">it</a></p>")
            );
        }
        assert_eq!(article_of("[x](javascript:alert(1))"), "<p><a rel=\"nofollow noopener noreferrer\">x</a></p>");
        assert_eq!(article_of("<script>alert(1)</script><p>a</p>"), "<p>a</p>");
        assert_eq!(article_of("![A kiondo](picture:3)"), "<p><img src=\"picture:3\" alt=\"A kiondo\"></p>");
        for foreign in
            ["https://elsewhere.example/x.png", "/media/x.webp", "picture:0", "picture:+3", "data:image/png,x"]
        {
            assert_eq!(article_of(&format!("![x]({foreign})")), "<p><img alt=\"x\"></p>", "{foreign}");
        }
        assert_eq!(article_of("[x](picture:3)"), "<p><a rel=\"nofollow noopener noreferrer\">x</a></p>");
    }

    #[test]
    fn html_that_is_edited_stays_html() {
        let html = "<p>Soft <b>cotton</b></p>\n\n    <p>indented</p>";
        assert_eq!(html_of(html), html);
        assert_eq!(html_of(&html_of("**a**\nb")), html_of("**a**\nb"), "cleaned once or twice is the same");
    }
}
