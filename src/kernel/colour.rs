//! A colour as `#rrggbb`, and which words can be read on it.

use super::field_errors::FieldProblem;
use std::fmt;

/// A checked colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// Where black and white stand out equally, in millionths of white's luminance: (L + 0.05)² = 1.05 × 0.05. There both
/// reach a contrast of 4.58, so one of them always passes level AA of WCAG 2.
const MIDDLE: u64 = 179_000;

impl Colour {
    /// What stands in where there is no colour.
    pub const BLACK: Self = Self([0; 3]);

    /// `#` and six hexadecimal digits, as colour fields send it.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// Red, green and blue.
    pub const fn channels(self) -> [u8; 3] {
        self.0
    }

    /// Relative luminance in millionths. The square and the cube of a channel, mixed 4 to 1, follow sRGB's curve
    /// without floats.
    fn luminance(self) -> u64 {
        let light = |channel: u64| {
            (4 * channel * channel * 255 + channel * channel * channel) * 1_000_000 / (5 * 255 * 255 * 255)
        };
        let [r, g, b] = self.0.map(|channel| light(u64::from(channel)));
        (2_126 * r + 7_152 * g + 722 * b) / 10_000
    }

    /// Whether white on it, and it on white, can be read; otherwise only black on it can.
    pub fn is_dark(self) -> bool {
        self.luminance() <= MIDDLE
    }
}

/// A shop's accent colour: it is used for words on white, so it has to be dark enough.
pub fn parse_accent(typed: &str) -> Result<Colour, FieldProblem> {
    let colour = Colour::parse(typed.trim()).ok_or(FieldProblem::NotAColour)?;
    if colour.is_dark() { Ok(colour) } else { Err(FieldProblem::TooPale) }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_is_a_colour_that_can_be_read_on_white() {
        assert_eq!(parse_accent(" #B4532A ").map(|colour| colour.to_string()), Ok("#b4532a".to_owned()));
        for pale in ["#ffd400", "#00a651", "#ffffff", "#757575"] {
            assert_eq!(parse_accent(pale), Err(FieldProblem::TooPale), "{pale}");
        }
        for none in ["red", "#fff", "#12345g", "#+12345", ""] {
            assert_eq!(parse_accent(none), Err(FieldProblem::NotAColour), "{none}");
        }
    }
}
