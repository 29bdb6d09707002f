//! What delivery costs and when it comes, where money is near.

use crate::text::{places, shop::words};
use duka::pages::storefront::{
    frame::ShopFrame,
    parts::{AreaFee, FeeSpread},
};
use leptos::prelude::*;

/// `Delivery to Westlands` – `KSh 150, about 2 hours`, and what it costs at the least where it is not the same for all.
pub fn delivery_note(
    frame: &ShopFrame,
    delivery: Option<&AreaFee>,
    spread: FeeSpread,
    area_count: u32,
) -> impl IntoView + use<> {
    let (words, place) = (words(frame.locale), places::words(frame.locale));
    delivery.map(|area| {
        let price = (words.delivery_price)(&area.fee, &(words.about_minutes)(area.eta_minutes));
        let price = if spread.has_steps { (place.from_price)(&price) } else { price };
        let more = match spread.least {
            Some(least) => (place.more_areas_from)(area_count, &least),
            None => (words.more_areas)(area_count),
        };
        view! {
            <div class="fact fact--delivery">
                <dt>{(words.delivery_to)(&area.area)}</dt>
                <dd>
                    <b>{price}</b>
                    {(area_count > 1).then(|| view! { " "<small>{more}</small> })}
                </dd>
            </div>
        }
    })
}
