//! The business: its name, time zone, the number people write to, how its orders are counted; its plan and standing.

use super::back;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{dash, settings};
use duka::tenancy::business::{Business, TIME_ZONES};
use leptos::prelude::*;

pub fn business(still: &Still<'_>, business: &Business, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = settings::words(locale);
    let form = Form { locale, sheet, labels: words.business_labels };
    let zones = TIME_ZONES.map(|zone| (zone.to_owned(), zone.replace('_', " ")));
    let next_order = business.next_order;
    let (plan, status) = ((words.plan_of)(&business.plan), (words.status_of)(&business.status));
    page_awake(still, || {
        view! {
            {back(dash::words(locale).settings)}
            <h1>{still.title.to_owned()}</h1>
            <form class="card sheet" method="post" action="/dashboard/settings/business">
                {form.top()}
                {form.carried()}
                {form.line(Line { name: "name", max: 120, ..Line::default() })}
                {form.choose("timezone", &zones, None)}
                {form.line(Line {
                    name: "whatsapp", kind: "tel", inputmode: Some("tel"), max: 20, is_optional: true, ..Line::default()
                })}
                {form.line(Line {
                    name: "next_order", inputmode: Some("numeric"), max: 7, is_optional: true,
                    hint: Some(words.next_order_hint), ..Line::default()
                })}
                {form.save()}
            </form>
            <dl class="card facts">
                <dt>{words.next_order}</dt>
                <dd>{next_order}</dd>
                <dt>{words.plan}</dt>
                <dd>{plan}</dd>
                <dt>{words.status}</dt>
                <dd>{status}</dd>
            </dl>
        }
    })
}
