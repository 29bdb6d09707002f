//! Files of products brought into a shop: every kind of broken row, the same file twice, and the real files.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod again;
mod at_once;
mod bad_files;
mod bounded;
mod choices;
mod fetching;
mod formats;
#[path = "../start/names.rs"]
#[allow(dead_code, reason = "pictures need a part of what names can lead to")]
mod names;
mod out_and_in;
mod pictures;
mod real_files;
mod runs;
mod world;
