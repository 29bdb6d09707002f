//! A merchant's first goods: one form, with a picture if there is one.

use crate::{
    doors::{Brought, Inside, Part, to_the_end},
    request::{limits::MOST_PICTURE, private_page, see_other},
    shop::faults,
    state::App,
};
use app::{
    still::{form::Sheet, start::product},
    text::shop::TurnedAway,
};
use axum::{
    extract::{Request, State},
    response::Response,
};
use duka::{
    catalog::{
        add_product::add_product,
        media::{NotStored, PictureProblem, StoredPicture},
        product_form::{FIELDS, NewProduct},
    },
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::ProductId,
        typed::Typed,
    },
    tenancy::session,
};
use http::StatusCode;

/// What arrived: text by field, and the picture's bytes.
#[derive(Default)]
struct Sent {
    typed: Typed,
    picture: Option<Vec<u8>>,
    /// There was one, and it was larger than we take.
    is_too_heavy: bool,
}

pub async fn page(inside: Inside) -> Response {
    draw(&inside, StatusCode::OK, &Sheet::default(), ProductId::mint())
}

fn draw(inside: &Inside, status: StatusCode, sheet: &Sheet, id: ProductId) -> Response {
    let title = app::text::start::words(inside.locale()).product_title;
    let still = inside.still(app::dashboard::address::PRODUCTS, title);
    private_page(status, product::new_product(&still, &id.to_string(), sheet))
}

pub async fn add(State(app): State<App>, inside: Inside, request: Request) -> Response {
    let sent = match read(request, &app).await {
        Ok(sent) => sent,
        Err(why) => return faults::turned_away_bare(&app, inside.locale(), why),
    };
    // The picture may have been on its way while somebody showed them out.
    if let Err(error) = session::require(&inside.ctx).await {
        return inside.refuse(error);
    }
    let id = ProductId::parse(sent.typed.get("product")).unwrap_or_else(ProductId::mint);
    let (shared, ctx, store, typed) = (app.clone(), inside.ctx.clone(), inside.member.store, sent.typed.clone());
    let adding = to_the_end(async move {
        let mut errors = FieldErrors::none();
        typed.expect_only(&FIELDS, &mut errors);
        if sent.is_too_heavy {
            errors.add("picture", FieldProblem::TooHeavy);
        }
        let new = match NewProduct::read(&typed) {
            Ok(new) => Some(new),
            Err(found) => {
                found.iter().for_each(|(field, problem)| errors.add(field, problem));
                None
            }
        };
        // The slow part is not begun for a form that has to come again anyway.
        let (Some(new), true) = (new, errors.is_empty()) else { return Err(AppError::Invalid(errors)) };
        let picture = match sent.picture {
            Some(bytes) => Some(store_picture(&shared, ctx.tenant, bytes).await?),
            None => None,
        };
        add_product(&ctx, store, id, &new, picture.as_ref()).await
    });
    match adding.await {
        Ok(_) => see_other(&format!("{}?added", app::dashboard::address::product(id))),
        Err(AppError::Invalid(errors)) => {
            let sheet = Sheet { typed: sent.typed, errors, ..Sheet::default() };
            draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, &sheet, id)
        }
        Err(error) => inside.refuse(error),
    }
}

async fn store_picture(
    app: &App,
    tenant: duka::kernel::id::TenantId,
    bytes: Vec<u8>,
) -> Result<StoredPicture, AppError> {
    let refuse = |problem| AppError::Invalid(FieldErrors::one("picture", problem));
    app.media.put_picture(tenant, bytes).await.map_err(|fault| match fault {
        NotStored::Picture(PictureProblem::TooHeavy) => refuse(FieldProblem::TooHeavy),
        NotStored::Picture(_) => refuse(FieldProblem::NotAPicture),
        NotStored::Store(fault) => AppError::broken(fault),
    })
}

/// What was sent; or why it is no form: unreadable, of too many or too long fields, or larger than the page takes.
async fn read(request: Request, app: &App) -> Result<Sent, TurnedAway> {
    let mut brought = Brought::read(request, app, MOST_PICTURE).await?;
    let mut sent = Sent::default();
    let mut pairs = Vec::new();
    while let Some(part) = brought.next().await? {
        match part {
            Part::File { field, bytes, .. } if field == "picture" => {
                sent.is_too_heavy = bytes.is_none();
                sent.picture = bytes;
            }
            Part::Text { field, value } if pairs.len() < Typed::MOST_FIELDS => pairs.push((field, value)),
            Part::File { .. } | Part::Text { .. } => return Err(TurnedAway::Unreadable),
        }
    }
    sent.typed = Typed::read(pairs).ok_or(TurnedAway::Unreadable)?;
    Ok(sent)
}
