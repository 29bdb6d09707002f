//! Rows of a file as cells with a known meaning, each with the line it begins on.

use super::{
    column::Column as C,
    format::{Format, Layout},
    remark::Remark,
    report::ImportRefusal,
    text_file::{ReadSeek, TextFile, unreadable},
};
use csv::{ByteRecord, Position, ReaderBuilder, StringRecord};
use std::io::{self, Read, Seek, SeekFrom};

/// Whether a row is a form of the product, where the format says so itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Told by what it holds.
    #[default]
    Usual,
    Form,
    /// Facts of the product and nothing that can be bought.
    Facts,
}

/// One row; cells without content are not kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub line: u64,
    pub kind: Kind,
    /// What makes it unreadable as a whole.
    pub damage: Option<Remark>,
    /// The row before it is another product's.
    pub is_apart: bool,
    cells: Vec<(C, String)>,
}

impl Row {
    /// Without surrounding blanks; empty where the file has no such column.
    pub(super) fn cell(&self, column: C) -> &str {
        self.all(column).next().unwrap_or("")
    }
    /// A column that may hold several things.
    pub(super) fn all(&self, column: C) -> impl Iterator<Item = &str> {
        self.cells.iter().filter(move |(known, _)| *known == column).map(|(_, cell)| cell.as_str())
    }
    pub(super) fn with(mut self, column: C, cell: impl Into<String>) -> Self {
        let cell = cell.into();
        if !cell.is_empty() {
            self.cells.push((column, cell));
        }
        self
    }
    /// The same line with nothing in it yet.
    pub(super) fn bare(&self, kind: Kind) -> Self {
        Self { line: self.line, kind, damage: self.damage.clone(), ..Self::default() }
    }
    /// Takes over columns that mean the same on both sides.
    pub(super) fn with_those_of(mut self, other: &Self, columns: &[C]) -> Self {
        let same = other.cells.iter().filter(|(column, _)| columns.contains(column)).cloned();
        self.cells.extend(same);
        self
    }
}

/// Reads a record's cells.
pub(super) fn read_row(layout: &Layout, record: &StringRecord, line: u64) -> Row {
    let mut row = Row { line, damage: damage(layout, record), ..Row::default() };
    for (column, place) in layout.places() {
        let cell = record.get(*place).unwrap_or("").trim();
        let cell = match layout.format {
            Some(Format::Duka | Format::WooCommerce) => plain(cell),
            // A spreadsheet keeps leading zeroes by a quote in front.
            _ if matches!(column, C::Sku | C::Barcode) => cell.strip_prefix('\'').unwrap_or(cell).trim(),
            _ => cell,
        };
        if !cell.is_empty() {
            row.cells.push((*column, in_one_line(*column, cell)));
        }
    }
    row
}

/// What has one line where it is typed has one from a file too, so that the editor takes it as it is.
fn in_one_line(column: C, cell: &str) -> String {
    let is_text = matches!(column, C::Body | C::WooShort | C::ImageAlt);
    if is_text || !cell.contains(['\n', '\r', '\t']) {
        return cell.to_owned();
    }
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell as it was before a spreadsheet was kept from taking it for a formula.
pub(super) fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) => rest,
        _ => cell,
    }
}

/// The other way: what a spreadsheet would run begins with a quote, and so does what began with one.
pub fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) { format!("'{cell}").into() } else { cell.into() }
}

fn damage(layout: &Layout, record: &StringRecord) -> Option<Remark> {
    if record.len() != layout.width() {
        return Some(Remark::CellCount { cells: record.len(), columns: layout.width() });
    }
    let odd = |cell: &str| cell.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    record.iter().any(odd).then_some(Remark::NoText)
}

/// Where a row begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    byte: u64,
    pub line: u64,
    /// How many rows come before it.
    nth: usize,
}

impl Place {
    pub(super) const fn follows(self, other: Self) -> bool {
        self.nth == other.nth + 1
    }
}

/// The file as records, one after the other or from a known place on.
pub(super) struct Records {
    reader: csv::Reader<Tape>,
    record: ByteRecord,
    read: usize,
}

impl Records {
    /// With the header read.
    pub(super) fn open(file: &TextFile) -> Result<(Self, StringRecord), ImportRefusal> {
        let delimiter = delimiter(&first_line(file)?);
        let mut tape = Tape { inner: file.reader()?, start: file.start, lines: Lines::default() };
        tape.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(tape);
        let mut records = Self { reader, record: ByteRecord::new(), read: 0 };
        match records.next()? {
            Some((header, _)) => Ok((records, header)),
            None => Err(ImportRefusal::Empty),
        }
    }

    pub(super) fn next(&mut self) -> Result<Option<(StringRecord, Place)>, ImportRefusal> {
        let byte = self.reader.position().byte();
        if !self.reader.read_byte_record(&mut self.record).map_err(unreadable)? {
            return Ok(None);
        }
        let line = self.reader.get_mut().lines.begin(byte);
        let record = StringRecord::from_byte_record(self.record.clone());
        let nth = self.read;
        self.read += 1;
        Ok(Some((record.map_err(|_| ImportRefusal::NotText { line })?, Place { byte, line, nth })))
    }

    /// The record at a place that was found before.
    pub(super) fn at(&mut self, place: Place) -> Result<StringRecord, ImportRefusal> {
        let mut position = Position::new();
        position.set_byte(place.byte);
        self.reader.seek(position).map_err(unreadable)?;
        self.next()?.map(|(record, _)| record).ok_or(ImportRefusal::Unreadable)
    }
}

fn first_line(file: &TextFile) -> Result<String, ImportRefusal> {
    let mut reader = file.reader()?;
    reader.seek(SeekFrom::Start(file.start)).map_err(unreadable)?;
    let mut head = Vec::new();
    reader.take(64 * 1024).read_to_end(&mut head).map_err(unreadable)?;
    let text = String::from_utf8_lossy(&head);
    Ok(text.trim_start_matches(['\r', '\n']).lines().next().unwrap_or("").to_owned())
}

/// Spreadsheets of some countries write semicolons; some programs write tabs.
fn delimiter(header: &str) -> u8 {
    let (mut counts, mut is_quoted) = ([0_usize; 3], false);
    for c in header.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => counts[0] += 1,
            ';' if !is_quoted => counts[1] += 1,
            '\t' if !is_quoted => counts[2] += 1,
            _ => {}
        }
    }
    match counts {
        [commas, semicolons, tabs] if tabs > commas && tabs > semicolons => b'\t',
        [commas, semicolons, _] if semicolons > commas => b';',
        _ => b',',
    }
}

/// Reads from behind the byte-order mark and remembers enough to tell on which line a record begins: a carriage return
/// ends a record, and its line feed and blank lines come before the next one.
struct Tape {
    inner: Box<dyn ReadSeek>,
    start: u64,
    lines: Lines,
}

#[derive(Default)]
struct Lines {
    /// What was read from `base` on.
    bytes: Vec<u8>,
    base: u64,
    /// Line breaks before `base`.
    before: u64,
}

impl Lines {
    /// The line of the record that begins behind `byte` and the line breaks there; what is before is forgotten.
    fn begin(&mut self, byte: u64) -> u64 {
        let at = usize::try_from(byte.saturating_sub(self.base)).unwrap_or(usize::MAX).min(self.bytes.len());
        let blank = self.bytes[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.before += self.bytes[..at + blank].iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        self.bytes.drain(..at + blank);
        self.base += (at + blank) as u64;
        1 + self.before
    }
}

impl Read for Tape {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.lines.bytes.extend_from_slice(&into[..count]);
        Ok(count)
    }
}

impl Seek for Tape {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(byte) = to else { return Err(io::Error::other("only from the start")) };
        self.inner.seek(SeekFrom::Start(self.start + byte))?;
        self.lines = Lines { bytes: Vec::new(), base: byte, before: 0 };
        Ok(byte)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::text_file::Source, *};

    fn read(text: &str) -> Vec<(u64, String)> {
        let file = TextFile::open(Source::Bytes(text.as_bytes().to_vec())).expect("text");
        let (mut records, header) = Records::open(&file).expect("records");
        assert_eq!(header.len(), 3);
        let mut found = Vec::new();
        let mut places = Vec::new();
        while let Some((record, place)) = records.next().expect("a record") {
            found.push((place.line, record[1].to_owned()));
            places.push(place);
        }
        // The same again from the last to the first.
        for (nth, place) in places.iter().enumerate().rev() {
            assert_eq!(records.at(*place).expect("a record")[1], found[nth].1);
        }
        found
    }

    #[test]
    fn a_row_is_known_by_the_line_it_begins_on_whatever_ends_a_line() {
        let expected = vec![(2, "A".into()), (3, "B\nb".into()), (6, "C".into())];
        assert_eq!(read("Handle,Title,Price\na,A,1\nb,\"B\nb\",2\n\nc,C,3"), expected);
        let expected = vec![(2, "A".into()), (3, "B\r\nb".into()), (6, "C".into())];
        assert_eq!(read("Handle,Title,Price\r\na,A,1\r\nb,\"B\r\nb\",2\r\n\r\nc,C,3\r\n"), expected);
        let long = "x".repeat(30_000);
        let rows = (0..50).map(|n| format!("h{n},{long}{n},1\r\n")).collect::<Vec<_>>().concat();
        assert_eq!(read(&format!("\u{feff}Handle,Title,Price\r\n{rows}")).last(), Some(&(51, format!("{long}49"))));
    }

    #[test]
    fn semicolons_tabs_and_a_byte_order_mark_do_not_matter() {
        assert_eq!(read("\u{feff}Handle;Title;\"Price, in KSh\"\na;A, really;1"), vec![(2, "A, really".into())]);
        assert_eq!(read("Handle\tTitle\tPrice\na\tA; b, c\t1"), vec![(2, "A; b, c".into())]);
    }

    #[test]
    fn what_a_spreadsheet_would_run_goes_out_harmless_and_comes_back_as_it_was() {
        for cell in ["=cmd|'/c calc'!A1", "+254", "-5", "@x", "'tis", "'=x", "''", "plain", ""] {
            let out = harmless(cell).into_owned();
            assert!(!out.starts_with(['=', '+', '-', '@']), "{out}");
            assert_eq!(plain(&out), cell);
        }
        assert_eq!(plain("'tis"), "'tis");
    }
}
