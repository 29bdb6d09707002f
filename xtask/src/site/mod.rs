//! Builds what browsers download: two bundles, their styles, the public files, each compressed beside itself.

mod bundle;
mod compress;
mod folder;
mod islands;
mod styles;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::steps::{say, tell};
use crate::workspace::{Scratch, Workspace};
use crate::{fingerprint, install};

pub use compress::brotli_bytes;
pub use islands::check as check_islands;

/// What a change of makes the site another one. The build task itself is part of it.
const INPUTS: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "app",
    "frontend",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
    "xtask/src/site",
    ".cargo",
];

/// How much time to spend on small files.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Quality {
    /// Optimised for size and compressed as well as it goes.
    Release,
    /// As fast to build as it goes; for trying things.
    Dev,
}

impl Quality {
    fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "dev",
        }
    }
}

/// Builds the site unless nothing changed since; gives the folder for `DUKA_SITE_DIR`.
pub fn build(here: &Workspace, quality: Quality) -> anyhow::Result<PathBuf> {
    let inputs = fingerprint::of(&here.root, &INPUTS, quality.name())?;
    if let Some(site) = folder::current(here, &inputs) {
        say(format!("the site is up to date ({})", site.display()));
        return Ok(site);
    }
    install::wasm_target(here)?;
    let tools = install::site_tools(here)?;
    let scratch = Scratch::make("site")?;
    let site = scratch.path().join("files");
    copy_public(&here.root.join("public"), &site)?;
    for script in scripts_of(&site)? {
        bundle::minify(&tools, &script, quality)?;
    }
    for name in ["shop", "dash"] {
        say(format!("building the {name} bundle"));
        bundle::build(here, &tools, name, &site.join(name), quality)?;
    }
    say("bundling the styles");
    for name in ["shop.css", "browse.css", "buying.css", "dash.css"] {
        styles::bundle(&here.root.join("style").join(name), &site.join(name))?;
    }
    say("compressing");
    let id = folder::content_id(&site)?;
    fs::write(site.join("site.json"), serde_json::json!({ "build": id }).to_string()).context("writing site.json")?;
    compress::all(&site, quality)?;
    let site = folder::keep(here, &site, &id, &inputs)?;
    print_sizes(&site)?;
    Ok(site)
}

/// The scripts written by hand: the loader and the service worker.
pub fn scripts_of(site: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let bundles = [site.join("shop"), site.join("dash")];
    Ok(fingerprint::files(site)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "js"))
        .filter(|path| !bundles.iter().any(|bundle| path.starts_with(bundle)))
        .collect())
}

fn copy_public(public: &Path, site: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(site).with_context(|| format!("making {}", site.display()))?;
    for path in fingerprint::files(public)? {
        let to = site.join(path.strip_prefix(public).context("a public file lies in public/")?);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).with_context(|| format!("making {}", parent.display()))?;
        }
        fs::copy(&path, &to).with_context(|| format!("copying {}", path.display()))?;
    }
    Ok(())
}

fn print_sizes(site: &Path) -> anyhow::Result<()> {
    tell(format!("{:<28} {:>10} {:>10}", "file", "bytes", "brotli"));
    for path in fingerprint::files(site)? {
        if compress::is_compressible(&path) {
            let name = path.strip_prefix(site).unwrap_or(&path);
            let (plain, small) = (length(&path)?, length(&compress::beside(&path, "br"))?);
            tell(format!("{:<28} {plain:>10} {small:>10}", name.display()));
        }
    }
    tell(site.display());
    Ok(())
}

/// The size of a file in bytes.
pub fn length(path: &Path) -> anyhow::Result<u64> {
    Ok(fs::metadata(path).with_context(|| format!("measuring {}", path.display()))?.len())
}
