//! The buyer's parcel: who has it, the code it is named by, where it is to be picked up.

use crate::text::parcels::words;
use duka::kernel::locale::Locale;
use duka::pages::storefront::order::SentParcel;
use leptos::prelude::*;

pub fn sent_card(locale: Locale, sent: &SentParcel) -> impl IntoView + use<> {
    let words = words(locale);
    view! {
        <section class="block" id="parcel">
            <h2>{words.yours}</h2>
            <p>{(words.with_carrier)(&sent.carrier)}" "<b>{sent.code.clone()}</b></p>
            {sent.agent.as_deref().map(|agent| view! { <p>{(words.pick_up_at)(agent)}</p> })}
            <p>{(words.where_it_is)(sent.stage, sent.agent.is_some())}</p>
        </section>
    }
}
