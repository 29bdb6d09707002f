//! What one rider has: a link for each stop, and one message with all of them.

use super::{DELIVERIES, order::address_of};
use crate::still::{Still, page};
use crate::text::{dash, dispatch::words};
use duka::kernel::query::in_query;
use duka::pages::dashboard::deliveries::stops::{Stop, Stops};
use leptos::prelude::*;

/// The page; `home` says where the addresses of a stop's shop begin.
pub fn stops(still: &Still<'_>, found: &Stops, home: impl Fn(&Stop) -> String) -> String {
    let locale = still.who.locale;
    let (words, dash) = (words(locale), dash::words(locale));
    let mut message = vec![(words.hello)(&still.who.store_name)];
    let mut rows = Vec::new();
    for stop in &found.stops {
        let link = stop
            .token
            .as_ref()
            .map(|token| format!("{}{}", home(stop), locale.path(&format!("/rider/{}", token.hex()))));
        if let Some(link) = &link {
            message.push((words.message)(stop.number, &stop.area, link));
        }
        let money = stop.to_collect.as_ref().map_or_else(|| words.paid.to_owned(), words.collect);
        let opens = match link {
            Some(link) => {
                view! { <a href=link rel="external noopener" target="_blank">{words.open_link}</a> }.into_any()
            }
            None => words.too_old.into_any(),
        };
        rows.push(view! {
            <li class="row row--stacked">
                <span>
                    <a class="row__name" href=address_of(stop.order)>{(dash.order_number)(stop.number)}</a>
                    <br/>{stop.area.clone()}" · "{stop.street.clone()}
                </span>
                <span class="row__more">{money}" · "{opens}</span>
            </li>
        });
    }
    let send =
        (message.len() > 1).then(|| format!("https://wa.me/{}?text={}", found.digits, in_query(&message.join("\n"))));
    page(still, || {
        view! {
            <p class="back"><a href=DELIVERIES>"← "{words.to_board}</a></p>
            <h1>{(words.stops_of)(&found.name)}</h1>
            <p class="still__lead">{words.stops_lead}</p>
            <section class="card sheet">
                {send.map(|href| view! {
                    <p><a class="button button--main" href=href target="_blank" rel="external noopener noreferrer">{words.send_all}</a></p>
                })}
                <p><a class="button" href=format!("tel:+{}", found.digits)>{words.call}</a></p>
                {rows.is_empty().then(|| view! { <p>{words.no_stops}</p> })}
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}
