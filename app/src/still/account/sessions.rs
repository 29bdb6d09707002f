//! The list of browsers that are signed in, with a button to end each.

use super::{SESSIONS, back};
use crate::{
    still::{Still, page},
    text::{account, dash},
};
use duka::tenancy::{device::Device, session_list::OpenSession};
use leptos::prelude::*;

pub fn sessions_page(still: &Still<'_>, sessions: &[OpenSession]) -> String {
    let locale = still.who.locale;
    let (words, dash) = (account::words(locale), dash::words(locale));
    let is_alone = sessions.iter().all(|session| session.is_here);
    let called = |device: Device| match (device.browser, device.system) {
        (Some(browser), Some(system)) if browser != system => (words.device)(browser, system),
        (Some(name), _) | (None, Some(name)) => name.to_owned(),
        (None, None) => words.unknown_device.to_owned(),
    };
    let rows: Vec<_> = sessions
        .iter()
        .map(|session| {
            let name = called(session.device);
            let address = if session.address.is_empty() { "?" } else { &session.address };
            let more = format!(
                "{} · {}",
                (words.signed_in_from)(&dash.moment(&session.signed_in), address),
                (words.last_seen)(&dash.moment(&session.last_seen))
            );
            let label = format!("{}: {name}", words.end_one);
            let end = if session.is_here {
                view! { <b>{words.here}</b> }.into_any()
            } else {
                view! {
                    <form method="post" action=format!("{SESSIONS}/{}/end", session.id)>
                        <button class="button" type="submit" aria-label=label>{words.end_one}</button>
                    </form>
                }
                .into_any()
            };
            view! {
                <li class="row">
                    <span class="row__name">{name}</span>
                    {end}
                    <span class="row__more">{more}</span>
                </li>
            }
        })
        .collect();
    page(still, move || {
        view! {
            {back(locale)}
            <h1>{words.sessions}</h1>
            <section class="card"><ul class="rows">{rows}</ul></section>
            {if is_alone {
                view! { <p class="quiet">{words.no_others}</p> }.into_any()
            } else {
                view! {
                    <form method="post" action=format!("{SESSIONS}/end-others")>
                        <button class="button" type="submit">{words.end_others}</button>
                    </form>
                }
                .into_any()
            }}
        }
    })
}
