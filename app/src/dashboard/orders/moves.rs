//! What can be done with an order now: one button a step, each a form of its own.

use crate::api::dashboard::orders::MoveOrder;
use crate::dashboard::here::words;
use crate::dashboard::parts::{
    saving::{Outcome, Saving},
    send::send,
};
use crate::ui::text_area::{TextArea, text_area};
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::order::OrderDetail;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

/// The step ahead first and loud, the step back quiet.
#[component]
pub fn Moves(now: Memo<OrderDetail>, moving: ServerAction<MoveOrder>, reload: Callback<()>) -> impl IntoView {
    let words = words();
    let outcome: Signal<Outcome> =
        Signal::derive(move || moving.value().get().map(|end| end.map(|_| ()).map_err(|error| error.0)));
    let steps = move || {
        let order = now.get();
        if order.moves.is_empty() {
            return Either::Left(view! { <p class="quiet">{(words.no_next_step)(order.status)}</p> });
        }
        let forms: Vec<_> = order.moves.iter().map(|to| step(&order, *to, moving)).collect();
        Either::Right(view! { <div class="steps">{forms}</div> })
    };
    view! {
        <section class="card next">
            <header class="card__head"><h2>{words.next_step}</h2></header>
            {steps}
            <Saving is_pending=moving.pending() outcome=outcome reload=reload/>
        </section>
    }
}

fn step(order: &OrderDetail, to: OrderStatus, moving: ServerAction<MoveOrder>) -> impl IntoView + use<> {
    let words = words();
    let is_back = order.status == OrderStatus::Dispatched && to == OrderStatus::Packing;
    let class = if is_back { "button button--quiet" } else { "button button--main" };
    let note = format!("note-{}", to.as_str());
    let told = if order.is_collected { (words.collect_to)(to) } else { None };
    let told = told.unwrap_or_else(|| (words.move_to)(order.status, to));
    let (id, version) = (order.id.to_string(), order.version.to_string());
    view! {
        <form class="step" method="post" action=MoveOrder::url() on:submit=move |submitted| send(moving, &submitted)>
            <input type="hidden" name="order" value=id/>
            <input type="hidden" name="version" value=version/>
            <input type="hidden" name="to" value=to.as_str()/>
            <button class=class type="submit" disabled=move || moving.pending().get()>{told}</button>
            <details class="step__note">
                <summary>{words.note}</summary>
                <label class="hidden" for=note.clone()>{words.note_optional}</label>
                {text_area(TextArea { id: note, name: "note", max: 500, rows: 2, ..TextArea::default() })}
            </details>
        </form>
    }
}
