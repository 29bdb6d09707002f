//! The hosted page: a person pays with a card, is declined, or goes back. Without any script.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

use super::{
    cards::{State as Stand, Transaction},
    transaction::finish,
};
use crate::{
    phones::{STYLE, escape},
    world::Sandbox,
};

/// `GET …/checkout/{code}`.
pub async fn show(State(sandbox): State<Sandbox>, Path(code): Path<String>) -> Response {
    match find(&sandbox, &code) {
        Some(one) => Html(draw(&one)).into_response(),
        None => gone(),
    }
}

/// `POST …/checkout/{code}` with `answer=pay|decline|leave`.
pub async fn answer(State(sandbox): State<Sandbox>, Path(code): Path<String>, body: Bytes) -> Response {
    let Some(one) = find(&sandbox, &code) else { return gone() };
    let word = std::str::from_utf8(&body).unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("answer="));
    match word {
        Some("pay") => {
            finish(&sandbox, &code, true);
            back(&one, one.callback_url.as_deref())
        }
        // As with the real one: a declined card leaves the buyer where they are.
        Some("decline") => {
            finish(&sandbox, &code, false);
            Redirect::to(&format!("/paystack/checkout/{code}")).into_response()
        }
        Some("leave") => match one.cancel_action.as_deref() {
            Some(address) => Redirect::to(address).into_response(),
            None => back(&one, one.callback_url.as_deref()),
        },
        _ => (StatusCode::UNPROCESSABLE_ENTITY, "An answer is pay, decline or leave.\n").into_response(),
    }
}

fn find(sandbox: &Sandbox, code: &str) -> Option<Transaction> {
    sandbox.world().cards.by_code(code).cloned()
}

fn gone() -> Response {
    (StatusCode::NOT_FOUND, "There is no such payment.\n").into_response()
}

/// To where the shop asked for, with the reference twice, as the provider does.
fn back(one: &Transaction, address: Option<&str>) -> Response {
    let Some(mut url) = address.and_then(|address| reqwest::Url::parse(address).ok()) else {
        return "The payment is over. You may close this page.\n".into_response();
    };
    url.query_pairs_mut().append_pair("trxref", &one.reference).append_pair("reference", &one.reference);
    Redirect::to(url.as_str()).into_response()
}

fn draw(one: &Transaction) -> String {
    let sum = format!("{} {}.{:02}", one.currency, one.amount / 100, one.amount % 100);
    let (told, buttons) = match one.state {
        Stand::Success(_) => ("<p><strong>This payment went through.</strong></p>", false),
        Stand::Failed => ("<p role=alert><strong>Declined.</strong> Your bank did not allow this payment.</p>", true),
        Stand::Abandoned => ("", true),
    };
    let form = if buttons {
        format!(
            "<form method=post action=\"/paystack/checkout/{code}\">\
             <button class=go name=answer value=pay>Pay {sum}</button>\
             <button name=answer value=decline>Use a card that is declined</button>\
             <button name=answer value=leave>Cancel</button></form>",
            code = escape(&one.access_code),
        )
    } else {
        String::new()
    };
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width,initial-scale=1\"><title>Pay by card · sandbox</title>\
         <link rel=icon href=\"data:,\"><style>{STYLE}</style></head><body><main>\
         <h1>Pay by card</h1><p class=lead>A stand-in for the card provider's page. No money moves: you decide what \
         the bank says.</p><div class=empty><strong>{sum}</strong>{email}<br>Reference {reference}</div>{told}{form}\
         </main></body></html>\n",
        email = escape(&one.email),
        reference = escape(&one.reference),
    )
}
