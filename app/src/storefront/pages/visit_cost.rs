//! What a visit costs in mobile data: a row for each page, what is sent once, and the price of it all.

use crate::storefront::{document, head::Head};
use crate::text::visit_cost::{VisitCostWords, words};
use duka::pages::storefront::{
    frame::ShopFrame,
    visit_cost::{MEGABYTE, VisitCost, price_of},
};
use leptos::prelude::*;

pub fn visit_cost(frame: &ShopFrame, page: &VisitCost) -> String {
    let words = words(frame.locale);
    let stops: Vec<_> = page
        .stops
        .iter()
        .map(|stop| {
            let href = frame.locale.path(&stop.path);
            view! {
                <tr>
                    <th scope="row"><a href=href>{(words.stop)(stop.stop)}</a></th>
                    <td>{kilobytes(words, stop.text)}</td>
                    <td>{kilobytes(words, stop.pictures)}</td>
                    <td>{price_of(stop.text + stop.pictures).to_string()}</td>
                </tr>
            }
        })
        .collect();
    let once = |name: &'static str, bytes: u64| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td colspan="2">{kilobytes(words, bytes)}</td>
                <td>{price_of(bytes).to_string()}</td>
            </tr>
        }
    };
    let total = page.total();
    let rate = (words.rate)(price_of(MEGABYTE));
    document::page(frame, Head::new(words.title).described(words.lead), || {
        view! {
            <article class="policy">
                <h1>{words.title}</h1>
                <p>{words.lead}</p>
                <table class="data">
                    <thead>
                        <tr>
                            <th scope="col">{words.page}</th>
                            <th scope="col">{words.text}</th>
                            <th scope="col">{words.pictures}</th>
                            <th scope="col">{words.price}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {stops}
                        {once(words.once, page.once)}
                        {once(words.on_touch, page.on_touch)}
                    </tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{words.total}</th>
                            <td colspan="2">{kilobytes(words, total)}</td>
                            <td>{price_of(total).to_string()}</td>
                        </tr>
                    </tfoot>
                </table>
                <p>{rate}</p>
            </article>
        }
    })
}

/// With one digit after the point, rounded.
fn kilobytes(words: &VisitCostWords, bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    (words.kilobytes)(&format!("{}.{}", tenths / 10, tenths % 10))
}
