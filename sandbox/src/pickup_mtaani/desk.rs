//! The agents' desk: a person sees the parcels and moves one along. Without any script.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use std::fmt::Write;

use super::{
    move_parcel,
    network::agent_name,
    parcels::{Parcel, STATES},
};
use crate::{
    kenya::in_nairobi,
    phones::{STYLE, escape},
    world::Sandbox,
};

/// Parcels shown.
const MOST: usize = 40;
/// Where a person may move a parcel to, and the word on the button.
const MOVES: [(&str, &str); 4] =
    [("pending", "Handed in"), ("in_transit", "On its way"), ("delivered", "Picked up"), ("cancelled", "Cancel")];

/// `GET /parcels`.
pub async fn page(State(sandbox): State<Sandbox>) -> Html<String> {
    let parcels: Vec<Parcel> = sandbox.world().parcels.newest().take(MOST).cloned().collect();
    let mut html = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width,initial-scale=1\"><title>Parcels · sandbox</title>\
         <link rel=icon href=\"data:,\"><style>{STYLE}</style></head><body><main>\
         <p><a href=\"/\">All phones</a></p><h1>Parcels</h1>\
         <p class=lead>A stand-in for the agents of Pickup Mtaani: you say where a parcel is, and the shop is told.</p>"
    );
    if parcels.is_empty() {
        html.push_str(
            "<div class=empty><strong>No parcel yet</strong>\
             Book one from an order in a shop's dashboard.</div>",
        );
    }
    html.push_str("<ul class=past aria-label=Parcels>");
    for parcel in &parcels {
        line(&mut html, parcel);
    }
    html.push_str("</ul></main></body></html>\n");
    Html(html)
}

fn line(html: &mut String, parcel: &Parcel) {
    let _ = write!(
        html,
        "<li><span class=who>{receipt} · {name}</span><span class=sum>KES {fee}</span>\
         <span class=how><b>{state}</b> · {from} to {to} · for {customer}, {phone} · {time}</span>\
         <form method=post action=\"/parcels/{id}\">",
        receipt = parcel.receipt(),
        name = escape(&parcel.name),
        fee = parcel.fee,
        state = parcel.state,
        from = agent_name(parcel.sender),
        to = agent_name(parcel.receiver),
        customer = escape(&parcel.customer),
        phone = escape(&parcel.phone),
        time = in_nairobi(parcel.created_at).format("%H:%M"),
        id = parcel.id,
    );
    for (state, word) in MOVES {
        if state != parcel.state {
            let _ = write!(html, "<button name=state value={state}>{word}</button>");
        }
    }
    html.push_str("</form></li>");
}

/// `POST /parcels/{id}` with `state`.
pub async fn answer(State(sandbox): State<Sandbox>, Path(id): Path<u64>, body: Bytes) -> Response {
    let text = String::from_utf8_lossy(&body);
    let word = text.split('&').find_map(|pair| pair.strip_prefix("state=")).unwrap_or_default();
    match STATES.into_iter().find(|state| *state == word) {
        None => (StatusCode::UNPROCESSABLE_ENTITY, "There is no such state.\n").into_response(),
        Some(state) if move_parcel(&sandbox, id, state, 1) => Redirect::to("/parcels").into_response(),
        Some(_) => (StatusCode::NOT_FOUND, "There is no such parcel.\n").into_response(),
    }
}
