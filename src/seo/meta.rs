//! The few lines of a page's head that a search engine shows.

use crate::kernel::locale::Locale;

/// What a result list shows of a title before it cuts, in characters.
const TITLE_MAX: usize = 70;
/// The same for a description.
const DESCRIPTION_MAX: usize = 155;

/// What stands between a page and the shop's name in titles that other programs wrote.
const BETWEEN: [char; 6] = ['|', '·', '–', '—', '-', ':'];

/// The title of a page of a shop: `Kiondo basket · Mama Njeri`; the shop's name goes first when nothing fits, and stands
/// there once, also where a merchant has written it.
pub fn title(page: &str, shop: &str) -> String {
    let page = page.trim();
    let own = page.strip_suffix(shop).and_then(|start| start.trim_end().strip_suffix(BETWEEN));
    let page = own.map_or(page, str::trim_end);
    if page.is_empty() || page == shop {
        return shop.to_owned();
    }
    if says(page, shop) {
        return shorten(page, TITLE_MAX);
    }
    let room = TITLE_MAX.saturating_sub(shop.chars().count() + 3).max(20);
    format!("{} · {shop}", shorten(page, room))
}

/// Whether the shop's name stands in the text, as words of its own.
fn says(text: &str, shop: &str) -> bool {
    let (text, shop) = (text.to_ascii_lowercase(), shop.trim().to_ascii_lowercase());
    let is_edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    !shop.is_empty()
        && text.match_indices(shop.as_str()).any(|(at, found)| {
            is_edge(text[..at].chars().next_back()) && is_edge(text[at + found.len()..].chars().next())
        })
}

/// Plain text of at most a description's length, cut between words.
pub fn description(text: &str) -> String {
    shorten(&plain_text(text), DESCRIPTION_MAX)
}

/// Elements that stand inside of a line, and are no reason for a space.
const IN_LINE: [&str; 17] = [
    "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "mark", "s", "small", "span", "strong", "sub",
    "sup",
];

/// The words of a piece of cleaned HTML, with single spaces.
pub fn plain_text(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        words.push_str(text);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        if !IN_LINE.contains(&name) {
            words.push(' ');
        }
        rest = after;
    }
    words.push_str(rest);
    let read = words
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    read.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shorten(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let cut: String = text.chars().take(max.saturating_sub(1)).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", whole_words.trim_end_matches([',', '.', ';', ':', ' ', '–', '-']))
}

/// The full address of `path` (without language prefix) in one language.
pub fn address(origin: &str, locale: Locale, path: &str) -> String {
    format!("{origin}{}", locale.path(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_keeps_the_shops_name_and_cuts_the_page() {
        assert_eq!(title("Kiondo basket", "Mama Njeri"), "Kiondo basket · Mama Njeri");
        assert_eq!(title("", "Mama Njeri"), "Mama Njeri");
        let long = title(&"sisal basket ".repeat(20), "Mama Njeri");
        assert!(long.ends_with("… · Mama Njeri"), "{long}");
        assert!(long.chars().count() <= TITLE_MAX, "{long}");
    }

    #[test]
    fn a_shops_name_stands_in_a_title_once() {
        for (page, title_of_it) in [
            ("Kiondo basket | Mama Njeri", "Kiondo basket · Mama Njeri"),
            ("Kiondo basket – Mama Njeri", "Kiondo basket · Mama Njeri"),
            ("About Mama Njeri", "About Mama Njeri"),
            ("MAMA NJERI: baskets from Machakos", "MAMA NJERI: baskets from Machakos"),
            ("Mama Njeri", "Mama Njeri"),
            ("Mama Njerinjeri", "Mama Njerinjeri · Mama Njeri"),
        ] {
            assert_eq!(title(page, "Mama Njeri"), title_of_it);
        }
        let long = title(&format!("{}| Mama Njeri", "sisal basket ".repeat(20)), "Mama Njeri");
        assert!(long.ends_with("… · Mama Njeri") && long.chars().count() <= TITLE_MAX, "{long}");
    }

    #[test]
    fn a_description_is_text_without_tags_cut_between_words() {
        assert_eq!(
            description("<p>Woven by hand,<br>in&nbsp;Machakos &amp; dyed.</p>"),
            "Woven by hand, in Machakos & dyed."
        );
        assert_eq!(
            description("<p>Real <strong>leather</strong>, <a href=\"/p/wax\">waxed</a>.</p><p>H<sub>2</sub>O</p>"),
            "Real leather, waxed. H2O",
            "what is marked inside of a line is followed by what follows it"
        );
        assert_eq!(description("<ul><li>M</li><li>L</li></ul>Broken <b"), "M L Broken");
        let long = description(&"maridadi ".repeat(40));
        assert!(long.ends_with("maridadi…"), "{long}");
        assert!(long.chars().count() <= DESCRIPTION_MAX);
    }

    #[test]
    fn every_page_has_one_address_per_language() {
        assert_eq!(address("https://njeri.example", Locale::En, "/"), "https://njeri.example/");
        assert_eq!(address("https://njeri.example", Locale::Sw, "/"), "https://njeri.example/sw");
        assert_eq!(address("https://njeri.example", Locale::Sw, "/p/kiondo"), "https://njeri.example/sw/p/kiondo");
    }
}
