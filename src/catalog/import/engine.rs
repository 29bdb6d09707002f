//! The import at work: reads drafts ahead, writes them batch by batch, then fetches the pictures that lie elsewhere.
//!
//! Each batch is one transaction; what is to be kept of it is written by the [`Keeper`] in the same one, so that a run
//! which stops anywhere goes on where it was.

use super::{
    category::CategoryBook,
    draft::{ProductDraft, Surroundings, draft_product},
    fetch::Fetcher,
    format::Format,
    index::Index,
    notes::Notes,
    pictures,
    price::Rate,
    remark::Remark,
    report::{ImportRefusal, ImportRow},
    rows::{Records, Row, read_row},
    settle::settle,
    text_file::TextFile,
    woo,
    write::Run,
};
use crate::{
    catalog::media::MediaStore,
    ctx::Ctx,
    db::{DbError, TenantTx},
};
use std::{path::PathBuf, sync::Arc};
use tokio::sync::mpsc;

/// Drafts that are ready before they are written.
const AHEAD: usize = 32;
/// What one transaction takes: products, rows of the file, bytes of text.
const BATCH_PRODUCTS: usize = 100;
const BATCH_ROWS: usize = 1_000;
const BATCH_BYTES: usize = 1024 * 1024;

/// Everything a run needs to know.
#[derive(Clone)]
pub(super) struct Errand {
    pub ctx: Ctx,
    pub run: Run,
    pub media: MediaStore,
    /// Where relative picture paths are looked for; without one there are none.
    pub folder: Option<PathBuf>,
    /// Without one, pictures that lie elsewhere are noted and stay there.
    pub fetcher: Option<Fetcher>,
    pub file: TextFile,
    pub index: Arc<Index>,
    pub rate: Option<Rate>,
}

/// Products first, then the pictures that have to be fetched for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Products,
    Pictures,
}

/// Counted in products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub refused: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.created += more.created;
        self.updated += more.updated;
        self.unchanged += more.unchanged;
        self.refused += more.refused;
    }
}

/// What a batch came to.
pub(super) struct Batch<'a> {
    pub phase: Phase,
    pub rows: &'a [ImportRow],
    pub counts: Counts,
    /// Rows of the file that are done with it.
    pub rows_done: usize,
    /// The product to go on with.
    pub next: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Go {
    On,
    /// Somebody asked for the end, or somebody else has taken over: this batch is undone.
    Stop,
}

/// Keeps what a run has done.
pub(super) trait Keeper: Send {
    /// In the transaction of the batch itself; after a dry run's in one of its own.
    fn keep(&mut self, tx: &mut TenantTx, batch: &Batch<'_>) -> impl Future<Output = Result<Go, DbError>> + Send;
    /// The batch is in for good.
    fn kept(&mut self, batch: &Batch<'_>);
}

/// A product of the file, drafted.
#[derive(Clone)]
pub(super) struct Drafted {
    pub nth: usize,
    pub draft: Option<ProductDraft>,
    pub notes: Notes,
}

/// Brings in every product from `from` on. `Stop` when a keeper said so.
pub(super) async fn bring_in(errand: &Errand, keeper: &mut impl Keeper, from: usize) -> Result<Go, ImportRefusal> {
    let mut ready = read_ahead(errand, from);
    let mut book = CategoryBook::default();
    let (mut batch, mut size): (Vec<Drafted>, _) = (Vec::new(), Size::default());
    loop {
        let next = ready.recv().await.transpose()?;
        let is_last = next.is_none();
        if let Some(drafted) = next {
            size.add(&drafted);
            batch.push(drafted);
        }
        if !batch.is_empty() && (is_last || size.is_full()) {
            size = Size::default();
            if settle(errand, keeper, &mut book, std::mem::take(&mut batch)).await? == Go::Stop {
                return Ok(Go::Stop);
            }
        }
        if is_last {
            return Ok(Go::On);
        }
    }
}

#[derive(Default)]
struct Size {
    products: usize,
    rows: usize,
    bytes: usize,
}

impl Size {
    fn add(&mut self, drafted: &Drafted) {
        self.products += 1;
        self.rows += drafted.notes.rows.len();
        let text = drafted.draft.as_ref().and_then(|draft| draft.description.as_ref());
        self.bytes += text.map_or(0, |text| text.raw.len() + text.html.len());
    }
    const fn is_full(&self) -> bool {
        self.products >= BATCH_PRODUCTS || self.rows >= BATCH_ROWS || self.bytes >= BATCH_BYTES
    }
}

/// Drafts in the order of the file, a few at a time; reading takes a thread of its own.
fn read_ahead(errand: &Errand, from: usize) -> mpsc::Receiver<Result<Drafted, ImportRefusal>> {
    let (send, receive) = mpsc::channel(AHEAD);
    let (file, index, rate) = (errand.file.clone(), errand.index.clone(), errand.rate);
    tokio::task::spawn_blocking(move || {
        if let Err(refusal) = read_all(&file, &index, rate, from, &send) {
            // Whoever listened has gone.
            let _ = send.blocking_send(Err(refusal));
        }
    });
    receive
}

fn read_all(
    file: &TextFile,
    index: &Index,
    rate: Option<Rate>,
    from: usize,
    send: &mpsc::Sender<Result<Drafted, ImportRefusal>>,
) -> Result<(), ImportRefusal> {
    let (mut records, _) = Records::open(file)?;
    let around = Surroundings { index, rate };
    for (nth, group) in index.groups.iter().enumerate().skip(from) {
        let mut rows: Vec<Row> = Vec::with_capacity(group.places.len());
        for (at, place) in group.places.iter().enumerate() {
            let mut row = read_row(&index.layout, &records.at(*place)?, place.line);
            row.is_apart = at > 0 && !place.follows(group.places[at - 1]);
            rows.push(row);
        }
        if index.layout.format == Some(Format::WooCommerce) {
            rows = woo::translate(&index.layout, rows);
        }
        let mut notes = Notes::of(&rows, &group.handle);
        if let Some(encoding) = file.was.filter(|_| nth == 0) {
            notes.note(0, None, Remark::Encoding { encoding: encoding.to_owned() });
        }
        let draft = draft_product(&around, group, &rows, &mut notes);
        notes.tell(&index.layout, |row, column| rows.get(row).map_or("", |row| row.cell(column)).to_owned());
        let draft = draft.filter(|_| !notes.is_refused());
        if send.blocking_send(Ok(Drafted { nth, draft, notes })).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// For the second half: every product with pictures that lie elsewhere, from `from` on.
pub(super) async fn fetch_pictures(
    errand: &Errand,
    keeper: &mut impl Keeper,
    from: usize,
) -> Result<Go, ImportRefusal> {
    let Some(fetcher) = &errand.fetcher else { return Ok(Go::On) };
    if errand.run.dry_run {
        return Ok(Go::On);
    }
    let mut ready = read_ahead(errand, from);
    let mut book = CategoryBook::default();
    while let Some(drafted) = ready.recv().await.transpose()? {
        let Some(draft) = &drafted.draft else { continue };
        if !draft.pictures.iter().any(|picture| pictures::is_address(&picture.src)) {
            continue;
        }
        let go = super::fetch_for::fetch_for(errand, fetcher, keeper, &mut book, drafted.nth, draft, &drafted.notes);
        if go.await? == Go::Stop {
            return Ok(Go::Stop);
        }
    }
    Ok(Go::On)
}
