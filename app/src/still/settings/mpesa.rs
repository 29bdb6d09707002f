//! The M-Pesa account: numbers and keys, and the payment of KSh 1 that proves them.

use super::{
    back,
    mpesa_addresses::{addresses, balance},
    mpesa_operator::operator,
};
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{dash, settings, still as still_words};
use chrono::{DateTime, Utc};
use duka::payments::account_settings::AccountSettings;
use leptos::prelude::*;

/// The page's forms: the account's own, that of the test, the operator's.
#[derive(Clone, Copy, Debug)]
pub struct Sheets<'a> {
    pub account: &'a Sheet,
    pub trying: &'a Sheet,
    pub operator: &'a Sheet,
}

pub fn mpesa(still: &Still<'_>, account: &AccountSettings, sheets: Sheets<'_>, now: DateTime<Utc>) -> String {
    let (sheet, trying) = (sheets.account, sheets.trying);
    let locale = still.who.locale;
    let (words, common) = (settings::words(locale), still_words::words(locale));
    let form = Form { locale, sheet, labels: words.mpesa_labels };
    let test = Form { locale, sheet: trying, labels: words.mpesa_test_labels };
    let kinds =
        [("till".to_owned(), words.mpesa_till.to_owned()), ("paybill".to_owned(), words.mpesa_paybill.to_owned())];
    let kept = if account.has_keys { common.secret_kept } else { common.secret_missing };
    let secret =
        |name| form.secret(Line { name, max: 300, hint: Some(kept), is_optional: account.has_keys, ..Line::default() });
    let in_use =
        account.active.as_deref().map_or_else(|| words.mpesa_none.to_owned(), |active| (words.mpesa_in_use)(active));
    let verdict = account.last_test.as_ref().map(|test| {
        let (class, sentence) = match test.status.as_str() {
            "succeeded" => ("notice notice--done", words.mpesa_test_done.to_owned()),
            "failed" => {
                let code = test.result_code.as_deref().unwrap_or_default();
                ("notice notice--bad", (words.mpesa_test_failed)(code).to_owned())
            }
            _ => ("notice", (words.mpesa_test_waiting)(&test.phone)),
        };
        view! { <p class=class role="status">{sentence}</p> }
    });
    let can_be_tried = account.has_keys;
    page_awake(still, || {
        view! {
            {back(dash::words(locale).settings)}
            <h1>{still.title.to_owned()}</h1>
            <p class="still__lead">{words.mpesa_lead}</p>
            <p>{in_use}</p>
            {account.is_candidate.then(|| view! { <p class="notice">{words.mpesa_candidate}</p> })}
            <form class="card sheet" method="post" action="/dashboard/settings/mpesa" autocomplete="off">
                {form.top_where(&[("kind", &kinds)])}
                {form.carried()}
                {form.choose("kind", &kinds, None)}
                <div class="sheet__pair">
                    {form.line(Line {
                        name: "short_code", inputmode: Some("numeric"), max: 7, hint: Some(words.mpesa_store_hint), ..Line::default()
                    })}
                    {form.line(Line {
                        name: "till_number", inputmode: Some("numeric"), max: 7, hint: Some(words.mpesa_till_hint), is_optional: true, ..Line::default()
                    })}
                </div>
                {secret("consumer_key")}
                {secret("consumer_secret")}
                {secret("passkey")}
                {form.save()}
            </form>
            {can_be_tried.then(|| view! {
                <form class="card sheet" method="post" action="/dashboard/settings/mpesa/test" id="test">
                    <h2>{words.mpesa_test}</h2>
                    <p class="quiet">{words.mpesa_test_text}</p>
                    {verdict}
                    {test.top()}
                    {test.line(Line { name: "phone", kind: "tel", inputmode: Some("tel"), max: 20, autocomplete: "tel", ..Line::default() })}
                    <button class="button button--main" type="submit">{words.mpesa_test_send}</button>
                </form>
            })}
            {account.addresses.as_ref().map(|known| addresses(locale, known))}
            {can_be_tried.then(|| operator(locale, &account.operator, sheets.operator, now))}
            {account.active.is_some().then(|| balance(locale, &account.balance, account.operator.name.is_some()))}
        }
    })
}
