//! Where built sites lie: folders named by their content, and for each checkout a pointer to its newest.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Context as _;

use crate::fingerprint;
use crate::workspace::Workspace;

/// Pages made a moment before a new build still ask for the files of the old one.
const KEPT: Duration = Duration::from_hours(24);

/// The name of a site: sixteen hexadecimal digits over everything in it.
///
/// The same content has the same name, so browsers may keep it for ever.
pub fn content_id(site: &Path) -> anyhow::Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in fingerprint::files(site)? {
        path.strip_prefix(site)?.hash(&mut hasher);
        fs::read(&path)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The site of this checkout, when it was built from these inputs and is whole.
pub fn current(here: &Workspace, inputs: &str) -> Option<PathBuf> {
    let built_from = fs::read_to_string(here.own().join("inputs")).ok()?;
    let id = fs::read_to_string(here.own().join("current")).ok()?;
    let site = here.sites().join(id.trim());
    (built_from == inputs && site.join("site.json").is_file()).then_some(site)
}

/// Moves a finished site to its place, points to it, and removes sites that nobody points to since a day.
pub fn keep(here: &Workspace, finished: &Path, id: &str, inputs: &str) -> anyhow::Result<PathBuf> {
    let site = here.sites().join(id);
    if !site.is_dir() {
        // Beside its place first: a rename is whole or not at all, a copy is not.
        let half = here.sites().join(format!("half-{id}-{}", std::process::id()));
        copy(finished, &half)?;
        if let Err(cause) = fs::rename(&half, &site) {
            fs::remove_dir_all(&half).context("removing a site that was built twice")?;
            if !site.is_dir() {
                return Err(cause).with_context(|| format!("moving the site to {}", site.display()));
            }
        }
    }
    if let Ok(before) = fs::read_to_string(here.own().join("current")) {
        touch(&here.sites().join(before.trim()));
    }
    write(&here.own().join("current"), id)?;
    write(&here.own().join("inputs"), inputs)?;
    remove_old(here)?;
    Ok(site)
}

fn remove_old(here: &Workspace) -> anyhow::Result<()> {
    let entries: Vec<PathBuf> = fs::read_dir(here.sites())?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    let pointed: Vec<String> =
        entries.iter().filter_map(|path| fs::read_to_string(path.join("current")).ok()).collect();
    for path in &entries {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_site = path.join("site.json").is_file() || name.starts_with("half-");
        let age = fs::metadata(path)?.modified()?.elapsed().unwrap_or_default();
        if is_site && age > KEPT && !pointed.iter().any(|id| id.trim() == name) {
            fs::remove_dir_all(path).with_context(|| format!("removing the old site {}", path.display()))?;
        }
    }
    Ok(())
}

/// The day starts when a site is replaced, not when it was built.
fn touch(folder: &Path) {
    // A site that somebody removed by hand needs no date.
    let _ = File::open(folder).and_then(|folder| folder.set_modified(SystemTime::now()));
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let half = path.with_extension(format!("{}.new", std::process::id()));
    fs::write(&half, text).and_then(|()| fs::rename(&half, path)).with_context(|| format!("writing {}", path.display()))
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for path in fingerprint::files(from)? {
        let target = to.join(path.strip_prefix(from)?);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).with_context(|| format!("making {}", parent.display()))?;
        }
        fs::copy(&path, &target).with_context(|| format!("copying {}", path.display()))?;
    }
    Ok(())
}
