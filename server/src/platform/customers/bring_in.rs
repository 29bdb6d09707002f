//! A list of customers: taken, tried, and brought in. It is kept nowhere: the page of the trial carries it along.

use crate::{
    doors::{Brought, Inside, Part, Posted, only, to_the_end},
    request::private_page,
    shop::faults,
    state::App,
};
use app::{
    still::customers::{
        CUSTOMERS,
        files::{LIST, Shown, bring_in as draw_page},
    },
    text::{customer_files, import, shop::TurnedAway},
};
use axum::{
    extract::{Request, State},
    response::Response,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use duka::{
    catalog::import::{ImportRefusal, read_table},
    customers::bring_in::{BroughtReport, MOST_BYTES, MOST_ROWS, bring_in},
    error::AppError,
};
use http::StatusCode;

pub(super) async fn page(inside: Inside) -> Response {
    draw(&inside, StatusCode::OK, &Shown::default())
}

pub(super) async fn try_it(State(app): State<App>, inside: Inside, request: Request) -> Response {
    match read(request, &app).await {
        Ok(Some(bytes)) => {
            let list = BASE64_URL_SAFE_NO_PAD.encode(&bytes);
            show(&inside, bytes, Some(list)).await
        }
        Ok(None) => refuse(&inside, customer_files::words(inside.locale()).no_file.to_owned()),
        Err(TurnedAway::TooLarge) => refuse(&inside, customer_files::words(inside.locale()).too_large.to_owned()),
        Err(why) => faults::turned_away_bare(&app, inside.locale(), why),
    }
}

pub(super) async fn apply(inside: Inside, Posted(typed): Posted) -> Response {
    if let Err(error) = only(&typed, &[LIST]) {
        return inside.refuse(error);
    }
    match BASE64_URL_SAFE_NO_PAD.decode(typed.get(LIST)) {
        Ok(bytes) if bytes.len() > MOST_BYTES => {
            refuse(&inside, customer_files::words(inside.locale()).too_large.to_owned())
        }
        Ok(bytes) if !bytes.is_empty() => show(&inside, bytes, None).await,
        Ok(_) | Err(_) => refuse(&inside, customer_files::words(inside.locale()).no_file.to_owned()),
    }
}

/// The only file of the form; none when none was chosen.
async fn read(request: Request, app: &App) -> Result<Option<Vec<u8>>, TurnedAway> {
    let mut brought = Brought::read(request, app, MOST_BYTES).await?;
    let mut file = None;
    while let Some(part) = brought.next().await? {
        match part {
            Part::File { field, bytes, .. } if field == "file" && file.is_none() => {
                file = Some(bytes.ok_or(TurnedAway::TooLarge)?);
            }
            Part::File { .. } | Part::Text { .. } => return Err(TurnedAway::Unreadable),
        }
    }
    Ok(file)
}

/// What became of it. A list that is carried along is a trial; one that is not is brought in.
async fn show(inside: &Inside, bytes: Vec<u8>, list: Option<String>) -> Response {
    let is_trial = list.is_some();
    match run(inside, bytes, is_trial).await {
        Ok(Ok(report)) => {
            let shown = Shown { report: Some(report), list, ..Shown::default() };
            draw(inside, StatusCode::OK, &shown)
        }
        Ok(Err(problem)) => refuse(inside, problem),
        Err(error) => inside.refuse(error),
    }
}

/// The report, or a sentence about the whole file.
async fn run(inside: &Inside, bytes: Vec<u8>, is_trial: bool) -> Result<Result<BroughtReport, String>, AppError> {
    // One row more than is taken shows that there are too many.
    let table = match read_table(bytes, MOST_ROWS + 1) {
        Ok(table) => table,
        Err(ImportRefusal::Stopped(error)) => return Err(error),
        Err(refusal) => return Ok(Err((import::words(inside.locale()).refusal)(&refusal))),
    };
    let ctx = inside.ctx.clone();
    let brought = to_the_end(async move { bring_in(&ctx, &table, is_trial).await }).await?;
    Ok(brought.map_err(|refusal| (customer_files::words(inside.locale()).refusal)(&refusal)))
}

fn refuse(inside: &Inside, problem: String) -> Response {
    draw(inside, StatusCode::UNPROCESSABLE_ENTITY, &Shown { problem: Some(problem), ..Shown::default() })
}

fn draw(inside: &Inside, status: StatusCode, shown: &Shown) -> Response {
    let still = inside.still(CUSTOMERS, customer_files::words(inside.locale()).bring_in);
    private_page(status, draw_page(&still, shown))
}
