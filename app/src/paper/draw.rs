//! From marks on pages to the bytes of a PDF; the only place where lengths are not whole.

use super::{
    Length, PAGE,
    face::{Weight, face},
    sheet::Mark,
};
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    text::{GlyphId, KrillaGlyph},
};

/// What the file says of itself.
pub(super) struct About {
    pub title: String,
    pub language: &'static str,
}

/// Draws the pages. The same pages give the same bytes: no time, no chance and no machine goes into them.
pub(super) fn draw(about: About, pages: &[Vec<Mark>]) -> Option<Vec<u8>> {
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(about.title).language(about.language.to_owned()));
    for marks in pages {
        let mut page = document.start_page_with(PageSettings::from_wh(points(PAGE.0), points(PAGE.1))?);
        let mut surface = page.surface();
        for mark in marks {
            put(&mut surface, mark);
        }
        surface.finish();
        page.finish();
    }
    document.finish().ok()
}

fn put(surface: &mut Surface<'_>, mark: &Mark) {
    match mark {
        Mark::Text { at, size, weight, text, is_soft } => {
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint: ink(*is_soft).into(), ..Fill::default() }));
            words(surface, *at, *size, *weight, text);
        }
        Mark::Rule { from, to, y } => outline(surface, &[(*from, *y), (*to, *y)], false),
        Mark::Frame { at: (left, top), side } => {
            let (right, bottom) = (left + side, top + side);
            outline(surface, &[(*left, *top), (right, *top), (right, bottom), (*left, bottom)], true);
        }
    }
}

fn ink(is_soft: bool) -> rgb::Color {
    if is_soft { rgb::Color::new(95, 99, 95) } else { rgb::Color::new(27, 29, 27) }
}

fn words(surface: &mut Surface<'_>, at: (Length, Length), size: Length, weight: Weight, text: &str) {
    let face = face(weight);
    let Some(font) = face.font.clone() else { return };
    let glyphs: Vec<KrillaGlyph> = text
        .char_indices()
        .map(|(start, letter)| {
            let found = face.letter(letter);
            let advance = share(found.advance, face.units);
            let range = start..start + letter.len_utf8();
            KrillaGlyph::new(GlyphId::new(found.glyph), advance, 0.0, 0.0, 0.0, range, None)
        })
        .collect();
    surface.draw_glyphs(Point::from_xy(points(at.0), points(at.1)), &glyphs, font, text, points(size), false);
}

fn outline(surface: &mut Surface<'_>, corners: &[(Length, Length)], is_closed: bool) {
    let mut path = PathBuilder::new();
    for (nth, (x, y)) in corners.iter().enumerate() {
        let (x, y) = (points(*x), points(*y));
        if nth == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    if is_closed {
        path.close();
    }
    let Some(path) = path.finish() else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: rgb::Color::new(190, 193, 188).into(),
        width: points(60),
        opacity: NormalizedF32::ONE,
        ..Stroke::default()
    }));
    surface.draw_path(&path);
}

/// Points, as paper has them. Below a hundred metres nothing is lost.
#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "places on paper, no sums of money")]
fn points(length: Length) -> f32 {
    length as f32 / 100.0
}

/// A letter's advance as a share of its size.
#[expect(clippy::float_arithmetic, reason = "places on paper, no sums of money")]
fn share(advance: u16, units: u16) -> f32 {
    f32::from(advance) / f32::from(units)
}
