//! The few lines of a page's head that a search engine shows.

use crate::kernel::locale::Locale;

/// What a result list shows of a title before it cuts, in characters.
const TITLE_MAX: usize = 70;
/// The same for a description.
const DESCRIPTION_MAX: usize = 155;

/// The title of a page of a shop: `Kiondo basket · Mama Njeri`; the shop's name goes first when nothing fits.
pub fn title(page: &str, shop: &str) -> String {
    let page = page.trim();
    if page.is_empty() || page == shop {
        return shop.to_owned();
    }
    let room = TITLE_MAX.saturating_sub(shop.chars().count() + 3).max(20);
    format!("{} · {shop}", shorten(page, room))
}

/// Plain text of at most a description's length, cut between words.
pub fn description(text: &str) -> String {
    shorten(&plain_text(text), DESCRIPTION_MAX)
}

/// The words of a piece of cleaned HTML, with single spaces.
pub fn plain_text(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => {
                in_tag = true;
                words.push(' ');
            }
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            c => words.push(c),
        }
    }
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
    fn a_description_is_text_without_tags_cut_between_words() {
        assert_eq!(
            description("<p>Woven by hand,<br>in&nbsp;Machakos &amp; dyed.</p>"),
            "Woven by hand, in Machakos & dyed."
        );
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
