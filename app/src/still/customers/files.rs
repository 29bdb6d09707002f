//! The list of customers as a file: who would be in it, and a list that is brought in.

use super::CUSTOMERS;
use crate::still::{Still, page};
use crate::text::{
    customer_files::{self, CustomerFileWords},
    customers,
};
use crate::ui::field::{beneath, described_by};
use duka::customers::bring_in::{BroughtReport, BroughtRow, Outcome};
use duka::kernel::locale::Locale;
use duka::pages::dashboard::customers::export::{CustomersAsked, MOST};
use leptos::prelude::*;

/// Where the list is taken out.
pub const EXPORT: &str = "/dashboard/customers/export";
/// Where a list is brought in.
pub const IMPORT: &str = "/dashboard/customers/import";
/// The field that carries a tried list to its doing.
pub const LIST: &str = "list";
/// Rows that were taken and are shown one by one; those that were not are all shown.
const SHOWN_ROWS: usize = 500;

/// Who would be in the file, and the button that makes it.
pub fn take_out(still: &Still<'_>, asked: &CustomersAsked) -> String {
    let locale = still.who.locale;
    let (words, all) = (customer_files::words(locale), customers::words(locale));
    let filter = &asked.filter;
    let group = filter.group.map(|id| id.to_string()).unwrap_or_default();
    let is_narrowed = !filter.words.is_empty() || filter.group.is_some();
    let is_cut = asked.customer_count > MOST;
    page(still, || {
        view! {
            <p class="back"><a href=CUSTOMERS>{all.all_customers}</a></p>
            <h1>{words.take_out}</h1>
            <p class="still__lead">{words.take_out_lead}</p>
            <section class="card sheet">
                <p>
                    <b>{(words.in_it)(asked.customer_count.min(MOST))}</b>
                    {asked.group.as_ref().map(|name| format!(" {}", (words.group_is)(name)))}
                    {(!filter.words.is_empty()).then(|| format!(" {}", (words.words_are)(&filter.words)))}
                </p>
                {is_cut.then(|| view! { <p class="notice">{(words.only_first)(MOST)}</p> })}
                <p class="field__hint">{words.with_care}</p>
                <form method="post" action=EXPORT>
                    <input type="hidden" name="words" value=filter.words.clone()/>
                    <input type="hidden" name="sort" value=filter.sort.as_str()/>
                    <input type="hidden" name="group" value=group/>
                    <button class="button button--main" type="submit">{words.download}</button>
                </form>
                {is_narrowed.then(|| view! { <p><a href=EXPORT>{words.everybody_instead}</a></p> })}
            </section>
        }
    })
}

/// What stands on the page where a list is brought in.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// A sentence about the whole file.
    pub problem: Option<String>,
    pub report: Option<BroughtReport>,
    /// The list that was tried, for the form that brings it in.
    pub list: Option<String>,
}

/// A file is chosen and tried; or what became of one.
pub fn bring_in(still: &Still<'_>, shown: &Shown) -> String {
    let locale = still.who.locale;
    let (words, all) = (customer_files::words(locale), customers::words(locale));
    let choosing = shown.report.is_none().then(|| choose(words, shown.problem.clone()));
    let report = shown.report.as_ref().map(|report| became(locale, report, shown.list.clone()));
    page(still, || {
        view! {
            <p class="back"><a href=CUSTOMERS>{all.all_customers}</a></p>
            <h1>{words.bring_in}</h1>
            {choosing}
            {report}
        }
    })
}

fn choose(words: &'static CustomerFileWords, problem: Option<String>) -> impl IntoView + use<> {
    let described = described_by("file", true, problem.is_some());
    let is_wrong = problem.is_some().then_some("true");
    view! {
        <p class="still__lead">{words.bring_in_lead}</p>
        <form class="card sheet" method="post" action=IMPORT enctype="multipart/form-data">
            <p>{words.columns}</p>
            <p>{words.no_consent}</p>
            <div class="field">
                <label for="f-file">{words.file}</label>
                <input
                    class="input" id="f-file" name="file" type="file" accept=".csv,.txt,.tsv,text/csv" required
                    aria-invalid=is_wrong aria-describedby=described
                />
                {problem.map(|problem| view! { <p class="field__problem" id="p-file" role="alert">{problem}</p> })}
                {beneath("file", Some(words.file_hint), None)}
            </div>
            <button class="button button--main" type="submit">{words.try_it}</button>
        </form>
    }
}

fn became(locale: Locale, report: &BroughtReport, list: Option<String>) -> impl IntoView + use<> {
    let words = customer_files::words(locale);
    let sums = report.sums();
    let (title, before) = if report.is_trial { (words.tried, Some(words.would_be)) } else { (words.done, None) };
    let said = [before.unwrap_or_default(), (words.sums)(&sums).as_str()].join(" ").trim().to_owned();
    let has_work = sums.new + sums.filled > 0;
    let doing = list.filter(|_| has_work).map(|list| {
        view! {
            <form method="post" action=format!("{IMPORT}/apply")>
                <input type="hidden" name=LIST value=list/>
                <button class="button button--main" type="submit">{words.do_it}</button>
            </form>
        }
    });
    let is_idle = report.is_trial && !has_work;
    let (refused, taken): (Vec<&BroughtRow>, Vec<&BroughtRow>) =
        report.rows.iter().partition(|row| matches!(row.outcome, Outcome::Refused(_)));
    let is_cut = taken.len() > SHOWN_ROWS;
    let refused = rows(locale, words.not_taken, &refused);
    let taken = rows(locale, words.taken, &taken[..taken.len().min(SHOWN_ROWS)]);
    view! {
        <section class="card sheet" role="status">
            <h2>{title}</h2>
            <p>{said}</p>
            {is_idle.then(|| view! { <p>{words.nothing_to_do}</p> })}
            {doing}
            <p><a class="button" href=IMPORT>{words.another}</a></p>
        </section>
        {refused}
        {taken}
        {is_cut.then(|| view! { <p class="field__hint">{(words.first_rows)(SHOWN_ROWS)}</p> })}
    }
}

/// Rows under a heading; nothing when there are none.
fn rows(locale: Locale, title: &'static str, rows: &[&BroughtRow]) -> Option<impl IntoView + use<>> {
    let words = customer_files::words(locale);
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            view! {
                <li class="row">
                    <span>
                        <b>{format!("{} · {}", (words.line)(row.line), row.phone)}</b>
                        <br/>
                        <span class="row__more">{customer_files::told(locale, &row.outcome)}</span>
                    </span>
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <h2>{title}</h2>
            <ul class="card rows">{lines}</ul>
        }
    })
}
