//! An order's own address: see it, ask how the money is, pay again, find it.

use super::{
    card::{self, Way},
    checkout::send_prompt,
    events, faults,
    sent::Sent,
};
use crate::{
    doors::to_the_end,
    request::{asked::Asked, client::Address, private_page, see_other},
    state::App,
};
use app::{
    api::storefront::progress_view,
    storefront::{self, LookedFor},
    text::{shop::words, shopper},
};
use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use duka::{
    analytics::event::Around,
    checkout::{
        card::ask_about_open,
        find_order::{Found, find_order},
        forms::PayForm,
        request_prompt,
        type_receipt::type_receipt,
    },
    error::{AppError, Refusal},
    kernel::token::Token,
    pages::storefront::{
        frame,
        order::{self, PayProblem, ReceiptProblem},
    },
    payments::method::PaymentMethod,
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, REFERRER_POLICY, RETRY_AFTER},
};
use serde::{Deserialize, Serialize};

/// The fields of `POST /orders/find`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindForm {
    #[serde(default)]
    order_number: String,
    #[serde(default)]
    phone: String,
}

/// The field of `POST /orders/{token}/receipt`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptForm {
    #[serde(default)]
    mpesa_receipt: String,
}

/// What was wrong with what was sent just now.
#[derive(Default)]
struct Problems {
    receipt: Option<ReceiptProblem>,
    pay: Option<PayProblem>,
}

#[derive(Serialize)]
struct Sentence {
    message: &'static str,
}

pub async fn page(State(app): State<App>, asked: Asked, headers: HeaderMap, Path(token): Path<String>) -> Response {
    let Some(token) = Token::parse(&token) else { return faults::not_found(&app, &asked).await };
    if let Some(reference) = card::reference_in(&asked.query) {
        return card::returned(&asked, &token, reference).await;
    }
    let receipt = (asked.query == "typing").then_some(ReceiptProblem::BeingTyped);
    let mut answer = draw(&app, &asked, &token, StatusCode::OK, Problems { receipt, ..Problems::default() }).await;
    if answer.status() == StatusCode::OK {
        events::record_view(&app, &asked, &headers, &mut answer, None, Around::default());
    }
    answer
}

async fn draw(app: &App, asked: &Asked, token: &Token, status: StatusCode, problems: Problems) -> Response {
    let page = match order::load(&asked.ctx, token).await {
        Ok(page) => order::OrderPage { receipt_problem: problems.receipt, pay_problem: problems.pay, ..page },
        Err(fault) => return faults::page(app, asked, fault).await,
    };
    match frame::load(&asked.ctx, &asked.visit(app, format!("/orders/{}", token.hex()))).await {
        Ok(frame) => {
            let mut answer = private_page(status, storefront::order(&frame, &page));
            // The address opens the order: no other site may read it off a link.
            answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
            if page.may_card {
                card::may_lead_away(app, &mut answer);
            }
            answer
        }
        Err(fault) => faults::page(app, asked, fault).await,
    }
}

/// For scripts and programs that wait.
pub async fn status(State(app): State<App>, asked: Asked, Path(token): Path<String>) -> Response {
    let found = match Token::parse(&token) {
        Some(token) => order::progress(&asked.ctx, &token).await,
        None => Err(AppError::NotFound),
    };
    let mut answer = match found {
        Ok(progress) => Json(progress_view(progress, asked.locale)).into_response(),
        Err(AppError::NotFound) => {
            (StatusCode::NOT_FOUND, Json(Sentence { message: words(asked.locale).no_such_order })).into_response()
        }
        Err(fault) => return faults::bare(&app, asked.locale, fault),
    };
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    answer
}

/// Asks for a new prompt on the same order, or for the page to pay by card. Whatever came of it stands on the order's
/// page; what was wrong with it, beside what was typed.
pub async fn pay(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    Path(token): Path<String>,
    Sent(form): Sent<PayForm>,
) -> Response {
    let Some(token) = Token::parse(&token) else { return faults::not_found(&app, &asked).await };
    let (shared, ctx, order) = (app.clone(), asked.ctx.clone(), token.clone());
    let visitor = events::visitor(&app, &asked, &headers);
    let way = Way::new(&app, &asked, &headers);
    let mpesa_phone = form.mpesa_phone.clone();
    let asking = to_the_end(async move {
        if PaymentMethod::parse(&form.payment_method) == Some(PaymentMethod::Card) {
            return card::pay(&way, &order).await;
        }
        // What was paid by card meanwhile is not asked for a second time.
        ask_about_open(&ctx, &order).await?;
        let payment = request_prompt::pay_again(&ctx, &order, &form).await?;
        send_prompt(&shared, ctx.tenant, payment, visitor);
        Ok(None)
    });
    let problem = match asking.await {
        Ok(Some(page)) => return see_other(&page),
        Err(AppError::Refused(Refusal::PauseBetweenPrompts { seconds })) => {
            PayProblem { pause_seconds: Some(seconds), mpesa_phone, ..PayProblem::default() }
        }
        // A prompt that is still open, an order that is paid: the page says so itself.
        Ok(None) | Err(AppError::Refused(_)) => return see_other(&asked.to(&format!("/orders/{}", token.hex()))),
        Err(AppError::Invalid(errors)) => PayProblem { errors, mpesa_phone, ..PayProblem::default() },
        Err(fault) => return faults::page(&app, &asked, fault).await,
    };
    let problems = Problems { pay: Some(problem), ..Problems::default() };
    draw(&app, &asked, &token, StatusCode::UNPROCESSABLE_ENTITY, problems).await
}

/// "I have paid": notes the receipt. What comes of it stands on the order's page.
pub async fn receipt(
    State(app): State<App>,
    asked: Asked,
    Path(token): Path<String>,
    Sent(form): Sent<ReceiptForm>,
) -> Response {
    let Some(token) = Token::parse(&token) else { return faults::not_found(&app, &asked).await };
    let (ctx, order, typed) = (asked.ctx.clone(), token.clone(), form.mpesa_receipt.clone());
    match to_the_end(async move { type_receipt(&ctx, &order, &typed).await }).await {
        Ok(()) => see_other(&asked.to(&format!("/orders/{}", token.hex()))),
        Err(AppError::Invalid(_)) => {
            let problem = ReceiptProblem::NotAReceipt(form.mpesa_receipt);
            let problems = Problems { receipt: Some(problem), ..Problems::default() };
            draw(&app, &asked, &token, StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        Err(AppError::TooMany { retry_after_seconds }) => {
            let problems = Problems { receipt: Some(ReceiptProblem::TooManyTries), ..Problems::default() };
            let mut answer = draw(&app, &asked, &token, StatusCode::TOO_MANY_REQUESTS, problems).await;
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after_seconds));
            answer
        }
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

pub async fn find_page(State(app): State<App>, asked: Asked) -> Response {
    draw_find(&app, &asked, LookedFor::default()).await
}

/// One same answer for every miss, so that nobody learns which numbers exist. Who misses often waits, also for a right one:
/// numbers follow each other. The demo lets the machine itself try as often as it likes.
pub async fn find(State(app): State<App>, asked: Asked, address: Address, Sent(form): Sent<FindForm>) -> Response {
    let from = address.0.filter(|from| !(app.is_demo && from.is_loopback()));
    let looked_for = LookedFor { number: form.order_number.clone(), phone: form.phone.clone(), problem: None };
    if let Some(Err(seconds)) = from.map(|from| app.order_misses.ask(from)) {
        return waits(&app, &asked, looked_for, seconds).await;
    }
    let ctx = asked.ctx.clone();
    match to_the_end(async move { find_order(&ctx, &form.order_number, &form.phone).await }).await {
        Ok(Found::Order(token)) => see_other(&asked.to(&format!("/orders/{}", token.hex()))),
        Ok(missed @ (Found::Nothing | Found::Unreadable)) => {
            if let Some(from) = from.filter(|_| missed == Found::Nothing) {
                // From here on the next one asks in vain.
                let _ = app.order_misses.again(from);
            }
            let problem = Some(words(asked.locale).find_miss.to_owned());
            draw_find(&app, &asked, LookedFor { problem, ..looked_for }).await
        }
        Ok(Found::Wait { seconds }) => waits(&app, &asked, looked_for, seconds).await,
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

async fn waits(app: &App, asked: &Asked, looked_for: LookedFor, seconds: u32) -> Response {
    let problem = Some((shopper::words(asked.locale).tried_often)(seconds));
    let mut answer = draw_find(app, asked, LookedFor { problem, ..looked_for }).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

async fn draw_find(app: &App, asked: &Asked, looked_for: LookedFor) -> Response {
    match frame::load(&asked.ctx, &asked.visit(app, "/orders/find")).await {
        Ok(frame) => private_page(StatusCode::OK, storefront::find_order(&frame, looked_for)),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}
