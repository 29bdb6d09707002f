//! The media store: pictures by the hash of what was brought in, in several widths, on disk or in a bucket.

mod icon;
mod private;
mod resize;

pub use icon::{IconForm, Outline, Sign};
pub use private::PrivateUpload;
pub use resize::PictureProblem;

use crate::kernel::{id::TenantId, token::hex};
use object_store::{
    ObjectStore, ObjectStoreExt as _, PutPayload, RetryConfig,
    aws::{AmazonS3Builder, AmazonS3ConfigKey},
    local::LocalFileSystem,
    path::Path as Key,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// A bucket that is unwell is asked so often once more, and not after this: somebody waits for the picture.
const MOST_RETRIES: usize = 2;
const RETRIED_WITHIN: Duration = Duration::from_secs(10);

/// Where pictures lie. Cloning shares it.
#[derive(Clone, Debug)]
pub struct MediaStore {
    store: Arc<dyn ObjectStore>,
    /// In front of every key, for a bucket that is shared.
    prefix: String,
    /// Resizing takes a whole core; more at once would only starve the shop.
    cores: Arc<Semaphore>,
}

/// A store that cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[error("the media store: {0}")]
pub struct MediaError(String);

/// Why a picture was not stored.
#[derive(Debug, thiserror::Error)]
pub enum NotStored {
    #[error(transparent)]
    Picture(#[from] PictureProblem),
    #[error(transparent)]
    Store(#[from] MediaError),
}

/// A picture as it lies in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPicture {
    /// `media/<tenant>/<hash>`, without width and file type.
    pub key: String,
    /// Pixels of the original, upright.
    pub width: u16,
    pub height: u16,
    /// Widths that exist, rising.
    pub widths: Vec<u16>,
    /// A data address of at most 300 bytes.
    pub placeholder: String,
}

impl StoredPicture {
    /// The path its addresses begin with; `-360.webp` and the like are added to it.
    pub fn url(&self) -> String {
        format!("/{}", self.key)
    }
}

/// What a picture is of, which decides its sizes.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Goods,
    Logo,
}

impl Shape {
    /// Keeps one picture brought in as both apart.
    fn seed(self) -> Sha256 {
        match self {
            Self::Goods => Sha256::new(),
            Self::Logo => Sha256::new_with_prefix(b"logo"),
        }
    }
}

/// A stored file, ready to be sent.
#[derive(Clone, Debug)]
pub struct MediaFile {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
}

impl MediaStore {
    /// Opens `file://folder` (relative to where the program runs, or absolute) or `s3://bucket/prefix`,
    /// the latter with the usual `AWS_…` settings.
    pub fn open(url: &str) -> Result<Self, MediaError> {
        Self::open_with(url, std::env::vars())
    }

    /// The same with settings from elsewhere; those that are none of a bucket's are passed over.
    pub fn open_with(url: &str, settings: impl IntoIterator<Item = (String, String)>) -> Result<Self, MediaError> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let make = |store: Arc<dyn ObjectStore>, prefix: &str| Self {
            store,
            prefix: prefix.trim_matches('/').to_owned(),
            cores: Arc::new(Semaphore::new(cores)),
        };
        if let Some(folder) = url.strip_prefix("file://") {
            let folder = Path::new(folder);
            std::fs::create_dir_all(folder)
                .map_err(|fault| MediaError(format!("{} cannot be made: {fault}", folder.display())))?;
            let store = LocalFileSystem::new_with_prefix(folder).map_err(|fault| MediaError(fault.to_string()))?;
            return Ok(make(Arc::new(store), ""));
        }
        let Some(place) = url.strip_prefix("s3://") else {
            return Err(MediaError(format!("{url} is neither file://folder nor s3://bucket/prefix")));
        };
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let known = settings.into_iter().filter(|(name, _)| name.starts_with("AWS_")).filter_map(|(name, value)| {
            name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>().ok().map(|key| (key, value))
        });
        let store = known
            .fold(AmazonS3Builder::new(), |builder, (key, value)| builder.with_config(key, value))
            .with_bucket_name(bucket)
            .with_retry(RetryConfig {
                max_retries: MOST_RETRIES,
                retry_timeout: RETRIED_WITHIN,
                ..RetryConfig::default()
            })
            .build()
            .map_err(|fault| MediaError(fault.to_string()))?;
        Ok(make(Arc::new(store), prefix))
    }

    /// Re-encodes a jpeg, png or webp (at most 8 MiB, 40 megapixels) as WebP in every width it is wide enough for.
    /// The same bytes are stored once per tenant.
    pub async fn put_picture(&self, tenant: TenantId, bytes: Vec<u8>) -> Result<StoredPicture, NotStored> {
        self.picture(tenant, bytes, Shape::Goods, true).await
    }

    /// Re-encodes a shop's logo, which stays see-through where it is, to fit into a square of each of two sizes.
    pub async fn put_logo(&self, tenant: TenantId, bytes: Vec<u8>) -> Result<StoredPicture, NotStored> {
        self.picture(tenant, bytes, Shape::Logo, true).await
    }

    /// What [`Self::put_picture`] would answer, with nothing written.
    pub async fn try_picture(&self, tenant: TenantId, bytes: Vec<u8>) -> Result<StoredPicture, NotStored> {
        self.picture(tenant, bytes, Shape::Goods, false).await
    }

    async fn picture(
        &self,
        tenant: TenantId,
        bytes: Vec<u8>,
        shape: Shape,
        write: bool,
    ) -> Result<StoredPicture, NotStored> {
        if bytes.len() > resize::MOST_BYTES {
            return Err(PictureProblem::TooHeavy.into());
        }
        let hash = hex(&shape.seed().chain_update(&bytes).finalize()[..16]);
        let key = format!("media/{tenant}/{hash}");
        // Written last, so where it lies all widths do.
        let card = format!("{key}.json");
        if let Some(known) = self.read(&card).await?
            && let Ok(picture) = serde_json::from_slice(&known)
        {
            return Ok(picture);
        }
        let turn = self.cores.acquire().await.map_err(|fault| MediaError(fault.to_string()))?;
        let ready = tokio::task::spawn_blocking(move || match shape {
            Shape::Goods => resize::prepare(&bytes),
            Shape::Logo => resize::prepare_logo(&bytes),
        })
        .await
        .map_err(|fault| MediaError(fault.to_string()))??;
        drop(turn);
        let picture = StoredPicture {
            key,
            width: ready.width,
            height: ready.height,
            widths: ready.files.iter().map(|(width, _)| *width).collect(),
            placeholder: ready.placeholder,
        };
        if write {
            for (width, file) in ready.files {
                self.write(&format!("{}-{width}.webp", picture.key), file).await?;
            }
            let text = serde_json::to_vec(&picture).map_err(|fault| MediaError(fault.to_string()))?;
            self.write(&card, text).await?;
        }
        Ok(picture)
    }

    /// A picture of this tenant that lies here already, by the hash of what was brought in.
    pub async fn find(&self, tenant: TenantId, hash: &str) -> Result<Option<StoredPicture>, MediaError> {
        let card = self.read(&format!("media/{tenant}/{hash}.json")).await?;
        Ok(card.and_then(|card| serde_json::from_slice(&card).ok()))
    }

    /// The file behind an address such as `media/<tenant>/<hash>-360.webp`; none when there is no such file
    /// or the key is not of that shape.
    pub async fn get(&self, key: &str) -> Result<Option<MediaFile>, MediaError> {
        if !is_picture_key(key) {
            return Ok(None);
        }
        Ok(self.read(key).await?.map(|bytes| MediaFile { bytes, content_type: "image/webp" }))
    }

    fn place(&self, key: &str) -> Result<Key, MediaError> {
        let full = if self.prefix.is_empty() { key.to_owned() } else { format!("{}/{key}", self.prefix) };
        Key::parse(full).map_err(|fault| MediaError(fault.to_string()))
    }

    async fn read(&self, key: &str) -> Result<Option<Vec<u8>>, MediaError> {
        match self.store.get(&self.place(key)?).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(|fault| MediaError(fault.to_string()))?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(fault) => Err(MediaError(fault.to_string())),
        }
    }

    async fn write(&self, key: &str, bytes: Vec<u8>) -> Result<(), MediaError> {
        self.store
            .put(&self.place(key)?, PutPayload::from(bytes))
            .await
            .map_err(|fault| MediaError(fault.to_string()))?;
        Ok(())
    }
}

/// `media/<uuid>/<32 hexadecimal digits>-<width>.webp` and nothing else.
fn is_picture_key(key: &str) -> bool {
    let mut parts = key.split('/');
    let (Some("media"), Some(tenant), Some(file), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let Some((hash, width)) = file.strip_suffix(".webp").and_then(|name| name.split_once('-')) else { return false };
    let is_hex = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    tenant.len() == 36
        && tenant.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
        && hash.len() == 32
        && is_hex(hash)
        && (1..=5).contains(&width.len())
        && width.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_pictures_own_address_reaches_the_store() {
        let tenant = "0190a0f2-7c1e-7d30-9a55-3f1f6b1f0c11";
        let hash = "0123456789abcdef0123456789abcdef";
        assert!(is_picture_key(&format!("media/{tenant}/{hash}-360.webp")));
        for key in [
            format!("media/{tenant}/{hash}.json"),
            format!("media/{tenant}/../{hash}-360.webp"),
            format!("media/{tenant}/{hash}-360.png"),
            format!("media/{tenant}/{hash}-.webp"),
            format!("other/{tenant}/{hash}-360.webp"),
            format!("/media/{tenant}/{hash}-360.webp"),
            "media/../../etc/passwd".to_owned(),
        ] {
            assert!(!is_picture_key(&key), "{key}");
        }
    }
}
