//! Where the parcel is: who brings it and the code for the door, or why it was not handed over.

use crate::storefront::parts::reach::reach;
use crate::text::parcel;
use duka::pages::storefront::{
    frame::ShopFrame,
    order::{Parcel, ParcelStands},
};
use leptos::prelude::*;

pub fn parcel_card(frame: &ShopFrame, found: Option<&Parcel>) -> Option<impl IntoView + use<>> {
    let locale = frame.locale;
    found.map(|found| match &found.stands {
        ParcelStands::Coming { code } => view! {
            <section class="block parcel">
                <p>{parcel::coming(locale, &found.rider)}</p>
                <p class="parcel__code"><span>{parcel::code(locale)}</span>" "<b>{code.clone()}</b></p>
                <p>{parcel::code_text(locale)}</p>
            </section>
        }
        .into_any(),
        ParcelStands::NotHandedOver(failure) => view! {
            <section class="notice">
                <p>{parcel::not_handed_over(locale, *failure)}</p>
                {reach(frame)}
            </section>
        }
        .into_any(),
    })
}
