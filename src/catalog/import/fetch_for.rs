//! Fetches what one product lacks of its pictures, and hangs them; nothing is open while a host is waited for.

use super::{
    category::CategoryBook,
    draft::ProductDraft,
    engine::{Batch, Counts, Errand, Go, Keeper, Phase},
    fetch::Fetcher,
    notes::Notes,
    pictures,
    remark::Remark,
    report::{ImportRefusal, Outcome},
    stored::{find_images, named_products},
    write::{Item, write_batch},
};
use crate::{
    catalog::media::{NotStored, StoredPicture},
    error::AppError,
};
use tokio::task::JoinSet;

pub(super) async fn fetch_for(
    errand: &Errand,
    fetcher: &Fetcher,
    keeper: &mut impl Keeper,
    book: &mut CategoryBook,
    nth: usize,
    draft: &ProductDraft,
    notes: &Notes,
) -> Result<Go, ImportRefusal> {
    let missing = missing(errand, draft).await?;
    let mut work = JoinSet::new();
    for at in missing {
        let (fetcher, media, tenant) = (fetcher.clone(), errand.media.clone(), errand.ctx.tenant);
        let src = draft.pictures[at].src.clone();
        work.spawn(async move {
            let bytes = match fetcher.fetch(&src).await {
                Ok(bytes) => bytes,
                Err(problem) => {
                    let host = pictures::shown_host(&src);
                    return (at, Ok(Err(Remark::PictureNotFetched { host, problem })));
                }
            };
            let answer = match media.put_picture(tenant, bytes).await {
                Ok(stored) => Ok(Ok(stored)),
                Err(NotStored::Picture(problem)) => {
                    let host = pictures::host(&src).unwrap_or_default().to_owned();
                    Ok(Err(Remark::PictureOfHostNotTaken { host, problem }))
                }
                Err(NotStored::Store(fault)) => Err(fault),
            };
            (at, answer)
        });
    }
    let mut taken: Vec<Option<StoredPicture>> = vec![None; draft.pictures.len()];
    let mut remarks = Vec::new();
    while let Some(done) = work.join_next().await {
        let (at, answer) = done.map_err(AppError::broken)?;
        match answer.map_err(AppError::broken)? {
            Ok(stored) => taken[at] = Some(stored),
            Err(remark) => remarks.push((at, remark)),
        }
    }
    remarks.sort_by_key(|(at, _)| *at);
    let mut said = notes.clone();
    for row in &mut said.rows {
        row.messages.clear();
    }
    let column = errand.index.layout.name_of_pictures();
    for (at, remark) in remarks {
        let picture = &draft.pictures[at];
        said.note_picture(picture.row, &picture.src, column, remark);
    }
    let mut tx = errand.ctx.tx().await?;
    if taken.iter().any(Option::is_some) {
        let item = Item { draft, pictures: &taken, only_pictures: true };
        // The product may have gone meanwhile; then there is nothing to hang a picture on.
        if !named_products(&mut tx, &[draft.slug.as_str().to_owned()]).await?.is_empty() {
            let written = write_batch(&errand.ctx, &mut tx, &errand.run, book, &[item]).await?;
            // Why a product stays out was said when it did.
            let hung = written.into_iter().filter(|one| one.outcome != Outcome::Refused);
            for (row, at, remark) in hung.flat_map(|one| one.messages) {
                said.note(row, at, remark);
            }
            said.tell(&errand.index.layout, |_, _| String::new());
        }
    }
    said.rows.retain(|row| !row.messages.is_empty());
    let done =
        Batch { phase: Phase::Pictures, rows: &said.rows, counts: Counts::default(), rows_done: 0, next: nth + 1 };
    if keeper.keep(&mut tx, &done).await? == Go::Stop {
        return Ok(Go::Stop);
    }
    tx.commit().await?;
    keeper.kept(&done);
    Ok(Go::On)
}

/// The pictures that lie elsewhere and did not come in before; none when the product stayed out.
async fn missing(errand: &Errand, draft: &ProductDraft) -> Result<Vec<usize>, ImportRefusal> {
    let mut tx = errand.ctx.tx().await?;
    let named = named_products(&mut tx, &[draft.slug.as_str().to_owned()]).await?;
    let Some((product, _)) = named.into_iter().find(|(_, store)| *store == errand.run.store.uuid()) else {
        return Ok(Vec::new());
    };
    let images = find_images(&mut tx, &[product]).await?;
    // Nothing is open while the store of pictures is asked.
    drop(tx);
    let is_there = |src: &str| images.iter().any(|image| image.source.as_deref() == Some(src) || image.url == src);
    let mut missing = Vec::new();
    for (at, picture) in draft.pictures.iter().enumerate() {
        if !pictures::is_address(&picture.src) || is_there(&picture.src) {
            continue;
        }
        let kept = pictures::kept(&errand.media, errand.ctx.tenant, &picture.src).await;
        if kept.map_err(AppError::broken)?.is_none() {
            missing.push(at);
        }
    }
    Ok(missing)
}
