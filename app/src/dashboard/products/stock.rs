//! The form for a variant's stock: by how much, and why.

use crate::api::dashboard::products::AdjustStock;
use crate::dashboard::here::words;
use crate::dashboard::parts::saving::{Outcome, Saving, problem_of};
use crate::dashboard::parts::send::send;
use duka::catalog::variant::VariantRow;
use duka::inventory::stock_form::{AdjustReason, parse_change};
use duka::kernel::field_errors::FieldProblem;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

/// Asks for the change, not the sum: sales go on while somebody counts.
#[component]
pub fn StockForm(now: Memo<VariantRow>, counting: ServerAction<AdjustStock>, reload: Callback<()>) -> impl IntoView {
    let words = words();
    let id = now.get_untracked().id;
    let (field, note) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let typed = RwSignal::new(None::<FieldProblem>);
    let outcome: Signal<Outcome> =
        Signal::derive(move || counting.value().get().map(|end| end.map(|_| ()).map_err(|error| error.0)));
    let problem = problem_of(outcome, typed, "change");
    let check = move |submitted: SubmitEvent| {
        let found = field.get_untracked().and_then(|field| parse_change(&field.value()).err());
        typed.set(found);
        if found.is_some() {
            counting.clear();
            submitted.prevent_default();
        } else {
            send(counting, &submitted);
        }
    };
    // What was counted is counted: the fields are empty for the next time, which has a reason of its own.
    Effect::new(move |_| {
        if matches!(counting.value().get(), Some(Ok(_))) {
            for field in [field, note] {
                if let Some(field) = field.get_untracked() {
                    field.set_value("");
                }
            }
        }
    });
    let name = move |what: &str| format!("{what}-{id}");
    let (problem_id, hint_id) = (name("change-problem"), name("change-hint"));
    let described = (problem_id.clone(), hint_id.clone());
    view! {
        <form class="edit" method="post" action=AdjustStock::url() on:submit=check>
            <input type="hidden" name="variant" value=id.to_string()/>
            <input type="hidden" name="version" value=move || now.read().version.to_string()/>
            <div class="field">
                <label for=name("change")>{words.change_by}</label>
                <input
                    class="input input--amount"
                    id=name("change")
                    node_ref=field
                    name="change"
                    autocomplete="off"
                    maxlength="10"
                    aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=move || if problem.get().is_some() { described.0.clone() } else { described.1.clone() }
                />
                {move || problem.get().map(|problem| view! { <p class="field__problem" id=problem_id.clone()>{(words.problem)(problem)}</p> })}
                <p class="field__hint" id=hint_id>{words.change_hint}</p>
            </div>
            <div class="field">
                <label for=name("reason")>{words.reason}</label>
                <select class="input" id=name("reason") name="reason">
                    {AdjustReason::ALL
                        .into_iter()
                        .map(|reason| view! { <option value=reason.as_str()>{(words.adjust_reason)(reason)}</option> })
                        .collect::<Vec<_>>()}
                </select>
            </div>
            <div class="field">
                <label for=name("note")>{words.note_optional}</label>
                <input class="input" id=name("note") node_ref=note name="note" maxlength="200" autocomplete="off"/>
            </div>
            <button class="button button--main" type="submit" disabled=move || counting.pending().get()>{words.save_stock}</button>
            <Saving is_pending=counting.pending() outcome=outcome reload=reload/>
        </form>
    }
}
