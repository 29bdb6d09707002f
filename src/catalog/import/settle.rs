//! A batch of drafts into the shop, in one transaction with what is kept of it.

use super::{
    category::CategoryBook,
    column::Column as C,
    draft::{PictureDraft, ProductDraft},
    engine::{Batch, Counts, Drafted, Errand, Go, Keeper, Phase},
    format::Layout,
    notes::Notes,
    pictures::{self, Taken},
    remark::Remark,
    report::{ImportRefusal, ImportRow, Outcome},
    write::{Item, Written, write_batch},
};
use crate::{catalog::media::StoredPicture, db::DbError, error::AppError};
use std::collections::VecDeque;
use tokio::task::JoinSet;

/// Two transactions that met are run again this often.
const TRIES: u32 = 3;

/// Writes a batch; when the database refuses something in it, each product by itself, so that one does not keep out
/// the others.
pub(super) async fn settle(
    errand: &Errand,
    keeper: &mut impl Keeper,
    book: &mut CategoryBook,
    batch: Vec<Drafted>,
) -> Result<Go, ImportRefusal> {
    let mut waiting = VecDeque::from([batch]);
    while let Some(batch) = waiting.pop_front() {
        let (batch, taken) = with_pictures(errand, batch).await?;
        let mut tries = 0;
        let go = loop {
            tries += 1;
            match try_batch(errand, keeper, book, &batch, &taken, None).await {
                Ok(go) => break go,
                Err(fault) => {
                    book.forget_added();
                    match fault.constraint() {
                        Some(name) if batch.len() == 1 => {
                            let remark = refused_by(name);
                            break try_batch(errand, keeper, book, &batch, &taken, Some(remark)).await?;
                        }
                        Some(_) => {
                            for one in batch.into_iter().rev() {
                                waiting.push_front(vec![one]);
                            }
                            break Go::On;
                        }
                        None if (fault.is_collision() || fault.is_away()) && tries < TRIES => {}
                        None => return Err(AppError::from(fault).into()),
                    }
                }
            }
        };
        if go == Go::Stop {
            return Ok(Go::Stop);
        }
    }
    Ok(Go::On)
}

/// What a rule of the database said, for whoever brought the row.
fn refused_by(constraint: &str) -> Remark {
    match constraint {
        "product_variants_sku_unique" => Remark::SkuGivenMeanwhile,
        "products_slug_unique" => Remark::AddressGivenMeanwhile,
        other => Remark::NotTaken { rule: other.to_owned() },
    }
}

/// One transaction for the whole batch. With `refusal` nothing of its one product is written but that.
async fn try_batch(
    errand: &Errand,
    keeper: &mut impl Keeper,
    book: &mut CategoryBook,
    batch: &[Drafted],
    taken: &[Vec<Option<StoredPicture>>],
    refusal: Option<Remark>,
) -> Result<Go, DbError> {
    let mut tx = errand.ctx.tx().await?;
    tx.plan_as_it_grows().await?;
    let drafts = || batch.iter().zip(taken).filter_map(|(one, pictures)| Some((one.draft.as_ref()?, pictures)));
    let written = if let Some(remark) = refusal {
        vec![Written::refused(C::Handle, remark)]
    } else {
        let items: Vec<Item<'_>> =
            drafts().map(|(draft, pictures)| Item { draft, pictures, only_pictures: false }).collect();
        write_batch(&errand.ctx, &mut tx, &errand.run, book, &items).await?
    };
    let (rows, counts) = count(&errand.index.layout, batch, taken, written);
    let next = batch.last().map_or(0, |last| last.nth + 1);
    let done = Batch { phase: Phase::Products, rows_done: rows.len(), rows: &rows, counts, next };
    if errand.run.dry_run {
        // Dropping the transaction undoes what a dry run tried.
        drop(tx);
        book.forget_added();
        tx = errand.ctx.tx().await?;
    }
    if keeper.keep(&mut tx, &done).await? == Go::Stop {
        return Ok(Go::Stop);
    }
    tx.commit().await?;
    book.keep_added();
    keeper.kept(&done);
    Ok(Go::On)
}

/// What is to be told of each row, and what the products came to.
fn count(
    layout: &Layout,
    batch: &[Drafted],
    taken: &[Vec<Option<StoredPicture>>],
    written: Vec<Written>,
) -> (Vec<ImportRow>, Counts) {
    let (mut rows, mut counts) = (Vec::new(), Counts::default());
    let mut written = written.into_iter();
    for (one, pictures) in batch.iter().zip(taken) {
        let mut notes = one.notes.clone();
        let Some(draft) = &one.draft else {
            if notes.settle_refused() && !one.notes.rows.is_empty() && !is_loose(&notes) {
                counts.refused += 1;
            }
            rows.append(&mut notes.rows);
            continue;
        };
        let Some(Written { outcome, messages }) = written.next() else { continue };
        for (row, column, remark) in messages {
            if outcome == Outcome::Refused {
                notes.refuse(row, column, remark);
            } else {
                notes.note(row, column, remark);
            }
        }
        notes.tell(layout, |row, column| said(draft, row, column));
        match outcome {
            Outcome::Created => counts.created += 1,
            Outcome::Updated => counts.updated += 1,
            Outcome::Unchanged | Outcome::Noted => counts.unchanged += 1,
            Outcome::Refused => counts.refused += 1,
        }
        if !notes.settle_refused() {
            let gave: Vec<usize> = (0..notes.rows.len()).filter(|row| gave_something(draft, pictures, *row)).collect();
            notes.settle(gave.into_iter(), outcome);
        }
        rows.append(&mut notes.rows);
    }
    (rows, counts)
}

/// What stands in a cell that only the shop could find something about.
fn said(draft: &ProductDraft, row: usize, column: C) -> String {
    let variant = draft.variants.iter().find(|variant| variant.row == row);
    match column {
        C::Handle => draft.slug.to_string(),
        C::Sku => variant.and_then(|variant| variant.sku.clone()).unwrap_or_default(),
        C::Quantity => variant.and_then(|variant| variant.stock).map(|pieces| pieces.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// A row that belongs to no product is refused, and no product with it.
fn is_loose(notes: &Notes) -> bool {
    notes.rows.iter().all(|row| row.handle.is_empty())
}

/// A variant, a picture that was taken, or the facts of the product.
fn gave_something(draft: &ProductDraft, pictures: &[Option<StoredPicture>], row: usize) -> bool {
    row == 0
        || draft.variants.iter().any(|variant| variant.row == row)
        || draft.pictures.iter().zip(pictures).any(|(picture, taken)| picture.row == row && taken.is_some())
}

/// Prepares the pictures that lie beside the file or here already, several at a time.
async fn with_pictures(
    errand: &Errand,
    mut batch: Vec<Drafted>,
) -> Result<(Vec<Drafted>, Vec<Vec<Option<StoredPicture>>>), ImportRefusal> {
    let pictures = |one: &Drafted| one.draft.as_ref().map_or_else(Vec::new, |draft| draft.pictures.clone());
    let named: Vec<Vec<PictureDraft>> = batch.iter().map(pictures).collect();
    let mut taken: Vec<Vec<Option<StoredPicture>>> = named.iter().map(|named| vec![None; named.len()]).collect();
    let mut work = JoinSet::new();
    for (product, nth, picture) in named.iter().enumerate().flat_map(|(product, named)| {
        named.iter().enumerate().map(move |(nth, picture)| (product, nth, picture.clone()))
    }) {
        let errand = errand.clone();
        work.spawn(async move {
            let Errand { ctx, run, media, folder, .. } = &errand;
            let answer = pictures::take(media, ctx.tenant, folder.as_deref(), &picture, run.dry_run).await;
            (product, nth, answer)
        });
    }
    let mut remarks = Vec::new();
    while let Some(done) = work.join_next().await {
        let (product, nth, answer) = done.map_err(AppError::broken)?;
        match answer.map_err(AppError::broken)? {
            Taken::Stored(stored) => taken[product][nth] = Some(stored),
            Taken::Elsewhere if errand.fetcher.is_some() => {}
            Taken::Elsewhere => {
                let host = pictures::shown_host(&named[product][nth].src);
                remarks.push((product, nth, Remark::PictureElsewhere { host }));
            }
            Taken::Not(remark) => remarks.push((product, nth, remark)),
        }
    }
    // In the order of the file, whichever was done first.
    remarks.sort_by_key(|(product, nth, _)| (*product, *nth));
    for (product, nth, remark) in remarks {
        let row = named[product][nth].row;
        batch[product].notes.note_picture(
            row,
            &named[product][nth].src,
            errand.index.layout.name_of_pictures(),
            remark,
        );
    }
    Ok((batch, taken))
}
