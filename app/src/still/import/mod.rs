//! Still pages of files: the one that takes them, and one for each that came.

mod run;
mod upload;

pub use run::run;
pub use upload::{Typed, upload};

/// Where files are brought in.
pub const ADDRESS: &str = "/dashboard/products/import";
/// Where everything is taken out.
pub const EXPORT: &str = "/dashboard/products/export";
