//! Products from a file: looked through, drafted, then written a batch of whole products at a time, with a word for every
//! row that needs one.
//!
//! A product with a wrong row stays out as a whole; the others go on. The same file twice changes nothing. However
//! large the file, only the products of a few batches are in memory.

mod category;
mod column;
mod draft;
mod engine;
mod fetch;
mod fetch_for;
mod format;
mod index;
mod match_variants;
mod notes;
mod pictures;
mod plan;
mod price;
mod remark;
mod report;
mod rows;
mod run;
pub mod runs;
mod settle;
mod stored;
mod table;
mod text_file;
mod variants;
mod woo;
mod write;
mod write_images;
mod write_rows;

pub use category::joined_path;
pub use column::{Column, FIELDS};
pub use fetch::{FetchProblem, Fetcher};
pub use format::{DUKA, Format, Mapping, Reading, guess};
pub use index::FileHead;
pub use price::Rate;
pub use remark::{Pieces, PriceOf, Remark};
pub use report::{ImportRefusal, ImportReport, ImportRow, Message, Outcome};
pub use rows::harmless;
pub use run::import;
pub use table::read_table;
pub use text_file::Source;

use std::path::PathBuf;

/// A file as it was brought in.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// Shown in the list of imports.
    pub name: String,
    pub source: Source,
    /// Where relative picture paths are looked for; without one there are none.
    pub folder: Option<PathBuf>,
}

#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// How the file is read; `None` is told by its columns.
    pub reading: Option<Reading>,
    /// Multiplies the file's prices, which are then rounded to whole shillings.
    pub rate: Option<Rate>,
    /// Everything but writing.
    pub dry_run: bool,
    /// Fetches pictures that lie elsewhere; without one they are noted and stay there.
    pub fetcher: Option<Fetcher>,
    /// Told after each batch: rows that are done, rows of the file.
    pub progress: Option<fn(usize, usize)>,
}
