//! Pictures of a file: those beside it, those that we keep already, and which ones lie elsewhere.

use super::{
    draft::{PictureDraft, cut},
    remark::Remark,
};
use crate::{
    catalog::media::{MediaError, MediaStore, NotStored, PictureProblem, StoredPicture},
    kernel::id::TenantId,
};
use std::path::{Component, Path, PathBuf};

/// How many bytes a picture file may have before it is not even read.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// What became of a picture before its product is written.
pub(super) enum Taken {
    Stored(StoredPicture),
    /// It lies elsewhere: to be fetched once the product is there.
    Elsewhere,
    /// To be noted.
    Not(Remark),
}

pub(super) async fn take(
    media: &MediaStore,
    tenant: TenantId,
    folder: Option<&Path>,
    picture: &PictureDraft,
    dry_run: bool,
) -> Result<Taken, MediaError> {
    if let Some(known) = kept(media, tenant, &picture.src).await? {
        return Ok(Taken::Stored(known));
    }
    if is_address(&picture.src) {
        return Ok(Taken::Elsewhere);
    }
    let shown = cut(&picture.src, 100);
    let Some(path) = folder.and_then(|folder| inside(folder, &picture.src)) else {
        return Ok(Taken::Not(Remark::PictureNotInFolder { picture: shown }));
    };
    match tokio::fs::metadata(&path).await {
        Ok(facts) if facts.is_file() && facts.len() <= MOST_BYTES => {}
        Ok(facts) if facts.is_file() => {
            let problem = PictureProblem::TooHeavy;
            return Ok(Taken::Not(Remark::PictureNotTaken { picture: shown, problem }));
        }
        _ => return Ok(Taken::Not(Remark::PictureNotFound { picture: shown })),
    }
    let Ok(bytes) = tokio::fs::read(&path).await else {
        return Ok(Taken::Not(Remark::PictureUnreadable { picture: shown }));
    };
    let stored = if dry_run { media.try_picture(tenant, bytes).await } else { media.put_picture(tenant, bytes).await };
    match stored {
        Ok(stored) => Ok(Taken::Stored(stored)),
        Err(NotStored::Picture(problem)) => Ok(Taken::Not(Remark::PictureNotTaken { picture: shown, problem })),
        Err(NotStored::Store(fault)) => Err(fault),
    }
}

/// A picture that an export named after what we keep of it: it is here already, wherever its address leads.
pub(super) async fn kept(media: &MediaStore, tenant: TenantId, src: &str) -> Result<Option<StoredPicture>, MediaError> {
    match kept_hash(src, tenant) {
        Some(hash) => media.find(tenant, hash).await,
        None => Ok(None),
    }
}

/// Does it lie somewhere on the internet?
pub(super) fn is_address(src: &str) -> bool {
    host(src).is_some()
}

/// Where one that lies elsewhere is said to lie.
pub(super) fn shown_host(src: &str) -> String {
    cut(host(src).unwrap_or(src), 100)
}

/// The hash in `pictures/<hash>-720.webp` or in an address `…/media/<tenant>/<hash>-720.webp` of this tenant.
fn kept_hash(src: &str, tenant: TenantId) -> Option<&str> {
    let is_ours = match src.rsplit_once('/') {
        None => true,
        Some((folder, _)) => folder == "pictures" || folder.ends_with(&format!("/media/{tenant}")),
    };
    let (hash, width) = src.rsplit('/').next()?.strip_suffix(".webp")?.split_once('-')?;
    let is_hash = hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    (is_ours && is_hash && !width.is_empty() && width.bytes().all(|b| b.is_ascii_digit())).then_some(hash)
}

pub(super) fn host(src: &str) -> Option<&str> {
    let lower = src.to_ascii_lowercase();
    let rest = ["https://", "http://", "//"]
        .into_iter()
        .find_map(|scheme| lower.starts_with(scheme).then(|| &src[scheme.len()..]))?;
    rest.split(['/', '?', '#']).next().map(|host| host.rsplit('@').next().unwrap_or(host))
}

/// A relative path that stays in the folder, links followed. `None` for any other, and for what is not there.
fn inside(folder: &Path, src: &str) -> Option<PathBuf> {
    let relative = Path::new(src);
    if src.contains('\\') || !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let folder = folder.canonicalize().ok()?;
    match folder.join(relative).canonicalize() {
        Ok(real) => real.starts_with(&folder).then_some(real),
        // Not there: the caller says so.
        Err(_) => Some(folder.join(relative)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_inside_the_folder_is_read() {
        let folder = std::env::temp_dir().join(format!("duka-pictures-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("in")).expect("a folder");
        std::fs::write(folder.join("in/a.png"), b"x").expect("a file");
        std::fs::write(folder.join("secret"), b"x").expect("a file");
        let _ = std::os::unix::fs::symlink("../secret", folder.join("in/link.png"));
        let base = folder.join("in");
        assert!(inside(&base, "a.png").is_some());
        assert!(inside(&base, "missing.png").is_some_and(|path| !path.exists()));
        for src in ["../secret", "/etc/passwd", "link.png", "x/../../secret", "..\\secret", "./../secret"] {
            assert_eq!(inside(&base, src), None, "{src}");
        }
        std::fs::remove_dir_all(folder).expect("the folder goes");
    }

    #[test]
    fn only_an_export_of_this_merchant_names_what_is_kept() {
        let tenant = TenantId::from(uuid::Uuid::nil());
        let hash = "0123456789abcdef0123456789abcdef";
        assert_eq!(kept_hash(&format!("pictures/{hash}-720.webp"), tenant), Some(hash));
        let address = format!("https://shop.example/media/{tenant}/{hash}-1080.webp");
        assert_eq!(kept_hash(&address, tenant), Some(hash));
        assert_eq!(kept_hash(&address.replace("0000-000", "0000-001"), tenant), None);
        assert_eq!(kept_hash("pictures/kiondo-2.webp", tenant), None);
        assert_eq!(kept_hash(&format!("elsewhere/{hash}-720.webp"), tenant), None);
    }

    #[test]
    fn the_host_of_an_address_is_named_without_credentials() {
        assert_eq!(host("https://cdn.example/a.jpg?x"), Some("cdn.example"));
        assert_eq!(host("HTTP://me:secret@cdn.example/a"), Some("cdn.example"));
        assert_eq!(host("//cdn.example/a"), Some("cdn.example"));
        assert_eq!(host("pictures/a.webp"), None);
    }
}
