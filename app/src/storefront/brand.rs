//! The merchant's one colour, and the text colour that can be read on it.

/// What a shop without a colour of its own uses.
const OURS: &str = "#14532d";

/// A checked `#rrggbb`; anything else becomes Duka's own colour, so nothing foreign reaches the style element.
pub fn color(set: Option<&str>) -> &str {
    set.filter(|text| rgb(text).is_some()).unwrap_or(OURS)
}

/// The only style element of a page: two raw tokens.
pub fn style(set: Option<&str>) -> String {
    let color = color(set);
    format!(":root{{--brand:{color};--on-brand:{}}}", text_on(color))
}

/// Black or white, whichever stands out more. One of them always reaches a contrast of 4.5.
fn text_on(color: &str) -> &'static str {
    // Luminance in millionths. The square and the cube of a channel, mixed 4 to 1, follow sRGB's curve without floats.
    let light =
        |channel: u64| (4 * channel * channel * 255 + channel * channel * channel) * 1_000_000 / (5 * 255 * 255 * 255);
    let [r, g, b] = rgb(color).unwrap_or([0, 0, 0]).map(|channel| light(u64::from(channel)));
    let luminance = (2_126 * r + 7_152 * g + 722 * b) / 10_000;
    // (L + 0.05)² = 1.05 × 0.05: black and white stand out equally at L = 0.179.
    if luminance > 179_000 { "#000" } else { "#fff" }
}

fn rgb(text: &str) -> Option<[u8; 3]> {
    let digits =
        text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
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
