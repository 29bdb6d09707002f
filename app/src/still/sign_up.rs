//! The page on which a stranger opens a shop. It works without scripts; with them the address is checked while typed.

use super::form::{Form, Line, Sheet};
use crate::dashboard::plain_awake;
use crate::storefront::islands::AddressCheck;
use crate::text::{dash, start, still};
use crate::ui::field::{beneath, described_by};
use duka::kernel::{field_errors::FieldProblem, locale::Locale, slug::Slug};
use leptos::prelude::*;

/// What was found about the address in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub is_free: bool,
    pub message: String,
}

/// The form as it is to be shown. The password is asked for again, never sent back.
#[derive(Clone, Debug)]
pub struct SignUpPage<'a> {
    pub locale: Locale,
    pub assets: &'a str,
    /// What follows the address of every shop: `.duka.example`.
    pub behind: &'a str,
    pub sheet: &'a Sheet,
    pub verdict: Option<&'a Verdict>,
    /// Why nothing was created, when it is no field's fault.
    pub problem: Option<String>,
}

/// What is said of an address, live and after the second button. `proposal` is how what was typed could be written.
pub fn verdict(locale: Locale, address: &str, proposal: Option<&Slug>, judged: Result<(), FieldProblem>) -> Verdict {
    let words = start::words(locale);
    match (judged, proposal) {
        (Ok(()), _) => Verdict { is_free: true, message: (words.address_is_free)(address) },
        (Err(FieldProblem::NotAnAddress), Some(slug)) => {
            Verdict { is_free: false, message: (words.address_like)(slug.as_str()) }
        }
        (Err(problem), _) => Verdict { is_free: false, message: still::problem(locale, problem).to_owned() },
    }
}

/// The whole page. The caller answers 200, 422 or 429.
pub fn sign_up_page(page: &SignUpPage<'_>) -> String {
    let (locale, words) = (page.locale, start::words(page.locale));
    let labels = [
        ("business", words.business),
        ("owner", words.owner),
        ("phone", words.phone),
        ("email", words.email),
        ("password", words.password),
        ("slug", words.slug),
    ];
    let form = Form { locale, sheet: page.sheet, labels: &labels };
    let problem =
        page.problem.clone().or_else(|| (!page.sheet.errors.is_empty()).then(|| words.not_created.to_owned()));
    let unknown: Vec<String> = page
        .sheet
        .errors
        .iter()
        .filter(|(name, _)| !labels.iter().any(|(field, _)| field == name))
        .map(|(name, _)| (still::words(locale).unknown_field)(name))
        .collect();
    let other = locale.other();
    let title = format!("{} · Duka", words.sign_up_title);
    let address = address(page, words);
    plain_awake(locale, &title, Some(words.sign_up_lead), page.assets, move || {
        view! {
            <main class="gate gate--wide">
                <p class="pair gate__brand">
                    <a href=locale.path("/")>"Duka"</a>
                </p>
                <h1>{words.sign_up_title}</h1>
                <p class="gate__lead">{words.sign_up_lead}</p>
                <form class="card gate__form" method="post" action=locale.path("/sign-up")>
                    {problem.map(|sentence| view! {
                        <div class="notice notice--bad" role="alert">
                            <p>{sentence}</p>
                            {unknown.into_iter().map(|line| view! { <p>{line}</p> }).collect::<Vec<_>>()}
                        </div>
                    })}
                    {form.line(Line { name: "business", autocomplete: "organization", max: 80, ..Line::default() })}
                    {form.line(Line { name: "owner", autocomplete: "name", max: 80, ..Line::default() })}
                    {form.line(Line {
                        name: "phone", kind: "tel", autocomplete: "tel", inputmode: Some("tel"),
                        placeholder: Some("0711 223 344"), hint: Some(words.phone_hint), max: 40, ..Line::default()
                    })}
                    {form.line(Line {
                        name: "email", kind: "email", autocomplete: "username", inputmode: Some("email"), max: 254,
                        ..Line::default()
                    })}
                    {form.secret(Line {
                        name: "password", autocomplete: "new-password", hint: Some(words.password_hint), max: 128,
                        ..Line::default()
                    })}
                    <AddressCheck>{address}</AddressCheck>
                    <button class="button button--main button--wide" type="submit">{words.create}</button>
                    // After the main button, which Enter presses; it asks for no other field.
                    <button class="button button--quiet" type="submit" name="check" value="1" formnovalidate=true data-only="no-scripts">
                        {words.check_address}
                    </button>
                </form>
                <p class="gate__other">
                    {words.has_account}" "<a href=locale.path("/sign-in")>{dash::words(locale).sign_in}</a>
                </p>
                <p class="gate__other">
                    <a href=other.path("/sign-up") hreflang=other.tag() lang=other.tag()>{dash::words(locale).other_language}</a>
                </p>
            </main>
        }
    })
}

fn address(page: &SignUpPage<'_>, words: &'static start::StartWords) -> impl IntoView + use<> {
    let problem = page.sheet.errors.of("slug").map(|problem| still::problem(page.locale, problem));
    let (class, message) = match page.verdict {
        Some(verdict) if verdict.is_free => ("verdict verdict--free", verdict.message.clone()),
        Some(verdict) => ("verdict verdict--taken", verdict.message.clone()),
        None => ("verdict", String::new()),
    };
    view! {
        <div class="field" data-address=page.locale.path("/sign-up/address")>
            <label for="f-slug">{words.slug}</label>
            <div class="address-line">
                <input
                    class="input" id="f-slug" name="slug" type="text" value=page.sheet.typed.get("slug").to_owned()
                    maxlength="40" required=true autocomplete="off" autocapitalize="none" spellcheck="false"
                    aria-invalid=problem.is_some().then_some("true")
                    aria-describedby=described_by("slug", true, problem.is_some())
                />
                <span class="address-line__end">{page.behind.to_owned()}</span>
            </div>
            {beneath("slug", Some(words.slug_hint), problem)}
            <p class=class data-out="verdict" role="status">{message}</p>
        </div>
    }
}
