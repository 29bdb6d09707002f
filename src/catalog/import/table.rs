//! A file of anything but products, read as files of products are: whatever it is written in and separated by.

use super::{
    index::MOST_COLUMNS,
    report::ImportRefusal,
    rows::{Records, plain},
    text_file::{Source, TextFile},
};
use crate::kernel::table::{Table, TableRow};
use csv::StringRecord;

/// Its columns and at most `most_rows` rows; rows without any content are left out.
pub fn read_table(bytes: Vec<u8>, most_rows: usize) -> Result<Table, ImportRefusal> {
    let file = TextFile::open(Source::Bytes(bytes))?;
    let (mut records, header) = Records::open(&file)?;
    if header.len() > MOST_COLUMNS {
        return Err(ImportRefusal::TooManyColumns);
    }
    let width = header.len();
    let mut rows = Vec::new();
    while rows.len() < most_rows
        && let Some((record, place)) = records.next()?
    {
        let cells = cells(&record, width);
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(TableRow { line: place.line, cells });
        }
    }
    if rows.is_empty() { Err(ImportRefusal::NoRows) } else { Ok(Table { columns: cells(&header, width), rows }) }
}

/// One cell more than there are columns is kept of a row that is too wide, so that it is seen.
fn cells(record: &StringRecord, width: usize) -> Vec<String> {
    record.iter().take(width + 1).map(|cell| plain(cell.trim()).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_whatever_separates_it_and_keeps_its_lines() {
        for text in [
            "Phone,Name\n0711,'=Amina\n,\n0722,Otieno,,\n",
            "\u{feff}Phone;Name\r\n0711;'=Amina\r\n;\r\n0722;Otieno;;\r\n",
        ] {
            let table = read_table(text.as_bytes().to_vec(), 10).expect("a table");
            assert_eq!(table.columns, ["Phone", "Name"]);
            let rows: Vec<_> = table.rows.iter().map(|row| (row.line, row.cells.join("|"))).collect();
            assert_eq!(rows, [(2, "0711|=Amina".to_owned()), (4, "0722|Otieno|".to_owned())]);
            assert_eq!(read_table(text.as_bytes().to_vec(), 1).map(|table| table.rows.len()), Ok(1));
        }
    }

    #[test]
    fn a_file_without_rows_is_none() {
        assert_eq!(read_table(b"Phone,Name\n".to_vec(), 10), Err(ImportRefusal::NoRows));
        assert_eq!(read_table(Vec::new(), 10), Err(ImportRefusal::Empty));
    }
}
