//! The page on which a merchant signs in: a form, and the code that may follow.

use super::document;
use crate::{
    still::form::{Form, Line, Sheet},
    text::{account, dash::words},
};
use duka::kernel::{field_errors::FieldErrors, locale::Locale, typed::Typed};
use leptos::prelude::*;

/// Why the page is shown again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInProblem {
    Wrong,
    Throttled {
        retry_after_seconds: u32,
    },
    /// The password opens several shops: slug and name of each.
    ChooseStore(Vec<(String, String)>),
    /// What is wrong with the fields, before anything was checked.
    Invalid(FieldErrors),
    /// The code came too late.
    StepOver,
    /// Nothing was checked; the database is away.
    TryAgain,
}

/// What the form already knows. The password is asked for again, never sent back.
#[derive(Clone, Debug)]
pub struct SignInPage<'a> {
    pub locale: Locale,
    pub assets: &'a str,
    pub email: &'a str,
    pub problem: Option<SignInProblem>,
    /// A new password was set a moment ago.
    pub is_reset: bool,
}

/// The page between password and dashboard.
#[derive(Clone, Debug)]
pub struct CodePage<'a> {
    pub locale: Locale,
    pub assets: &'a str,
    pub errors: FieldErrors,
    /// How many seconds to wait after too many wrong codes.
    pub wait_seconds: Option<u32>,
}

/// The whole page. The caller answers 200, or 422 for a wrong password and 429 for a throttled try.
pub fn sign_in_page(page: &SignInPage<'_>) -> String {
    let (words, more) = (words(page.locale), account::words(page.locale));
    let sentence = page.problem.as_ref().and_then(|problem| match problem {
        SignInProblem::Wrong => Some(words.sign_in_wrong.to_owned()),
        SignInProblem::Throttled { retry_after_seconds } => Some((words.sign_in_throttled)(*retry_after_seconds)),
        SignInProblem::ChooseStore(_) => Some(words.sign_in_choose.to_owned()),
        SignInProblem::StepOver => Some(more.step_over.to_owned()),
        SignInProblem::TryAgain => Some((words.error)(&duka::error::AppError::TryAgain { retry_after_seconds: 5 })),
        SignInProblem::Invalid(_) => None,
    });
    let is_refused = sentence.is_some() && !matches!(page.problem, Some(SignInProblem::ChooseStore(_)));
    let stores = match &page.problem {
        Some(SignInProblem::ChooseStore(stores)) => stores.clone(),
        _ => Vec::new(),
    };
    let errors = match &page.problem {
        Some(SignInProblem::Invalid(errors)) => errors.clone(),
        _ => FieldErrors::none(),
    };
    let sheet = Sheet { typed: Typed::default().with("email", page.email), errors, ..Sheet::default() };
    let locale = page.locale;
    let is_reset = page.is_reset && page.problem.is_none();
    let title = format!("{} · Duka", words.sign_in);
    document::plain(locale, &title, None, page.assets, move || {
        let labels = [("email", more.email), ("password", more.password)];
        let form = Form { locale, sheet: &sheet, labels: &labels };
        view! {
            <main class="gate">
                <p class="gate__brand"><a href=locale.path("/")>"Duka"</a></p>
                <h1>{words.sign_in_title}</h1>
                <form class="card gate__form" method="post" action=locale.path("/sign-in")>
                    {is_reset.then(|| view! { <p class="notice notice--done" role="status">{more.password_reset_done}</p> })}
                    {sentence.map(|sentence| {
                        let class = if is_refused { "notice notice--bad" } else { "notice" };
                        view! { <p class=class id="sign-in-problem" role="alert">{sentence}</p> }
                    })}
                    {form.top()}
                    {form.line(Line { name: "email", kind: "email", autocomplete: "username", max: 254, ..Line::default() })}
                    {form.secret(Line { name: "password", autocomplete: "current-password", max: 128, ..Line::default() })}
                    {(!stores.is_empty()).then(|| {
                        let stores: Vec<_> = stores
                            .iter()
                            .enumerate()
                            .map(|(at, (slug, name))| view! {
                                <label class="choice">
                                    <input type="radio" name="store" value=slug.clone() checked=at == 0/>
                                    <span>{name.clone()}</span>
                                </label>
                            })
                            .collect();
                        view! { <fieldset class="choices"><legend>{words.which_store}</legend>{stores}</fieldset> }
                    })}
                    <button class="button button--main button--wide" type="submit">{words.sign_in}</button>
                </form>
                <p class="gate__ways">
                    <a href=locale.path("/forgot")>{more.forgot_link}</a>
                    <a href=locale.path("/sign-up")>{more.sign_up_link}</a>
                    <a href=locale.other().path("/sign-in") lang=locale.other().tag() hreflang=locale.other().tag()>
                        {words.other_language}
                    </a>
                </p>
            </main>
        }
    })
}

/// Asks for the code alone; the password was right.
pub fn code_page(page: &CodePage<'_>) -> String {
    let (words, more) = (words(page.locale), account::words(page.locale));
    let sheet = Sheet { errors: page.errors.clone(), ..Sheet::default() };
    let (locale, wait) = (page.locale, page.wait_seconds);
    document::plain(locale, &format!("{} · Duka", words.sign_in), None, page.assets, move || {
        let form = Form { locale, sheet: &sheet, labels: &[("code", more.code)] };
        view! {
            <main class="gate">
                <p class="gate__brand"><a href=locale.path("/")>"Duka"</a></p>
                <h1>{more.code_title}</h1>
                <form class="card gate__form" method="post" action=locale.path("/sign-in")>
                    {wait.map(|seconds| {
                        view! { <p class="notice notice--bad" role="alert">{(words.sign_in_throttled)(seconds)}</p> }
                    })}
                    <p>{more.code_lead}</p>
                    {form.line(code_line(more))}
                    <button class="button button--main button--wide" type="submit">{more.go_on}</button>
                </form>
                <p class="gate__ways"><a href=locale.path("/sign-in")>{more.begin_again}</a></p>
            </main>
        }
    })
}

/// Where a code of the app or a recovery code is typed.
pub(crate) fn code_line(words: &account::AccountWords) -> Line {
    Line { name: "code", autocomplete: "one-time-code", hint: Some(words.code_hint), max: 40, ..Line::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(locale: Locale, problem: SignInProblem) -> String {
        sign_in_page(&SignInPage {
            locale,
            assets: "/s/1",
            email: "\"><script>x",
            problem: Some(problem),
            is_reset: false,
        })
    }

    #[test]
    fn what_was_typed_comes_back_as_text_and_the_password_never() {
        let html = page(Locale::En, SignInProblem::Wrong);
        assert!(
            html.contains("value=\"&quot;&gt;&lt;script&gt;x\"") || html.contains("value=\"&quot;><script>x\""),
            "{html}"
        );
        assert!(html.contains("E-mail or password does not fit"));
        let password =
            html.split("name=\"password\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap_or("value");
        assert!(!password.contains("value=\"x"), "{password}");
    }

    #[test]
    fn it_speaks_the_readers_language() {
        let html = page(Locale::Sw, SignInProblem::StepOver);
        assert!(html.contains("action=\"/sw/sign-in\"") && html.contains("Umesahau nenosiri?"), "{html}");
        assert!(html.contains("Muda umepita"));
    }
}
