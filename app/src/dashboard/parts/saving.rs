//! What became of a form: saving, saved, or what is wrong and the way on.

use crate::dashboard::here::words;
use duka::error::AppError;
use duka::kernel::field_errors::FieldProblem;
use leptos::prelude::*;

/// The end of an action; none before the first.
pub type Outcome = Option<Result<(), AppError>>;

/// Said politely to screen readers; takes its place from the start, so that nothing jumps.
#[component]
pub fn Saving(
    #[prop(into)] is_pending: Signal<bool>,
    #[prop(into)] outcome: Signal<Outcome>,
    /// Loads the page's data anew, after somebody else's change.
    reload: Callback<()>,
) -> impl IntoView {
    let words = words();
    let said = move || match (is_pending.get(), outcome.get()) {
        (true, _) => Some(("saving", words.saving.to_owned())),
        (false, Some(Ok(()))) => Some(("saving saving--done", words.saved.to_owned())),
        // The field says it itself.
        (false, Some(Err(AppError::Invalid(errors)))) if !errors.is_empty() => {
            Some(("saving saving--bad", words.not_saved.to_owned()))
        }
        (false, Some(Err(error))) => Some(("saving saving--bad", (words.error)(&error))),
        (false, None) => None,
    };
    let is_stale = move || !is_pending.get() && matches!(outcome.get(), Some(Err(AppError::ChangedMeanwhile)));
    let is_out = move || !is_pending.get() && matches!(outcome.get(), Some(Err(AppError::SignedOut)));
    view! {
        <div class="outcome" role="status">
            {move || said().map(|(class, sentence)| view! { <p class=class>{sentence}</p> })}
            {move || is_stale().then(|| view! {
                <button class="button" type="button" on:click=move |_| reload.run(())>{words.show_current}</button>
            })}
            {move || is_out().then(|| view! { <a class="button" href="/sign-in" rel="external">{words.sign_in}</a> })}
        </div>
    }
}

/// What is wrong with one field, whether the browser or the server found it.
pub fn problem_of(
    outcome: Signal<Outcome>,
    typed: RwSignal<Option<FieldProblem>>,
    field: &'static str,
) -> Signal<Option<FieldProblem>> {
    Signal::derive(move || {
        typed.get().or_else(|| match outcome.get() {
            Some(Err(AppError::Invalid(errors))) => errors.of(field),
            _ => None,
        })
    })
}
