//! A letter of the bold face as lines, for what is drawn in pixels.

use super::face::BOLD_FILE;
use duka::catalog::media::Outline;
use skrifa::{
    FontRef, MetadataProvider as _,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
    raw::TableProvider as _,
};

/// A curve becomes so many straight lines.
const STEPS: i64 = 8;

/// None when the face does not have the letter.
pub fn outline(letter: char) -> Option<Outline> {
    let file = FontRef::new(BOLD_FILE).ok()?;
    let glyph = file.outline_glyphs().get(file.charmap().map(letter)?)?;
    let mut pen = Pen::default();
    glyph.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok()?;
    Some(Outline { units: file.head().map_or(1_000, |head| head.units_per_em()).into(), lines: pen.lines })
}

#[derive(Default)]
struct Pen {
    lines: Vec<Vec<(i64, i64)>>,
}

impl Pen {
    fn add(&mut self, point: (i64, i64)) {
        if let Some(line) = self.lines.last_mut() {
            line.push(point);
        }
    }

    /// From where the pen is, by way of `over`, to `to`.
    fn bend(&mut self, over: &[(i64, i64)], to: (i64, i64)) {
        let Some(from) = self.lines.last().and_then(|line| line.last()).copied() else { return };
        for step in 1..=STEPS {
            let mut points = vec![from];
            points.extend_from_slice(over);
            points.push(to);
            // Each round of points between points is one fewer; they are kept larger, so that nothing is lost.
            let mut larger = 1;
            while points.len() > 1 {
                points = points.windows(2).map(|pair| between(pair[0], pair[1], step)).collect();
                larger *= STEPS;
            }
            if let [(x, y)] = points.as_slice() {
                self.add((x / larger, y / larger));
            }
        }
    }
}

/// The point `step` steps from one to the other, times the number of steps.
const fn between((x, y): (i64, i64), (to_x, to_y): (i64, i64), step: i64) -> (i64, i64) {
    (x * (STEPS - step) + to_x * step, y * (STEPS - step) + to_y * step)
}

/// Units of a face are whole.
#[expect(clippy::cast_possible_truncation, reason = "a face is a few thousand units large")]
const fn whole(units: f32) -> i64 {
    units as i64
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.lines.push(vec![(whole(x), whole(y))]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.add((whole(x), whole(y)));
    }
    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.bend(&[(whole(cx0), whole(cy0))], (whole(x), whole(y)));
    }
    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.bend(&[(whole(cx0), whole(cy0)), (whole(cx1), whole(cy1))], (whole(x), whole(y)));
    }
    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_that_a_name_begins_with_has_lines_within_its_face() {
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ĨŨÉЙ".chars() {
            let found = outline(letter).expect("a letter of the face");
            let size = found.units * 2;
            assert!(found.lines.iter().all(|line| line.len() > 2), "{letter}");
            assert!(found.lines.iter().flatten().all(|(x, y)| x.abs() < size && y.abs() < size), "{letter}");
        }
        assert_eq!(outline('O').map(|found| found.lines.len()), Some(2), "a ring");
        assert_eq!(outline('龍'), None);
    }

    #[test]
    fn a_curve_begins_and_ends_where_it_should() {
        let mut pen = Pen { lines: vec![vec![(0, 0)]] };
        pen.bend(&[(100, 0)], (100, 100));
        let line = &pen.lines[0];
        assert_eq!((line.len(), line[4], line[8]), (9, (75, 25), (100, 100)));
        pen.bend(&[(100, 200), (0, 200)], (0, 100));
        assert_eq!((pen.lines[0][12], pen.lines[0][16]), ((50, 175), (0, 100)));
    }
}
