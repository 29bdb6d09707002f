//! Uploaded files: tried first, brought in by the worker, stopped and carried on anywhere, once however often it runs.

use crate::world::World;
use chrono::TimeDelta;
use duka::{
    catalog::import::{
        Fetcher, Format, ImportFile, ImportOptions, ImportRefusal, Source, import,
        runs::{self, ImportRun, RunStatus, UploadRefusal},
    },
    error::AppError,
    kernel::{
        access::{Actor, Role},
        id::{ImportRunId, UserId},
    },
    tenancy::ownership::Lookout,
};
use std::fmt::Write as _;

const FILE: &str = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n\
                    kiondo,Kiondo,K-1,4,1200\n\
                    mug,Mug,M-1,many,650\n\
                    tray,Tray,T-1,2,900.50\n";

fn nobody() -> Fetcher {
    Fetcher::new(Lookout::asking(Some(([127, 0, 0, 1], 9).into())))
}

async fn upload(world: &World, file: &[u8], format: Option<Format>, rate: &str) -> Result<ImportRunId, UploadRefusal> {
    let mut upload = runs::begin_upload(&world.shop.ctx, &world.media).await.unwrap();
    for part in file.chunks(100_000) {
        upload.add(part).await?;
    }
    upload.finish(&world.shop.ctx, &world.media, world.shop.store, "goods.csv", format, rate).await
}

async fn perform(world: &World, run: ImportRunId) {
    let ctx = &world.shop.ctx;
    runs::perform(&ctx.platform, &world.media, &nobody(), ctx.tenant, run).await.unwrap();
}

async fn load(world: &World, run: ImportRunId) -> ImportRun {
    runs::load(&world.shop.ctx, run).await.unwrap()
}

fn sums(run: &ImportRun) -> [i32; 4] {
    [run.sums.created, run.sums.updated, run.sums.unchanged, run.sums.refused]
}

/// So many products of one variant.
fn many(count: usize) -> String {
    let mut file = String::from("Slug,Name,SKU,Price,Stock\n");
    for nth in 0..count {
        let _ = writeln!(file, "thing-{nth},Thing {nth},T-{nth},{},2", 100 + nth);
    }
    file
}

#[tokio::test]
async fn a_file_is_tried_then_brought_in_and_told_row_by_row() {
    let world = World::new().await;
    let before = world.everything().await;
    let run = upload(&world, FILE.as_bytes(), None, "").await.unwrap();
    assert_eq!(load(&world, run).await.status, RunStatus::Checking);
    perform(&world, run).await;
    let tried = load(&world, run).await;
    assert_eq!((tried.status, tried.format(), sums(&tried)), (RunStatus::Checked, Some(Format::Shopify), [1, 0, 0, 2]));
    assert_eq!((tried.total_rows, tried.rows_done), (3, 3));
    assert_eq!(world.everything().await, before);

    runs::start(&world.shop.ctx, run).await.unwrap();
    runs::start(&world.shop.ctx, run).await.unwrap();
    perform(&world, run).await;
    let done = load(&world, run).await;
    assert_eq!((done.status, sums(&done), done.rows_done), (RunStatus::Succeeded, [1, 0, 0, 2], 3));
    let notes = runs::notes(&world.shop.ctx, run, 100).await.unwrap();
    let kept: Vec<_> = notes.iter().map(|note| note.remark.as_ref().map(ToString::to_string)).collect();
    let said: Vec<_> = notes.iter().map(|note| Some(note.wrong.clone())).collect();
    assert_eq!(kept, said, "the remark is kept beside its sentence");
    let told: Vec<String> = notes
        .iter()
        .map(|note| {
            format!("{}|{}|{}|{}|{}|{}", note.line, note.handle, note.column, note.says, note.wrong, note.is_refusal)
        })
        .collect();
    assert_eq!(
        told,
        [
            "3|mug|Variant Inventory Qty|many|the quantity “many” is no whole number from 0 to 1,000,000|true",
            "4|tray|Variant Price|900.50|the price 900.50 is no whole shilling; if it is in another currency, give a rate|true",
        ]
    );
    let counts = world.counts().await;
    assert_eq!((counts.products, counts.pieces, counts.ledger, counts.runs), (1, 4, 4, 1));

    // A job that comes again finds nothing to do.
    let after = world.everything().await;
    perform(&world, run).await;
    assert_eq!(world.everything().await, after);
    assert_eq!(sums(&load(&world, run).await), [1, 0, 0, 2]);
    world.db.logged(&["products_file_uploaded", "products_import_started", "products_imported"]).await;
}

#[tokio::test]
async fn a_person_says_what_the_columns_are_and_it_is_tried() {
    let world = World::new().await;
    let run = upload(&world, b"Item,Bei,Idadi\nKanga,1250,3\n", None, "").await.unwrap();
    let waits = load(&world, run).await;
    assert_eq!((waits.status, waits.head.columns.len(), waits.head.rows.len()), (RunStatus::Uploaded, 3, 1));
    let said =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(file, ours)| ((*file).to_owned(), (*ours).to_owned())).collect();
    let half = runs::say_columns(&world.shop.ctx, run, said(&[("Item", "name")])).await.unwrap();
    assert_eq!(half, Err(ImportRefusal::MappingIncomplete));
    assert_eq!(load(&world, run).await.status, RunStatus::Uploaded);
    let whole = said(&[("Item", "name"), ("Bei", "price"), ("Idadi", "stock")]);
    assert_eq!(runs::say_columns(&world.shop.ctx, run, whole).await.unwrap(), Ok(()));
    perform(&world, run).await;
    assert_eq!(sums(&load(&world, run).await), [1, 0, 0, 0]);
    runs::start(&world.shop.ctx, run).await.unwrap();
    perform(&world, run).await;
    let kept = load(&world, run).await;
    assert_eq!((kept.status, kept.mapping().map(std::collections::BTreeMap::len)), (RunStatus::Succeeded, Some(3)));
    assert_eq!(world.counts().await.pieces, 3);
}

/// Until the run has so many rows behind it.
async fn until(world: &World, run: ImportRunId, rows: i32) {
    loop {
        let (done,): (i32,) = world.ask(&format!("select rows_done from import_runs where id = '{run}'")).await;
        if done >= rows {
            return;
        }
        tokio::task::yield_now().await;
    }
}

async fn started(world: &World, file: &str) -> ImportRunId {
    let run = upload(world, file.as_bytes(), None, "").await.unwrap();
    perform(world, run).await;
    runs::start(&world.shop.ctx, run).await.unwrap();
    run
}

fn work(world: &World, run: ImportRunId) -> tokio::task::JoinHandle<Result<(), AppError>> {
    let (ctx, media) = (world.shop.ctx.clone(), world.media.clone());
    tokio::spawn(async move { runs::perform(&ctx.platform, &media, &nobody(), ctx.tenant, run).await })
}

#[tokio::test]
async fn a_run_that_was_killed_goes_on_behind_its_last_batch() {
    let world = World::new().await;
    let run = started(&world, &many(1_500)).await;
    let working = work(&world, run);
    until(&world, run, 100).await;
    working.abort();
    let _ = working.await;
    // Whoever was killed counts as gone after a minute; a job that comes before only looks again later.
    perform(&world, run).await;
    let (status, products, created): (String, i64, i64) = world
        .ask(&format!("select status, (select count(*) from products where slug like 'thing-%'), created_count::bigint from import_runs where id = '{run}'"))
        .await;
    assert_eq!(status, "running");
    assert_eq!(products, created, "a batch and how far it is are one");
    assert!(products < 1_500, "it was not stopped in the middle");
    world.shop.ctx.platform.clock.advance(TimeDelta::seconds(61));
    perform(&world, run).await;
    let done = load(&world, run).await;
    assert_eq!((done.status, sums(&done), done.rows_done), (RunStatus::Succeeded, [1_500, 0, 0, 0], 1_500));
    let counts = world.counts().await;
    assert_eq!((counts.products, counts.pieces, counts.ledger), (1_500, 3_000, 3_000));
}

#[tokio::test]
async fn two_jobs_of_one_run_bring_it_in_once() {
    let world = World::new().await;
    let run = started(&world, &many(300)).await;
    let (one, other) = (work(&world, run), work(&world, run));
    one.await.unwrap().unwrap();
    other.await.unwrap().unwrap();
    let done = load(&world, run).await;
    assert_eq!((done.status, sums(&done)), (RunStatus::Succeeded, [300, 0, 0, 0]));
    assert_eq!(world.counts().await.ledger, 600);
}

#[tokio::test]
async fn a_run_is_stopped_between_products_and_what_is_in_is_whole() {
    let world = World::new().await;
    let run = started(&world, &many(1_500)).await;
    let working = work(&world, run);
    until(&world, run, 100).await;
    runs::cancel(&world.shop.ctx, run).await.unwrap();
    working.await.unwrap().unwrap();
    let stopped = load(&world, run).await;
    assert_eq!(stopped.status, RunStatus::Cancelled);
    let counts = world.counts().await;
    assert_eq!((counts.products, counts.variants), (i64::from(stopped.sums.created), i64::from(stopped.sums.created)));
    assert!(counts.products < 1_500);
    perform(&world, run).await;
    assert_eq!(world.counts().await, counts);

    // One that nobody works on ends at once.
    let waiting = started(&world, "Slug,Name,Price\nz,Z,5\n").await;
    runs::cancel(&world.shop.ctx, waiting).await.unwrap();
    runs::cancel(&world.shop.ctx, waiting).await.unwrap();
    assert_eq!(load(&world, waiting).await.status, RunStatus::Cancelled);
    perform(&world, waiting).await;
    assert_eq!(world.counts().await, counts_with_runs(counts, 2));
    world.db.logged(&["products_import_cancelled"]).await;
}

fn counts_with_runs(mut counts: crate::world::Counts, runs: i64) -> crate::world::Counts {
    counts.runs = runs;
    counts
}

#[tokio::test]
async fn a_second_file_waits_for_the_first() {
    let world = World::new().await;
    let (first, second) =
        (started(&world, "Slug,Name,Price\na,A,5\n").await, started(&world, "Slug,Name,Price\nb,B,5\n").await);
    let hold = format!(
        "update import_runs set status = 'running', claimed_until = '{}' where id = '{first}' returning 1",
        crate::world::now() + TimeDelta::seconds(60)
    );
    let _: (i32,) = world.ask(&hold).await;
    perform(&world, second).await;
    assert_eq!(load(&world, second).await.status, RunStatus::Waiting);
    assert_eq!(world.counts().await.products, 0);
    let busy = world.bring_with(b"Slug,Name,Price\nc,C,5\n", duka::catalog::import::ImportOptions::default()).await;
    assert_eq!(busy.unwrap_err(), ImportRefusal::Busy);
    world.shop.ctx.platform.clock.advance(TimeDelta::seconds(61));
    perform(&world, first).await;
    perform(&world, second).await;
    assert_eq!(load(&world, second).await.status, RunStatus::Succeeded);
    assert_eq!(world.counts().await.products, 2);
}

#[tokio::test]
async fn a_file_of_the_command_line_has_its_turn_until_it_is_in_however_long_that_takes() {
    let world = World::new().await;
    let second = started(&world, "Slug,Name,Price\nb,B,5\n").await;
    let (ctx, store, media) = (world.shop.ctx.clone(), world.shop.store, world.media.clone());
    let source = Source::Bytes(many(1_500).into_bytes());
    let file = ImportFile { name: "many.csv".to_owned(), source, folder: None };
    let importing = tokio::spawn(async move { import(&ctx, store, &media, file, ImportOptions::default()).await });
    let behind = async || {
        let rows = "select coalesce(max(rows_done), 0) from import_runs where file_key is null";
        world.ask::<(i32,)>(rows).await.0
    };
    while behind().await == 0 {
        tokio::task::yield_now().await;
    }
    // Longer than somebody who is silent is waited for; two batches later it has said that it is still there.
    world.shop.ctx.platform.clock.advance(TimeDelta::minutes(3));
    let later = (behind().await + 200).min(1_500);
    while behind().await < later {
        tokio::task::yield_now().await;
    }
    perform(&world, second).await;
    let report = importing.await.unwrap().unwrap();
    assert_eq!((report.created, report.refused), (1_500, 0));
}

#[tokio::test]
async fn a_file_that_is_not_taken_leaves_nothing_behind() {
    let world = World::new().await;
    let before = world.everything().await;
    let refused = UploadRefusal::File;
    for (file, rate, why) in [
        (b"".as_slice(), "", refused(ImportRefusal::Empty)),
        (b"Name\nCaf\xe9\x81\n", "", refused(ImportRefusal::NotText { line: 2 })),
        (b"PK\x03\x04\x14\0", "", refused(ImportRefusal::Workbook)),
        (FILE.as_bytes(), "cheap", UploadRefusal::NotARate),
    ] {
        assert_eq!(upload(&world, file, None, rate).await.unwrap_err(), why);
    }
    let huge = vec![b'x'; 100_000];
    let mut large = runs::begin_upload(&world.shop.ctx, &world.media).await.unwrap();
    let mut said = Ok(());
    for _ in 0..=671 {
        said = large.add(&huge).await;
    }
    assert_eq!(said, Err(refused(ImportRefusal::TooLarge)));
    large.give_up().await;
    assert_eq!(world.everything().await, before);
    assert_eq!(world.counts().await.runs, 0);
    assert_eq!(kept_files(&world), 0);

    // Of a format that was said, and it is not: told when it is tried.
    let run = upload(&world, FILE.as_bytes(), Some(Format::WooCommerce), "").await.unwrap();
    perform(&world, run).await;
    let failed = load(&world, run).await;
    assert_eq!(failed.status, RunStatus::Failed);
    assert!(matches!(failed.problem, Some(ImportRefusal::MissingColumns { format: Format::WooCommerce, .. })));
    assert_eq!(world.everything().await, before);
}

fn kept_files(world: &World) -> usize {
    let folder = world.folder.join("media/private/imports").join(world.shop.tenant.to_string());
    std::fs::read_dir(folder)
        .map_or(0, |files| files.filter(|file| file.as_ref().is_ok_and(|file| file.path().is_file())).count())
}

#[tokio::test]
async fn a_file_goes_after_its_time_and_is_never_served() {
    let world = World::new().await;
    let run = upload(&world, FILE.as_bytes(), None, "").await.unwrap();
    perform(&world, run).await;
    assert_eq!(kept_files(&world), 1);
    let key = format!("private/imports/{}/{run}", world.shop.tenant);
    assert!(world.media.get(&key).await.unwrap().is_none());
    let ctx = &world.shop.ctx;
    for _ in 0..2 {
        runs::forget(&ctx.platform, &world.media, ctx.tenant, run).await.unwrap();
    }
    assert_eq!(kept_files(&world), 0);
    let kept = load(&world, run).await;
    assert_eq!((kept.status, kept.note_count, kept.is_file_kept), (RunStatus::Cancelled, 0, false));
    assert!(runs::notes(ctx, run, 10).await.unwrap().is_empty());
    assert_eq!(runs::start(ctx, run).await, Err(AppError::ChangedMeanwhile));
}

#[tokio::test]
async fn with_fifty_files_the_oldest_that_nobody_works_on_makes_way_for_the_next() {
    let world = World::new().await;
    let oldest = upload(&world, FILE.as_bytes(), None, "").await.unwrap();
    perform(&world, oldest).await;
    let more = format!(
        "with more as (
             insert into import_runs (tenant_id, store_id, format, file_name, status, file_key, created_at)
             select tenant_id, store_id, format, file_name, 'checked', 'private/none', created_at + n * interval '1 minute'
             from import_runs, generate_series(1, 49) n where id = '{oldest}' returning 1
         )
         select count(*)::int from more"
    );
    assert_eq!(world.ask::<(i32,)>(&more).await.0, 49);
    for _ in 0..2 {
        upload(&world, FILE.as_bytes(), None, "").await.unwrap();
    }
    let asked = "select array_agg(r.created_at - begun.created_at order by r.created_at)::text
                 from graphile_worker._private_jobs j
                 join import_runs r on r.id::text = j.payload -> 'body' ->> 'subject' and j.key like '%:room',
                      (select min(created_at) as created_at from import_runs) begun";
    assert_eq!(world.ask::<(String,)>(asked).await.0, "{00:00:00,00:01:00}", "the two oldest");

    let _: (i64,) = world
        .ask("with busy as (update import_runs set status = 'waiting' returning 1) select count(*) from busy")
        .await;
    assert_eq!(upload(&world, FILE.as_bytes(), None, "").await.unwrap_err(), UploadRefusal::TooManyFiles);
}

#[tokio::test]
async fn strangers_and_viewers_reach_no_run() {
    let world = World::new().await;
    let run = upload(&world, FILE.as_bytes(), None, "").await.unwrap();
    perform(&world, run).await;
    let other = world.db.seed_shop(&world.shop.ctx.platform, "kilimani").await;
    let mut viewer = world.shop.ctx.clone();
    viewer.actor = Actor::Member { user: UserId::mint(), role: Role::Viewer };
    for (ctx, says) in [(&other.ctx, AppError::NotFound), (&viewer, AppError::NotPermitted)] {
        assert_eq!(runs::load(ctx, run).await.unwrap_err(), says);
        assert_eq!(runs::notes(ctx, run, 1).await.unwrap_err(), says);
        assert_eq!(runs::start(ctx, run).await.unwrap_err(), says);
        assert_eq!(runs::cancel(ctx, run).await.unwrap_err(), says);
        assert_eq!(runs::say_columns(ctx, run, std::collections::BTreeMap::new()).await.unwrap_err(), says);
    }
    assert!(matches!(runs::begin_upload(&viewer, &world.media).await, Err(AppError::NotPermitted)));
    assert_eq!(load(&world, run).await.status, RunStatus::Checked);
}
