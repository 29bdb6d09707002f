//! How a rider's errand ends: handed over by the buyer's code, brought back with a reason, the way noted for the next one.

use super::rider::{Pressed, errors};
use crate::storefront::{document, parts::reach::reach};
use crate::text::{rider::words, shop};
use crate::ui::{
    field::{Field, beneath, described_by, field},
    text_area::{TextArea, text_area},
};
use duka::checkout::rider::Confirmed;
use duka::customers::addresses::LONGEST_NOTE;
use duka::delivery::parcel::Failure;
use duka::pages::storefront::{
    frame::ShopFrame,
    rider::{CarriedParcel, RiderPage},
};
use leptos::prelude::*;

/// The form for the code, or whom to ask when too many were wrong.
pub fn hand_over(
    frame: &ShopFrame,
    page: &RiderPage,
    parcel: CarriedParcel,
    is_paid: bool,
    pressed: &Pressed,
) -> impl IntoView + use<> {
    let words = words(frame.locale);
    if parcel.is_locked {
        return view! {
            <section class="stage stage--bad"><h2>{words.hand_over}</h2><p role="alert">{words.locked}</p>{reach(frame)}</section>
        }
        .into_any();
    }
    let refused = match pressed.code {
        Some(Confirmed::Wrong { left }) => Some((words.wrong)(left)),
        Some(Confirmed::Locked) => Some(words.locked.to_owned()),
        Some(Confirmed::NotACode) => Some(words.not_a_code.to_owned()),
        Some(Confirmed::MoneyFirst(missing)) => Some((words.money_first)(&missing)),
        Some(Confirmed::Delivered) | None => None,
    };
    let class = if is_paid { "button" } else { "button button--quiet" };
    view! {
        <form class="stage" method="post" action=frame.locale.path(&format!("/rider/{}/delivered", page.token))>
            <h2>{words.hand_over}</h2>
            {refused.map(|text| view! { <p class="notice notice--refusal" role="alert">{text}</p> })}
            {field(Field {
                name: "code",
                label: words.code,
                autocomplete: "off",
                inputmode: Some("numeric"),
                hint: Some(words.code_hint),
                max: 12,
                ..Field::default()
            })}
            <button class=class>{words.confirm}</button>
        </form>
    }
    .into_any()
}

/// Why it was not handed over; folded away until it is needed.
pub fn turn_back(frame: &ShopFrame, page: &RiderPage, pressed: &Pressed) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let errors = errors(pressed);
    let say = shop::words(frame.locale).problem;
    let chosen = pressed.typed.get("reason").to_owned();
    let problem = errors.of("reason").map(say);
    let reasons: Vec<_> = Failure::OFFERED
        .into_iter()
        .map(|failure| {
            let id = format!("r-{}", failure.as_str());
            let is_chosen = chosen == failure.as_str();
            view! {
                <label class="check check--card" for=id.clone()>
                    <input id=id.clone() type="radio" name="reason" value=failure.as_str() checked=is_chosen required/>
                    <span>{(words.failure)(failure)}</span>
                </label>
            }
        })
        .collect();
    let is_open = problem.is_some() || errors.of("note").is_some();
    view! {
        <details class="rider__more" open=is_open>
            <summary>{words.cannot}</summary>
            <form class="stage" method="post" action=frame.locale.path(&format!("/rider/{}/failed", page.token))>
                <fieldset class="field">
                    <legend>{words.reason}</legend>
                    {reasons}
                    {beneath("reason", None, problem)}
                </fieldset>
                {field(Field {
                    name: "note",
                    label: words.failure_note,
                    value: pressed.typed.get("note").to_owned(),
                    autocomplete: "off",
                    optional: Some(shop::words(frame.locale).optional),
                    max: 300,
                    problem: errors.of("note").map(say),
                    ..Field::default()
                })}
                <button class="button button--quiet">{words.bring_back}</button>
            </form>
        </details>
    }
}

/// How the place is found, for whoever comes next.
pub fn tell_the_way(frame: &ShopFrame, page: &RiderPage, pressed: &Pressed) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let problem = errors(pressed).of("way").map(shop::words(frame.locale).problem);
    let typed = pressed.typed.get("way");
    let value = if typed.is_empty() { page.found.clone().unwrap_or_default() } else { typed.to_owned() };
    let area = TextArea {
        id: "f-way".to_owned(),
        name: "way",
        value: &value,
        max: u16::try_from(LONGEST_NOTE).unwrap_or(u16::MAX),
        rows: 3,
        is_wrong: problem.is_some(),
        described: described_by("way", true, problem.is_some()),
    };
    view! {
        <details class="rider__more" open=problem.is_some()>
            <summary>{words.way}</summary>
            <form class="stage" method="post" action=frame.locale.path(&format!("/rider/{}/way", page.token))>
                <div class="field">
                    <label for="f-way">{words.way}</label>
                    {text_area(area)}
                    {beneath("way", Some(words.way_hint), problem)}
                </div>
                <button class="button button--quiet">{words.keep_way}</button>
            </form>
        </details>
    }
}

/// The last page of a link: what was said stands.
pub fn rider_done(frame: &ShopFrame, is_delivered: bool) -> String {
    let words = words(frame.locale);
    let (title, text) = if is_delivered {
        (words.delivered, words.delivered_text)
    } else {
        (words.brought_back, words.brought_back_text)
    };
    document::plain(frame, title, "rider", None, || {
        view! { <main class="rider__page"><h1>{title}</h1><p>{text}</p>{reach(frame)}</main> }
    })
}
