//! A page that search engines should know, and how a file of them is kept.

use chrono::{DateTime, Utc};
use std::fmt::Write as _;

/// Pages of one file. Each may be there in two languages, and 50,000 addresses are the most that search engines read.
pub const PER_FILE: usize = 25_000;

/// A page and when it last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Without language prefix.
    pub path: String,
    pub changed_at: DateTime<Utc>,
}

/// As they are kept, one a line.
pub fn write(entries: &[SitemapEntry]) -> String {
    entries.iter().fold(String::new(), |mut text, entry| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}\t{}", entry.changed_at.timestamp(), entry.path);
        text
    })
}

/// What was kept; a line that makes no sense is left out.
pub fn read(text: &str) -> Vec<SitemapEntry> {
    text.lines()
        .filter_map(|line| {
            let (seconds, path) = line.split_once('\t')?;
            let changed_at = DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
            Some(SitemapEntry { path: path.to_owned(), changed_at })
        })
        .collect()
}

/// The address of the file of that number, from 1.
pub fn file(number: usize) -> String {
    format!("/sitemaps/{number}.xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_again_to_the_second() {
        let entry = |path: &str, second| SitemapEntry {
            path: path.to_owned(),
            changed_at: DateTime::from_timestamp(second, 0).unwrap(),
        };
        let entries = [entry("/", 1_700_000_000), entry("/p/kikoi", 1_600_000_000)];
        let text = write(&entries);
        assert_eq!(text, "1700000000\t/\n1600000000\t/p/kikoi\n");
        assert_eq!(read(&text), entries);
        assert!(read("x\t/\n12\nnonsense").is_empty());
    }
}
