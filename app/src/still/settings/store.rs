//! One shop's settings: name and looks, contacts, tax, languages, policies.

use super::back;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{dash, settings};
use duka::tenancy::store_settings::StoreSettings;
use leptos::prelude::*;

pub fn store(still: &Still<'_>, settings: &StoreSettings, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = settings::words(locale);
    let form = Form { locale, sheet, labels: words.store_labels };
    let line = |name, max, hint| form.line(Line { name, max, hint, is_optional: name != "name", ..Line::default() });
    let phone = |name, hint| {
        form.line(Line {
            name,
            kind: "tel",
            inputmode: Some("tel"),
            max: 20,
            hint,
            is_optional: true,
            ..Line::default()
        })
    };
    let number = |name, hint| form.line(Line { name, inputmode: Some("numeric"), max: 4, hint, ..Line::default() });
    let action = format!("/dashboard/settings/stores/{}", settings.id);
    let (slug, currency) = (settings.slug.clone(), settings.currency.clone());
    let facts = format!("{}: {slug} · {}: {currency}", words.address, words.currency);
    page_awake(still, || {
        view! {
            {back(dash::words(locale).settings)}
            <h1>{still.title.to_owned()}</h1>
            <p class="still__lead">{facts}</p>
            <form class="sheet" method="post" action=action>
                {form.top()}
                {form.carried()}
                <section class="card sheet">
                    <h2>{words.store_looks}</h2>
                    {line("name", 80, None)}
                    {line("tagline", 120, None)}
                    {line("theme_color", 7, Some(words.colour_hint))}
                </section>
                <section class="card sheet">
                    <h2>{words.store_contact}</h2>
                    <div class="sheet__pair">
                        {phone("phone", None)}
                        {phone("whatsapp", Some(words.whatsapp_hint))}
                    </div>
                    {form.line(Line { name: "contact_email", kind: "email", max: 254, is_optional: true, ..Line::default() })}
                    <div class="sheet__pair">
                        {line("area", 80, None)}
                        {line("address", 200, None)}
                    </div>
                </section>
                <section class="card sheet">
                    <h2>{words.store_delivery}</h2>
                    <div class="sheet__pair">
                        {line("delivery_name", 80, None)}
                        {phone("delivery_phone", Some(words.delivery_contact_hint))}
                    </div>
                    {number("hold_minutes", Some(words.hold_hint))}
                </section>
                <section class="card sheet">
                    <h2>{words.store_tax}</h2>
                    <p class="quiet">{words.vat_included}</p>
                    {form.tick("vat_registered", "on", words.vat_registered)}
                    <div class="sheet__pair">
                        {line("vat_number", 11, None)}
                        {number("vat_rate", None)}
                    </div>
                </section>
                <section class="card sheet">
                    <h2>{words.store_languages}</h2>
                    {form.tick("swahili", "on", words.swahili)}
                </section>
                <section class="card sheet">
                    <h2>{words.store_policies}</h2>
                    {form.text("delivery_policy", 5000, 4, Some(words.policy_hint))}
                    {form.text("returns_policy", 5000, 4, None)}
                    {form.text("privacy_notice", 5000, 4, None)}
                </section>
                {form.save()}
            </form>
        }
    })
}
