//! The checkout's page, and the form that makes an order of a cart.

use super::{
    card::{Way, may_lead_away},
    cart::{note_checkout, show_count},
    cart_link, events, faults,
    sent::Sent,
};
use crate::{
    request::{asked::Asked, cookies::Cookie, private_page, see_other},
    state::App,
};
use app::storefront;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use duka::{
    analytics::event::{Around, Step, Visitor},
    checkout::{
        forms::CheckoutForm,
        known_buyer,
        place_order::{Placed, Refused, place_order},
        request_prompt,
    },
    customers::shopper::session,
    error::AppError,
    kernel::{
        field_errors::FieldErrors,
        id::{PaymentId, TenantId},
        phone::Phone,
        token::Token,
    },
    pages::storefront::checkout::{self, Change, CheckoutPage, LoadedCheckout, Wanted},
};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct AreaQuery {
    #[serde(default)]
    area: String,
    #[serde(default)]
    place: String,
}

/// The form, priced for the area or place asked for. An empty cart leads to the cart.
pub async fn page(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    query: Result<Query<AreaQuery>, QueryRejection>,
) -> Response {
    let (area, place) = query.map(|Query(asked)| (asked.area, asked.place)).unwrap_or_default();
    let Some(cart) = Cookie::Cart.token(&headers, &app.config.base) else { return see_other(&asked.to("/cart")) };
    let placed = events::known_order(&app, &asked, &headers);
    let wanted = Wanted { area: &area, place: cut(&place), placed: placed.as_ref(), ..Wanted::default() };
    match checkout::load(&asked.ctx, &asked.visit(&app, "/checkout"), &cart, wanted).await {
        Ok(Some(LoadedCheckout { frame, page, cart })) => {
            let mut answer = private_page(StatusCode::OK, storefront::checkout(&frame, &page));
            may_lead_away(&app, &mut answer);
            note_checkout(&app, &headers, &mut answer);
            events::record_view(
                &app,
                &asked,
                &headers,
                &mut answer,
                Some(Step::CheckoutStart { amount_cents: page.total.minor() }),
                Around {
                    cart: Some(cart),
                    area: page.areas.get(page.chosen).map(|chosen| chosen.area.clone()),
                    ..Around::default()
                },
            );
            answer
        }
        Ok(None) => see_other(&asked.to("/cart")),
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

/// What is read of a place that was typed.
fn cut(place: &str) -> &str {
    place.char_indices().nth(LONGEST_PLACE).map_or(place, |(end, _)| &place[..end])
}

/// As long as the field takes.
const LONGEST_PLACE: usize = 100;

/// Places the order, or only says what delivery would cost. The same cart posted again leads to the same order.
pub async fn place(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    Sent(form): Sent<CheckoutForm>,
) -> Response {
    let Some(cart) = Cookie::Cart.token(&headers, &app.config.base) else { return see_other(&asked.to("/cart")) };
    if !form.ask.is_empty() || !form.pick.is_empty() {
        return again(&app, &asked, &cart, &form, StatusCode::OK, FieldErrors::none(), Vec::new()).await;
    }
    // Its own task: a shopper who hangs up cannot stop it half-way, and the prompt goes out all the same.
    let (shared, ctx, store, locale) = (app.clone(), asked.ctx.clone(), asked.shop.store, asked.locale);
    let (typed, token) = (form.clone(), cart.clone());
    let visitor = events::visitor(&app, &asked, &headers);
    let way = Way::new(&app, &asked, &headers);
    let is_signed_in = Cookie::Shopper.token(&headers, &app.config.base).is_some();
    let placing = tokio::spawn(async move {
        let placed = place_order(&ctx, store, &token, locale, typed).await?;
        after(&shared, &ctx, &placed, visitor);
        let page = match placed.card {
            Some(payment) => way.open(&placed.token, payment).await,
            None => None,
        };
        Ok((placed, page))
    });
    match placing.await.unwrap_or_else(|fault| Err(Refused::App(AppError::broken(fault)))) {
        // By the cart's link somebody else has it in their hand as well, and an order says where its buyer lives.
        Ok((placed, _))
            if placed.is_others && events::known_order(&app, &asked, &headers).as_ref() != Some(&placed.token) =>
        {
            cart_link::ordered(&app, &asked, StatusCode::CONFLICT).await
        }
        Ok((placed, page)) => {
            let order = asked.to(&format!("/orders/{}", placed.token.hex()));
            let mut answer = see_other(page.as_deref().unwrap_or(&order));
            note_buyer(&app, &asked, &mut answer, &placed.token, is_signed_in);
            // The cart's own cookie stays: pressed again, it leads to the order.
            show_count(&app, &mut answer, 0);
            Cookie::Left.end(&mut answer, &app.config.base);
            answer
        }
        Err(Refused::EmptyCart) => see_other(&asked.to("/cart")),
        Err(Refused::Invalid(errors)) => {
            again(&app, &asked, &cart, &form, StatusCode::UNPROCESSABLE_ENTITY, errors, Vec::new()).await
        }
        Err(Refused::Unpriced) => unpriced(&app, &asked, &cart, &form).await,
        Err(Refused::Changed(changes)) => {
            again(&app, &asked, &cart, &form, StatusCode::CONFLICT, FieldErrors::none(), changes).await
        }
        Err(Refused::App(fault)) => faults::page(&app, &asked, fault).await,
    }
}

/// Notes which order the next checkout of this browser is filled in from. Of who is signed in, it is forgotten by itself as
/// their session is: the phone may be a lent one.
pub fn note_buyer(app: &App, asked: &Asked, answer: &mut Response, order: &Token, is_signed_in: bool) {
    let (base, carried) = (&app.config.base, known_buyer::carried(&asked.ctx, order));
    match u32::try_from(session::IDLE.num_seconds()) {
        Ok(seconds) if is_signed_in => Cookie::Buyer.set_for(answer, base, &carried, seconds),
        _ => Cookie::Buyer.set(answer, base, &carried),
    }
}

/// The next checkout begins empty.
pub async fn forget(State(app): State<App>, asked: Asked) -> Response {
    let mut answer = see_other(&asked.to("/checkout"));
    Cookie::Buyer.end(&mut answer, &app.config.base);
    answer
}

fn after(app: &App, ctx: &duka::ctx::Ctx, placed: &Placed, visitor: Visitor) {
    if placed.is_new {
        app.pages.versions.note_move(ctx.tenant);
    }
    if let Some(payment) = placed.prompt {
        send_prompt(app, ctx.tenant, payment, visitor);
    }
}

/// Sends a prompt at once; what does not succeed is the worker's.
pub fn send_prompt(app: &App, tenant: TenantId, payment: PaymentId, visitor: Visitor) {
    let platform = app.platform.clone();
    tokio::spawn(async move {
        if let Err(fault) = request_prompt::send_for(&platform, tenant, payment, visitor).await {
            tracing::warn!(payment.id = %payment, error.message = %fault, "a prompt was not sent at once");
        }
    });
}

/// The page with what was typed looked up: its price, or what is still to be said.
async fn unpriced(app: &App, asked: &Asked, cart: &Token, form: &CheckoutForm) -> Response {
    shown(app, asked, cart, form, |page| {
        if page.answer.is_question() {
            return StatusCode::UNPROCESSABLE_ENTITY;
        }
        page.changes = match page.areas.get(page.chosen) {
            Some(area) if area.minimum.minor() > page.subtotal.minor() => {
                vec![Change::BelowMinimum { area: area.area.clone(), minimum: area.minimum }]
            }
            Some(area) => vec![Change::Unpriced { area: area.area.clone(), fee: area.fee }],
            None => Vec::new(),
        };
        StatusCode::CONFLICT
    })
    .await
}

/// The page again: what was typed, what is wrong or different, and a total that can be sent.
async fn again(
    app: &App,
    asked: &Asked,
    cart: &Token,
    form: &CheckoutForm,
    status: StatusCode,
    errors: FieldErrors,
    changes: Vec<Change>,
) -> Response {
    shown(app, asked, cart, form, |page| {
        page.errors = errors;
        page.changes = changes;
        status
    })
    .await
}

async fn shown(
    app: &App,
    asked: &Asked,
    cart: &Token,
    form: &CheckoutForm,
    say: impl FnOnce(&mut CheckoutPage) -> StatusCode,
) -> Response {
    let buyer = Phone::parse(&form.phone);
    let visit = asked.visit(app, "/checkout");
    let place = if form.pick.is_empty() { &form.place } else { &form.pick };
    let wanted =
        Wanted { area: &form.area, place: cut(place), quote: &form.quote, buyer: buyer.as_ref(), placed: None };
    match checkout::load(&asked.ctx, &visit, cart, wanted).await {
        Ok(Some(LoadedCheckout { frame, mut page, .. })) => {
            page.values = form.values();
            if !form.idempotency_key.trim().is_empty() && form.idempotency_key.len() <= 100 {
                page.idempotency_key.clone_from(&form.idempotency_key);
            }
            let status = say(&mut page);
            let mut answer = private_page(status, storefront::checkout(&frame, &page));
            may_lead_away(app, &mut answer);
            answer
        }
        Ok(None) => see_other(&asked.to("/cart")),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}
