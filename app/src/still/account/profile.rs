//! The account page: a form about the person, and the ways to what keeps the account safe.

use super::{EMAIL, PASSWORD, SECOND_FACTOR, SESSIONS};
use crate::{
    dashboard::address,
    still::{
        Still,
        form::{Form, Line, Sheet},
        page_awake,
        settings::back,
    },
    text::{account, dash},
};
use duka::{kernel::locale::Locale, tenancy::profile::Profile};
use leptos::prelude::*;

pub fn profile_page(still: &Still<'_>, profile: &Profile, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let (words, profile, sheet) = (account::words(locale), profile.clone(), sheet.clone());
    page_awake(still, move || {
        let labels = [("name", words.name), ("phone", words.phone), ("locale", words.language)];
        let form = Form { locale, sheet: &sheet, labels: &labels };
        let languages = [
            (Locale::En.tag().to_owned(), words.english.to_owned()),
            (Locale::Sw.tag().to_owned(), words.swahili.to_owned()),
        ];
        let row = |name: &'static str, more: String, href: &'static str, link: &'static str| {
            view! {
                <li class="row">
                    <span class="row__name">{name}</span>
                    <a class="button" href=href aria-label=format!("{link}: {name}")>{link}</a>
                    <span class="row__more">{more}</span>
                </li>
            }
        };
        let unproved = (!profile.is_email_proved).then(|| {
            view! {
                <section class="card">
                    <form class="sheet" method="post" action=EMAIL>
                        <p>{words.email_not_confirmed}</p>
                        <input type="hidden" name="email" value=profile.email.clone()/>
                        <button class="button" type="submit">{words.email_confirm}</button>
                    </form>
                </section>
            }
        });
        let factor = if profile.has_second_factor { words.on } else { words.off };
        view! {
            {back(dash::words(locale).settings)}
            <h1>{words.account}</h1>
            {unproved}
            <section class="card">
                <h2>{words.you}</h2>
                <form class="sheet" method="post" action=address::ACCOUNT>
                    {form.top_where(&[("locale", &languages)])}
                    {form.carried()}
                    {form.line(Line {
                        name: "name",
                        autocomplete: "name",
                        hint: Some(words.name_hint),
                        is_optional: true,
                        max: 80,
                        ..Line::default()
                    })}
                    {form.line(Line {
                        name: "phone",
                        kind: "tel",
                        autocomplete: "tel",
                        inputmode: Some("tel"),
                        is_optional: true,
                        max: 40,
                        ..Line::default()
                    })}
                    {form.choose("locale", &languages, None)}
                    {form.save()}
                </form>
            </section>
            <section class="card">
                <h2>{words.safety}</h2>
                <ul class="rows">
                    {row(words.email, profile.email, EMAIL, words.change)}
                    {row(words.password, String::new(), PASSWORD, words.change)}
                    {row(words.second_factor, factor.to_owned(), SECOND_FACTOR, words.change)}
                    {row(words.sessions, (words.browsers)(profile.sessions), SESSIONS, words.see)}
                </ul>
            </section>
        }
    })
}
