//! Files of products: taken, tried, started, stopped, and what is told about their rows.

use super::sheet::{only, to_the_end};
use crate::{
    doors::{Doors, Inside, Named, Posted, Pressed, Who},
    request::{private_page, see_other},
    shop::faults,
    state::App,
};
use app::{
    dashboard::address::PRODUCTS,
    still::import::{self as pages, ADDRESS, Typed},
    text::{import::words, shop::TurnedAway},
};
use axum::{
    extract::{FromRequest as _, Multipart, Request, State, multipart::Field},
    response::{IntoResponse as _, Response},
};
use duka::{
    catalog::import::{
        Format, ImportRefusal, Mapping, harmless,
        runs::{self, Upload, UploadRefusal},
    },
    error::AppError,
    kernel::{access::Permission, id::ImportRunId, typed::Typed as Fields},
    tenancy::session,
};
use http::{HeaderValue, StatusCode, header};

/// Remarks on the page itself; the report has all.
const SHOWN_NOTES: u32 = 50;
const ALL_NOTES: u32 = 20_000;
/// How often a page that shows something moving asks again, in seconds.
const REFRESH: &str = "3";
/// A field of text beside the file is never longer.
const LONGEST_FIELD: usize = 1_000;
const WHO: Who = Who::Member(Permission::EditProducts);

pub fn doors(doors: Doors) -> Doors {
    doors
        .page("/dashboard/products/import", WHO, page)
        .form("/dashboard/products/import", WHO, upload)
        .page("/dashboard/products/import/{run}", WHO, run)
        .form("/dashboard/products/import/{run}/columns", WHO, columns)
        .form("/dashboard/products/import/{run}/start", WHO, start)
        .form("/dashboard/products/import/{run}/cancel", WHO, cancel)
        .page("/dashboard/products/import/{run}/report", WHO, report)
        .page("/dashboard/products/export", WHO, super::export::download)
}

async fn page(inside: Inside) -> Response {
    draw(&inside, StatusCode::OK, &Typed::default()).await
}

async fn draw(inside: &Inside, status: StatusCode, typed: &Typed) -> Response {
    match runs::list(&inside.ctx, inside.member.store).await {
        Ok(runs) => {
            let still = inside.still(PRODUCTS, words(inside.locale()).title);
            private_page(status, pages::upload(&still, &runs, typed))
        }
        Err(error) => inside.refuse(error),
    }
}

/// What stood beside the file.
#[derive(Default)]
struct Sent {
    format: String,
    rate: String,
    name: String,
    file: Option<Upload>,
}

async fn upload(State(app): State<App>, inside: Inside, request: Request) -> Response {
    let Ok(parts) = Multipart::from_request(request, &app).await else {
        return faults::turned_away_bare(&app, inside.locale(), TurnedAway::Unreadable);
    };
    let mut sent = Sent::default();
    let read = match read(&inside, parts, &mut sent).await {
        // The file may have been on its way while somebody showed them out.
        Ok(()) => session::require(&inside.ctx).await.map_err(|error| Fault::Refused(UploadRefusal::App(error))),
        fault => fault,
    };
    let typed = Typed { format: sent.format.clone(), rate: sent.rate.clone(), ..Typed::default() };
    match read {
        Ok(()) => {}
        Err(fault) => {
            if let Some(file) = sent.file {
                file.give_up().await;
            }
            return match fault {
                Fault::Sent(why) => faults::turned_away_bare(&app, inside.locale(), why),
                Fault::Refused(refusal) => refuse(&inside, typed, refusal).await,
            };
        }
    }
    let Some(file) = sent.file else {
        let problem = words(inside.locale()).choose_file.to_owned();
        return draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, &Typed { file_problem: Some(problem), ..typed }).await;
    };
    let (ctx, media, store) = (inside.ctx.clone(), app.media.clone(), inside.member.store);
    // Its own task: a browser that hangs up now has sent everything, and the file is kept or not.
    let kept = tokio::spawn(async move {
        file.finish(&ctx, &media, store, &sent.name, Format::parse(&sent.format), &sent.rate).await
    });
    match kept.await.unwrap_or_else(|fault| Err(UploadRefusal::App(AppError::broken(fault)))) {
        Ok(run) => see_other(&format!("{ADDRESS}/{run}")),
        Err(refusal) => refuse(&inside, typed, refusal).await,
    }
}

enum Fault {
    Sent(TurnedAway),
    Refused(UploadRefusal),
}

/// The file goes to the store while it comes; no more than a part of it is in memory.
async fn read(inside: &Inside, mut parts: Multipart, sent: &mut Sent) -> Result<(), Fault> {
    let unreadable = |_| Fault::Sent(TurnedAway::Unreadable);
    while let Some(mut field) = parts.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or_default() {
            "file" if sent.file.is_none() => {
                field.file_name().unwrap_or_default().clone_into(&mut sent.name);
                take(inside, &mut field, sent).await?;
            }
            "format" => sent.format = text(field).await?,
            "rate" => sent.rate = text(field).await?,
            _ => return Err(Fault::Sent(TurnedAway::Unreadable)),
        }
    }
    Ok(())
}

async fn take(inside: &Inside, field: &mut Field<'_>, sent: &mut Sent) -> Result<(), Fault> {
    loop {
        let part = match field.chunk().await {
            Ok(part) => part,
            Err(fault) if fault.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(Fault::Refused(UploadRefusal::File(ImportRefusal::TooLarge)));
            }
            Err(_) => return Err(Fault::Sent(TurnedAway::Unreadable)),
        };
        let Some(part) = part else { return Ok(()) };
        // A browser sends an empty file when none was chosen.
        if sent.file.is_none() {
            let begun = runs::begin_upload(&inside.ctx, &inside.app.media).await;
            sent.file = Some(begun.map_err(|error| Fault::Refused(UploadRefusal::App(error)))?);
        }
        if let Some(file) = &mut sent.file {
            file.add(&part).await.map_err(Fault::Refused)?;
        }
    }
}

async fn text(mut field: Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(part) = field.chunk().await.map_err(|_| Fault::Sent(TurnedAway::Unreadable))? {
        bytes.extend_from_slice(&part);
        if bytes.len() > LONGEST_FIELD {
            return Err(Fault::Sent(TurnedAway::Unreadable));
        }
    }
    String::from_utf8(bytes).map_err(|_| Fault::Sent(TurnedAway::Unreadable))
}

async fn refuse(inside: &Inside, typed: Typed, refusal: UploadRefusal) -> Response {
    let words = words(inside.locale());
    let typed = match refusal {
        UploadRefusal::File(refusal) => Typed { file_problem: Some((words.refusal)(&refusal)), ..typed },
        UploadRefusal::TooManyFiles => Typed { file_problem: Some(words.too_many_files.to_owned()), ..typed },
        UploadRefusal::NotARate => Typed { rate_problem: Some(words.not_a_rate), ..typed },
        UploadRefusal::App(error) => return inside.refuse(error),
    };
    draw(inside, StatusCode::UNPROCESSABLE_ENTITY, &typed).await
}

async fn run(inside: Inside, Named(id): Named<ImportRunId>) -> Response {
    draw_run(&inside, id, StatusCode::OK, None, None).await
}

async fn draw_run(
    inside: &Inside,
    id: ImportRunId,
    status: StatusCode,
    said: Option<&Mapping>,
    problem: Option<String>,
) -> Response {
    let loaded = async {
        let run = runs::load(&inside.ctx, id).await?;
        let notes = runs::notes(&inside.ctx, id, SHOWN_NOTES).await?;
        Ok::<_, AppError>((run, notes))
    };
    let (run, notes) = match loaded.await {
        Ok(found) => found,
        Err(error) => return inside.refuse(error),
    };
    let still = inside.still(PRODUCTS, words(inside.locale()).title);
    let mut answer = private_page(status, pages::run(&still, &run, &notes, said, problem));
    if run.status.is_moving() {
        // As a meta element would, and without one: any browser asks again.
        answer.headers_mut().insert(header::REFRESH, HeaderValue::from_static(REFRESH));
    }
    answer
}

/// Fields are `column-0` and so on, in the order of the file.
async fn columns(inside: Inside, Named(id): Named<ImportRunId>, Posted(typed): Posted) -> Response {
    let head = match runs::load(&inside.ctx, id).await {
        Ok(run) => run.head,
        Err(error) => return inside.refuse(error),
    };
    let fields: Vec<String> = (0..head.columns.len()).map(|nth| format!("column-{nth}")).collect();
    if let Err(error) = only(&typed, &fields.iter().map(String::as_str).collect::<Vec<_>>()) {
        return inside.refuse(error);
    }
    let mapping = said(&typed, &head.columns);
    let ctx = inside.ctx.clone();
    let saying = mapping.clone();
    match to_the_end(async move { runs::say_columns(&ctx, id, saying).await }).await {
        Ok(Ok(())) => see_other(&format!("{ADDRESS}/{id}")),
        Ok(Err(refusal)) => {
            let problem = (words(inside.locale()).refusal)(&refusal);
            draw_run(&inside, id, StatusCode::UNPROCESSABLE_ENTITY, Some(&mapping), Some(problem)).await
        }
        Err(error) => inside.refuse(error),
    }
}

fn said(typed: &Fields, columns: &[String]) -> Mapping {
    let field = |nth: usize| typed.get(&format!("column-{nth}")).to_owned();
    let named = columns.iter().enumerate().map(|(nth, name)| (name.clone(), field(nth)));
    named.filter(|(_, field)| !field.is_empty()).collect()
}

async fn start(inside: Inside, Named(id): Named<ImportRunId>, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    led(&inside, id, to_the_end(async move { runs::start(&ctx, id).await }).await)
}

async fn cancel(inside: Inside, Named(id): Named<ImportRunId>, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    led(&inside, id, to_the_end(async move { runs::cancel(&ctx, id).await }).await)
}

/// Back to the run, which says what it is now; also when somebody else was faster.
fn led(inside: &Inside, id: ImportRunId, done: Result<(), AppError>) -> Response {
    match done {
        Ok(()) | Err(AppError::ChangedMeanwhile) => see_other(&format!("{ADDRESS}/{id}")),
        Err(error) => inside.refuse(error),
    }
}

/// Line, product, column, what it says, what is wrong.
async fn report(inside: Inside, Named(id): Named<ImportRunId>) -> Response {
    let notes = match runs::notes(&inside.ctx, id, ALL_NOTES).await {
        Ok(notes) => notes,
        Err(error) => return inside.refuse(error),
    };
    let words = words(inside.locale());
    let cell = |text: &str| format!("\"{}\"", harmless(text).replace('"', "\"\""));
    let mut table = format!(
        "{},{},{},{},{}\r\n",
        cell(words.line),
        cell("Handle"),
        cell(words.column),
        cell(words.says),
        cell(words.wrong)
    );
    for note in notes {
        let cells = [cell(&note.handle), cell(&note.column), cell(&note.says), cell(&words.told(&note))];
        table.push_str(&note.line.to_string());
        table.push(',');
        table.push_str(&cells.join(","));
        table.push_str("\r\n");
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"report.csv\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    (headers, table).into_response()
}
