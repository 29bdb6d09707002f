//! One closed day: where its money was, what M-Pesa's list said, and its gaps with a form for each.

use super::{
    CLOSE, PAYMENTS, back,
    close::verdict,
    tabs::{Tab, tabs},
};
use crate::still::{Still, page};
use crate::text::{
    closing::{self, ClosingWords},
    dash::{self, DashWords},
    still,
};
use crate::ui::text_area::{TextArea, text_area};
use duka::kernel::{field_errors::FieldErrors, id::CloseGapId, locale::Locale, money::Money};
use duka::pages::dashboard::payments::close::{CloseRow, DayPage, GapRow};
use leptos::prelude::*;

/// What became of the last try to close a gap.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Whose form it was.
    pub gap: Option<CloseGapId>,
    pub note: String,
    pub errors: FieldErrors,
    /// A colleague was first.
    pub is_closed: bool,
    /// It went well.
    pub is_done: bool,
}

pub fn day(still: &Still<'_>, found: &DayPage, said: &Said) -> String {
    let locale = still.who.locale;
    let (words, dash) = (closing::words(locale), dash::words(locale));
    let close = &found.close;
    let gaps: Vec<_> = found.gaps.iter().map(|one| gap(locale, one, found.may_close, said)).collect();
    let has_gaps = !gaps.is_empty();
    page(still, || {
        view! {
            {back(CLOSE, words.close)}
            <h1>{dash.long_day(&close.day)}</h1>
            {tabs(locale, Tab::Close)}
            {became(words, said)}
            <section class="card">
                <p>{verdict(words, close)}</p>
                <h2>{words.sums}</h2>
                {sums(words, close)}
                <p class="quiet">{story(words, dash, close)}</p>
                <p><a href=format!("{PAYMENTS}?day={}", close.date)>{(words.payments_of)(close.payments)}</a></p>
            </section>
            <section class="card">
                <h2>{words.gaps}</h2>
                {(!has_gaps).then(|| view! { <p>{words.no_gaps}</p> })}
                {has_gaps.then(|| view! { <ul class="rows">{gaps}</ul> })}
            </section>
        }
    })
}

/// Above everything: what became of the form.
pub(super) fn became(words: &'static ClosingWords, said: &Said) -> impl IntoView + use<> {
    view! {
        {said.is_done.then(|| view! { <p class="notice notice--done" role="status">{words.closed}</p> })}
        {said.is_closed.then(|| view! { <p class="notice notice--bad" role="alert">{words.gap_is_closed}</p> })}
    }
}

fn sums(words: &'static ClosingWords, close: &CloseRow) -> impl IntoView + use<> {
    let line = |name: &'static str, amount: Money, class: &'static str| {
        view! { <tr class=class><th scope="row">{name}</th><td class="amount">{amount.to_string()}</td></tr> }
    };
    let places = [
        (words.on_orders, close.on_orders),
        (words.in_refunds, close.in_refunds),
        (words.in_credit, close.in_credit),
        (words.in_inbox, close.in_inbox),
        (words.returned, close.returned),
    ];
    let places: Vec<_> = places.into_iter().map(|(name, amount)| line(name, amount, "")).collect();
    let verdict = if close.difference.is_zero() {
        view! { <p>{words.adds_up}</p> }.into_any()
    } else {
        view! { <p class="field__problem">{(words.adds_not_up)(&close.difference)}</p> }.into_any()
    };
    view! {
        <table class="by-place">
            <tbody>
                {line(words.received, close.received, "by-place__whole")}
                {places}
                {line(words.difference, close.difference, "by-place__whole")}
            </tbody>
        </table>
        {verdict}
    }
}

/// When it was closed, with what it was compared, and what that brought.
fn story(words: &'static ClosingWords, dash: &'static DashWords, close: &CloseRow) -> String {
    let mut said = Vec::new();
    match &close.closed_on {
        Some(at) => said.push(format!("{}.", (words.closed_at)(&dash.moment(at)))),
        None => said.push(format!("{}.", words.being_closed)),
    }
    match (&close.listed_until, close.list_problem.as_deref()) {
        (Some(until), _) => said.push((words.compared)(close.listed, &dash.moment(until))),
        (None, Some(problem)) => said.push((words.list_problem)(problem).to_owned()),
        (None, None) => said.push(words.not_compared.to_owned()),
    }
    if close.landed > 0 {
        said.push((words.landed)(close.landed));
    }
    if close.booked > 0 {
        said.push((words.booked)(close.booked));
    }
    said.join(" ")
}

/// A gap with what both sides say, and the form that closes it while it is open.
pub(super) fn gap(locale: Locale, one: &GapRow, may_close: bool, said: &Said) -> impl IntoView + use<> {
    let (words, dash) = (closing::words(locale), dash::words(locale));
    let side = |name: &'static str, amount: Option<Money>| {
        let amount = amount.map_or_else(|| "—".to_owned(), |amount| amount.to_string());
        view! { <div><dt>{name}</dt><dd>{amount}</dd></div> }
    };
    let payment = one.payment.map(|id| {
        view! { <p><a href=format!("{PAYMENTS}/{id}")>{words.see_payment}</a></p> }
    });
    let tail = match &one.closed_on {
        Some(at) => {
            let at = dash.moment(at);
            let line = one.closed_by.as_deref().map_or_else(|| (words.agreed)(&at), |who| (words.closed_by)(who, &at));
            view! { <p class="quiet">{line}</p>{one.note.clone().map(|note| view! { <p class="gap__note">{note}</p> })} }
                .into_any()
        }
        None if may_close => form(locale, words, one, said).into_any(),
        None => ().into_any(),
    };
    let help = one.closed_on.is_none().then(|| (words.gap_help)(one.kind));
    let day = dash.short_day(&one.day);
    let day = if one.has_page {
        view! { <a class="quiet" href=format!("{CLOSE}/{}", one.date)>{day}</a> }.into_any()
    } else {
        view! { <span class="quiet">{day}</span> }.into_any()
    };
    let tone = if one.closed_on.is_some() { "badge badge--off" } else { "badge badge--bad" };
    view! {
        <li class="gap" id=format!("gap-{}", one.id)>
            <p class="gap__head">
                <span class="code">{one.receipt.clone()}</span>
                " "
                <span class=tone>{(words.gap)(one.kind)}</span>
                " "
                {day}
            </p>
            <dl class="shelf__numbers">{side(words.ours, one.ours)}{side(words.listed, one.listed)}</dl>
            {help.map(|help| view! { <p class="quiet">{help}</p> })}
            {payment}
            {tail}
        </li>
    }
}

fn form(locale: Locale, words: &'static ClosingWords, one: &GapRow, said: &Said) -> impl IntoView + use<> {
    let is_its = said.gap == Some(one.id);
    let problem = said.errors.of("note").filter(|_| is_its).map(|problem| still::problem(locale, problem));
    let id = format!("note-{}", one.id);
    let (hint, wrong) = (format!("{id}-hint"), format!("{id}-problem"));
    let described = if problem.is_some() { format!("{hint} {wrong}") } else { hint.clone() };
    let area = TextArea {
        id: id.clone(),
        name: "note",
        value: if is_its { &said.note } else { "" },
        max: 500,
        rows: 2,
        is_wrong: problem.is_some(),
        described: Some(described),
    };
    view! {
        <form class="sheet" method="post" action=format!("{CLOSE}/gaps/{}", one.id)>
            <div class="field">
                <label for=id>{words.note}</label>
                {text_area(area)}
                <p class="field__hint" id=hint>{words.note_hint}</p>
                {problem.map(|sentence| view! { <p class="field__problem" id=wrong>{sentence}</p> })}
            </div>
            <button class="button" type="submit">{words.close_gap}</button>
        </form>
    }
}

/// Every kind has a word; a kind without one would not compile.
#[cfg(test)]
mod tests {
    use super::*;
    use duka::checkout::close::gaps::GapKind;

    #[test]
    fn every_kind_of_gap_has_its_own_words_in_both_languages() {
        for locale in Locale::ALL {
            let words = closing::words(locale);
            let mut said: Vec<_> = GapKind::ALL.iter().map(|kind| (words.gap)(*kind)).collect();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), GapKind::ALL.len());
        }
    }
}
