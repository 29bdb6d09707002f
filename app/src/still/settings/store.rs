//! One shop's settings: name and looks, contacts, tax, languages, policies.

use super::back;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{
    dash,
    pictures::{self, NotTaken},
    policies, settings,
};
use duka::kernel::{locale::Locale, typed::Typed};
use duka::tenancy::store_settings::StoreSettings;
use leptos::prelude::*;

/// Carries the address of the logo that the page shows; empty for none.
pub const LOGO_SEEN: &str = "logo_seen";

/// Asks for texts to begin with in policies that are empty; the whole query.
pub const BEGIN: &str = "begin";

/// The id of the list of colours that go well with every shop.
const COLOURS: &str = "colours";

/// Why a logo was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLogo {
    NoneChosen,
    NotTaken(NotTaken),
    /// It is another than the one that was seen.
    ChangedMeanwhile,
}

/// `no_logo` is said beside the logo's form, which is apart from the shop's own.
pub fn store(still: &Still<'_>, settings: &StoreSettings, no_logo: Option<NoLogo>, sheet: &Sheet) -> String {
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
    let colours: Vec<_> =
        words.colours.iter().map(|&(colour, name)| view! { <option value=colour>{name}</option> }).collect();
    let (slug, currency) = (settings.slug.clone(), settings.currency.clone());
    let facts = format!("{}: {slug} · {}: {currency}", words.address, words.currency);
    page_awake(still, || {
        view! {
            {back(dash::words(locale).settings)}
            <h1>{still.title.to_owned()}</h1>
            <p class="still__lead">{facts}</p>
            <p class="quiet">{words.currency_fixed}</p>
            {logo(locale, settings, no_logo)}
            <form class="sheet" method="post" action=action>
                // What the enter key presses: saving, and not the first button that is seen.
                <button type="submit" hidden></button>
                {form.top()}
                {form.carried()}
                <section class="card sheet">
                    <h2>{words.store_looks}</h2>
                    {line("name", 80, None)}
                    {line("tagline", 120, None)}
                    {form.line(Line {
                        name: "theme_color", max: 7, list: Some(COLOURS), hint: Some(words.colour_hint), is_optional: true,
                        ..Line::default()
                    })}
                    <datalist id=COLOURS>{colours}</datalist>
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
                    {line("order_prefix", 6, Some(words.prefix_hint))}
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
                <section class="card sheet" id="policies">
                    <h2>{words.store_policies}</h2>
                    {begin(locale, sheet)}
                    {form.text("delivery_policy", 5000, 4, Some(words.policy_hint))}
                    {form.text("returns_policy", 5000, 4, None)}
                    {form.text("privacy_notice", 5000, 4, None)}
                </section>
                <section class="card sheet">
                    <h2>{words.store_search}</h2>
                    {line("seo_title", 60, Some(words.search_hint))}
                    {line("seo_description", 155, None)}
                    {form.tick("unlisted", "on", words.unlisted)}
                </section>
                {form.save()}
            </form>
        }
    })
}

/// The way to texts to begin with while a policy is empty; that nothing is saved once they are there.
fn begin(locale: Locale, sheet: &Sheet) -> impl IntoView + use<> {
    let words = policies::words(locale);
    let is_empty = |typed: &Typed| words.texts("").iter().any(|(field, _)| typed.get(field).is_empty());
    let is_begun = is_empty(&sheet.seen) && !is_empty(&sheet.typed);
    let is_left = words.texts("").iter().any(|(field, _)| sheet.typed.get(field).contains('['));
    let way = is_empty(&sheet.typed).then(|| {
        let here = format!("?{BEGIN}#policies");
        view! { <p><button class="button button--quiet" type="submit" formaction=here formnovalidate>{words.begin}</button></p> }
    });
    view! {
        {is_begun.then(|| view! { <p class="quiet" role="status">{words.begun}</p> })}
        {(is_left && !is_begun).then(|| view! { <p class="notice" role="status">{words.unfinished}</p> })}
        {way}
    }
}

fn logo(locale: Locale, settings: &StoreSettings, no_logo: Option<NoLogo>) -> impl IntoView + use<> {
    let words = pictures::words(locale);
    let problem = no_logo.map(|why| match why {
        NoLogo::NoneChosen => words.no_logo_chosen.to_owned(),
        NoLogo::NotTaken(why) => format!("{} {}", words.logo, (words.not_taken)(why)),
        NoLogo::ChangedMeanwhile => words.logo_changed.to_owned(),
    });
    let described = if problem.is_some() { "p-logo h-logo" } else { "h-logo" };
    let is_wrong = problem.is_some().then_some("true");
    let action = format!("/dashboard/settings/stores/{}/logo", settings.id);
    // The picture that is seen; whoever changes it changes that one and no other.
    let seen = settings.logo_url.clone().unwrap_or_default();
    let there = settings.logo_url.clone().map(|src| {
        let name = settings.typed.get("name").to_owned();
        view! {
            <form class="logo" method="post" action=format!("{action}/remove")>
                <input type="hidden" name=LOGO_SEEN value=src.clone()/>
                <img class="logo__picture" src=src alt=name/>
                <button class="button button--quiet" type="submit">{words.remove_logo}</button>
            </form>
        }
    });
    view! {
        <section class="card sheet" id="logo">
            <h2>{words.logo}</h2>
            <p class="quiet">{words.logo_lead}</p>
            {there}
            <form class="sheet" method="post" action=action enctype="multipart/form-data">
                <input type="hidden" name=LOGO_SEEN value=seen/>
                <div class="field">
                    <label for="f-logo">{words.choose_logo}</label>
                    <input
                        class="input" id="f-logo" name="logo" type="file" accept="image/*"
                        aria-invalid=is_wrong aria-describedby=described
                    />
                    {problem.map(|problem| view! { <p class="field__problem" id="p-logo" role="alert">{problem}</p> })}
                    <p class="field__hint" id="h-logo">{words.logo_hint}</p>
                </div>
                <button class="button" type="submit">{words.save_logo}</button>
            </form>
        </section>
    }
}
