//! One customer: what they are worth, what they ordered, where it goes, what they said, and what is known by name.

use super::{CUSTOMERS, of, places, said, time};
use crate::dashboard::{address, order_badge};
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{
    customers::{CustomerWords, words},
    dash::{self, DashWords},
};
use duka::pages::dashboard::customers::profile::CustomerProfile;
use leptos::prelude::*;

/// Which of the page's forms a sheet belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Person,
    Said,
    Place(duka::kernel::id::CustomerAddressId),
}

pub fn profile(still: &Still<'_>, customer: &CustomerProfile, which: Of, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let (words, dash) = (words(locale), dash::words(locale));
    let home = of(customer.id);
    let own = Sheet {
        version: customer.version,
        seen: customer.typed.clone(),
        typed: customer.typed.clone(),
        ..Sheet::default()
    };
    let is_saved = sheet.is_saved;
    let person = if which == Of::Person && !is_saved { sheet } else { &own };
    let form = Form { locale, sheet: person, labels: words.labels };
    let top = Form { locale, sheet, labels: words.labels };
    let name = if customer.name.is_empty() { words.no_name.to_owned() } else { customer.name.clone() };
    let tags: Vec<_> =
        customer.tags.iter().map(|tag| view! { <span class="badge badge--off">{tag.clone()}</span>" " }).collect();
    let leaving = customer.leaving_since.as_ref().map(|at| {
        let waits = (words.erase_waits)(&dash.moment(at));
        let then = if customer.is_doubted {
            words.erase_doubted.to_owned()
        } else if customer.open.is_nothing() {
            words.erase_soon.to_owned()
        } else {
            (words.erase_later)(&customer.open.orders, customer.open.refunds)
        };
        view! { <p class="notice">{waits}" "{then}</p> }
    });
    page(still, || {
        view! {
            <p class="back"><a href=CUSTOMERS>{words.all_customers}</a></p>
            <h1>{name}</h1>
            {(!tags.is_empty()).then_some(tags)}
            {is_saved.then(|| top.top())}
            {leaving}
            {facts(words, dash, customer)}
            {orders(words, dash, customer)}
            {places::places(locale, customer, which, sheet)}
            {said::said(locale, customer, which, sheet)}
            {steps(words, dash, customer)}
            {customer.may_edit.then(|| {
                view! {
                    <form class="card sheet" method="post" action=home.clone()>
                        <h2>{words.edit}</h2>
                        {(which == Of::Person && !is_saved).then(|| form.top())}
                        {form.carried()}
                        {form.line(Line { name: "name", max: 100, ..Line::default() })}
                        {form.line(Line { name: "email", kind: "email", is_optional: true, max: 254, ..Line::default() })}
                        {form.line(Line { name: "tags", hint: Some(words.tags_hint), is_optional: true, max: 600, ..Line::default() })}
                        {form.save()}
                    </form>
                }
            })}
            {customer.may_manage_data.then(|| {
                view! {
                    <section class="card">
                        <h2>{words.data}</h2>
                        <p class="quiet">{words.data_lead}</p>
                        <p><a class="button" href=format!("{home}/data")>{words.data}</a></p>
                    </section>
                }
            })}
        }
    })
}

fn facts(words: &'static CustomerWords, dash: &'static DashWords, customer: &CustomerProfile) -> impl IntoView + use<> {
    let areas: Vec<String> = customer.areas.iter().map(|(area, count)| (words.times)(area, *count)).collect();
    let counted = if customer.cancelled_count > 0 {
        format!("{} {}", customer.order_count, (words.cancelled)(customer.cancelled_count))
    } else {
        customer.order_count.to_string()
    };
    let last = customer.orders.first().map(|order| {
        view! { <dt>{words.last_order}</dt><dd>{time(dash, &order.placed_on)}</dd> }
    });
    let seen = customer.last_seen.as_ref().map(|at| view! { <dt>{words.last_seen}</dt><dd>{time(dash, at)}</dd> });
    let credit =
        (!customer.credit.is_zero()).then(|| view! { <dt>{words.credit}</dt><dd>{customer.credit.to_string()}</dd> });
    let call = format!("tel:+{}", customer.whatsapp);
    let chat = format!("https://wa.me/{}", customer.whatsapp);
    view! {
        <section class="card card--apart">
            <h2>{words.facts}</h2>
            <dl class="facts">
                <dt>{words.spent}</dt>
                <dd><b>{customer.spent.to_string()}</b>" "<small class="quiet">{words.spent_hint}</small></dd>
                <dt>{words.order_count}</dt>
                <dd>{counted}</dd>
                {last}
                {credit}
                {(!areas.is_empty()).then(|| view! { <dt>{words.areas}</dt><dd>{areas.join(", ")}</dd> })}
                {seen}
                <dt>{words.since}</dt>
                <dd>{time(dash, &customer.since)}</dd>
            </dl>
            <p class="pair">
                <a class="button" href=call>{words.call}" "{customer.phone.clone()}</a>
                <a class="button" href=chat rel="noopener" target="_blank">{words.chat}</a>
            </p>
        </section>
    }
}

fn orders(
    words: &'static CustomerWords,
    dash: &'static DashWords,
    customer: &CustomerProfile,
) -> impl IntoView + use<> {
    let rows: Vec<_> = customer
        .orders
        .iter()
        .map(|order| {
            view! {
                <li class="row">
                    <span>
                        <a class="row__name" href=address::order(order.id)>{(dash.order_number)(order.number)}</a>
                        " "
                        {order_badge(dash, order.status)}
                        <br/>
                        <span class="row__more">{time(dash, &order.placed_on)}</span>
                    </span>
                    <b class="row__amount">{order.total.to_string()}</b>
                </li>
            }
        })
        .collect();
    let is_empty = rows.is_empty();
    let all = address::list(address::ORDERS, &customer.phone, "", 1);
    view! {
        <section class="card">
            <h2>{words.recent_orders}</h2>
            {is_empty.then(|| view! { <p class="quiet">{words.no_orders}</p> })}
            <ul class="rows">{rows}</ul>
            {(!is_empty).then(|| view! { <p><a href=all>{words.all_orders}</a></p> })}
        </section>
    }
}

fn steps(words: &'static CustomerWords, dash: &'static DashWords, customer: &CustomerProfile) -> impl IntoView + use<> {
    let rows: Vec<_> = customer
        .steps
        .iter()
        .map(|step| {
            view! {
                <li class="row">
                    <span>{(words.step)(&step.step)}" "{step.product.clone()}</span>
                    <span class="row__more">{time(dash, &step.at)}</span>
                </li>
            }
        })
        .collect();
    let is_empty = rows.is_empty();
    view! {
        <section class="card">
            <h2>{words.steps}</h2>
            {is_empty.then(|| view! { <p class="quiet">{words.no_steps}</p> })}
            <ul class="rows">{rows}</ul>
        </section>
    }
}
