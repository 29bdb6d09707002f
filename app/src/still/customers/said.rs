//! What a customer said about being written to: what stands, what was said when, and a form for what is heard now.

use super::{of, profile::Of, time};
use crate::still::form::{Form, Sheet};
use crate::text::{customers::words, dash};
use duka::customers::consent::{Channel, Purpose, Source};
use duka::kernel::locale::Locale;
use duka::pages::dashboard::customers::profile::CustomerProfile;
use leptos::prelude::*;

pub(super) fn said(locale: Locale, customer: &CustomerProfile, which: Of, sheet: &Sheet) -> impl IntoView + use<> {
    let (words, dash) = (words(locale), dash::words(locale));
    let heads: Vec<_> =
        Purpose::ALL.map(|purpose| view! { <th scope="col">{(words.purpose)(purpose)}</th> }).into_iter().collect();
    let rows: Vec<_> = Channel::ALL
        .into_iter()
        .map(|channel| {
            let cells: Vec<_> = Purpose::ALL
                .into_iter()
                .map(|purpose| {
                    let standing = customer.standing(channel, purpose);
                    let may = standing.allows(channel, purpose);
                    view! {
                        <td>
                            <b>{if may { words.may_write } else { words.may_not_write }}</b>
                            <br/>
                            <small class="quiet">{(words.standing)(standing)}</small>
                        </td>
                    }
                })
                .collect();
            view! { <tr><th scope="row">{(words.channel)(channel)}</th>{cells}</tr> }
        })
        .collect();
    let history: Vec<_> = customer
        .said
        .iter()
        .map(|said| {
            let by = said.by.as_deref().map(|name| format!(", {}", (words.written_by)(name)));
            view! {
                <li class="row">
                    <span>
                        <b>{if said.is_given { words.said_yes } else { words.said_no }}</b>
                        {format!(": {}, {}", (words.channel)(said.channel), (words.purpose)(said.purpose))}
                        <br/>
                        <span class="row__more">{(words.source)(said.source)}{by}</span>
                    </span>
                    <span class="row__more">{time(dash, &said.at)}</span>
                </li>
            }
        })
        .collect();
    let is_mine = which == Of::Said && !sheet.is_saved;
    let empty = Sheet::default();
    let form = Form { locale, sheet: if is_mine { sheet } else { &empty }, labels: words.consent_labels };
    let pick = |value: &str, label: &str| (value.to_owned(), label.to_owned());
    let channels = Channel::ALL.map(|channel| pick(channel.as_str(), (words.channel)(channel)));
    let purposes = Purpose::ALL.map(|purpose| pick(purpose.as_str(), (words.purpose)(purpose)));
    let answers = [pick("no", words.said_no), pick("yes", words.said_yes)];
    let sources = Source::HEARD.map(|source| pick(source.as_str(), (words.source)(source)));
    view! {
        <section class="card">
            <h2>{words.consent}</h2>
            <p class="quiet">{words.consent_lead}</p>
            <table class="powers">
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {(!history.is_empty()).then(|| {
                view! { <details class="more"><summary>{words.history}</summary><ul class="rows">{history}</ul></details> }
            })}
            {customer.may_edit.then(|| {
                view! {
                    <details class="more" open=is_mine>
                        <summary>{words.note_said}</summary>
                        <form class="sheet" method="post" action=format!("{}/said", of(customer.id))>
                            {form.top()}
                            <div class="sheet__pair">
                                {form.choose("channel", &channels, None)}
                                {form.choose("purpose", &purposes, None)}
                            </div>
                            <div class="sheet__pair">
                                {form.choose("said", &answers, None)}
                                {form.choose("source", &sources, None)}
                            </div>
                            <button class="button button--main" type="submit">{words.note_said}</button>
                        </form>
                    </details>
                }
            })}
        </section>
    }
}
