//! The merchant's shops: which there are, which one this dashboard is in, and one more.

use super::back;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{dash, settings};
use duka::{kernel::id::StoreId, tenancy::stores::StoreRow};
use leptos::prelude::*;

pub fn stores(still: &Still<'_>, stores: &[StoreRow], here: StoreId, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = settings::words(locale);
    let form = Form { locale, sheet, labels: words.new_store_labels };
    let rows: Vec<_> = stores
        .iter()
        .map(|store| {
            let state = if store.is_live { words.store_live } else { words.store_closed };
            let choose = (store.id != here).then(|| {
                view! {
                    <form method="post" action="/dashboard/stores/choose">
                        <input type="hidden" name="store" value=store.id.to_string()/>
                        <button class="button" type="submit">{words.choose_store}</button>
                    </form>
                }
            });
            let marked = (store.id == here).then(|| format!(" · {}", words.store_chosen));
            view! {
                <li class="row">
                    <a href=format!("/dashboard/settings/stores/{}", store.id)>
                        <span class="row__name">{store.name.clone()}</span>
                        <br/>
                        <span class="row__more">{format!("{} · {state}", store.slug)}{marked}</span>
                    </a>
                    {choose}
                </li>
            }
        })
        .collect();
    page(still, || {
        view! {
            {back(dash::words(locale).settings)}
            <h1>{still.title.to_owned()}</h1>
            <ul class="card rows">{rows}</ul>
            <form class="card sheet" method="post" action="/dashboard/settings/stores">
                <h2>{words.new_store}</h2>
                {form.top()}
                <input type="hidden" name="id" value=sheet.typed.get("id").to_owned()/>
                {form.line(Line { name: "name", max: 80, ..Line::default() })}
                {form.line(Line { name: "slug", max: 40, hint: Some(words.new_store_hint), ..Line::default() })}
                <button class="button button--main" type="submit">{words.add_store}</button>
            </form>
        }
    })
}
