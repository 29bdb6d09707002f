//! A person's data: the copy they may have, and how they are erased, now or when their last order has ended.

use super::of;
use crate::still::{
    Still,
    form::{Form, Sheet},
    page,
};
use crate::text::{customers::words, dash};
use duka::pages::dashboard::customers::profile::CustomerProfile;
use leptos::prelude::*;

pub fn privacy(still: &Still<'_>, customer: &CustomerProfile, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let (words, dash) = (words(locale), dash::words(locale));
    let home = of(customer.id);
    let name = if customer.name.is_empty() { words.no_name.to_owned() } else { customer.name.clone() };
    let labels = [("sure", words.erase_sure)];
    let form = Form { locale, sheet, labels: &labels };
    let when = if customer.open.is_nothing() {
        words.erase_now.to_owned()
    } else {
        (words.erase_later)(&customer.open.orders, customer.open.refunds)
    };
    let credit = (!customer.credit.is_zero())
        .then(|| view! { <p class="notice notice--bad">{(words.erase_credit)(&customer.credit)}</p> });
    let keep = format!("{home}/data/keep");
    let waits = customer.leaving_since.as_ref().map(|at| {
        let then = match (customer.is_doubted, customer.open.is_nothing()) {
            (true, _) => words.erase_doubted,
            (false, true) => words.erase_soon,
            (false, false) => when.as_str(),
        };
        view! {
            <p class="notice" role="status">{(words.erase_waits)(&dash.moment(at))}" "{then.to_owned()}</p>
            <form method="post" action=keep.clone()>
                <button class="button" type="submit">{words.keep_button}</button>
            </form>
        }
    });
    let ask = (waits.is_none() || customer.is_doubted).then(|| {
        view! {
            <p>{customer.is_doubted.then(|| format!("{} ", words.erase_if_them))}{when.clone()}</p>
            {credit}
            <form class="sheet" method="post" action=format!("{home}/data/erase")>
                {form.top()}
                {form.tick("sure", "on", words.erase_sure)}
                <button class="button button--danger" type="submit">{words.erase_button}</button>
            </form>
        }
    });
    page(still, || {
        view! {
            <p class="back"><a href=home.clone()>{name.clone()}</a></p>
            <h1>{(words.data_of)(&name)}</h1>
            <p class="still__lead">{words.data_lead}</p>
            <section class="card card--apart">
                <h2>{words.export}</h2>
                <p>{words.export_text}</p>
                <form method="post" action=format!("{home}/data/copy")>
                    <button class="button button--main" type="submit">{words.export_button}</button>
                </form>
            </section>
            <section class="card card--apart">
                <h2>{words.erase}</h2>
                <p>{words.erase_text}</p>
                {waits}
                {ask}
            </section>
        }
    })
}
