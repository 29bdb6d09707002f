//! "I have paid": the receipt that a shopper types, what is wrong with it, and what came of the last one.

use crate::text::typed_receipts::words;
use crate::ui::field::{Field, field};
use duka::pages::storefront::{
    frame::ShopFrame,
    order::{OrderPage, ReceiptProblem, TypedReceipt},
};
use duka::payments::receipt::ReceiptState;
use leptos::prelude::*;

pub fn receipt_card(frame: &ShopFrame, page: &OrderPage) -> impl IntoView + use<> {
    if !page.may_type_receipt {
        return None;
    }
    let words = words(frame.locale);
    let said = page.typed.as_ref().map(|typed| said(frame, typed));
    let (value, problem) = match &page.receipt_problem {
        None | Some(ReceiptProblem::BeingTyped) => (String::new(), None),
        Some(ReceiptProblem::NotAReceipt(typed)) => (typed.clone(), Some(words.not_a_receipt)),
        Some(ReceiptProblem::TooManyTries) => (String::new(), Some(words.too_many)),
    };
    let is_open = page.receipt_problem.is_some();
    // Without scripts a page that waits draws itself anew, and what is half typed would be gone.
    let still = page.is_moving().then(|| {
        let address = frame.locale.path(&format!("/orders/{}?typing#receipt", page.token));
        view! { <noscript><p><a href=address>{words.stand_still}</a></p></noscript> }
    });
    Some(view! {
        <section class="receipt" id="receipt">
            {said}
            <details open=is_open>
                <summary>{words.have_paid}</summary>
                <form class="stage__form" method="post" action=frame.locale.path(&format!("/orders/{}/receipt", page.token))>
                    <p>{words.have_paid_text}</p>
                    {field(Field {
                        name: "mpesa_receipt",
                        label: words.field,
                        value,
                        autocomplete: "off",
                        hint: Some(words.hint),
                        max: 40,
                        problem,
                        ..Field::default()
                    })}
                    <button class="button button--quiet">{words.send}</button>
                </form>
            </details>
            {still}
        </section>
    })
}

fn said(frame: &ShopFrame, typed: &TypedReceipt) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let told = (words.state)(typed.state, &typed.receipt);
    let is_bad = matches!(typed.state, ReceiptState::Miss | ReceiptState::OtherAccount | ReceiptState::Cancelled);
    let class = if is_bad { "notice notice--refusal" } else { "notice" };
    let looks_old = (!typed.looks_recent && typed.state != ReceiptState::Landed).then_some(words.looks_old);
    view! {
        <div class=class role="status">
            <h2>{told.heading}</h2>
            <p>{told.text}</p>
            {looks_old.map(|text| view! { <p>{text}</p> })}
        </div>
    }
}
