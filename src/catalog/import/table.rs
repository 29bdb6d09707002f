//! The bytes of a file as rows with known columns; refuses a file that is no such table.

use super::report::ImportRefusal;
use csv::{ByteRecord, ReaderBuilder, StringRecord, Trim};

const MOST_BYTES: usize = 64 * 1024 * 1024;
const MOST_ROWS: usize = 100_000;
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The columns that we read; a file has many more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Handle,
    Title,
    Body,
    Vendor,
    Type,
    ProductCategory,
    Tags,
    Published,
    Status,
    GiftCard,
    OptionName(usize),
    OptionValue(usize),
    Sku,
    Barcode,
    Grams,
    Quantity,
    Policy,
    Price,
    ComparePrice,
    Cost,
    ImageSrc,
    ImagePosition,
    ImageAlt,
    VariantImage,
    SeoTitle,
    SeoDescription,
}

use Column as C;

/// Each column's name in an export, then its name in Shopify's newer template.
const NAMES: [(Column, &[&str]); 30] = [
    (C::Handle, &["Handle", "URL handle"]),
    (C::Title, &["Title"]),
    (C::Body, &["Body (HTML)", "Description"]),
    (C::Vendor, &["Vendor"]),
    (C::Type, &["Type"]),
    (C::ProductCategory, &["Product Category"]),
    (C::Tags, &["Tags"]),
    (C::Published, &["Published", "Published on online store"]),
    (C::Status, &["Status"]),
    (C::GiftCard, &["Gift Card"]),
    (C::OptionName(0), &["Option1 Name"]),
    (C::OptionValue(0), &["Option1 Value"]),
    (C::OptionName(1), &["Option2 Name"]),
    (C::OptionValue(1), &["Option2 Value"]),
    (C::OptionName(2), &["Option3 Name"]),
    (C::OptionValue(2), &["Option3 Value"]),
    (C::Sku, &["Variant SKU", "SKU"]),
    (C::Barcode, &["Variant Barcode", "Barcode"]),
    (C::Grams, &["Variant Grams", "Weight value (grams)"]),
    (C::Quantity, &["Variant Inventory Qty", "Inventory quantity"]),
    (C::Policy, &["Variant Inventory Policy", "Continue selling when out of stock"]),
    (C::Price, &["Variant Price", "Price"]),
    (C::ComparePrice, &["Variant Compare At Price", "Compare-at price"]),
    (C::Cost, &["Cost per item"]),
    (C::ImageSrc, &["Image Src", "Product image URL"]),
    (C::ImagePosition, &["Image Position"]),
    (C::ImageAlt, &["Image Alt Text"]),
    (C::VariantImage, &["Variant Image", "Variant image URL"]),
    (C::SeoTitle, &["SEO Title"]),
    (C::SeoDescription, &["SEO Description"]),
];
const REQUIRED: [Column; 3] = [C::Handle, C::Title, C::Price];

/// A row and the line it begins on.
#[derive(Debug)]
pub(super) struct Row {
    pub line: u64,
    cells: StringRecord,
}

/// A whole file, read.
#[derive(Debug)]
pub(super) struct Table {
    pub rows: Vec<Row>,
    /// Where each known column stands, in the order of `NAMES`.
    places: Vec<(Column, usize)>,
    width: usize,
}

impl Table {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ImportRefusal> {
        if bytes.len() > MOST_BYTES {
            return Err(ImportRefusal::TooLarge);
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|fault| ImportRefusal::NotUtf8 { line: 1 + count_lines(&bytes[..fault.valid_up_to()]) })?;
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        if text.trim().is_empty() {
            return Err(ImportRefusal::Empty);
        }
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter(text))
            .flexible(true)
            .has_headers(false)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let mut header = StringRecord::new();
        reader.read_record(&mut header).map_err(|_| ImportRefusal::Empty)?;
        let places = find_columns(&header)?;
        let rows = read_rows(text, &mut reader)?;
        if rows.is_empty() {
            return Err(ImportRefusal::NoRows);
        }
        Ok(Self { rows, places, width: header.len() })
    }

    /// A cell without surrounding blanks; empty where the file has no such column.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.place(column).and_then(|place| row.cells.get(place)).unwrap_or("")
    }

    fn place(&self, column: Column) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == column).map(|(_, place)| *place)
    }

    /// What makes a row unreadable as a whole.
    pub(super) fn damage(&self, row: &Row) -> Option<String> {
        if row.cells.len() != self.width {
            return Some(format!(
                "the row has {} cells where the header has {}; a quotation mark or a separator may be missing or too many",
                row.cells.len(),
                self.width
            ));
        }
        let odd = |cell: &str| cell.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        row.cells.iter().any(odd).then(|| "the row holds characters that are no text".to_owned())
    }
}

fn find_columns(header: &StringRecord) -> Result<Vec<(Column, usize)>, ImportRefusal> {
    let mut places = Vec::new();
    for (column, names) in NAMES {
        let mut found = header
            .iter()
            .enumerate()
            .filter(|(_, cell)| names.iter().any(|name| name.eq_ignore_ascii_case(cell.trim())));
        if let Some((place, _)) = found.next() {
            places.push((column, place));
        }
        if found.next().is_some() {
            return Err(ImportRefusal::ColumnTwice(names[0]));
        }
    }
    let missing: Vec<&str> = NAMES
        .iter()
        .filter(|(column, _)| REQUIRED.contains(column) && !places.iter().any(|(known, _)| known == column))
        .map(|(_, names)| names[0])
        .collect();
    if missing.is_empty() { Ok(places) } else { Err(ImportRefusal::MissingColumns(missing)) }
}

fn read_rows(text: &str, reader: &mut csv::Reader<&[u8]>) -> Result<Vec<Row>, ImportRefusal> {
    let bytes = text.as_bytes();
    let (mut rows, mut counted, mut line) = (Vec::new(), 0, 1);
    let mut record = ByteRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(bytes.len());
        // A carriage return ends a record; its line feed and blank lines come before the next one.
        let start = start + bytes[start..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        line += count_lines(&bytes[counted..start]);
        counted = start;
        if !reader.read_byte_record(&mut record).map_err(|_| ImportRefusal::Empty)? {
            return Ok(rows);
        }
        if rows.len() == MOST_ROWS {
            return Err(ImportRefusal::TooManyRows);
        }
        let cells = StringRecord::from_byte_record(record.clone()).map_err(|_| ImportRefusal::NotUtf8 { line })?;
        rows.push(Row { line, cells });
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|b| u64::from(*b == b'\n')).sum()
}

/// Spreadsheets of some countries write semicolons.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or("");
    let count = |mark: char| header.matches(mark).count();
    if count(';') > count(',') { b';' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Handle,Title,Variant Price";

    fn read(text: &str) -> Result<Vec<(u64, String)>, ImportRefusal> {
        let table = Table::read(text.as_bytes())?;
        Ok(table.rows.iter().map(|row| (row.line, table.cell(row, C::Title).to_owned())).collect())
    }

    #[test]
    fn a_row_is_known_by_the_line_it_begins_on_whatever_ends_a_line() {
        let expected = Ok(vec![(2, "A".into()), (3, "B\nb".into()), (6, "C".into())]);
        assert_eq!(read(&format!("{HEADER}\na,A,1\nb,\"B\nb\",2\n\nc,C,3")), expected);
        let expected = Ok(vec![(2, "A".into()), (3, "B\r\nb".into()), (6, "C".into())]);
        assert_eq!(read(&format!("{HEADER}\r\na,A,1\r\nb,\"B\r\nb\",2\r\n\r\nc,C,3\r\n")), expected);
    }

    #[test]
    fn a_byte_order_mark_and_semicolons_do_not_matter() {
        assert_eq!(read("\u{feff}Handle;Title;Variant Price\na;A, really;1"), Ok(vec![(2, "A, really".into())]));
    }

    #[test]
    fn a_file_that_is_no_such_table_is_refused_in_a_sentence() {
        let refusal = |bytes: &[u8]| Table::read(bytes).map(|_| ()).map_err(|refusal| refusal.to_string());
        assert_eq!(refusal(b""), Err("the file is empty".into()));
        assert_eq!(refusal(HEADER.as_bytes()), Err("the file has a header and no rows".into()));
        assert_eq!(
            refusal(b"Handle,Vendor\na,b"),
            Err("the file lacks the columns Title and Variant Price, which a Shopify product file has".into())
        );
        assert_eq!(
            refusal(b"Handle,Title\na,b"),
            Err("the file lacks the column Variant Price, which a Shopify product file has".into())
        );
        assert_eq!(
            refusal(b"Handle,Title,Title,Variant Price\na,b,c,1"),
            Err("the file has the column Title twice".into())
        );
        assert_eq!(
            refusal(b"Handle,Title,Variant Price\na,A,1\nb,Caf\xe9,2"),
            Err("the file is not UTF-8 text; line 3 has a byte that is none. Save it as “CSV UTF-8” and try again"
                .into())
        );
    }

    #[test]
    fn a_row_of_another_width_is_damaged() {
        let table = Table::read(format!("{HEADER}\na,A\nb,B,2,3\nc,C,3\nd,\u{1}D,4").as_bytes()).expect("a table");
        let damaged: Vec<bool> = table.rows.iter().map(|row| table.damage(row).is_some()).collect();
        assert_eq!(damaged, [true, true, false, true]);
    }
}
