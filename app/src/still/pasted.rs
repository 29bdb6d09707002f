//! What is pasted from a spreadsheet: rows of cells, as programs put them on the clipboard.

/// More than any form of ours has.
const MOST_ROWS: usize = 500;
const MOST_CELLS: usize = 20;

/// Cells between tabs, rows between line ends; a cell in quotes may hold both. What is beyond the bounds is left out.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut letters, mut is_quoted) = (text.chars().peekable(), false);
    while let Some(letter) = letters.next() {
        let row_count = rows.len();
        let Some(row) = rows.last_mut() else { break };
        let cell_count = row.len();
        let Some(cell) = row.last_mut() else { break };
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            '\t' if !is_quoted && cell_count < MOST_CELLS => row.push(String::new()),
            '\t' if !is_quoted => {}
            '\r' => {}
            '\n' if !is_quoted && row_count == MOST_ROWS => break,
            '\n' if !is_quoted => rows.push(vec![String::new()]),
            '\n' => cell.push(' '),
            letter => cell.push(letter),
        }
    }
    // Spreadsheets end the last row, too.
    if rows.len() > 1 && rows.last().is_some_and(|row| row.iter().all(String::is_empty)) {
        rows.pop();
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_a_spreadsheet_is_rows_of_cells() {
        assert_eq!(rows("1200\t1500\r\n1300\t\r\n"), [["1200", "1500"], ["1300", ""]]);
        assert_eq!(rows("K-1"), [["K-1"]]);
        assert_eq!(rows("\"two\nlines\t\"\"x\"\"\"\tb"), [["two lines\t\"x\"", "b"]]);
        assert_eq!(rows("5\" nail\t1"), [["5\" nail", "1"]]);
    }

    #[test]
    fn a_whole_workbook_is_cut() {
        assert_eq!(rows(&"1\n".repeat(9_000)).len(), MOST_ROWS);
        assert_eq!(rows(&"1\t".repeat(9_000))[0].len(), MOST_CELLS);
    }
}
