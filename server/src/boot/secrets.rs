//! Secrets that the program makes for itself and keeps in its data folder, for nobody else to read.

use anyhow::{Context as _, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::{
    fs,
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

/// The master key of an installation with a database of its own; made once.
pub fn master_key(data_dir: &Path) -> anyhow::Result<[u8; 32]> {
    let text = kept(&data_dir.join("secret.key"), || BASE64_STANDARD.encode(rand::random::<[u8; 32]>()))?;
    let key = BASE64_STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    key.with_context(|| format!("{} does not hold a key any more", data_dir.join("secret.key").display()))
}

/// What the file holds; made the first time.
pub fn kept(path: &Path, make: impl FnOnce() -> String) -> anyhow::Result<String> {
    match fs::read_to_string(path) {
        Ok(text) => {
            ensure!(
                !text.trim().is_empty(),
                "{} is empty: take it from a backup, or remove it together with the data it protects",
                path.display()
            );
            return Ok(text);
        }
        Err(fault) if fault.kind() == ErrorKind::NotFound => {}
        Err(fault) => return Err(fault).with_context(|| format!("reading {}", path.display())),
    }
    let text = make();
    write(path, &text)?;
    Ok(text)
}

/// Writes a file that only this user reads; whole or not at all.
pub fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let half = path.with_extension(format!("{}.new", std::process::id()));
    let put = || -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&half)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&half, path)
    };
    put().with_context(|| format!("writing {}", path.display()))
}
