//! The merchant's one colour, and the text colour that can be read on it.

use crate::paper::outline;
use duka::{
    catalog::media::{IconForm, Sign},
    kernel::colour::Colour,
    pages::storefront::frame::ShopFrame,
};

/// What a shop without a colour of its own uses.
const OURS: &str = "#14532d";

/// A checked `#rrggbb`; anything else becomes Duka's own colour, so nothing foreign reaches the style element.
pub fn color(set: Option<&str>) -> &str {
    set.filter(|text| Colour::parse(text).is_some()).unwrap_or(OURS)
}

/// What differs from shop to shop in the styles of a page: two raw tokens.
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

/// Changes with how an icon is drawn, so that phones ask for it anew.
const DRAWN: &str = "1";

/// Where the shop's sign lies as a picture. Another sign has another address, so this one may be kept for ever.
pub fn icon_address(frame: &ShopFrame, form: IconForm) -> String {
    let sign = match &frame.logo {
        // A logo's file is named by its content.
        Some(logo) => logo.base.rsplit('/').next().unwrap_or_default().chars().take(12).collect::<String>(),
        None => {
            let letter = letter(&frame.name).map_or(0, u32::from);
            format!("{}-{letter:x}", color(frame.theme_color.as_deref()).trim_start_matches('#'))
        }
    };
    format!("/icons/{DRAWN}-{sign}/{}", form.file())
}

/// What is drawn there.
pub fn sign(frame: &ShopFrame) -> Sign {
    let logo = frame.logo.as_ref().map(|logo| logo.src(512).trim_start_matches('/').to_owned());
    let ground = Colour::parse(color(frame.theme_color.as_deref())).unwrap_or(Colour::BLACK);
    Sign { logo, ground, letter: letter(&frame.name).and_then(outline) }
}

/// The first letter of a name, large.
fn letter(name: &str) -> Option<char> {
    name.chars().find(|letter| letter.is_alphanumeric()).and_then(|letter| letter.to_uppercase().next())
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
    fn the_first_letter_is_large_and_one_letter() {
        for (name, first) in
            [("mama", Some('M')), (" «ĩ", Some('Ĩ')), ("ß", Some('S')), ("7up", Some('7')), ("<>&", None)]
        {
            assert_eq!(letter(name), first, "{name}");
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
