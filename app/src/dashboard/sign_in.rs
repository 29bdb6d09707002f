//! The page on which a merchant signs in: a form, nothing else.

use super::document;
use crate::text::dash::words;
use duka::kernel::locale::Locale;
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
}

/// The whole page. The caller answers 200, or 422 for a wrong password and 429 for a throttled try.
pub fn sign_in_page(page: &SignInPage<'_>) -> String {
    let words = words(page.locale);
    let sentence = page.problem.as_ref().map(|problem| match problem {
        SignInProblem::Wrong => words.sign_in_wrong.to_owned(),
        SignInProblem::Throttled { retry_after_seconds } => (words.sign_in_throttled)(*retry_after_seconds),
        SignInProblem::ChooseStore(_) => words.sign_in_choose.to_owned(),
        SignInProblem::TryAgain => (words.error)(&duka::error::AppError::TryAgain { retry_after_seconds: 5 }),
    });
    let is_refused = sentence.is_some() && !matches!(page.problem, Some(SignInProblem::ChooseStore(_)));
    let stores = match &page.problem {
        Some(SignInProblem::ChooseStore(stores)) => stores.clone(),
        _ => Vec::new(),
    };
    let email = page.email.to_owned();
    let is_first_try = email.is_empty();
    let title = format!("{} · Duka", words.sign_in);
    document::plain(page.locale, &title, None, page.assets, move || {
        view! {
            <main class="gate">
                <p class="gate__brand"><a href="/">"Duka"</a></p>
                <h1>{words.sign_in_title}</h1>
                <form class="card gate__form" method="post" action="/sign-in">
                    {sentence.map(|sentence| {
                        let class = if is_refused { "notice notice--bad" } else { "notice" };
                        view! { <p class=class id="sign-in-problem" role="alert">{sentence}</p> }
                    })}
                    <div class="field">
                        <label for="email">{words.email}</label>
                        <input
                            class="input" id="email" name="email" type="email" value=email required=true maxlength="254"
                            autocomplete="username" autocapitalize="none" spellcheck="false" autofocus=is_first_try
                            aria-invalid=is_refused.then_some("true") aria-describedby=is_refused.then_some("sign-in-problem")
                        />
                    </div>
                    <div class="field">
                        <label for="password">{words.password}</label>
                        <input
                            class="input" id="password" name="password" type="password" required=true maxlength="128"
                            autocomplete="current-password" autofocus=!is_first_try
                        />
                    </div>
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
            </main>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_as_text_and_the_password_never() {
        let page = SignInPage {
            locale: Locale::En,
            assets: "/s/1",
            email: "\"><script>x",
            problem: Some(SignInProblem::Wrong),
        };
        let html = sign_in_page(&page);
        assert!(
            html.contains("value=\"&quot;&gt;&lt;script&gt;x\"") || html.contains("value=\"&quot;><script>x\""),
            "{html}"
        );
        assert!(html.contains("E-mail or password does not fit"));
        assert!(!html.contains("type=\"password\" value"));
    }
}
