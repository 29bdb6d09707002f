//! The two faces that paper is set in: how wide words are, and which letters there are.

use super::Length;
use krilla::text::Font;
use skrifa::{
    FontRef, MetadataProvider as _,
    raw::{TableProvider as _, types::GlyphId},
};
use std::{collections::HashMap, sync::LazyLock};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// A letter as the face has it: its number there, and how far it goes in units of the face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub glyph: u32,
    pub advance: u16,
}

pub(super) struct Face {
    /// None when the built-in file is no font, which a test rules out.
    pub font: Option<Font>,
    letters: HashMap<char, Letter>,
    /// A box, for letters that the face does not have; copied and searched they are what they are.
    missing: Letter,
    pub units: u16,
}

/// What stands for a letter that the face does not have.
const BOX: char = '□';

static REGULAR: LazyLock<Face> =
    LazyLock::new(|| Face::read(include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/regular.ttf"))));
static BOLD: LazyLock<Face> = LazyLock::new(|| Face::read(BOLD_FILE));
/// The bold one as it lies in the program.
pub(super) static BOLD_FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/bold.ttf"));

pub(super) fn face(weight: Weight) -> &'static Face {
    match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    }
}

impl Face {
    fn read(bytes: &'static [u8]) -> Self {
        let nothing = Letter { glyph: 0, advance: 1_000 };
        let mut face = Self { font: None, letters: HashMap::new(), missing: nothing, units: 1_000 };
        let Ok(file) = FontRef::new(bytes) else { return face };
        let Ok(widths) = file.hmtx() else { return face };
        let letter = |glyph: GlyphId| Letter { glyph: glyph.to_u32(), advance: widths.advance(glyph).unwrap_or(0) };
        face.letters = file
            .charmap()
            .mappings()
            .filter_map(|(code, glyph)| Some((char::from_u32(code)?, letter(glyph))))
            .collect();
        // Not the face's own sign for it: readers take that for nothing at all.
        face.missing = letter(file.charmap().map(BOX).unwrap_or(GlyphId::new(0)));
        face.units = file.head().map_or(1_000, |head| head.units_per_em());
        face.font = Font::new(bytes.to_vec().into(), 0);
        face
    }

    pub(super) fn letter(&self, letter: char) -> Letter {
        self.letters.get(&letter).copied().unwrap_or(self.missing)
    }

    /// How far a text goes at a size, both in hundredths of a point.
    pub(super) fn width(&self, text: &str, size: Length) -> Length {
        let units: i64 = text.chars().map(|letter| i64::from(self.letter(letter).advance)).sum();
        Length::try_from(units * i64::from(size) / i64::from(self.units)).unwrap_or(Length::MAX)
    }
}

/// What can be set: one line, without what only steers other letters: joiners, choices of colour and skin, directions.
pub(super) fn plain(text: &str) -> String {
    let letters = text.chars().filter_map(|letter| match letter {
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0000}'..='\u{e0fff}' => None,
        letter if letter.is_control() => Some(' '),
        letter => Some(letter),
    });
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Breaks a text into lines of at most `room`; a word that is longer than a line is cut.
pub(super) fn wrap(text: &str, weight: Weight, size: Length, room: Length) -> Vec<String> {
    let face = face(weight);
    let fits = |text: &str| face.width(text, size) <= room;
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in plain(text).split(' ') {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_are_there_and_have_what_names_here_are_written_with() {
        for weight in [Weight::Regular, Weight::Bold] {
            let face = face(weight);
            assert!(face.font.is_some());
            for letter in "Ng'ang'a Wanjikũ Mũtua Ĩtũĩka KSh 1,250 − × · “quoted” – ½ € £ ★ ❤ 😀 é ç ñ Й α".chars()
            {
                assert_ne!(face.letter(letter), face.missing, "{letter:?}");
            }
            assert_eq!(face.letter('龍'), face.missing);
        }
    }

    #[test]
    fn the_faces_keep_to_their_budget() {
        let bytes = ["regular.ttf", "bold.ttf"].map(|name| {
            std::fs::metadata(format!("{}/fonts/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a face").len()
        });
        assert!(bytes.iter().all(|size| *size < 170_000), "{bytes:?}");
    }

    #[test]
    fn lines_end_between_words_and_a_word_that_is_too_long_is_cut() {
        let lines = |text: &str| wrap(text, Weight::Regular, 1_000, 9_000);
        assert_eq!(lines(""), [""]);
        assert_eq!(lines("Kikoi ya bluu"), ["Kikoi ya bluu"]);
        assert_eq!(lines("Kikoi ya bluu ya pwani"), ["Kikoi ya bluu ya", "pwani"]);
        let cut = lines(&"W".repeat(40));
        assert!(cut.len() > 3 && cut.concat() == "W".repeat(40), "{cut:?}");
        for line in cut {
            assert!(face(Weight::Regular).width(&line, 1_000) <= 9_000);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_left_out_and_a_line_break_is_a_space() {
        assert_eq!(plain("Shoe\u{fe0f} \u{202e}red\u{200d}\n\tsize  4 👍🏾"), "Shoe red size 4 👍");
    }
}
