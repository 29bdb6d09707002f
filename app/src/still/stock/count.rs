//! One count: its lines as a table of fields, the differences, applying them, putting it away.

use super::{COUNTS, back, counts::title};
use crate::dashboard::turns;
use crate::still::{Still, page_awake};
use crate::text::{dash, still as words_of_forms, stock};
use crate::ui::field::{Field, field};
use duka::error::Refusal;
use duka::inventory::count::InTheWay;
use duka::kernel::{
    field_errors::{FieldErrors, FieldProblem},
    locale::Locale,
    typed::Typed,
};
use duka::pages::dashboard::stock::count::{CountLine, CountPage};
use leptos::prelude::*;

/// What is to be said above the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Saved,
    Applied,
    /// Some fields are wrong.
    Wrong,
    /// So many were counted by somebody else meanwhile.
    Met(u32),
    InTheWay(Vec<InTheWay>),
    NothingCounted,
    Cancelled,
    /// It was over before these numbers came.
    Ended,
    NoteTooLong,
}

/// What was typed and is not saved, by field.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    pub typed: Typed,
    pub errors: FieldErrors,
    pub note: String,
}

pub fn count(still: &Still<'_>, found: &CountPage, entries: &Entries, said: Option<&Said>) -> String {
    let locale = still.who.locale;
    let (words, dash) = (stock::words(locale), dash::words(locale));
    let count = &found.count;
    let here = format!("{COUNTS}/{}", count.id);
    let can_enter = count.status == "open" && found.may_count;
    let is_wrong = |line: &&CountLine| entries.errors.of(&format!("count-{}", line.variant)).is_some();
    let first_wrong = found.lines.iter().find(is_wrong).map(|line| line.variant);
    let rows: Vec<_> = found
        .lines
        .iter()
        .map(|line| row(still, line, entries, can_enter, first_wrong == Some(line.variant)))
        .collect();
    let is_empty = rows.is_empty();
    let address = |page: u32, only: bool| {
        let only = if only { "&only=differences" } else { "" };
        format!("{here}?page={page}{only}")
    };
    let only = found.only_differences;
    let pages = turns(
        (found.page > 1).then(|| (address(found.page - 1, only), dash.previous)),
        (found.page < found.page_count).then(|| (address(found.page + 1, only), dash.next)),
    );
    let started = (words.started)(&count.started_by, &dash.moment(&count.started_at));
    let ended = count.ended_at.as_ref().map(|at| (words.ended)(&count.ended_by, &dash.moment(at)));
    let has_next = found.page < found.page_count;
    page_awake(still, || {
        view! {
            {back(COUNTS.to_owned(), words.counts)}
            <h1>{title(words, count)}</h1>
            <p class="still__lead">
                {(words.status)(&count.status)}" · "{(words.progress)(count.counted, count.line_count, count.differences)}
                <br/>
                {started}
                {ended.map(|ended| format!(" · {ended}"))}
                {(!count.note.is_empty()).then(|| format!(" · {}", count.note))}
            </p>
            {said.map(|said| notice(locale, said))}
            <nav class="tabs" aria-label=words.counts>
                <a class="tab" href=address(1, false) aria-current=(!only).then_some("true")>{words.all_lines}</a>
                <a class="tab" href=address(1, true) aria-current=only.then_some("true")>{words.only_differences}</a>
            </nav>
            {(is_empty && only).then(|| view! { <p class="card">{words.no_differences}</p> })}
            {if can_enter {
                let applying = applying(still, &here, entries, said);
                view! {
                    // One form: who types and then applies has counted what is typed.
                    <form class="counting" method="post" action=format!("{here}/lines")>
                        <input type="hidden" data-wake="leaving" data-unsaved=(!entries.errors.is_empty()).then_some("") disabled/>
                        <input type="hidden" name="page" value=found.page.to_string()/>
                        <input type="hidden" name="only" value=if only { "differences" } else { "" }/>
                        {(!is_empty).then(|| view! {
                            <div class="card">
                                <p class="quiet">{words.enter_text}</p>
                                <ul class="rows">{rows}</ul>
                                <div class="buttons">
                                    {has_next.then(|| view! { <button class="button button--main" type="submit" name="then" value="next">{words.save_next}</button> })}
                                    <button class="button" type="submit">{words.save_page}</button>
                                </div>
                            </div>
                        })}
                        <nav class="pager" aria-label=dash.pages>{pages}</nav>
                        {applying}
                    </form>
                    <form class="card sheet" method="post" action=format!("{here}/cancel")>
                        <p class="quiet">{words.cancel_text}</p>
                        <button class="button" type="submit">{words.cancel}</button>
                    </form>
                }
                .into_any()
            } else {
                view! {
                    <ul class="card rows">{rows}</ul>
                    <nav class="pager" aria-label=dash.pages>{pages}</nav>
                }
                .into_any()
            }}
        }
    })
}

/// What is typed above is entered first.
fn applying(still: &Still<'_>, here: &str, entries: &Entries, said: Option<&Said>) -> impl IntoView + use<> {
    let locale = still.who.locale;
    let words = stock::words(locale);
    view! {
        <section class="card sheet">
            <h2>{words.apply}</h2>
            <p class="quiet">{words.apply_text}</p>
            {field(Field {
                name: "note",
                label: words.apply_note,
                value: entries.note.clone(),
                autocomplete: "off",
                optional: Some(words_of_forms::words(locale).optional),
                max: 200,
                problem: (said == Some(&Said::NoteTooLong)).then(|| words_of_forms::problem(locale, FieldProblem::TooLong)),
                ..Field::default()
            })}
            <button class="button button--main" type="submit" formaction=format!("{here}/apply")>{words.apply}</button>
        </section>
    }
}

fn notice(locale: Locale, said: &Said) -> impl IntoView + use<> {
    let words = stock::words(locale);
    let ended = (words_of_forms::words(locale).refused)(&Refusal::CountEnded).unwrap_or(words.was_cancelled);
    let (class, role, sentence) = match said {
        Said::Saved => ("notice notice--done", "status", words.saved.to_owned()),
        Said::Applied => ("notice notice--done", "status", words.applied.to_owned()),
        Said::Wrong | Said::NoteTooLong => ("notice notice--bad", "alert", words.wrong.to_owned()),
        Said::Met(count) => ("notice", "alert", (words.met)(*count)),
        Said::InTheWay(_) => ("notice notice--bad", "alert", words.in_the_way.to_owned()),
        Said::NothingCounted => ("notice notice--bad", "alert", words.nothing_counted.to_owned()),
        Said::Cancelled => ("notice notice--bad", "alert", words.was_cancelled.to_owned()),
        Said::Ended => ("notice notice--bad", "alert", ended.to_owned()),
    };
    let lines: Vec<_> = match said {
        Said::InTheWay(lines) => lines
            .iter()
            .map(|line| view! { <li>{(words.in_the_way_line)(&line.name, line.after, line.held)}</li> })
            .collect(),
        _ => Vec::new(),
    };
    view! {
        <div class=class role=role>
            <p>{sentence}</p>
            {(!lines.is_empty()).then(|| view! { <ul class="goods-list">{lines}</ul> })}
        </div>
    }
}

fn row(
    still: &Still<'_>,
    line: &CountLine,
    entries: &Entries,
    can_enter: bool,
    is_first_wrong: bool,
) -> impl IntoView + use<> {
    let locale = still.who.locale;
    let (words, dash) = (stock::words(locale), dash::words(locale));
    let name = format!("count-{}", line.variant);
    let stored = line.counted.map(|counted| counted.to_string()).unwrap_or_default();
    let problem = entries.errors.of(&name).map(|problem| words_of_forms::problem(locale, problem));
    let value = match problem {
        Some(_) => entries.typed.get(&name).to_owned(),
        None if !entries.errors.is_empty() && !entries.typed.get(&name).is_empty() => {
            entries.typed.get(&name).to_owned()
        }
        None => stored.clone(),
    };
    let result = line
        .counted
        .zip(line.stock_then)
        .map(|(counted, then)| format!("{} · {}", (words.ledger_said)(then), (words.difference)(counted - then)));
    let who =
        line.counted_at.as_ref().map(|at| format!(" · {}, {}", line.counted_by, dash.moment(at))).unwrap_or_default();
    let problem_id = format!("p-{name}");
    let class = match line.counted.zip(line.stock_then) {
        Some((counted, then)) if counted != then => "row counting__line counting__line--differs",
        _ => "row counting__line",
    };
    view! {
        <li class=class>
            <label for=name.clone()>
                <span class="row__name">{line.name.clone()}</span>
                {(!line.sku.is_empty()).then(|| view! { " "<small>{line.sku.clone()}</small> })}
                {result.map(|result| view! { <br/><span class="row__more">{result}{who}</span> })}
            </label>
            {if can_enter {
                view! {
                    <span>
                        <input type="hidden" name=format!("seen-{}", line.variant) value=stored/>
                        <input
                            class="input"
                            id=name.clone()
                            name=name.clone()
                            inputmode="numeric"
                            autocomplete="off"
                            maxlength="9"
                            value=value
                            autofocus=is_first_wrong
                            aria-invalid=problem.is_some().then_some("true")
                            aria-describedby=problem.is_some().then(|| problem_id.clone())
                        />
                    </span>
                }
                .into_any()
            } else {
                view! { <span>{stored}</span> }.into_any()
            }}
            {problem.map(|problem| view! { <p class="field__problem" id=problem_id>{problem}</p> })}
        </li>
    }
}
