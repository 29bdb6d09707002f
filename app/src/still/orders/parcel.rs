//! An order's parcel: what was done about it, booking it with the partner, and writing it down by hand.

use super::time;
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{
    dash, dispatch,
    parcels::{self, ParcelWords},
    still as words_of_forms,
};
use crate::ui::field::beneath;
use duka::checkout::parcels::STATES;
use duka::delivery::partners::contract::ParcelState;
use duka::kernel::{id::PartnerAgentId, locale::Locale};
use duka::pages::dashboard::parcel::{AgentChoice, Parcel, ParcelPage, Stage};
use leptos::prelude::*;

/// `booking` is the form of the partner, `writing` that of a parcel given away by hand.
pub fn parcel(still: &Still<'_>, found: &ParcelPage, booking: &Sheet, writing: &Sheet) -> String {
    let locale = still.who.locale;
    let words = parcels::words(locale);
    let base = format!("{}/parcel", address::order(found.order));
    let tries: Vec<_> = found.parcels.iter().map(|parcel| one(locale, words, parcel)).collect();
    let open = found.open();
    let is_being_booked =
        open.is_some_and(|parcel| matches!(parcel.stage, Stage::Asked | Stage::Asking | Stage::Waiting(_)));
    let is_by_hand = open.is_some_and(|parcel| parcel.is_by_hand && matches!(parcel.stage, Stage::Booked(_)));
    let form = Form { locale, sheet: booking, labels: &[] };
    page(still, || {
        view! {
            <p class="back"><a href=address::order(found.order)>"← "{(dash::words(locale).order_number)(found.number)}</a></p>
            <h1>{(words.title_of)(found.number)}</h1>
            <p class="still__lead">{(words.lead)(&found.area)}</p>
            {form.top()}
            <section class="card card--apart">
                <h2>{words.tries}</h2>
                {found.rider.as_ref().map(|rider| with_rider(locale, rider, &address::order(found.order)))}
                {(tries.is_empty() && found.rider.is_none()).then(|| view! { <p class="quiet">{words.none_yet}</p> })}
                <ol class="timeline">{tries}</ol>
                {is_being_booked.then(|| view! { <p><a class="button" href=base.clone()>{words.look_again}</a></p> })}
            </section>
            {(is_by_hand && still.who.role.may(duka::kernel::access::Permission::MoveOrders)).then(|| where_it_is(words, &base))}
            {(!found.agents.is_empty()).then(|| book(locale, words, found, booking, &base))}
            {(found.may_write && found.has_partner && found.is_unpaid).then(|| view! { <p class="card">{words.unpaid}</p> })}
            {found.may_write.then(|| by_hand(locale, words, writing, &base))}
        }
    })
}

/// A rider's parcel has a page of its own, where it is taken back too.
fn with_rider(locale: Locale, rider: &str, order: &str) -> impl IntoView + use<> {
    view! {
        <p><b>{(dispatch::words(locale).with_rider)(rider)}</b></p>
        <p><a class="button" href=format!("{order}/delivery")>{dash::words(locale).delivery}</a></p>
    }
}

fn one(locale: Locale, words: &'static ParcelWords, parcel: &Parcel) -> impl IntoView + use<> {
    let dash = dash::words(locale);
    let said = parcel.said.as_deref().map(|said| (words.partner_said)(said));
    let is_given_away = parcel.is_by_hand && parcel.stage == Stage::Booked(ParcelState::Booked);
    let advice = if is_given_away { Some(words.given_away) } else { (words.advice)(parcel.stage) };
    view! {
        <li>
            <b>{(words.stage)(parcel.stage)}</b>
            " "
            <span>{parcel.carrier.clone()}</span>
            {parcel.code.clone().map(|code| view! { <p>{words.code}": "<b class="code">{code}</b></p> })}
            {parcel.agent.clone().map(|agent| view! { <p>{words.to_agent}": "{agent}</p> })}
            {parcel.cost.map(|cost| view! { <p class="quiet">{(words.cost)(&cost)}</p> })}
            {said.map(|said| view! { <p>{said}</p> })}
            {advice.map(|advice| view! { <p>{advice}</p> })}
            <span>{time(dash, &parcel.at)}" "{parcel.by.as_deref().map(|name| (dash.by)(name))}</span>
        </li>
    }
}

fn where_it_is(words: &'static ParcelWords, base: &str) -> impl IntoView + use<> {
    let buttons: Vec<_> = STATES
        .into_iter()
        .map(
            |state| view! { <button class="button" name="state" value=state.as_str()>{(words.say)(state)}</button>" " },
        )
        .collect();
    view! {
        <form class="card sheet" method="post" action=format!("{base}/state")>
            <h2>{words.where_title}</h2>
            <p class="buttons">{buttons}</p>
        </form>
    }
}

fn book(
    locale: Locale,
    words: &'static ParcelWords,
    found: &ParcelPage,
    sheet: &Sheet,
    base: &str,
) -> impl IntoView + use<> {
    let typed = PartnerAgentId::parse(sheet.typed.get("agent"));
    let chosen = typed.or(found.chosen);
    let problem = sheet.errors.of("agent").map(|problem| words_of_forms::problem(locale, problem));
    view! {
        <form class="card sheet" method="post" action=format!("{base}/book")>
            <h2>{words.book_title}</h2>
            <p class="quiet">{words.book_lead}</p>
            <div class="field">
                <label for="f-agent">{words.agent}</label>
                <select class="input" id="f-agent" name="agent" required aria-invalid=problem.is_some().then_some("true")>
                    <option value="">{words.no_agent}</option>
                    {by_area(&found.agents, chosen)}
                </select>
                {beneath("agent", None, problem)}
            </div>
            <button class="button button--main" type="submit">{words.book}</button>
        </form>
    }
}

/// Agents under the names of their areas, each with its fee.
fn by_area(agents: &[AgentChoice], chosen: Option<PartnerAgentId>) -> impl IntoView + use<> {
    agents
        .chunk_by(|one, next| one.area == next.area)
        .map(|group| {
            let options: Vec<_> = group
                .iter()
                .map(|agent| {
                    let fee = agent.fee.map(|fee| format!(" – {fee}")).unwrap_or_default();
                    view! { <option value=agent.id.to_string() selected=Some(agent.id) == chosen>{format!("{}{fee}", agent.title)}</option> }
                })
                .collect();
            view! { <optgroup label=group[0].area.clone()>{options}</optgroup> }
        })
        .collect::<Vec<_>>()
}

fn by_hand(locale: Locale, words: &'static ParcelWords, sheet: &Sheet, base: &str) -> impl IntoView + use<> {
    let labels = [("carrier", words.carrier), ("code", words.typed_code), ("cost", words.typed_cost)];
    let form = Form { locale, sheet, labels: &labels };
    view! {
        <form class="card sheet" method="post" action=base.to_owned() id="by-hand">
            <h2>{words.by_hand_title}</h2>
            <p class="quiet">{words.by_hand_lead}</p>
            {form.top()}
            {form.line(Line { name: "carrier", max: 60, hint: Some(words.carrier_hint), ..Line::default() })}
            {form.line(Line { name: "code", max: 60, hint: Some(words.code_hint), ..Line::default() })}
            {form.line(Line { name: "cost", max: 9, inputmode: Some("numeric"), hint: Some(words.cost_hint), is_optional: true, ..Line::default() })}
            <button class="button" type="submit">{words.write_down}</button>
        </form>
    }
}
