//! Brotli and gzip beside every file, so that no answer is compressed while somebody waits.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Context as _;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Quality;
use crate::fingerprint;

/// Files that are compressed by their own format.
const ALREADY_SMALL: [&str; 11] = ["avif", "br", "gif", "gz", "ico", "jpeg", "jpg", "png", "webp", "woff", "woff2"];
/// The largest window that every browser takes.
const WINDOW: u32 = 22;

/// Writes `.br` and `.gz` beside every file that gains from it.
pub fn all(site: &Path, quality: Quality) -> anyhow::Result<()> {
    let mut waiting = fingerprint::files(site)?;
    waiting.retain(|path| is_compressible(path));
    let waiting = Mutex::new(waiting);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let work = || {
            loop {
                let next = waiting.lock().ok().and_then(|mut waiting| waiting.pop());
                let Some(path) = next else { return anyhow::Ok(()) };
                one(&path, quality).with_context(|| format!("compressing {}", path.display()))?;
            }
        };
        let hands: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        hands.into_iter().try_for_each(|hand| hand.join().unwrap_or_else(|_| anyhow::bail!("compressing panicked")))
    })
}

/// Whether a file gets compressed twins.
pub fn is_compressible(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    !ALREADY_SMALL.contains(&extension)
}

/// `app.js` with `br` is `app.js.br`.
pub fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

/// As small as brotli gets it.
pub fn brotli_bytes(plain: &[u8]) -> anyhow::Result<Vec<u8>> {
    brotli_at(plain, 11)
}

fn one(path: &Path, quality: Quality) -> anyhow::Result<()> {
    let plain = fs::read(path)?;
    let (brotli_level, gzip_level) = match quality {
        Quality::Release => (11, 9),
        Quality::Dev => (4, 4),
    };
    fs::write(beside(path, "br"), brotli_at(&plain, brotli_level)?)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::new(gzip_level));
    gzip.write_all(&plain)?;
    fs::write(beside(path, "gz"), gzip.finish()?)?;
    Ok(())
}

fn brotli_at(plain: &[u8], level: u32) -> anyhow::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, level, WINDOW);
    writer.write_all(plain)?;
    writer.flush()?;
    Ok(writer.into_inner())
}
