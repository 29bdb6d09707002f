//! What the buyer is told about the money, and what can be done now.

use crate::storefront::islands::PaymentWait;
use crate::storefront::parts::reach::reach;
use crate::text::hand;
use crate::text::shop::{ShopWords, payment_message, words};
use crate::ui::field::{Field, field};
use duka::orders::status::PaymentState;
use duka::pages::storefront::{
    frame::ShopFrame,
    order::{OrderPage, PayStage},
};
use duka::payments::providers::mpesa::outcome::StkOutcome;
use leptos::prelude::*;

pub fn pay_card(frame: &ShopFrame, page: &OrderPage) -> AnyView {
    let words = words(frame.locale);
    let form = page.may_prompt.then(|| pay_form(frame, page));
    // The sentence that the waiting script compares with what it is told later.
    let message = || payment_message(frame.locale, &page.stage, page.total, page.mpesa_phone.as_deref());
    match &page.stage {
        PayStage::Waiting => moving(frame, page, words.check_phone, message(), steps(words)),
        PayStage::Checking => moving(frame, page, words.checking, message(), ()),
        PayStage::Failed(outcome) => failed(frame, *outcome, form),
        PayStage::Paid { .. } if page.payment_status == PaymentState::Refunded => {
            card("stage", words.refunded, words.refunded_text.to_owned(), receipt_link(frame, page))
        }
        PayStage::Paid { receipt } => {
            let receipt =
                receipt.as_ref().map(|receipt| view! { <p class="stage__receipt">{(words.receipt)(receipt)}</p> });
            card(
                "stage stage--good",
                words.paid,
                words.paid_text.to_owned(),
                view! { {receipt}{receipt_link(frame, page)} },
            )
        }
        PayStage::CashOnDelivery => card("stage stage--good", words.cod, (words.cod_text)(&page.total), form),
        PayStage::Manual { name, instructions } => manual(frame, page, name, instructions, form),
        PayStage::Closed => card("stage", words.closed, words.closed_text.to_owned(), view! { {reach(frame)}{form} }),
    }
}

fn card<V: IntoView + 'static>(class: &'static str, heading: &'static str, text: String, rest: V) -> AnyView {
    view! { <section class=class><h2>{heading}</h2><p>{text}</p>{rest}</section> }.into_any()
}

fn receipt_link(frame: &ShopFrame, page: &OrderPage) -> impl IntoView + use<> {
    let address = frame.locale.path(&format!("/orders/{}/receipt", page.token));
    let see = crate::text::receipts::words(frame.locale).see;
    page.has_receipt.then(|| view! { <p><a class="button button--quiet" href=address>{see}</a></p> })
}

fn failed<V: IntoView + 'static>(frame: &ShopFrame, outcome: StkOutcome, form: Option<V>) -> AnyView {
    let words = words(frame.locale);
    let told = (words.outcome)(outcome);
    let safe = told.is_money_safe.then(|| view! { <b>{words.no_money_moved}</b>" " });
    view! {
        <section class="stage stage--bad" role="status">
            <h2>{told.heading}</h2>
            <p>{told.text}</p>
            {reach(frame)}
            <p>{safe}{words.order_kept}</p>
            {form}
        </section>
    }
    .into_any()
}

/// The merchant's own way: where to send the money, with what reference, and that a person looks for it.
fn manual<V: IntoView + 'static>(
    frame: &ShopFrame,
    page: &OrderPage,
    name: &str,
    instructions: &str,
    form: Option<V>,
) -> AnyView {
    let words = hand::words(frame.locale);
    let lines: Vec<_> = instructions
        .replace("\r\n", "\n")
        .split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect();
    let form = form.map(|form| view! { <p>{words.or_by_prompt}</p>{form} });
    view! {
        <section class="stage stage--moving">
            <h2>{(words.manual_heading)(name, &page.total)}</h2>
            <div class="stage__told">{lines}</div>
            <p><b>{(words.manual_reference)(page.number)}</b></p>
            <p class="stage__hint">{words.manual_wait}</p>
            {form}
        </section>
    }
    .into_any()
}

/// While the money is on its way: the page asks by itself, with scripts or without, and there is a link for who cannot wait.
fn moving<V: IntoView + 'static>(
    frame: &ShopFrame,
    page: &OrderPage,
    heading: &'static str,
    text: String,
    steps: V,
) -> AnyView {
    let words = words(frame.locale);
    let again = frame.locale.path(&format!("/orders/{}", page.token));
    let asks = view! {
        <section
            class="stage stage--moving"
            data-wake="now"
            data-token=page.token.clone()
            data-locale=frame.locale.tag()
            data-status=page.status.as_str()
            data-payment=page.payment_status.as_str()
        >
            <h2>{heading}</h2>
            <p data-out="message" aria-live="polite">{text}</p>
            {steps}
            <p><a class="button button--quiet" href=again>{words.check_payment}</a></p>
        </section>
    };
    let form = page.may_prompt.then(|| {
        view! { <section class="block"><p>{words.nothing_came}</p>{pay_form(frame, page)}</section> }
    });
    view! { <PaymentWait>{asks}</PaymentWait>{form} }.into_any()
}

fn steps(words: &'static ShopWords) -> impl IntoView + use<> {
    view! {
        <ol class="stage__steps">{words.waiting_steps.map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
        <p class="stage__hint">{words.waiting_how_long}</p>
    }
}

fn pay_form(frame: &ShopFrame, page: &OrderPage) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let is_again = matches!(page.stage, PayStage::Waiting | PayStage::Checking | PayStage::Failed(_));
    let same = page.mpesa_phone.as_ref().map(|phone| (words.same_phone)(phone));
    let text = (!is_again).then(|| view! { <p>{(words.pay_now_text)(&page.total)}</p> });
    view! {
        <form class="stage__form" method="post" action=frame.locale.path(&format!("/orders/{}/pay", page.token))>
            <input type="hidden" name="idempotency_key" value=page.idempotency_key.clone()/>
            <input type="hidden" name="payment_method" value="mpesa_stk"/>
            {text}
            {field(Field {
                name: "mpesa_phone",
                label: words.mpesa_phone,
                kind: "tel",
                autocomplete: "tel",
                inputmode: Some("tel"),
                optional: Some(words.optional),
                max: 40,
                ..Field::default()
            })}
            {same.map(|same| view! { <p class="field__hint">{same}</p> })}
            <button class="button">{if is_again { words.send_again } else { words.pay_with_mpesa }}</button>
        </form>
    }
}
