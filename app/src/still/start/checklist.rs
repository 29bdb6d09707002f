//! The checklist of a shop's first day, which ends in an open shop.

use crate::still::frame::{Still, page};
use crate::text::start;
use duka::{
    checkout::open_shop::{Readiness, Step},
    kernel::access::Permission,
};
use leptos::prelude::*;

/// Where each step is done, and who may do it.
const LINKS: [(&str, Permission); 4] = [
    ("/dashboard/products/new", Permission::EditProducts),
    ("/dashboard/products/new", Permission::EditProducts),
    ("/dashboard/settings/delivery", Permission::EditDelivery),
    ("/dashboard/settings/mpesa", Permission::ManagePayments),
];

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Checklist<'a> {
    pub readiness: &'a Readiness,
    pub can_open: bool,
    pub shop: &'a str,
    /// The link that lets the team look before the shop is open.
    pub preview: &'a str,
    /// What kept it closed just now.
    pub missing: &'a [Step],
}

/// The whole page. The caller answers 200, or 422 when it was not opened.
pub fn checklist(still: &Still<'_>, list: &Checklist<'_>) -> String {
    let words = start::words(still.who.locale);
    let steps: Vec<_> = Step::ALL
        .into_iter()
        .zip(&words.steps)
        .zip(LINKS)
        .map(|((step, said), (link, permission))| {
            let is_done = list.readiness.has(step);
            let state = match (is_done, step.is_needed()) {
                (true, _) => words.done,
                (false, true) => words.to_do,
                (false, false) => words.good_to_have,
            };
            view! {
                <li class=if is_done { "todo todo--done" } else { "todo" }>
                    <span class="todo__mark" aria-hidden="true">{is_done.then_some("✓")}</span>
                    <h2>{said.name}</h2>
                    <p class="row__more">{state}</p>
                    <p>{said.text}</p>
                    {still.who.role.may(permission).then(|| view! { <a href=link>{said.link}</a> })}
                </li>
            }
        })
        .collect();
    let missing: Vec<_> = list
        .missing
        .iter()
        .filter_map(|step| Step::ALL.iter().position(|one| one == step))
        .map(|at| view! { <li>{words.steps[at].name}</li> })
        .collect();
    let (shop, preview) = (list.shop.to_owned(), list.preview.to_owned());
    let (is_live, can_open) = (list.readiness.is_live, list.can_open);
    page(still, || {
        view! {
            <h1>{words.start_title}</h1>
            {(!is_live).then(|| view! { <p class="still__lead">{words.start_lead}</p> })}
            {(!missing.is_empty()).then(|| view! {
                <div class="notice notice--bad" role="alert"><p>{words.not_opened}</p><ul>{missing}</ul></div>
            })}
            {(is_live && !still.who.is_suspended).then(|| view! {
                <section class="card sheet">
                    <h2>{words.is_open}</h2>
                    <p>{words.is_open_text}</p>
                    <p class="code">{shop.clone()}</p>
                    <p><a class="button button--main" href=shop.clone() rel="external noopener">{words.see_shop}</a></p>
                </section>
            })}
            <ol class="card todos">{steps}</ol>
            {(!is_live).then(|| view! {
                <section class="card sheet">
                    <h2>{words.preview_link}</h2>
                    <p>{words.preview_link_text}</p>
                    <p><a class="button" href=preview rel="external noopener" target="_blank">{words.preview_link}</a></p>
                </section>
                <section class="card sheet">
                    <h2>{words.open_title}</h2>
                    <p>{words.open_text}</p>
                    {if can_open {
                        view! {
                            <form method="post" action="/dashboard/start/open">
                                <button class="button button--main" type="submit">{words.open}</button>
                            </form>
                        }.into_any()
                    } else {
                        view! { <p class="row__more">{words.only_owner_opens}</p> }.into_any()
                    }}
                </section>
            })}
            {(is_live && can_open).then(|| view! {
                <form class="card sheet" method="post" action="/dashboard/start/close">
                    <p>{words.close_text}</p>
                    <button class="button" type="submit">{words.close}</button>
                </form>
            })}
        }
    })
}
