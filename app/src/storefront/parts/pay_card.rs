//! What the buyer is told about the money, and what can be done now.

use crate::storefront::islands::PaymentWait;
use crate::storefront::parts::{by_hand::by_hand, card_payment, reach::reach};
use crate::text::shop::{ShopWords, payment_message, words};
use crate::text::{by_hand, hand, order_card};
use crate::ui::field::{Field, field};
use duka::orders::status::{OrderStatus, PaymentState};
use duka::pages::storefront::{
    frame::ShopFrame,
    order::{OrderPage, PayStage},
};
use duka::payments::{method::PaymentMethod, providers::mpesa::outcome::StkOutcome};
use leptos::prelude::*;

pub fn pay_card(frame: &ShopFrame, page: &OrderPage) -> AnyView {
    let words = words(frame.locale);
    let form = page.may_prompt.then(|| pay_form(frame, page));
    // The sentence that the waiting script compares with what it is told later.
    let message = || payment_message(frame.locale, &page.stage, page.total, page.missing, page.mpesa_phone.as_deref());
    let stage = match &page.stage {
        PayStage::Waiting => {
            moving(frame, page, words.check_phone, message(), view! { {deposit(frame, page)}{steps(words)} })
        }
        PayStage::Checking => moving(frame, page, words.checking, message(), ()),
        PayStage::Failed(outcome) => view! {
            {failed(frame, *outcome, view! { {form}{card_payment::form(frame, page)} })}
            {way_out(frame, page)}
        }
        .into_any(),
        PayStage::ByHand => waits_for_hand(frame, page, message()),
        PayStage::Partly => partly(frame, page, message(), form),
        PayStage::CardOpen { page: address, reference } => {
            card_payment::open(frame, page, address.as_deref(), reference.as_deref(), form)
        }
        PayStage::CardChecking => moving(frame, page, card_payment::checking(frame), message(), ()),
        PayStage::CardFailed(outcome) => card_payment::failed(frame, page, *outcome, form),
        PayStage::Paid { .. } if page.payment_status == PaymentState::Refunded => {
            card("stage", words.refunded, words.refunded_text.to_owned(), receipt_link(frame, page))
        }
        PayStage::Paid { receipt } => {
            let receipt =
                receipt.as_ref().map(|receipt| view! { <p class="stage__receipt">{(words.receipt)(receipt)}</p> });
            let excess = (!page.excess.is_zero())
                .then(|| view! { <p>{(by_hand::words(frame.locale).excess)(&page.excess)}</p> });
            let card_paid = page.paid_card.as_ref().map(|card| card_payment::paid(frame, card));
            let is_off = page.status == OrderStatus::Cancelled;
            let nobody = (is_off && page.refunds.is_empty()).then(|| reach(frame));
            let told = order_card::paid(frame.locale, page.status, page.is_collected, !page.refunds.is_empty());
            let (heading, text) = told.unwrap_or((words.paid, words.paid_text));
            card(
                if is_off { "stage" } else { "stage stage--good" },
                heading,
                text.to_owned(),
                view! { {receipt}{card_paid}{excess}{receipt_link(frame, page)}{nobody} },
            )
        }
        PayStage::CashOnDelivery => {
            let told = order_card::cash(frame.locale, page.status, page.is_collected, &page.missing);
            card("stage stage--good", words.cod, told.unwrap_or_else(|| (words.cod_text)(&page.missing)), form)
        }
        PayStage::Manual { name, instructions } => manual(frame, page, name, instructions, form),
        PayStage::Closed => {
            let is_cash = page.method == PaymentMethod::Cod;
            let text = if is_cash { order_card::closed_cash(frame.locale) } else { words.closed_text };
            card("stage", words.closed, text.to_owned(), view! { {reach(frame)}{form} })
        }
    };
    view! { {refused(frame, page)}{stage} }.into_any()
}

/// Why nothing was sent just now. What is wrong with the number stands beside it, where there is a form.
fn refused(frame: &ShopFrame, page: &OrderPage) -> Option<impl IntoView + use<>> {
    let words = words(frame.locale);
    let problem = page.pay_problem.as_ref()?;
    let wrong = problem.errors.of("payment_method");
    let wrong = wrong.or_else(|| problem.errors.of("mpesa_phone").filter(|_| !page.may_prompt));
    let text =
        problem.pause_seconds.map(words.pause).or_else(|| wrong.map(|wrong| (words.problem)(wrong).to_owned()))?;
    Some(view! { <p class="notice notice--refusal" role="alert">{text}</p> })
}

fn card<V: IntoView + 'static>(class: &'static str, heading: &'static str, text: String, rest: V) -> AnyView {
    view! { <section class=class><h2>{heading}</h2><p>{text}</p>{rest}</section> }.into_any()
}

/// Why a cash order asks for money now.
fn deposit(frame: &ShopFrame, page: &OrderPage) -> Option<impl IntoView + use<>> {
    let text = page.waits_for_deposit.then(|| (hand::words(frame.locale).deposit_first)(&page.missing))?;
    Some(view! { <p>{text}</p> })
}

/// No prompt was sent: the numbers to type, while the page looks out for the money.
fn waits_for_hand(frame: &ShopFrame, page: &OrderPage, message: String) -> AnyView {
    let words = by_hand::words(frame.locale);
    let how = page.by_hand.as_ref().map(|how| by_hand(frame.locale, how, page.missing));
    let nobody = page.by_hand.is_none().then(|| reach(frame));
    let prompt = page.may_prompt.then(|| {
        view! { <section class="block"><h2>{words.by_prompt}</h2>{pay_form(frame, page)}</section> }
    });
    let waits = asking(frame, page, words.heading, message, view! { {how}{nobody} }, words.paid_already);
    view! { {waits}{prompt} }.into_any()
}

/// A part has come: the rest by prompt, or by hand.
fn partly<V: IntoView + 'static>(frame: &ShopFrame, page: &OrderPage, message: String, form: Option<V>) -> AnyView {
    let words = by_hand::words(frame.locale);
    view! {
        <section class="stage" role="status">
            <h2>{words.partly_heading}</h2>
            <p>{message}</p>
            <p>{words.partly_text}</p>
            {form}
        </section>
        {way_out(frame, page)}
    }
    .into_any()
}

/// The other way to pay, where a prompt did not come to money.
fn way_out(frame: &ShopFrame, page: &OrderPage) -> Option<impl IntoView + use<>> {
    let how = page.by_hand.as_ref()?;
    let words = by_hand::words(frame.locale);
    Some(view! { <section class="block"><h2>{words.way_out}</h2>{by_hand(frame.locale, how, page.missing)}</section> })
}

fn receipt_link(frame: &ShopFrame, page: &OrderPage) -> impl IntoView + use<> {
    let address = frame.locale.path(&format!("/orders/{}/receipt", page.token));
    let see = crate::text::receipts::words(frame.locale).see;
    page.has_receipt.then(|| view! { <p><a class="button button--quiet" href=address>{see}</a></p> })
}

fn failed<V: IntoView + 'static>(frame: &ShopFrame, outcome: StkOutcome, forms: V) -> AnyView {
    let words = words(frame.locale);
    let told = (words.outcome)(outcome);
    let safe = told.is_money_safe.then(|| view! { <b>{words.no_money_moved}</b>" " });
    view! {
        <section class="stage stage--bad" role="status">
            <h2>{told.heading}</h2>
            <p>{told.text}</p>
            {reach(frame)}
            <p>{safe}{words.order_kept}</p>
            {forms}
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
    let asks = asking(frame, page, heading, text, steps, words.check_payment);
    let form = page.may_prompt.then(|| {
        view! { <section class="block"><p>{words.nothing_came}</p>{pay_form(frame, page)}</section> }
    });
    view! { {asks}{form} }.into_any()
}

/// A card that asks how the money stands until there is news.
fn asking<V: IntoView + 'static>(
    frame: &ShopFrame,
    page: &OrderPage,
    heading: &'static str,
    text: String,
    rest: V,
    look: &'static str,
) -> AnyView {
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
            {rest}
            <p><a class="button button--quiet" href=again>{look}</a></p>
        </section>
    };
    view! { <PaymentWait>{asks}</PaymentWait> }.into_any()
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
    let text = match page.stage {
        PayStage::Partly => Some((by_hand::words(frame.locale).pay_rest)(&page.missing)),
        _ => (!is_again).then(|| (words.pay_now_text)(&page.missing)),
    };
    // Why a cash order asks for money now, and what the rest is.
    let text =
        if page.waits_for_deposit { Some((hand::words(frame.locale).deposit_first)(&page.missing)) } else { text };
    let text = text.map(|text| view! { <p>{text}</p> });
    let (value, wrong, is_told) = match &page.pay_problem {
        None => (String::new(), None, false),
        Some(problem) => {
            (problem.mpesa_phone.clone(), problem.errors.of("mpesa_phone"), problem.pause_seconds.is_some())
        }
    };
    let pause = page.pause_seconds.filter(|_| !is_told).map(|left| view! { <p>{(words.pause)(left)}</p> });
    view! {
        <form class="stage__form" method="post" action=frame.locale.path(&format!("/orders/{}/pay", page.token))>
            <input type="hidden" name="idempotency_key" value=page.idempotency_key.clone()/>
            <input type="hidden" name="payment_method" value="mpesa_stk"/>
            {text}
            {field(Field {
                name: "mpesa_phone",
                label: words.mpesa_phone,
                value,
                kind: "tel",
                autocomplete: "tel",
                inputmode: Some("tel"),
                optional: Some(words.optional),
                max: 40,
                problem: wrong.map(words.problem),
                ..Field::default()
            })}
            {same.map(|same| view! { <p class="field__hint">{same}</p> })}
            {pause}
            <button class="button">{if is_again { words.send_again } else { words.pay_with_mpesa }}</button>
        </form>
    }
}
