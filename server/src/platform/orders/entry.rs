//! The form by which staff enter an order: each press reckons it anew, one of them places it.

use crate::{
    doors::{Inside, Posted, only},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::{self, ORDERS},
    still::{
        form::Sheet as Shown,
        orders::entry::{ADD, DO, Entry, FIELDS, PLACE, Trouble, entry, line_of},
    },
    text::entry::words,
};
use axum::response::Response;
use duka::{
    cart::set_lines::set_lines,
    checkout::{
        forms::CheckoutForm,
        place_for::place_for,
        place_order::{Placed, Refused},
        request_prompt,
    },
    error::AppError,
    kernel::{id::VariantId, locale::Locale, phone::Phone, quantity::Quantity, token::Token, typed::Typed},
    pages::{
        dashboard::products::{self, ProductFilter, ProductsPage},
        storefront::{
            checkout::{self, CheckoutPage, Wanted},
            frame::Visit,
        },
    },
};
use http::StatusCode;

pub async fn page(inside: Inside) -> Response {
    let draft = Token::random();
    draw(&inside, StatusCode::OK, &draft, None, &Shown::default(), &Trouble::default()).await
}

pub async fn fill(inside: Inside, Posted(mut typed): Posted) -> Response {
    let draft = Token::parse(&typed.take("draft")).unwrap_or_else(Token::random);
    let pressed = typed.take(DO);
    let added = VariantId::parse(&typed.take(ADD));
    let lines = typed.iter().map(|(name, _)| name).filter(|name| line_of(name).is_some());
    let fields: Vec<&str> = FIELDS.into_iter().chain(lines).collect();
    if let Err(error) = only(&typed, &fields) {
        return inside.refuse(error);
    }
    let mut trouble = Trouble::default();
    let lines = read_lines(&typed, added, &mut trouble);
    // A number that is none changes nothing: the draft stays as it was, beside what is wrong.
    let is_open = if trouble.has_bad_quantity {
        true
    } else {
        match set_lines(&inside.ctx, inside.member.store, &draft, inside.locale(), &lines).await {
            Ok(is_open) => is_open,
            Err(error) => return inside.refuse(error),
        }
    };
    // A draft that has become an order leads to it, whatever is pressed.
    if (pressed == PLACE || !is_open) && !trouble.has_bad_quantity {
        match place(&inside, &draft, &typed).await {
            Ok(placed) => return see_other(&address::order(placed.order)),
            Err(refused) => return again(&inside, &draft, typed, refused, lines.len()).await,
        }
    }
    let status = if trouble.has_bad_quantity { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    show(&inside, status, &draft, Shown { typed, ..Shown::default() }, trouble, lines.len()).await
}

/// The lines that the form has, and the one that was put in; a line of none is taken out.
fn read_lines(typed: &Typed, added: Option<VariantId>, trouble: &mut Trouble) -> Vec<(VariantId, Quantity)> {
    let mut lines = Vec::new();
    for (field, value) in typed.iter() {
        let Some(variant) = line_of(field) else { continue };
        let value = value.trim();
        match value.parse::<u32>() {
            Ok(0) => {}
            Ok(wanted) => match Quantity::new(wanted) {
                Some(wanted) => lines.push((variant, wanted)),
                None => trouble.has_bad_quantity = true,
            },
            Err(_) if value.is_empty() => {}
            Err(_) => trouble.has_bad_quantity = true,
        }
    }
    if let Some(variant) = added
        && !lines.iter().any(|(known, _)| *known == variant)
    {
        lines.extend(Quantity::new(1).map(|one| (variant, one)));
    }
    lines
}

async fn place(inside: &Inside, draft: &Token, typed: &Typed) -> Result<Placed, Refused> {
    let field = |name: &str| typed.get(name).to_owned();
    let form = CheckoutForm {
        idempotency_key: draft.hex(),
        seen_total_cents: field("seen_total_cents"),
        name: field("name"),
        phone: field("phone"),
        area: field("area"),
        street: field("street"),
        instructions: field("instructions"),
        payment_method: field("payment_method"),
        ..CheckoutForm::default()
    };
    let locale = Locale::parse(typed.get("language")).unwrap_or_else(|| inside.locale());
    let (ctx, store, token, channel) = (inside.ctx.clone(), inside.member.store, draft.clone(), field("channel"));
    let app = inside.app.clone();
    // Its own task: a browser that hangs up cannot stop it half-way, and the prompt goes out all the same.
    let placing = tokio::spawn(async move {
        let placed = place_for(&ctx, store, &token, locale, form, &channel).await?;
        if placed.is_new {
            app.pages.versions.note_move(ctx.tenant);
        }
        if let Some(payment) = placed.prompt {
            let platform = app.platform.clone();
            let tenant = ctx.tenant;
            tokio::spawn(async move {
                if let Err(fault) = request_prompt::send(&platform, tenant, payment).await {
                    tracing::warn!(payment.id = %payment, error.message = %fault, "a prompt was not sent at once");
                }
            });
        }
        Ok(placed)
    });
    placing.await.unwrap_or_else(|fault| Err(Refused::App(AppError::broken(fault))))
}

/// With everything that was typed, and why nothing was placed.
async fn again(inside: &Inside, draft: &Token, typed: Typed, refused: Refused, lines: usize) -> Response {
    let mut shown = Shown { typed, ..Shown::default() };
    let mut trouble = Trouble::default();
    let status = match refused {
        Refused::EmptyCart => {
            trouble.is_empty = true;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Refused::Invalid(errors) => {
            shown.errors = errors;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        // Staff choose an area of the list, so nothing is left to be priced; if it were, they would look again.
        Refused::Unpriced => StatusCode::CONFLICT,
        Refused::Changed(changes) => {
            trouble.changes = changes;
            StatusCode::CONFLICT
        }
        Refused::App(error @ (AppError::Refused(_) | AppError::ChangedMeanwhile | AppError::TryAgain { .. })) => {
            let status = app::api::status(&error);
            shown.problem = Some(error);
            status
        }
        Refused::App(other) => return inside.refuse(other),
    };
    show(inside, status, draft, shown, trouble, lines).await
}

/// The form with what the draft comes to now.
async fn show(
    inside: &Inside,
    status: StatusCode,
    draft: &Token,
    mut shown: Shown,
    mut trouble: Trouble,
    lines: usize,
) -> Response {
    let reckoned = match reckon(inside, draft, &shown.typed).await {
        Ok(reckoned) => reckoned,
        Err(error) => return inside.refuse(error),
    };
    let kept = reckoned.as_ref().map_or(0, |page| page.lines.len());
    trouble.is_short = kept < lines;
    // Lines are drawn from the draft.
    let fields: Vec<String> =
        shown.typed.iter().map(|(name, _)| name.to_owned()).filter(|name| line_of(name).is_some()).collect();
    for field in fields {
        shown.typed.take(&field);
    }
    draw(inside, status, draft, reckoned.as_ref(), &shown, &trouble).await
}

async fn reckon(inside: &Inside, draft: &Token, typed: &Typed) -> Result<Option<CheckoutPage>, AppError> {
    let visit = Visit {
        store: inside.member.store,
        locale: inside.locale(),
        origin: inside.who.store_url.clone(),
        path: "/checkout".into(),
        assets: inside.app.site.assets.clone(),
        is_light: false,
    };
    let buyer = Phone::parse(typed.get("phone"));
    let wanted = Wanted { area: typed.get("area"), buyer: buyer.as_ref(), ..Wanted::default() };
    Ok(checkout::load(&inside.ctx, &visit, draft, wanted).await?.map(|loaded| loaded.page))
}

async fn search(inside: &Inside, typed: &Typed) -> Result<Option<ProductsPage>, AppError> {
    let words = typed.get("words").trim();
    if words.is_empty() {
        return Ok(None);
    }
    let filter = ProductFilter { words: words.to_owned(), status: "active".into(), page: 1 };
    products::load(&inside.ctx, filter).await.map(Some)
}

async fn draw(
    inside: &Inside,
    status: StatusCode,
    draft: &Token,
    reckoned: Option<&CheckoutPage>,
    sheet: &Shown,
    trouble: &Trouble,
) -> Response {
    let found = match search(inside, &sheet.typed).await {
        Ok(found) => found,
        Err(error) => return inside.refuse(error),
    };
    let still = inside.still(ORDERS, words(inside.locale()).title);
    let draft = draft.hex();
    let shown = Entry { draft: &draft, reckoned, found: found.as_ref(), sheet, trouble };
    private_page(status, entry(&still, &shown))
}
