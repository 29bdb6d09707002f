//! `duka export`: everything that a store sells, in files that import again.

use super::{store, with_installation};
use anyhow::Context as _;
use duka::catalog::export::{PictureNames, export};
use std::path::{Path, PathBuf};
use tokio::{fs, io::AsyncWriteExt as _};

/// The file of products, beside its folder of pictures.
const FILE: &str = "products.csv";
const PICTURES: &str = "pictures";

/// Writes `products.csv` and the pictures it names into the folder.
pub async fn run(store_slug: &str, folder: PathBuf) -> anyhow::Result<()> {
    let pictures = folder.join(PICTURES);
    fs::create_dir_all(&pictures).await.with_context(|| format!("making {}", pictures.display()))?;
    with_installation(async |installation| {
        let (ctx, store) = store(installation, store_slug).await?;
        let mut export = export(&ctx, store, PictureNames::Files).await?;
        // Under another name until it is whole.
        let (part, whole) = (folder.join(format!("{FILE}.part")), folder.join(FILE));
        let mut file = fs::File::create(&part).await.with_context(|| format!("writing {}", part.display()))?;
        let mut count = 0;
        while let Some(bytes) = export.next().await? {
            file.write_all(&bytes).await.with_context(|| format!("writing {}", part.display()))?;
            for place in export.pictures() {
                let Some(picture) = installation.media.get(place).await? else {
                    eprintln!("the picture {place} is not in the media store");
                    continue;
                };
                let name = Path::new(place).file_name().unwrap_or_default();
                let to = pictures.join(name);
                fs::write(&to, picture.bytes).await.with_context(|| format!("writing {}", to.display()))?;
                count += 1;
            }
        }
        file.flush().await?;
        drop(file);
        fs::rename(&part, &whole).await.with_context(|| format!("writing {}", whole.display()))?;
        println!("{} products and {count} pictures are in {}", export.products(), folder.display());
        Ok(())
    })
    .await
}
