//! Every variant with what is there, promised and for sale; the limit is changed in its line.

use super::{COUNTS, STOCK, back, full_name, time};
use crate::dashboard::{address::PRODUCTS, turns};
use crate::still::{
    Still,
    catalogue::{self, Tab},
    page,
};
use crate::text::{dash, stock};
use duka::kernel::query::in_query;
use duka::pages::dashboard::stock::{Shown, StockFilter, StockPage, StockRow};
use leptos::prelude::*;

/// The address of a list; what says nothing is left out.
pub fn address(filter: &StockFilter, page: u32) -> String {
    let mut said = Vec::new();
    if filter.shown != Shown::All {
        said.push(format!("filter={}", filter.shown.as_str()));
    }
    if let Some(product) = filter.product {
        said.push(format!("product={product}"));
    }
    if !filter.words.is_empty() {
        said.push(format!("words={}", in_query(&filter.words)));
    }
    if page > 1 {
        said.push(format!("page={page}"));
    }
    if said.is_empty() { STOCK.to_owned() } else { format!("{STOCK}?{}", said.join("&")) }
}

/// `count` is the id of the count that the form for one product would begin.
pub fn list(still: &Still<'_>, found: &StockPage, is_saved: bool, count: &str) -> String {
    let locale = still.who.locale;
    let (words, dash) = (stock::words(locale), dash::words(locale));
    let filter = &found.filter;
    let tabs: Vec<_> = Shown::ALL
        .into_iter()
        .zip(words.shown)
        .map(|(shown, name)| {
            let href = address(&StockFilter { shown, ..filter.clone() }, 1);
            let is_here = (shown == filter.shown).then_some("true");
            view! { <a class="tab" href=href aria-current=is_here>{name}</a> }
        })
        .collect();
    let from = address(filter, filter.page);
    let rows: Vec<_> = found.rows.iter().map(|row| line(words, row, found.may_adjust, &from)).collect();
    let is_narrowed = *filter != StockFilter { page: filter.page, ..StockFilter::default() };
    let is_empty = rows.is_empty();
    let pages = turns(
        (filter.page > 1).then(|| (address(filter, filter.page - 1), dash.previous)),
        (filter.page < found.page_count).then(|| (address(filter, filter.page + 1), dash.next)),
    );
    let faults: Vec<_> = found
        .faults
        .iter()
        .map(|fault| {
            let href = format!("{STOCK}/{}", fault.variant);
            view! {
                <li>
                    <a href=href>{fault.name.clone()}</a>
                    ": "{(words.fault)(&fault.kind, fault.shown, fault.reckoned)}" · "{time(dash, &fault.found_at)}
                </li>
            }
        })
        .collect();
    page(still, || {
        view! {
            {match found.rows.first().filter(|row| filter.product == Some(row.product)) {
                Some(row) => of_product(still, found, row, count).into_any(),
                None => view! {
                    <h1>{words.title}</h1>
                    <p class="still__lead">{words.lead}</p>
                }
                .into_any(),
            }}
            {is_saved.then(|| view! { <p class="notice notice--done" role="status">{words.saved}</p> })}
            {(!faults.is_empty()).then(|| view! {
                <section class="notice notice--bad">
                    <h2>{words.faults}</h2>
                    <p>{words.faults_text}</p>
                    <ul class="goods-list">{faults}</ul>
                </section>
            })}
            <form class="search" method="get" action=STOCK role="search">
                <input type="hidden" name="filter" value=filter.shown.as_str()/>
                <input class="input" type="search" name="words" value=filter.words.clone() maxlength="100" placeholder=words.words_hint aria-label=words.words_hint/>
                <button class="button" type="submit">{dash.search}</button>
            </form>
            <nav class="tabs" aria-label=words.title>{tabs}</nav>
            <p class="quiet"><a href=COUNTS>{words.counts}</a></p>
            {if is_empty {
                view! {
                    <section class="card">
                        <p>{if is_narrowed { words.nothing_here } else { words.nothing }}</p>
                        {is_narrowed.then(|| view! { <p><a class="button" href=STOCK>{words.show_all}</a></p> })}
                    </section>
                }
                .into_any()
            } else {
                view! {
                    <p class="count" role="status">{(words.variants)(found.count)}</p>
                    <ul class="card rows">{rows}</ul>
                }
                .into_any()
            }}
            <nav class="pager" aria-label=dash.pages>{pages}</nav>
            {found.mail.map(|wants| view! {
                <form class="card sheet" method="post" action=format!("{STOCK}/mail")>
                    <label class="choice" for="stock-mail">
                        <input id="stock-mail" type="checkbox" name="wants" value="on" checked=wants/>
                        <span>{words.mail}</span>
                    </label>
                    <p class="quiet">{words.mail_text}</p>
                    <button class="button" type="submit">{words.save_limit}</button>
                </form>
            })}
        }
    })
}

/// As one of the product's parts: its name and the way to the others, and all its variants counted at once.
fn of_product(still: &Still<'_>, found: &StockPage, row: &StockRow, count: &str) -> impl IntoView + use<> {
    let locale = still.who.locale;
    let words = stock::words(locale);
    let product = row.product.to_string();
    let tabs = found.may_adjust.then(|| catalogue::tabs(locale, &product, Tab::Stock));
    let counting = (found.may_adjust && found.count > 1).then(|| {
        view! {
            <form class="card sheet" method="post" action=COUNTS>
                <p class="quiet">{words.count_these_text}</p>
                <input type="hidden" name="count" value=count.to_owned()/>
                <input type="hidden" name="part" value="product"/>
                <input type="hidden" name="product" value=product/>
                <button class="button" type="submit">{words.count_these}</button>
            </form>
        }
    });
    view! {
        {back(PRODUCTS.to_owned(), dash::words(locale).products)}
        <h1>{row.product_name.clone()}</h1>
        {tabs}
        {counting}
    }
}

fn line(words: &'static stock::StockWords, row: &StockRow, may_adjust: bool, from: &str) -> impl IntoView + use<> {
    let name = full_name(&row.product_name, &row.variant_name);
    let href = format!("{STOCK}/{}", row.variant);
    let (badge, class) = match row.for_sale() {
        ..=0 => (Some(words.sold_out), "badge badge--bad"),
        _ if row.is_low() => (Some(words.low), "badge badge--wait"),
        _ => (None, ""),
    };
    let id = format!("limit-{}", row.variant);
    let label = (words.limit_of)(&name);
    view! {
        <li class="shelf">
            <div class="shelf__name">
                <a href=href.clone()>{name}</a>
                {(!row.sku.is_empty()).then(|| view! { " "<small>{row.sku.clone()}</small> })}
                " "
                {badge.map(|word| view! { <span class=class>{word}</span> })}
            </div>
            <dl class="shelf__numbers">
                <div><dt>{words.in_house}</dt><dd>{row.stock.to_string()}</dd></div>
                <div><dt>{words.held}</dt><dd>{row.held.to_string()}</dd></div>
                <div><dt>{words.for_sale}</dt><dd><b>{row.for_sale().to_string()}</b></dd></div>
            </dl>
            {if may_adjust {
                view! {
                    <form class="shelf__limit" method="post" action=format!("{href}/limit")>
                        <input type="hidden" name="version" value=row.version.to_string()/>
                        <input type="hidden" name="seen" value=format!("{{\"limit\":\"{}\"}}", row.limit)/>
                        <input type="hidden" name="from" value=from.to_owned()/>
                        <label for=id.clone()>{words.limit}</label>
                        <input class="input" id=id name="limit" inputmode="numeric" maxlength="7" value=row.limit.to_string() aria-label=label/>
                        <button class="button" type="submit">{words.save_limit}</button>
                    </form>
                }
                .into_any()
            } else {
                view! { <p class="shelf__limit">{words.limit}" "{row.limit.to_string()}</p> }.into_any()
            }}
        </li>
    }
}
