//! The merchant's one colour, and the text colour that can be read on it.

use duka::kernel::colour::Colour;

/// What a shop without a colour of its own uses.
const OURS: &str = "#14532d";

/// A checked `#rrggbb`; anything else becomes Duka's own colour, so nothing foreign reaches the style element.
pub fn color(set: Option<&str>) -> &str {
    set.filter(|text| Colour::parse(text).is_some()).unwrap_or(OURS)
}

/// The only style element of a page: two raw tokens.
pub fn style(set: Option<&str>) -> String {
    let color = color(set);
    format!(":root{{--brand:{color};--on-brand:{}}}", text_on(color))
}

/// A square in the colour with the name's first letter, small enough for a phone to cut a circle out of it.
pub fn icon(set: Option<&str>, name: &str) -> String {
    let color = color(set);
    let letter: String =
        name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512"><rect width="512" height="512" fill="{color}"/><text x="256" y="346" font-family="sans-serif" font-size="256" font-weight="700" text-anchor="middle" fill="{}">{letter}</text></svg>"#,
        text_on(color)
    )
}

/// Black or white, whichever stands out more. One of them always reaches a contrast of 4.5.
fn text_on(color: &str) -> &'static str {
    if Colour::parse(color).is_none_or(Colour::is_dark) { "#fff" } else { "#000" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_colour_reaches_the_style_element() {
        assert_eq!(style(Some("#b4532a")), ":root{--brand:#b4532a;--on-brand:#fff}");
        for nonsense in ["red", "#fff", "#12345g", "#123456}body{display:none", "#+12345", ""] {
            assert_eq!(style(Some(nonsense)), ":root{--brand:#14532d;--on-brand:#fff}", "{nonsense}");
        }
    }

    #[test]
    fn an_icon_shows_the_first_letter_and_nothing_that_a_name_could_smuggle_in() {
        let drawn = icon(Some("#ffd400"), "  mama <script>");
        assert!(drawn.contains("fill=\"#ffd400\"") && drawn.contains("fill=\"#000\">M</text>"), "{drawn}");
        for odd in ["<>&\"", ""] {
            assert!(icon(None, odd).contains("fill=\"#fff\"></text>"), "{odd}");
        }
    }

    #[test]
    fn text_on_the_colour_can_be_read() {
        for (color, text) in [
            ("#ffd400", "#000"),
            ("#00a651", "#000"),
            ("#1d4ed8", "#fff"),
            ("#d32f2f", "#fff"),
            ("#000000", "#fff"),
            ("#ffffff", "#000"),
            ("#757575", "#000"),
            ("#6f6f6f", "#fff"),
        ] {
            assert_eq!(text_on(color), text, "{color}");
        }
    }
}
