//! What a merchant may take out, bring in and forget, and where each of it is done.

use super::back;
use crate::still::{Still, page};
use crate::text::{dash, settings};
use leptos::prelude::*;

/// The ways in and out, with how long what is kept.
pub fn records(still: &Still<'_>) -> String {
    let words = settings::words(still.who.locale);
    let ways: Vec<_> = words
        .records_ways
        .iter()
        .map(|(href, name, more)| {
            view! {
                <li>
                    <a class="row" href=*href>
                        <span>
                            <span class="row__name">{*name}</span>
                            <br/>
                            <span class="row__more">{*more}</span>
                        </span>
                        <span aria-hidden="true">"›"</span>
                    </a>
                </li>
            }
        })
        .collect();
    page(still, || {
        view! {
            {back(dash::words(still.who.locale).settings)}
            <h1>{words.records.0}</h1>
            <p>{words.records_lead}</p>
            <ul class="card rows">{ways}</ul>
            <section class="card">
                <h2>{words.records_kept}</h2>
                <p>{words.records_kept_text}</p>
            </section>
        }
    })
}
