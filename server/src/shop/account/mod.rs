//! A shopper's own pages: in by a code, their orders, and out again.

pub mod own;
pub mod places;

use super::{cart::show_count, checkout::note_buyer, faults};
use crate::{
    doors::to_the_end,
    request::{asked::Asked, client::Caller, cookies::Cookie, private_page, see_other},
    state::App,
};
use ::app::{storefront, text::shopper::words};
use axum::{
    Form,
    extract::{
        Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    response::Response,
};
use duka::{
    cart::follow::follow,
    customers::shopper::{
        ask_code::{Asked as Answered, ask_code},
        give_code::{Given, SignedIn, give_code},
        session::sign_out,
    },
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        household::household,
        token::Token,
    },
    pages::storefront::{
        account::{Account, AskForm, load_orders, read_named},
        frame,
    },
};
use http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER};
use serde::Deserialize;
use std::net::IpAddr;

#[derive(Debug, Default, Deserialize)]
pub struct PageQuery {
    #[serde(default)]
    page: String,
}

/// The fields of `POST /account`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedForm {
    #[serde(default)]
    order_number: String,
    #[serde(default)]
    phone: String,
}

/// The field of `POST /account/code`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
}

/// Whose session the browser says it holds.
fn session(app: &App, headers: &HeaderMap) -> Option<Token> {
    Cookie::Shopper.token(headers, &app.config.base)
}

/// What could not be done: who is out begins with a code, who may not is told on the page of their data.
async fn refuse(app: &App, asked: &Asked, error: AppError) -> Response {
    match error {
        AppError::SignedOut => see_other(&asked.to("/account")),
        AppError::NotPermitted => see_other(&asked.to("/account/own")),
        other => faults::page(app, asked, other).await,
    }
}

/// Their orders; for who is nobody yet, the form that asks for a code.
pub async fn page(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    query: Result<Query<PageQuery>, QueryRejection>,
) -> Response {
    let page = query.ok().and_then(|Query(wanted)| wanted.page.parse::<u32>().ok()).unwrap_or(1);
    let path = if page > 1 { format!("/account?page={page}") } else { "/account".to_owned() };
    let session = session(&app, &headers);
    match load_orders(&asked.ctx, &asked.visit(&app, path), session.as_ref(), page).await {
        Ok(Account::Own(frame, orders)) => private_page(StatusCode::OK, storefront::own_orders(&frame, &orders)),
        Ok(Account::Nobody(frame)) => {
            let mut answer = private_page(StatusCode::OK, storefront::ask_code(&frame, &AskForm::default(), None));
            if session.is_some() {
                // Whoever holds the phone now is not asked to go on as them.
                Cookie::Shopper.end(&mut answer, &app.config.base);
                Cookie::Buyer.end(&mut answer, &app.config.base);
            }
            answer
        }
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

/// Sends a code to whoever it belongs to, and leads on the same way whether or not it belongs to anybody.
pub async fn ask(
    State(app): State<App>,
    asked: Asked,
    caller: Caller,
    form: Result<Form<NamedForm>, FormRejection>,
) -> Response {
    let form = match form {
        Ok(Form(form)) => form,
        Err(fault) => return faults::unreadable_form(&app, &asked, &fault).await,
    };
    let mut errors = FieldErrors::none();
    if form.order_number.trim().is_empty() {
        errors.add("order_number", FieldProblem::Missing);
    }
    let named = read_named(&form.order_number, &form.phone);
    if named.is_none() {
        errors.add("phone", FieldProblem::NotAPhone);
    }
    let again = AskForm { number: form.order_number, phone: form.phone, errors };
    let Some(named) = named.filter(|_| again.errors.is_empty()) else {
        return draw_ask(&app, &asked, StatusCode::UNPROCESSABLE_ENTITY, &again, None).await;
    };
    let (ctx, locale) = (asked.ctx.clone(), asked.locale);
    let visitor = caller.visitor();
    let address = visitor.address.parse::<IpAddr>().ok().filter(|_| !visitor.is_exempt);
    let address = address.map(|address| household(address).to_string());
    match to_the_end(async move { ask_code(&ctx, &named, address.as_deref(), locale).await }).await {
        Ok(Answered::Told(token)) => {
            let mut answer = see_other(&asked.to("/account/code"));
            Cookie::CodeAsked.set(&mut answer, &app.config.base, &token.hex());
            answer
        }
        Ok(Answered::Wait { seconds }) => {
            let mut answer = draw_ask(&app, &asked, StatusCode::TOO_MANY_REQUESTS, &again, Some(seconds)).await;
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            answer
        }
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

async fn draw_ask(app: &App, asked: &Asked, status: StatusCode, form: &AskForm, wait: Option<u32>) -> Response {
    match frame::load(&asked.ctx, &asked.visit(app, "/account")).await {
        Ok(frame) => private_page(status, storefront::ask_code(&frame, form, wait)),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}

/// Where the code is typed. A browser that asked for none is led to asking.
pub async fn code_page(State(app): State<App>, asked: Asked, headers: HeaderMap) -> Response {
    match Cookie::CodeAsked.token(&headers, &app.config.base) {
        Some(_) => draw_code(&app, &asked, StatusCode::OK, None).await,
        None => see_other(&asked.to("/account")),
    }
}

/// Lets in whoever gives the right one, in the language that they chose once.
pub async fn code(
    State(app): State<App>,
    asked: Asked,
    caller: Caller,
    headers: HeaderMap,
    form: Result<Form<CodeForm>, FormRejection>,
) -> Response {
    let form = match form {
        Ok(Form(form)) => form,
        Err(fault) => return faults::unreadable_form(&app, &asked, &fault).await,
    };
    let base = &app.config.base;
    let Some(token) = Cookie::CodeAsked.token(&headers, base) else { return see_other(&asked.to("/account")) };
    let (ctx, before) = (asked.ctx.clone().from(caller.origin()), session(&app, &headers));
    let giving = to_the_end(async move { give_code(&ctx, &token, &form.code, before.as_ref()).await });
    let words = words(asked.locale);
    let problem = match giving.await {
        Ok(Given::In(signed_in)) => return enter(&app, &asked, &headers, &signed_in).await,
        Ok(Given::NotACode) => words.not_a_code.to_owned(),
        Ok(Given::Wrong { left }) => (words.wrong)(left),
        Ok(Given::Over) => {
            let problem = Some(words.over.to_owned());
            let mut answer = draw_code(&app, &asked, StatusCode::UNPROCESSABLE_ENTITY, problem).await;
            Cookie::CodeAsked.end(&mut answer, base);
            return answer;
        }
        Err(fault) => return faults::page(&app, &asked, fault).await,
    };
    draw_code(&app, &asked, StatusCode::UNPROCESSABLE_ENTITY, Some(problem)).await
}

async fn enter(app: &App, asked: &Asked, headers: &HeaderMap, signed_in: &SignedIn) -> Response {
    let base = &app.config.base;
    let (ctx, store, locale, customer) = (asked.ctx.clone(), asked.shop.store, asked.locale, signed_in.customer);
    let own = Cookie::Cart.token(headers, base);
    let followed = to_the_end(async move { follow(&ctx, store, own.as_ref(), customer, locale).await });
    let mut answer = see_other(&signed_in.locale.unwrap_or(asked.locale).path("/account"));
    Cookie::Shopper.set(&mut answer, base, &signed_in.token.hex());
    Cookie::CodeAsked.end(&mut answer, base);
    match followed.await {
        Ok(Some((cart, pieces))) => {
            Cookie::Cart.set(&mut answer, base, &cart.hex());
            show_count(app, &mut answer, pieces);
        }
        Ok(None) => {}
        // They are in all the same, and the cart is where it was.
        Err(fault) => tracing::warn!(error.message = %fault, "a cart did not follow its shopper"),
    }
    if let Some(order) = &signed_in.last_order {
        // Their next checkout begins with what they ordered last.
        note_buyer(app, asked, &mut answer, order, true);
    }
    answer
}

async fn draw_code(app: &App, asked: &Asked, status: StatusCode, problem: Option<String>) -> Response {
    match frame::load(&asked.ctx, &asked.visit(app, "/account/code")).await {
        Ok(frame) => private_page(status, storefront::give_code(&frame, problem)),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}

/// Out, on a phone that may be lent: the next checkout begins empty too, the cart waits for who it belongs to, and what
/// the next one looks at is another visit.
pub async fn leave(State(app): State<App>, asked: Asked, headers: HeaderMap) -> Response {
    let mut answer = see_other(&asked.to("/"));
    let Some(token) = session(&app, &headers) else { return answer };
    let ctx = asked.ctx.clone();
    if let Err(fault) = to_the_end(async move { sign_out(&ctx, &token).await }).await {
        return faults::page(&app, &asked, fault).await;
    }
    for cookie in [Cookie::Shopper, Cookie::Buyer, Cookie::Cart, Cookie::Left, Cookie::Visit] {
        cookie.end(&mut answer, &app.config.base);
    }
    show_count(&app, &mut answer, 0);
    answer
}
