//! The account for text messages: who pays for them, whose name they carry, and whether they go out.

use super::back;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{dash, sms as texts, still as still_words};
use duka::mail::sms_account::SmsSettings;
use leptos::prelude::*;

pub fn sms(still: &Still<'_>, account: &SmsSettings, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let (words, common) = (texts::words(locale), still_words::words(locale));
    let form = Form { locale, sheet, labels: words.labels };
    let kept = if account.has_key { common.secret_kept } else { common.secret_missing };
    let problem = account.problem.as_deref().map(words.problem);
    page_awake(still, || {
        view! {
            {back(dash::words(locale).settings)}
            <h1>{still.title.to_owned()}</h1>
            <p class="still__lead">{words.lead}</p>
            <p>{if account.is_on { words.is_on } else { words.is_off }}</p>
            {account.has_key.then(|| view! {
                <p class="quiet">
                    {(words.sent_lately)(account.sent_lately, account.arrived_lately, account.failed_lately)}
                </p>
            })}
            <form class="card sheet" method="post" action="/dashboard/settings/sms" autocomplete="off">
                {form.top()}
                {problem.map(|problem| view! { <p class="notice notice--bad" role="status">{problem}</p> })}
                {form.carried()}
                {form.line(Line { name: "username", max: 60, hint: Some(words.username_hint), ..Line::default() })}
                {form.secret(Line { name: "api_key", max: 200, hint: Some(kept), is_optional: account.has_key, ..Line::default() })}
                {form.line(Line { name: "sender_id", max: 11, hint: Some(words.sender_hint), is_optional: true, ..Line::default() })}
                {form.tick("is_on", "on", words.switch)}
                {form.save()}
            </form>
            {account.reports_to.clone().map(|address| view! {
                <section class="card sheet">
                    <h2>{words.reports}</h2>
                    <p class="quiet">{words.reports_text}</p>
                    <p class="code">{address}</p>
                    <p class="quiet">{if account.is_heard { words.heard } else { words.not_heard }}</p>
                </section>
            })}
        }
    })
}
