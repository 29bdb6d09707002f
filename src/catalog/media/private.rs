//! Files that the media store keeps and no address leads to: what a merchant uploaded to be read once.

use super::{MediaError, MediaStore};
use object_store::{MultipartUpload, ObjectStoreExt as _, PutPayload};
use std::path::Path;
use tokio::io::AsyncWriteExt as _;

/// Parts are at least this large, as buckets ask for, and no more is held in memory.
const PART: usize = 8 * 1024 * 1024;

/// A file on its way into the store; without [`PrivateUpload::finish`] nothing stays.
#[derive(Debug)]
pub struct PrivateUpload {
    upload: Box<dyn MultipartUpload>,
    waiting: Vec<u8>,
    size: u64,
}

impl PrivateUpload {
    /// The next bytes of the file.
    pub async fn add(&mut self, bytes: &[u8]) -> Result<(), MediaError> {
        self.waiting.extend_from_slice(bytes);
        self.size += bytes.len() as u64;
        if self.waiting.len() >= PART { self.send().await } else { Ok(()) }
    }

    /// Bytes that have come so far.
    pub const fn size(&self) -> u64 {
        self.size
    }

    async fn send(&mut self) -> Result<(), MediaError> {
        let part = std::mem::take(&mut self.waiting);
        self.upload.put_part(PutPayload::from(part)).await.map_err(|fault| MediaError(fault.to_string()))
    }

    /// Makes the file be there, whole.
    pub async fn finish(mut self) -> Result<u64, MediaError> {
        if !self.waiting.is_empty() || self.size == 0 {
            self.send().await?;
        }
        self.upload.complete().await.map_err(|fault| MediaError(fault.to_string()))?;
        Ok(self.size)
    }

    /// Leaves nothing behind.
    pub async fn give_up(mut self) {
        // What a store keeps of a broken upload it sweeps itself.
        let _ = self.upload.abort().await;
    }
}

impl MediaStore {
    /// Begins a file that only the program reads. `key` is of our own making.
    pub(crate) async fn begin_private(&self, key: &str) -> Result<PrivateUpload, MediaError> {
        let upload =
            self.store.put_multipart(&self.place(key)?).await.map_err(|fault| MediaError(fault.to_string()))?;
        Ok(PrivateUpload { upload, waiting: Vec::new(), size: 0 })
    }

    /// Copies it to a place on this machine, a part at a time. False when there is no such file.
    pub(crate) async fn copy_private(&self, key: &str, to: &Path) -> Result<bool, MediaError> {
        let place = self.place(key)?;
        let size = match self.store.head(&place).await {
            Ok(found) => found.size,
            Err(object_store::Error::NotFound { .. }) => return Ok(false),
            Err(fault) => return Err(MediaError(fault.to_string())),
        };
        let told = |fault: std::io::Error| MediaError(fault.to_string());
        let mut file = tokio::fs::File::create(to).await.map_err(told)?;
        let mut at = 0;
        while at < size {
            let end = size.min(at + PART as u64);
            let part = self.store.get_range(&place, at..end).await.map_err(|fault| MediaError(fault.to_string()))?;
            file.write_all(&part).await.map_err(told)?;
            at = end;
        }
        file.flush().await.map_err(told)?;
        Ok(true)
    }

    /// Removes it; one that is not there is removed already.
    pub(crate) async fn remove_private(&self, key: &str) -> Result<(), MediaError> {
        match self.store.delete(&self.place(key)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(fault) => Err(MediaError(fault.to_string())),
        }
    }
}
