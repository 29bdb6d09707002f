//! The list of customers: searched, sifted by a group, sorted; each leads to their page.

use super::{
    CUSTOMERS,
    files::{EXPORT, IMPORT},
    of,
};
use crate::dashboard::turns;
use crate::still::{Still, page};
use crate::text::{
    customer_files::{self, CustomerFileWords},
    customers::{CustomerWords, words},
    dash::{self, DashWords},
};
use duka::kernel::{id::CustomerGroupId, query::in_query};
use duka::pages::dashboard::customers::list::{CustomerFilter, CustomerRow, CustomersPage, Sort};
use leptos::prelude::*;

pub fn list(still: &Still<'_>, found: &CustomersPage) -> String {
    let locale = still.who.locale;
    let (words, dash) = (words(locale), dash::words(locale));
    let filter = &found.filter;
    let sorts: Vec<_> = Sort::ALL
        .into_iter()
        .map(|sort| {
            view! { <option value=sort.as_str() selected=sort == filter.sort>{(words.sorts)(sort)}</option> }
        })
        .collect();
    let tab = |group: Option<CustomerGroupId>, name: String| {
        let is_here = (group == filter.group).then_some("true");
        let href = address(&CustomerFilter { group, page: 1, ..filter.clone() });
        view! { <a class="tab" href=href aria-current=is_here>{name}</a> }
    };
    let tabs: Vec<_> = std::iter::once(tab(None, words.everybody.to_owned()))
        .chain(found.groups.iter().map(|group| tab(Some(group.id), group.form.name.clone())))
        .collect();
    let rows: Vec<_> = found.rows.iter().map(|row| line(words, dash, row)).collect();
    let is_empty = rows.is_empty();
    let is_narrowed = !filter.words.is_empty() || filter.group.is_some();
    let at = |page| address(&CustomerFilter { page, ..filter.clone() });
    let pages = turns(
        (filter.page > 1).then(|| (at(filter.page - 1), words.newer)),
        (filter.page < found.page_count).then(|| (at(filter.page + 1), words.older)),
    );
    let group = filter.group.map(|id| view! { <input type="hidden" name="group" value=id.to_string()/> });
    let files = files(customer_files::words(locale), found);
    page(still, || {
        view! {
            <h1>{words.title}</h1>
            <p class="still__lead">{words.lead}</p>
            <form class="card sheet sifting" method="get" action=CUSTOMERS role="search">
                {group}
                <div class="field">
                    <label for="c-words">{words.search}</label>
                    <input class="input" id="c-words" type="search" name="words" value=filter.words.clone() maxlength="100"/>
                </div>
                <div class="field">
                    <label for="c-sort">{words.sort}</label>
                    <select class="input" id="c-sort" name="sort">{sorts}</select>
                </div>
                <button class="button" type="submit">{words.show}</button>
            </form>
            <nav class="tabs" aria-label=words.groups>
                {tabs}
                <a class="tab" href=format!("{CUSTOMERS}/groups")>{words.groups}" …"</a>
            </nav>
            {if is_empty {
                view! {
                    <section class="card">
                        <p>{if is_narrowed { words.nobody_here } else { words.nobody_yet }}</p>
                        {is_narrowed.then(|| view! { <p><a class="button" href=CUSTOMERS>{words.show_all}</a></p> })}
                    </section>
                }
                .into_any()
            } else {
                view! {
                    <p class="count" role="status">{(words.found)(found.customer_count)}</p>
                    <ul class="card rows">{rows}</ul>
                }
                .into_any()
            }}
            <nav class="pager" aria-label=dash.pages>{pages}</nav>
            {files}
        }
    })
}

/// The list as a file, out with what it shows and in, for those who may.
fn files(words: &'static CustomerFileWords, found: &CustomersPage) -> Option<impl IntoView + use<>> {
    let out = found.may_take_out.then(|| {
        let href = address_at(EXPORT, &CustomerFilter { page: 1, ..found.filter.clone() });
        view! { <a class="button" href=href>{words.take_out}</a>" " }
    });
    let into = found.may_edit.then(|| view! { <a class="button" href=IMPORT>{words.bring_in}</a> });
    (out.is_some() || into.is_some()).then(|| view! { <p>{out}{into}</p> })
}

fn line(words: &'static CustomerWords, dash: &'static DashWords, row: &CustomerRow) -> impl IntoView + use<> {
    let name = if row.name.is_empty() { words.no_name.to_owned() } else { row.name.clone() };
    let last = row
        .last_on
        .as_ref()
        .map_or_else(|| words.never_paid.to_owned(), |at| (words.last_paid)(&dash.short_day(&at.day())));
    let facts: Vec<String> =
        [Some(row.phone.clone()), row.area.clone(), Some((words.orders)(row.order_count)), Some(last)]
            .into_iter()
            .flatten()
            .collect();
    let tags: Vec<_> =
        row.tags.iter().map(|tag| view! { " "<span class="badge badge--off">{tag.clone()}</span> }).collect();
    view! {
        <li class="row">
            <span>
                <a class="row__name" href=of(row.id)>{name}</a>
                {tags}
                {row.is_leaving.then(|| view! { " "<span class="badge badge--wait">{words.leaving}</span> })}
                <br/>
                <span class="row__more">{facts.join(" · ")}</span>
            </span>
            <b class="row__amount">{row.spent.to_string()}</b>
        </li>
    }
}

/// The list with what says something; page 1 is said by saying nothing.
fn address(filter: &CustomerFilter) -> String {
    address_at(CUSTOMERS, filter)
}

fn address_at(page_of: &str, filter: &CustomerFilter) -> String {
    let group = filter.group.map(|id| id.to_string()).unwrap_or_default();
    let page = if filter.page > 1 { filter.page.to_string() } else { String::new() };
    let said: Vec<String> =
        [("words", filter.words.as_str()), ("sort", filter.sort.as_str()), ("group", &group), ("page", &page)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", in_query(value)))
            .collect();
    if said.is_empty() { page_of.to_owned() } else { format!("{page_of}?{}", said.join("&")) }
}
