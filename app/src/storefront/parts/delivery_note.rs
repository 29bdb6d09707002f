//! What delivery costs and when it comes, where money is near.

use crate::text::shop::words;
use duka::pages::storefront::{frame::ShopFrame, parts::AreaFee};
use leptos::prelude::*;

/// `Delivery to Westlands` – `KSh 150, about 2 hours`.
pub fn delivery_note(frame: &ShopFrame, delivery: Option<&AreaFee>, area_count: u32) -> impl IntoView + use<> {
    let words = words(frame.locale);
    delivery.map(|area| {
        let price = (words.delivery_price)(&area.fee, &(words.about_minutes)(area.eta_minutes));
        view! {
            <div class="fact fact--delivery">
                <dt>{(words.delivery_to)(&area.area)}</dt>
                <dd>
                    <b>{price}</b>
                    {(area_count > 1).then(|| view! { " "<small>{(words.more_areas)(area_count)}</small> })}
                </dd>
            </div>
        }
    })
}
