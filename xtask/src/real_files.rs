//! The real product files, which no checkout has: how many tests had nothing to read without them.

use std::fs;
use std::path::Path;

/// Names their folder.
const SETTING: &str = "DUKA_REAL_FILES";
/// How every test that reads them begins.
const ASKS: &str = "= real_files() else { return };";

/// What a run without them has to say of itself; nothing where they are.
pub fn missing(root: &Path) -> Option<String> {
    let count = if std::env::var_os(SETTING).is_some() { 0 } else { askers(&root.join("server/tests")) };
    (count > 0).then(|| {
        format!("{SETTING} names no folder: {count} tests had no real product file to read, and pass without one")
    })
}

fn askers(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    paths
        .map(|path| {
            if path.is_dir() {
                return askers(&path);
            }
            fs::read_to_string(&path).map_or(0, |text| text.matches(ASKS).count())
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_that_read_real_files_are_counted() {
        assert_eq!(askers(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/tests")), 5);
    }
}
