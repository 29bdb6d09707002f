//! Where things are: the checkout, the shared cache, the build output.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

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
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the checkout")?.to_owned();
        let cache = match variable("DUKA_CACHE") {
            Some(path) => path,
            None => variable("HOME").context("neither DUKA_CACHE nor HOME is set")?.join(".cache/duka"),
        };
        let target = variable("CARGO_TARGET_DIR").unwrap_or_else(|| cache.join("target"));
        let here = Self { root, cache: absolute(&cache)?, target: absolute(&target)? };
        for folder in [here.tools(), here.own()] {
            fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        }
        Ok(here)
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
        Ok(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It is in the temporary folder: the system removes what we cannot.
        let _ = fs::remove_dir_all(&self.path);
    }
}
