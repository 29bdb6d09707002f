//! The list of discounts by where they stand in time.

use super::ADDRESS;
use crate::still::frame::{Still, page};
use crate::text::{dash, discounts};
use duka::kernel::{local_time::LocalTime, locale::Locale};
use duka::pages::dashboard::discounts::DiscountRow;
use duka::pricing::{rule::Season, scope::Scope};
use leptos::prelude::*;

pub fn list(still: &Still<'_>, rows: &[DiscountRow], can_edit: bool) -> String {
    let locale = still.who.locale;
    let words = discounts::words(locale);
    let groups: Vec<_> = words
        .seasons
        .iter()
        .filter_map(|(season, heading)| {
            let members: Vec<_> =
                rows.iter().filter(|row| row.season == *season).map(|row| line(locale, row, can_edit)).collect();
            (!members.is_empty()).then(|| {
                view! {
                    <section class="card">
                        <h2>{*heading}</h2>
                        <ul class="rows">{members}</ul>
                    </section>
                }
            })
        })
        .collect();
    let is_empty = rows.is_empty();
    page(still, || {
        view! {
            <h1>{words.title}</h1>
            <p class="still__lead">{words.lead}</p>
            {can_edit.then(|| view! {
                <p class="pair">
                    <a class="button button--main" href=format!("{ADDRESS}/new")>{words.new}</a>
                    <a class="button" href=format!("{ADDRESS}/try")>{words.try_cart}</a>
                </p>
            })}
            {is_empty.then(|| view! { <p class="card">{words.nothing_yet}</p> })}
            {groups}
        }
    })
}

fn line(locale: Locale, row: &DiscountRow, can_edit: bool) -> impl IntoView + use<> {
    let words = discounts::words(locale);
    let mut facts = vec![(words.takes)(row.kind)];
    match &row.scope {
        Scope::Storewide => {}
        Scope::Categories(categories) => facts.push((words.on_categories)(categories.len())),
        Scope::Products(products) => facts.push((words.on_products)(products.len())),
    }
    if !row.minimum.is_zero() {
        facts.push((words.from_sum)(&row.minimum));
    }
    facts.push(if row.needs_code { words.with_code.to_owned() } else { words.automatic.to_owned() });
    if !row.combines {
        facts.push(words.is_alone.to_owned());
    }
    facts.extend(
        row.starts.as_ref().filter(|_| row.season == Season::Coming).map(|at| (words.from_time)(&said(locale, at))),
    );
    facts.extend(row.ends.as_ref().map(|at| (words.until_time)(&said(locale, at))));
    let counts = (words.used_held)(row.used, row.held, row.cap);
    let at = format!("{ADDRESS}/{}", row.id);
    let (action, word) = match row.season {
        Season::Paused => ("resume", Some(words.resume)),
        Season::Over => ("pause", None),
        Season::Live | Season::Coming => ("pause", Some(words.pause)),
    };
    let name = row.name.clone();
    view! {
        <li class="row row--stacked">
            <span class="row__name">{name.clone()}</span>
            <span class="row__more">{facts.join(" · ")}<br/>{counts}</span>
            {can_edit.then(|| view! {
                <div class="pair">
                    <a class="button" href=at.clone() aria-label=format!("{} {name}", words.change)>{words.change}</a>
                    {row.needs_code.then(|| view! { <a class="button" href=format!("{at}/codes") aria-label=format!("{} {name}", words.codes)>{words.codes}</a> })}
                    {word.map(|word| view! {
                        <form method="post" action=format!("{at}/{action}")>
                            <button class="button button--quiet" type="submit" aria-label=format!("{word} {name}")>{word}</button>
                        </form>
                    })}
                </div>
            })}
        </li>
    }
}

fn said(locale: Locale, at: &LocalTime) -> String {
    dash::words(locale).moment(at)
}
