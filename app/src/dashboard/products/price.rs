//! The form for a variant's price.

use crate::api::dashboard::products::ChangePrice;
use crate::dashboard::here::words;
use crate::dashboard::parts::saving::{Outcome, Saving, problem_of};
use crate::dashboard::parts::send::send;
use duka::catalog::{price_form::parse_price, variant::VariantRow};
use duka::kernel::field_errors::FieldProblem;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

/// A wrong price never leaves the phone; the server checks again.
#[component]
pub fn PriceForm(now: Memo<VariantRow>, pricing: ServerAction<ChangePrice>, reload: Callback<()>) -> impl IntoView {
    let words = words();
    let row = now.get_untracked();
    let currency = row.price.currency();
    let field = NodeRef::<Input>::new();
    let typed = RwSignal::new(None::<FieldProblem>);
    let outcome: Signal<Outcome> =
        Signal::derive(move || pricing.value().get().map(|end| end.map(|_| ()).map_err(|error| error.0)));
    let problem = problem_of(outcome, typed, "price");
    let check = move |submitted: SubmitEvent| {
        let found = field.get_untracked().and_then(|field| parse_price(&field.value(), currency).err());
        typed.set(found);
        if found.is_some() {
            pricing.clear();
            submitted.prevent_default();
        } else {
            send(pricing, &submitted);
        }
    };
    let (id, problem_id) = (format!("price-{}", row.id), format!("price-problem-{}", row.id));
    let described = problem_id.clone();
    view! {
        <form class="edit" method="post" action=ChangePrice::url() on:submit=check>
            <input type="hidden" name="variant" value=row.id.to_string()/>
            <input type="hidden" name="version" value=move || now.read().version.to_string()/>
            <input type="hidden" name="currency" value=currency.code()/>
            <div class="field">
                <label for=id.clone()>{(words.price_in)(currency.sign())}</label>
                <input
                    class="input input--amount"
                    id=id
                    node_ref=field
                    name="price"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="16"
                    value=row.price.whole().to_string()
                    aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=move || problem.get().map(|_| described.clone())
                />
                {move || problem.get().map(|problem| view! { <p class="field__problem" id=problem_id.clone()>{(words.problem)(problem)}</p> })}
            </div>
            <button class="button button--main" type="submit" disabled=move || pricing.pending().get()>{words.save_price}</button>
            <Saving is_pending=pricing.pending() outcome=outcome reload=reload/>
        </form>
    }
}
