//! Tells whether files changed since a step was last done.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// Sixteen hexadecimal digits over the names and contents of all files in these files and folders.
///
/// Meant to notice change, not to resist an attacker.
pub fn of(root: &Path, parts: &[&str], salt: &str) -> anyhow::Result<String> {
    let mut hasher = DefaultHasher::new();
    salt.hash(&mut hasher);
    for part in parts {
        for path in files(&root.join(part))? {
            path.strip_prefix(root).unwrap_or(&path).hash(&mut hasher);
            fs::read(&path).with_context(|| format!("reading {}", path.display()))?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Every file below a folder, sorted; the path itself when it is a file; none when it does not exist.
pub fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
            found.extend(files(&entry?.path())?);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::workspace::Scratch;
    use std::fs;

    #[test]
    fn a_changed_moved_or_new_file_changes_the_fingerprint_and_nothing_else_does() {
        let scratch = Scratch::make("fingerprint").unwrap();
        let root = scratch.path();
        fs::create_dir(root.join("src")).unwrap();
        fs::write(root.join("src/a"), "one").unwrap();
        let first = of(root, &["src", "missing"], "").unwrap();
        assert_eq!(of(root, &["src", "missing"], "").unwrap(), first);
        assert_ne!(of(root, &["src", "missing"], "other profile").unwrap(), first);
        fs::rename(root.join("src/a"), root.join("src/b")).unwrap();
        assert_ne!(of(root, &["src", "missing"], "").unwrap(), first);
        fs::rename(root.join("src/b"), root.join("src/a")).unwrap();
        assert_eq!(of(root, &["src", "missing"], "").unwrap(), first);
        fs::write(root.join("src/a"), "two").unwrap();
        assert_ne!(of(root, &["src", "missing"], "").unwrap(), first);
    }
}
