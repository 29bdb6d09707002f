//! What delivery costs and when it comes, where money is near.

use crate::text::{areas, places, shop::words};
use duka::pages::storefront::{
    frame::ShopFrame,
    parts::{AreaFee, FeeSpread},
};
use duka::seo::area_page::FOLDER;
use leptos::prelude::*;

/// `Delivery to Westlands` – `KSh 150, about 2 hours`, and what it costs at the least where it is not the same for all;
/// under that the same for each of `areas`, with the way to the rest of them.
pub fn delivery_note(
    frame: &ShopFrame,
    delivery: Option<&AreaFee>,
    spread: FeeSpread,
    area_count: u32,
    areas: &[(AreaFee, bool)],
) -> impl IntoView + use<> {
    let (words, place) = (words(frame.locale), places::words(frame.locale));
    let price_of = |area: &AreaFee, rises: bool| {
        let time = (words.about_minutes)(area.eta_minutes);
        // "From free" says nothing: what costs nothing begins at a sum, too.
        if rises {
            (place.from_price)(&format!("{}, {time}", area.fee))
        } else {
            (words.delivery_price)(&area.fee, &time)
        }
    };
    delivery.map(|area| {
        let price = price_of(area, spread.has_steps);
        let more = match spread.least {
            Some(least) => (place.more_areas_from)(area_count, &least),
            None => (words.more_areas)(area_count),
        };
        let rows: Vec<_> = areas
            .iter()
            .map(|(area, rises)| view! { <li>{area.area.clone()}": "{price_of(area, *rises)}</li> })
            .collect();
        let more = if rows.len() > 1 {
            let is_longer = u32::try_from(rows.len()).is_ok_and(|told| told < area_count);
            let all = is_longer.then(|| {
                view! { <p><a href=frame.locale.path(FOLDER)>{areas::words(frame.locale).title}</a></p> }
            });
            view! { <details><summary>{more}</summary><ul>{rows}</ul>{all}</details> }.into_any()
        } else {
            (area_count > 1).then(|| view! { <small>{more}</small> }).into_any()
        };
        view! {
            <div class="fact fact--delivery">
                <dt>{(words.delivery_to)(&area.area)}</dt>
                <dd>
                    <b>{price}</b>
                    " "
                    {more}
                </dd>
            </div>
        }
    })
}
