//! A table as somebody brought it: what its columns are called, and rows of cells, each with the line it begins on.

/// Cells are trimmed; what no cell says is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<TableRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// Where the row begins in the file, counted from 1.
    pub line: u64,
    pub cells: Vec<String>,
}
