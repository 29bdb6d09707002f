//! Pages being filled from top to bottom: what goes where, before anything is drawn.

use super::{
    Length, MARGIN, PAGE,
    face::{Weight, face, plain, wrap},
};

/// Something that has its place on a page; distances are from the top left corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Text {
        at: (Length, Length),
        size: Length,
        weight: Weight,
        text: String,
        is_soft: bool,
    },
    /// A line across, from left to right.
    Rule {
        from: Length,
        to: Length,
        y: Length,
    },
    /// An empty frame: left, top, side.
    Frame {
        at: (Length, Length),
        side: Length,
    },
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Set {
    pub size: Length,
    pub weight: Weight,
    pub is_soft: bool,
}

impl Set {
    pub(super) const fn new(size: Length) -> Self {
        Self { size, weight: Weight::Regular, is_soft: false }
    }
    pub(super) const fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }
    pub(super) const fn soft(self) -> Self {
        Self { is_soft: true, ..self }
    }
    /// From one line to the next.
    pub(super) const fn leading(self) -> Length {
        self.size * 135 / 100
    }
}

/// A column: where it begins and how wide it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub left: Length,
    pub width: Length,
}

/// The pages so far, and how far down the last one is filled.
pub(super) struct Sheets {
    pub pages: Vec<Vec<Mark>>,
    pub y: Length,
}

/// Room kept at the bottom for the page's number.
const FOOT: Length = 3_200;
pub(super) const WHOLE: Column = Column { left: MARGIN, width: PAGE.0 - 2 * MARGIN };

impl Sheets {
    pub(super) fn new() -> Self {
        Self { pages: vec![Vec::new()], y: MARGIN }
    }

    /// Whether so much still fits on this page.
    pub(super) const fn has_room(&self, height: Length) -> bool {
        self.y + height <= PAGE.1 - MARGIN - FOOT
    }

    pub(super) fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Turns the page unless so much fits.
    pub(super) fn keep_together(&mut self, height: Length) {
        if !self.has_room(height) {
            self.turn();
        }
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// One line at the present height, from the left of its column or to the right of it. Does not go down.
    pub(super) fn line(&mut self, column: Column, set: Set, text: &str, is_right: bool) {
        let text = plain(text);
        if text.is_empty() {
            return;
        }
        let width = face(set.weight).width(&text, set.size);
        let left = if is_right { column.left + column.width - width } else { column.left };
        let at = (left, self.y + set.size);
        self.mark(Mark::Text { at, size: set.size, weight: set.weight, text, is_soft: set.is_soft });
    }

    /// As many lines as it takes, each on the next page if there is no room; goes down.
    pub(super) fn block(&mut self, column: Column, set: Set, text: &str) {
        for line in wrap(text, set.weight, set.size, column.width) {
            self.keep_together(set.leading());
            self.line(column, set, &line, false);
            self.y += set.leading();
        }
    }

    pub(super) fn rule(&mut self, column: Column) {
        let y = self.y;
        self.mark(Mark::Rule { from: column.left, to: column.left + column.width, y });
    }

    pub(super) fn frame(&mut self, left: Length, side: Length) {
        let at = (left, self.y);
        self.mark(Mark::Frame { at, side });
    }

    /// The same line at the foot of every page.
    pub(super) fn foot(&mut self, set: Set, says: impl Fn(usize, usize) -> String) {
        let count = self.pages.len();
        for (at, page) in self.pages.iter_mut().enumerate() {
            let text = plain(&says(at + 1, count));
            let width = face(set.weight).width(&text, set.size);
            let at = ((PAGE.0 - width) / 2, PAGE.1 - MARGIN);
            page.push(Mark::Text { at, size: set.size, weight: set.weight, text, is_soft: set.is_soft });
        }
    }
}
