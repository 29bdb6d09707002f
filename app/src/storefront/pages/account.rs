//! A shopper comes in by a code and sees their orders.

use crate::storefront::parts::{notice::notice, reach::reach};
use crate::storefront::{document, head::Head};
use crate::text::{
    shop,
    shopper::{ShopperWords, words},
};
use crate::ui::field::{Field, field};
use duka::customers::shopper::session::Shopper;
use duka::kernel::kenya;
use duka::pages::storefront::{
    account::{AskForm, OwnOrder, OwnOrders},
    frame::ShopFrame,
};
use leptos::prelude::*;

/// Who is nobody yet says which order is theirs. `wait` is for how many seconds codes are not sent.
pub fn ask_code(frame: &ShopFrame, form: &AskForm, wait: Option<u32>) -> String {
    let (words, shop) = (words(frame.locale), shop::words(frame.locale));
    document::page(frame, Head::private(words.title), || {
        view! {
            <h1>{words.title}</h1>
            {wait.map(|seconds| view! { {notice((words.wait)(seconds))}{reach(frame)} })}
            <form class="block block--narrow" method="post" action=frame.locale.path("/account")>
                <p>{words.lead}</p>
                {field(Field { name: "order_number", label: shop.order_number_label, value: form.number.clone(), autocomplete: "off", max: 20, problem: form.errors.of("order_number").map(shop.problem), ..Field::default() })}
                {field(Field { name: "phone", label: shop.phone, value: form.phone.clone(), kind: "tel", autocomplete: "tel", inputmode: Some("tel"), max: 40, problem: form.errors.of("phone").map(shop.problem), ..Field::default() })}
                <button class="button">{words.send_code}</button>
            </form>
        }
    })
}

/// The same page whatever was asked; `problem` is what was wrong with the code that was given just now.
pub fn give_code(frame: &ShopFrame, problem: Option<String>) -> String {
    let (words, shop) = (words(frame.locale), shop::words(frame.locale));
    document::page(frame, Head::private(words.code_title), || {
        view! {
            <h1>{words.code_title}</h1>
            {problem.map(notice)}
            <form class="block block--narrow" method="post" action=frame.locale.path("/account/code")>
                <p>{words.code_lead}</p>
                {field(Field { name: "code", label: words.code, autocomplete: "one-time-code", inputmode: Some("numeric"), max: 20, ..Field::default() })}
                <button class="button">{words.enter}</button>
            </form>
            <section class="block block--narrow">
                <p>{words.nothing_came}</p>
                {reach(frame)}
                <p><a href=frame.locale.path("/account")>{words.ask_again}</a></p>
                <p><a href=frame.locale.path("/orders/find")>{shop.find_order}</a></p>
            </section>
        }
    })
}

/// Their orders, each with the way to its page.
pub fn own_orders(frame: &ShopFrame, page: &OwnOrders) -> String {
    let words = words(frame.locale);
    let orders: Vec<_> = page.orders.iter().map(|order| one(frame, words, order)).collect();
    let is_empty = orders.is_empty();
    document::page(frame, Head::private(words.title), || {
        view! {
            <h1>{words.title}</h1>
            {menu(frame, words, &page.shopper)}
            {is_empty.then(|| view! { <p class="block">{words.no_orders}</p> })}
            <ul class="posts">{orders}</ul>
            {pager(frame, page)}
        }
    })
}

fn one(frame: &ShopFrame, words: &'static ShopperWords, order: &OwnOrder) -> impl IntoView + use<> {
    let shop = shop::words(frame.locale);
    let name = (shop.order_number)(order.number);
    let title = match &order.path {
        Some(path) => view! { <a href=frame.locale.path(path)>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    view! {
        <li>
            <h2>{title}</h2>
            <p class="posts__day">{(shop.placed_on)(&kenya::day(order.placed_at))}" · "{(shop.status)(order.status)}</p>
            <p>{(words.goods)(&order.first, order.more)}" · "<b>{order.total.to_string()}</b></p>
        </li>
    }
}

fn pager(frame: &ShopFrame, page: &OwnOrders) -> impl IntoView + use<> {
    let words = shop::words(frame.locale);
    let home = frame.locale.path("/account");
    let link = |to: u32, name: &'static str, rel: &'static str| {
        let href = if to > 1 { format!("{home}?page={to}") } else { home.clone() };
        view! { <a class="button button--quiet" rel=rel href=href>{name}</a> }
    };
    (page.page > 1 || page.has_more).then(|| {
        view! {
            <nav class="pager" aria-label=words.pages>
                {(page.page > 1).then(|| link(page.page - 1, words.previous, "prev"))}
                {page.has_more.then(|| link(page.page + 1, words.next, "next"))}
            </nav>
        }
    })
}

/// Who it is, the ways to their pages, and the way out.
pub fn menu(frame: &ShopFrame, words: &'static ShopperWords, shopper: &Shopper) -> impl IntoView + use<> {
    let links: Vec<_> = [("/account", words.title), ("/account/addresses", words.places), ("/account/own", words.own)]
        .into_iter()
        .map(|(path, name)| {
            let is_here = frame.path == path || frame.path.starts_with(&format!("{path}?"));
            let here = is_here.then_some("page");
            view! { <a class="button button--quiet" href=frame.locale.path(path) aria-current=here>{name}</a>" " }
        })
        .collect();
    view! {
        <div class="own">
            <p>{(words.signed_in)(&shopper.name.0, &shopper.phone.masked())}</p>
            <nav class="inside" aria-label=words.menu>{links}</nav>
            <form method="post" action=frame.locale.path("/account/sign-out")>
                <button class="button button--plain">{words.sign_out}</button>
            </form>
        </div>
    }
}
