//! Secrets that the program makes for itself and keeps in its data folder, for nobody else to read.

use anyhow::{Context as _, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::{
    fs,
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

const KEY: &str = "secret.key";
const NEXT: &str = "secret.key.next";

/// The master keys of an installation with a database of its own, the one to wrap with first. The first is made once;
/// there are two while `duka keys rotate` is under way.
pub fn master_keys(data_dir: &Path) -> anyhow::Result<Vec<[u8; 32]>> {
    // In this order: when the next takes the other's place in between, it is found twice and not missed.
    let next = match fs::read_to_string(data_dir.join(NEXT)) {
        Ok(text) => Some(key_of(&data_dir.join(NEXT), &text)?),
        Err(fault) if fault.kind() == ErrorKind::NotFound => None,
        Err(fault) => return Err(fault).with_context(|| format!("reading {}", data_dir.join(NEXT).display())),
    };
    let path = data_dir.join(KEY);
    let current = key_of(&path, &kept(&path, new_key)?)?;
    Ok(next.into_iter().chain([current]).collect())
}

/// The key that is to take the other's place. Made once, whoever asks first, and kept until it has.
pub fn next_master_key(data_dir: &Path) -> anyhow::Result<[u8; 32]> {
    let path = data_dir.join(NEXT);
    if !path.exists() {
        let made = data_dir.join(format!("{NEXT}.{}", std::process::id()));
        write(&made, &new_key())?;
        // A link is refused where there is a file already: two commands at once use one key.
        let linked = fs::hard_link(&made, &path);
        let _ = fs::remove_file(&made);
        if let Err(fault) = linked
            && fault.kind() != ErrorKind::AlreadyExists
        {
            return Err(fault).with_context(|| format!("writing {}", path.display()));
        }
    }
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    key_of(&path, &text)
}

/// The next key takes the other's place; done already is done.
pub fn turn_master_key(data_dir: &Path, new: [u8; 32]) -> anyhow::Result<()> {
    match fs::rename(data_dir.join(NEXT), data_dir.join(KEY)) {
        Err(fault) if fault.kind() == ErrorKind::NotFound && master_keys(data_dir)?.contains(&new) => Ok(()),
        turned => turned.with_context(|| format!("{} could not take its place", data_dir.join(NEXT).display())),
    }
}

fn new_key() -> String {
    BASE64_STANDARD.encode(rand::random::<[u8; 32]>())
}

fn key_of(path: &Path, text: &str) -> anyhow::Result<[u8; 32]> {
    let key = BASE64_STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    key.with_context(|| format!("{} does not hold a key any more", path.display()))
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
