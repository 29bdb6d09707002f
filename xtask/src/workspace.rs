//! Where things are: the checkout, the shared cache, the build output.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::steps;

/// The choice of packages and features that every check of the host side shares, so that nothing is compiled twice.
pub const HOST: [&str; 5] = ["--workspace", "--exclude", "frontend", "--features", "duka/testing"];

/// The checkout. Cargo says which one while it runs us; a shared build folder makes the compiled-in path a guess.
fn root() -> PathBuf {
    let package = variable("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    package.parent().map_or_else(|| package.clone(), Path::to_owned)
}

fn cache() -> anyhow::Result<PathBuf> {
    absolute(&match variable("DUKA_CACHE") {
        Some(path) => path,
        None => variable("HOME").context("neither DUKA_CACHE nor HOME is set")?.join(".cache/duka"),
    })
}

/// The folders of one checkout on one machine.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The checkout.
    pub root: PathBuf,
    /// `DUKA_CACHE`: shared by every checkout of the machine.
    pub cache: PathBuf,
    /// `CARGO_TARGET_DIR`: shared too.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks the environment and makes the folders that are missing.
    pub fn find() -> anyhow::Result<Self> {
        let root = root();
        let cache = cache()?;
        let target = variable("CARGO_TARGET_DIR").unwrap_or_else(|| cache.join("target"));
        let here = Self { root, cache, target: absolute(&target)? };
        for folder in [here.tools(), here.own()] {
            fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        }
        Ok(here)
    }

    /// A cargo command in this checkout.
    pub fn cargo<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = steps::command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), arguments);
        // Set by `cargo run` for this program only; a nested cargo must not take them for its own.
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
                command.env_remove(name);
            }
        }
        // Subcommands that this machine lacked are in the cache.
        let others = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(std::env::split_paths(&others).chain([self.tools().join("bin")]));
        command
            .current_dir(&self.root)
            .env_remove("CARGO_PRIMARY_PACKAGE")
            .env("CARGO_TARGET_DIR", &self.target)
            // See scripts/rustc: this checkout's crates are not another's.
            .env("RUSTC_WORKSPACE_WRAPPER", self.root.join("scripts/rustc"))
            .env("PATH", path.unwrap_or(others));
        command
    }

    /// A setting: from the environment, else from the `.env` that the server reads too.
    pub fn setting(&self, name: &str) -> Option<String> {
        let from_file = || {
            let text = fs::read_to_string(self.root.join(".env")).ok()?;
            text.lines()
                .filter_map(|line| line.trim().trim_start_matches("export ").split_once('='))
                .find(|(key, _)| key.trim() == name)
                .map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_owned())
        };
        std::env::var(name).ok().or_else(from_file).filter(|value| !value.is_empty())
    }

    /// Tools that came from a registry.
    pub fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// Built sites, named by their content.
    pub fn sites(&self) -> PathBuf {
        self.target.join("site")
    }

    /// What belongs to this checkout alone inside the shared build output.
    pub fn own(&self) -> PathBuf {
        let mut hasher = DefaultHasher::new();
        self.root.hash(&mut hasher);
        self.sites().join(format!("checkout-{:016x}", hasher.finish()))
    }
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("finding {}", path.display()))
}

/// A folder in the system's temporary place that everybody may enter; removed when dropped.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes it; `name` tells a person whose it is.
    pub fn make(name: &str) -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("duka-{name}-{}", std::process::id()));
        if path.exists() {
            fs::remove_dir_all(&path).with_context(|| format!("removing {}", path.display()))?;
        }
        fs::create_dir_all(&path).with_context(|| format!("making {}", path.display()))?;
        // The database server may run as somebody else, whatever the umask says.
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
            .with_context(|| format!("opening {}", path.display()))?;
        Ok(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Below are at most the folders of a cluster, which may itself lie elsewhere, and those of a demo around one.
        for folder in [self.path.as_path(), &self.path.join("data")] {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let _ = cluster::remove(&entry.path());
            }
        }
        // It is in the temporary folder: the system removes what we cannot.
        let _ = fs::remove_dir_all(&self.path);
    }
}
