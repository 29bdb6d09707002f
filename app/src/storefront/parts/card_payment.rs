//! A payment by card on the order's page: waiting for the shopper, failed, paid, and the button that begins one.

use crate::storefront::parts::reach::reach;
use crate::text::{cards, shop};
use duka::pages::storefront::{
    frame::ShopFrame,
    order::{OrderPage, PaidCard},
};
use duka::payments::providers::paystack::outcome::CardOutcome;
use leptos::prelude::*;

/// Nobody has finished the provider's page: the way back to it, the way to ask, and the other ways to pay.
pub fn open<V: IntoView + 'static>(
    frame: &ShopFrame,
    page: &OrderPage,
    address: Option<&str>,
    reference: Option<&str>,
    others: V,
) -> AnyView {
    let words = cards::words(frame.locale);
    let go_on = address.map(|address| {
        view! { <p><a class="button" href=address.to_owned() rel="noopener">{words.go_on}</a></p> }
    });
    let check = reference.map(|reference| {
        let again = frame.locale.path(&format!("/orders/{}?card={reference}", page.token));
        view! { <p><a class="button button--quiet" href=again>{words.check_now}</a></p> }
    });
    // While there is a page, one does not begin another.
    let begin = address.is_none().then(|| form(frame, page));
    view! {
        <section class="stage" role="status">
            <h2>{words.open}</h2>
            <p>{(words.open_text)(&page.total)}</p>
            {go_on}
            {check}
            {begin}
            {page.may_prompt.then(|| view! { <p>{words.another_way}</p> })}
            {others}
        </section>
    }
    .into_any()
}

pub fn checking(frame: &ShopFrame) -> &'static str {
    cards::words(frame.locale).checking
}

pub fn failed<V: IntoView + 'static>(frame: &ShopFrame, page: &OrderPage, outcome: CardOutcome, others: V) -> AnyView {
    let words = cards::words(frame.locale);
    let told = (words.outcome)(outcome);
    let safe = told.is_money_safe.then(|| view! { <b>{words.no_money_moved}</b>" " });
    view! {
        <section class="stage stage--bad" role="status">
            <h2>{told.heading}</h2>
            <p>{told.text}</p>
            {reach(frame)}
            <p>{safe}{shop::words(frame.locale).order_kept}</p>
            {form(frame, page)}
            {(page.may_card && page.may_prompt).then(|| view! { <p>{words.another_way}</p> })}
            {others}
        </section>
    }
    .into_any()
}

/// `Paid with Visa ending in 4081`.
pub fn paid(frame: &ShopFrame, card: &PaidCard) -> impl IntoView + use<> {
    view! { <p class="stage__receipt">{(cards::words(frame.locale).paid_with)(&card.brand, &card.last_four)}</p> }
}

/// The button that leads to the provider's page; nothing where the shop takes no cards.
pub fn form(frame: &ShopFrame, page: &OrderPage) -> Option<impl IntoView + use<>> {
    let words = cards::words(frame.locale);
    page.may_card.then(|| {
        view! {
            <form class="stage__form" method="post" action=frame.locale.path(&format!("/orders/{}/pay", page.token))>
                <input type="hidden" name="idempotency_key" value=page.idempotency_key.clone()/>
                <input type="hidden" name="payment_method" value="card"/>
                <p class="field__hint">{(words.pay_text)(&page.total)}</p>
                <button class="button button--quiet">{words.pay_by_card}</button>
            </form>
        }
    })
}
