//! The buyer's parcel: who has it, the code it is named by, where it is to be picked up.

use crate::text::parcels::words;
use duka::kernel::locale::Locale;
use duka::pages::storefront::order::SentParcel;
use leptos::prelude::*;

pub fn parcel_card(locale: Locale, parcel: &SentParcel) -> impl IntoView + use<> {
    let words = words(locale);
    view! {
        <section class="block" id="parcel">
            <h2>{words.yours}</h2>
            <p>{(words.with_carrier)(&parcel.carrier)}" "<b>{parcel.code.clone()}</b></p>
            {parcel.agent.as_deref().map(|agent| view! { <p>{(words.pick_up_at)(agent)}</p> })}
            <p>{(words.where_it_is)(parcel.stage, parcel.agent.is_some())}</p>
        </section>
    }
}
