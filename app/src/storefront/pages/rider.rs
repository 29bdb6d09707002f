//! The rider's page at the door: the way, what to collect, how it ends. Plain and small, for any phone.

use super::rider_ends::{hand_over, tell_the_way, turn_back};
use crate::storefront::{
    document,
    parts::reach::{reach, tel},
};
use crate::text::{
    rider::{RiderWords, words},
    shop,
};
use crate::ui::field::{Field, field};
use duka::checkout::rider::Confirmed;
use duka::error::{AppError, Refusal};
use duka::kernel::{
    field_errors::{FieldErrors, FieldProblem},
    query::in_query,
    typed::Typed,
};
use duka::pages::storefront::{
    frame::ShopFrame,
    rider::{Prompt, RiderPage},
};
use duka::payments::method::fits_mpesa;
use leptos::prelude::*;

/// Seconds between two looks while a prompt is open.
const REFRESH: u8 = 4;

/// Where a map is asked for the words of a place; whichever app the phone has for maps opens it.
const MAP: &str = "https://www.google.com/maps/search/?api=1&query=";

/// What became of the last press.
#[derive(Clone, Debug, Default)]
pub struct Pressed {
    /// The page is to stand still although a prompt is open: something is typed into it.
    pub is_still: bool,
    pub is_recorded: bool,
    /// The way was just noted.
    pub is_noted: bool,
    /// What became of a typed code.
    pub code: Option<Confirmed>,
    /// What was typed about the parcel or the way.
    pub typed: Typed,
    pub problem: Option<AppError>,
    /// What was typed, shown again beside what is wrong.
    pub phone: String,
    pub amount: String,
}

pub fn rider(frame: &ShopFrame, page: &RiderPage, pressed: &Pressed) -> String {
    let words = words(frame.locale);
    let title = (words.title)(page.number);
    let is_open = matches!(page.prompt, Prompt::Open(_)) && !page.missing.is_zero();
    // What is half typed is lost when a page draws itself anew, so one that does has nothing to type into.
    let waits = is_open && !pressed.is_still && pressed.problem.is_none() && pressed.code.is_none();
    document::plain(frame, &title, "rider", waits.then_some(REFRESH), || {
        let recorded = pressed.is_recorded.then(|| view! { <p class="notice" role="status">{words.recorded}</p> });
        let noted = pressed.is_noted.then(|| view! { <p class="notice" role="status">{words.way_kept}</p> });
        // Who hands it over needs the code, not a second word that it is paid.
        let is_paid = page.missing.is_zero();
        let refused =
            refused(words, pressed).map(|text| view! { <p class="notice notice--refusal" role="alert">{text}</p> });
        let todo = if page.missing.is_zero() {
            view! { <section class="stage stage--good"><h2>{words.paid}</h2><p>{words.paid_text}</p></section> }
                .into_any()
        } else {
            view! {
                <p class="rider__sum">{(words.collect)(&page.missing)}</p>
                {prompt(frame, page, pressed)}
                {if waits { stand_still(frame, page).into_any() } else { cash(frame, page, pressed).into_any() }}
            }
            .into_any()
        };
        let parcel = page.parcel.filter(|_| !waits);
        view! {
            <main class="rider__page">
                <h1>{title.clone()}</h1>
                <p>{(words.from)(&frame.name)}</p>
                {recorded}
                {noted}
                {refused}
                {whither(frame, page)}
                {todo}
                {parcel.map(|parcel| hand_over(frame, page, parcel, is_paid, pressed))}
                {parcel.map(|_| turn_back(frame, page, pressed))}
                {(!waits).then(|| tell_the_way(frame, page, pressed))}
                {frame.contact_phone.is_some().then(|| view! { <section class="block"><h2>{words.ask_shop}</h2>{reach(frame)}</section> })}
            </main>
        }
    })
}

fn refused(words: &'static RiderWords, pressed: &Pressed) -> Option<String> {
    match pressed.problem.as_ref()? {
        AppError::Refused(Refusal::PromptStillOpen) => Some(words.prompt_open.to_owned()),
        AppError::Refused(Refusal::PauseBetweenPrompts { seconds }) => Some((words.pause)(*seconds)),
        AppError::Refused(_) => Some(words.no_prompt.to_owned()),
        AppError::Invalid(errors) if errors.of("payment_method").is_some() => Some(words.no_prompt.to_owned()),
        _ => None,
    }
}

pub(super) fn errors(pressed: &Pressed) -> FieldErrors {
    match &pressed.problem {
        Some(AppError::Invalid(errors)) => errors.clone(),
        _ => FieldErrors::none(),
    }
}

fn prompt(frame: &ShopFrame, page: &RiderPage, pressed: &Pressed) -> AnyView {
    let words = words(frame.locale);
    if !page.takes_mpesa {
        return view! { <p>{words.no_prompt}</p> }.into_any();
    }
    if !fits_mpesa(page.missing) {
        return view! { <p>{words.too_much}</p> }.into_any();
    }
    let here = frame.locale.path(&format!("/rider/{}", page.token));
    if let Prompt::Open(phone) = &page.prompt {
        return view! {
            <section class="stage stage--moving">
                <p role="status">{(words.waiting)(phone)}</p>
                <p><a class="button button--quiet" href=here>{words.look_again}</a></p>
            </section>
        }
        .into_any();
    }
    let failed = (page.prompt == Prompt::Failed).then(|| view! { <p>{words.failed}</p> });
    let press = if page.prompt == Prompt::Failed { words.send_again } else { words.send_prompt };
    let buyers = page.phone.as_ref().map(|phone| view! { <p>{(words.prompt_text)(phone)}</p> });
    let errors = errors(pressed);
    view! {
        <form class="stage" method="post" action=format!("{here}/prompt")>
            {failed}
            {buyers}
            {field(Field {
                name: "phone",
                label: words.other_phone,
                value: pressed.phone.clone(),
                kind: "tel",
                autocomplete: "off",
                inputmode: Some("tel"),
                hint: Some(words.other_phone_hint),
                optional: Some(shop::words(frame.locale).optional),
                max: 40,
                problem: errors.of("mpesa_phone").map(shop::words(frame.locale).problem),
                ..Field::default()
            })}
            <button class="button">{press}</button>
        </form>
    }
    .into_any()
}

/// From the page that looks again by itself to the one that waits for what is typed.
fn stand_still(frame: &ShopFrame, page: &RiderPage) -> impl IntoView + use<> {
    let still = frame.locale.path(&format!("/rider/{}?still", page.token));
    view! { <p><a class="button button--quiet" href=still>{words(frame.locale).something_else}</a></p> }
}

fn cash(frame: &ShopFrame, page: &RiderPage, pressed: &Pressed) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let errors = errors(pressed);
    view! {
        <form class="stage" method="post" action=frame.locale.path(&format!("/rider/{}/cash", page.token))>
            <input type="hidden" name="key" value=page.key.clone()/>
            {field(Field {
                name: "amount",
                label: words.amount,
                value: pressed.amount.clone(),
                autocomplete: "off",
                inputmode: Some("numeric"),
                hint: Some(words.cash_text),
                max: 12,
                problem: errors.of("amount").map(|problem| match problem {
                    FieldProblem::TooHigh => words.more_than_owed,
                    other => (shop::words(frame.locale).problem)(other),
                }),
                ..Field::default()
            })}
            <button class="button button--quiet">{words.got_cash}</button>
        </form>
    }
}

fn whither(frame: &ShopFrame, page: &RiderPage) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let call = page.phone.clone().map(|phone| {
        view! { <a class="button button--quiet" href=tel(&phone)>{(words.call)(&phone)}</a> }
    });
    let chat = page.whatsapp.as_ref().map(|digits| {
        let hello = in_query(&(words.hello)(page.number, &frame.name));
        view! { <a class="button button--quiet" href=format!("https://wa.me/{digits}?text={hello}") rel="noopener">{words.whatsapp}</a> }
    });
    let place: Vec<&str> =
        [page.street.as_str(), page.area.as_str()].into_iter().filter(|said| !said.trim().is_empty()).collect();
    let map = (!place.is_empty()).then(|| {
        let asked = in_query(&format!("{}, Kenya", place.join(", ")));
        view! { <a class="button button--quiet" href=format!("{MAP}{asked}") rel="noopener noreferrer">{words.on_map}</a> }
    });
    let said = |who: &'static str, text: Option<String>| text.map(|text| view! { <p><b>{who}": "</b>{text}</p> });
    view! {
        <section class="block">
            <h2>{words.to_whom}": "{page.buyer.clone()}</h2>
            <p>{page.street.clone()}<br/>{page.area.clone()}</p>
            {said(words.found, page.found.clone())}
            {said(words.told, page.instructions.clone())}
            <p class="rider__reach">{call}{chat}{map}</p>
        </section>
    }
}

/// The same for every link that opens nothing.
pub fn rider_gone(frame: &ShopFrame) -> String {
    let words = words(frame.locale);
    document::plain(frame, words.gone, "rider", None, || {
        view! { <main class="rider__page"><h1>{words.gone}</h1><p>{words.gone_text}</p></main> }
    })
}
