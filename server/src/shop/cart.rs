//! The cart's page and its forms.

use super::{events, faults, sent::Sent};
use crate::{
    doors::to_the_end,
    request::{asked::Asked, cookies::Cookie, private_page, see_other},
    state::App,
};
use app::storefront;
use axum::{
    extract::{Path, State},
    response::Response,
};
use duka::{
    analytics::event::{Around, Step},
    cart::{
        codes::{self, NotTaken},
        follow,
        service::{self, MOST_LINES, NotAdded},
        why_left::{WhyLeft, say_why},
    },
    error::AppError,
    kernel::{
        id::{CartId, CartItemId, VariantId},
        quantity::Quantity,
        token::Token,
    },
    pages::storefront::cart::{self, CartNotice},
};
use http::{HeaderMap, StatusCode, Uri};
use serde::Deserialize;

/// The fields of `POST /cart/items`, as they come.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddForm {
    #[serde(default)]
    variant: String,
    #[serde(default)]
    quantity: String,
}

/// The field of `POST /cart/items/{id}`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityForm {
    #[serde(default)]
    quantity: String,
}

/// The field of `POST /cart/code`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
}

/// The fields of `POST /cart/why`; without a reason it is no answer.
#[derive(Debug, Default, Deserialize)]
pub struct WhyForm {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    words: String,
}

/// What the cookie says of a browser that has been at the checkout and was not asked about it yet.
const SEEN: &str = "seen";
const ASKED: &str = "asked";

pub async fn page(State(app): State<App>, asked: Asked, headers: HeaderMap) -> Response {
    draw(&app, &asked, &headers, StatusCode::OK, None).await
}

/// The cart as it is, with what was refused.
async fn draw(
    app: &App,
    asked: &Asked,
    headers: &HeaderMap,
    status: StatusCode,
    notice: Option<CartNotice>,
) -> Response {
    let token = Cookie::Cart.token(headers, &app.config.base);
    match cart::load(&asked.ctx, &asked.visit(app, "/cart"), token.as_ref()).await {
        Ok((frame, mut page)) => {
            page.asks_why = Cookie::Left.read(headers, &app.config.base) == Some(SEEN);
            let mut answer = private_page(status, storefront::cart(&frame, &page, notice.as_ref()));
            show_count(app, &mut answer, page.lines.iter().map(|line| line.quantity).sum());
            if status == StatusCode::OK {
                events::record_view(app, asked, headers, &mut answer, None, Around::default());
            }
            answer
        }
        Err(fault) => faults::page(app, asked, fault).await,
    }
}

pub async fn add(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    address: Uri,
    Sent(form): Sent<AddForm>,
) -> Response {
    let Some(quantity) = Quantity::parse(&form.quantity) else {
        return draw(&app, &asked, &headers, StatusCode::UNPROCESSABLE_ENTITY, Some(CartNotice::BadQuantity)).await;
    };
    let Some(variant) = VariantId::parse(&form.variant) else {
        return draw(&app, &asked, &headers, StatusCode::NOT_FOUND, Some(CartNotice::UnknownVariant)).await;
    };
    let token = Cookie::Cart.token(&headers, &app.config.base);
    // Its own task: a shopper who hangs up does not leave half a cart.
    let (ctx, store, locale) = (asked.ctx.clone(), asked.shop.store, asked.locale);
    // Only a phone's worker writes one: it sends the same thing until it is answered.
    let key = address.query().and_then(|query| query.parse::<i64>().ok());
    let added =
        tokio::spawn(
            async move { service::add_item(&ctx, store, token.as_ref(), locale, variant, quantity, key).await },
        )
        .await;
    let (status, notice) = match added.unwrap_or_else(|fault| Err(NotAdded::App(AppError::broken(fault)))) {
        Ok(added) => {
            let mut answer = see_other(&asked.to("/cart"));
            Cookie::Cart.set(&mut answer, &app.config.base, &added.cart.hex());
            show_count(&app, &mut answer, added.count);
            if let Some(session) = Cookie::Shopper.token(&headers, &app.config.base) {
                tie(&asked, added.cart_id, session).await;
            }
            if !added.is_repeat {
                events::record(
                    &app,
                    &asked,
                    &headers,
                    Step::AddToCart { product: added.product, amount_cents: added.amount.minor() },
                    Around { cart: Some(added.cart_id), ..Around::default() },
                );
            }
            return answer;
        }
        Err(NotAdded::UnknownVariant) => (StatusCode::NOT_FOUND, CartNotice::UnknownVariant),
        Err(NotAdded::TooMany) => (StatusCode::UNPROCESSABLE_ENTITY, CartNotice::BadQuantity),
        Err(NotAdded::ShortStock { product_name, left }) => {
            (StatusCode::CONFLICT, CartNotice::ShortStock { product_name, left })
        }
        Err(NotAdded::CartFull) => (StatusCode::UNPROCESSABLE_ENTITY, CartNotice::CartFull { limit: MOST_LINES }),
        Err(NotAdded::App(fault)) => return faults::page(&app, &asked, fault).await,
    };
    draw(&app, &asked, &headers, status, Some(notice)).await
}

pub async fn set_quantity(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    Path(item): Path<String>,
    Sent(form): Sent<QuantityForm>,
) -> Response {
    let quantity = match form.quantity.trim() {
        "0" => None,
        typed => match Quantity::parse(typed) {
            Some(quantity) => Some(quantity),
            None => {
                return draw(&app, &asked, &headers, StatusCode::UNPROCESSABLE_ENTITY, Some(CartNotice::BadQuantity))
                    .await;
            }
        },
    };
    let unknown = draw(&app, &asked, &headers, StatusCode::NOT_FOUND, Some(CartNotice::UnknownVariant));
    let (Some(item), Some(token)) = (CartItemId::parse(&item), Cookie::Cart.token(&headers, &app.config.base)) else {
        return unknown.await;
    };
    let (ctx, store) = (asked.ctx.clone(), asked.shop.store);
    match to_the_end(async move { service::set_quantity(&ctx, store, &token, item, quantity).await }).await {
        Ok(count) => {
            let mut answer = see_other(&asked.to("/cart"));
            show_count(&app, &mut answer, count);
            answer
        }
        Err(AppError::NotFound) => unknown.await,
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

/// Takes a typed code, or says why not.
pub async fn code(State(app): State<App>, asked: Asked, headers: HeaderMap, Sent(form): Sent<CodeForm>) -> Response {
    let token = Cookie::Cart.token(&headers, &app.config.base);
    let (ctx, store, typed) = (asked.ctx.clone(), asked.shop.store, form.code.clone());
    let taken = tokio::spawn(async move { codes::type_code(&ctx, store, token.as_ref(), &typed).await }).await;
    let notice = match taken.unwrap_or_else(|fault| Err(NotTaken::App(AppError::broken(fault)))) {
        Ok(()) => return see_other(&asked.to("/cart")),
        Err(NotTaken::Refused(why)) => CartNotice::Code { code: form.code.trim().chars().take(40).collect(), why },
        Err(NotTaken::TooMany) => CartNotice::TooManyCodes { limit: codes::MOST_CODES },
        Err(NotTaken::App(fault)) => return faults::page(&app, &asked, fault).await,
    };
    draw(&app, &asked, &headers, StatusCode::UNPROCESSABLE_ENTITY, Some(notice)).await
}

/// Takes a code out again.
pub async fn remove_code(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    Sent(form): Sent<CodeForm>,
) -> Response {
    if let Some(token) = Cookie::Cart.token(&headers, &app.config.base)
        && let Err(fault) = codes::remove_code(&asked.ctx, asked.shop.store, &token, &form.code).await
    {
        return faults::page(&app, &asked, fault).await;
    }
    see_other(&asked.to("/cart"))
}

/// Counts why somebody came back from the checkout. Whatever was pressed, they are not asked again about this cart.
pub async fn why(State(app): State<App>, asked: Asked, headers: HeaderMap, Sent(form): Sent<WhyForm>) -> Response {
    if let (Some(cart), Some(why)) = (Cookie::Cart.token(&headers, &app.config.base), WhyLeft::parse(&form.reason))
        && let Err(fault) = say_why(&asked.ctx, asked.shop.store, &cart, why, &form.words).await
    {
        return faults::page(&app, &asked, fault).await;
    }
    let mut answer = see_other(&asked.to("/cart"));
    Cookie::Left.set(&mut answer, &app.config.base, ASKED);
    answer
}

/// A signed-in shopper's cart is theirs, and goes with them to another phone.
async fn tie(asked: &Asked, cart: CartId, session: Token) {
    let ctx = asked.ctx.clone();
    if let Err(fault) = to_the_end(async move { follow::tie(&ctx, cart, &session).await }).await {
        tracing::warn!(error.message = %fault, "a cart was not noted as its shopper's");
    }
}

/// Notes that this browser has seen the checkout of its cart.
pub fn note_checkout(app: &App, headers: &HeaderMap, answer: &mut Response) {
    if Cookie::Left.read(headers, &app.config.base).is_none() {
        Cookie::Left.set(answer, &app.config.base, SEEN);
    }
}

/// The badge's number; gone when there is nothing to count.
pub fn show_count(app: &App, answer: &mut Response, pieces: u32) {
    match pieces {
        0 => Cookie::CartCount.end(answer, &app.config.base),
        pieces => Cookie::CartCount.set(answer, &app.config.base, &pieces.to_string()),
    }
}
