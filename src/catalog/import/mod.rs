//! Products from a file: read, drafted, then written one whole product at a time, with a word for every row.
//!
//! A product with a wrong row stays out as a whole; the others go on. The same file twice changes nothing.

mod draft;
mod notes;
mod pictures;
mod price;
mod report;
mod run;
mod stored;
mod table;
mod variants;
mod write;
mod write_rows;

pub use price::Rate;
pub use report::{ImportRefusal, ImportReport, ImportRow, Outcome};
pub use run::import;

use std::path::PathBuf;

/// A file as it was brought in, in Shopify's format.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// Shown in the list of imports.
    pub name: String,
    pub bytes: Vec<u8>,
    /// Where relative picture paths are looked for; without one there are none.
    pub folder: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// Multiplies the file's prices, which are then rounded to whole shillings.
    pub rate: Option<Rate>,
    /// Everything but writing.
    pub dry_run: bool,
}
