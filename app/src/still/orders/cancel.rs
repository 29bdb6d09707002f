//! Calling an order off: why, what goes back on the shelf, and what goes back to the buyer, in one form.

use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet, VERSION},
    page,
};
use crate::text::{
    orders::{self, OrdersWords},
    refunds, still as words_of_forms,
};
use duka::checkout::{
    cancel_order::Cancelling,
    refunds::asked::{BY_HAND, SEEN_TOTAL, restock_field},
    refunds::sold::Goods,
};
use duka::error::AppError;
use leptos::prelude::*;

/// `refund` is the id that the refund would have; `may_refund` whether this person may send money back.
pub fn cancel(still: &Still<'_>, found: &Cancelling, sheet: &Sheet, refund: &str, may_refund: bool) -> String {
    let locale = still.who.locale;
    let words = orders::words(locale);
    let order = &found.sold;
    let back = address::order(order.order);
    let money = found.goes_back;
    let action = if money.is_some() { format!("{back}/cancel/refund") } else { format!("{back}/cancel") };
    let labels = [("reason", words.reason), ("way", refunds::words(locale).ask_way)];
    let mut told = sheet.clone();
    // Its own sentence stands in the place of the general one.
    let moved = (told.problem == Some(AppError::ChangedMeanwhile)).then(|| {
        told.problem = None;
        view! { <p class="notice notice--bad" role="alert">{words.cancel_moved}</p> }
    });
    let restock_wrong = sheet
        .errors
        .iter()
        .any(|(name, _)| name.starts_with("restock-"))
        .then(|| view! { <p class="field__problem" role="alert">{words.restock_wrong}</p> });
    let form = Form { locale, sheet: &told, labels: &labels };
    let refunding = refunds::words(locale);
    let ways = [(String::new(), refunding.by_itself.to_owned()), (BY_HAND.to_owned(), refunding.by_hand.to_owned())];
    let boxes: Vec<_> = found
        .for_shelf
        .iter()
        .filter_map(|(item, pieces)| Some((order.goods.iter().find(|goods| goods.item == *item)?, *pieces)))
        .map(|(goods, pieces)| line(words, sheet, goods, pieces))
        .collect();
    let reason_hint = if money.is_some() { words.reason_hint_money } else { words.reason_hint };
    page(still, || {
        view! {
            <h1>{(words.cancel_title)(order.number)}</h1>
            {if !found.is_possible() {
                view! { <p class="card">{(words.cannot_cancel)(order.status)}</p> }.into_any()
            } else if money.is_some() && !may_refund {
                view! { <p class="card">{words.owner_only}</p> }.into_any()
            } else {
                view! {
                    <p class="still__lead">{words.cancel_lead}</p>
                    {found.parcel.as_ref().map(|(carrier, code)| view! {
                        <p class="notice notice--bad">{(words.parcel_elsewhere)(carrier, code)}</p>
                    })}
                    <form class="card sheet" method="post" action=action>
                        {moved}
                        {form.top()}
                        <input type="hidden" name=VERSION value=found.version.to_string()/>
                        {money.map(|money| view! {
                            <input type="hidden" name="refund" value=refund.to_owned()/>
                            <input type="hidden" name=SEEN_TOTAL value=money.minor().to_string()/>
                        })}
                        {form.line(Line { name: "reason", hint: Some(reason_hint), max: 200, ..Line::default() })}
                        {if boxes.is_empty() {
                            view! { <p>{words.goods_return}</p> }.into_any()
                        } else {
                            view! {
                                <fieldset class="back">
                                    <legend>{words.goods_title}</legend>
                                    {boxes}
                                    {restock_wrong}
                                </fieldset>
                            }
                            .into_any()
                        }}
                        {match money {
                            Some(money) => view! {
                                <p>{(words.goes_back)(&money)}</p>
                                {form.choose("way", &ways, None)}
                                <button class="button button--main" type="submit">{(words.cancel_and_refund)(&money)}</button>
                            }
                            .into_any(),
                            None => view! {
                                <p>{words.nothing_goes_back}</p>
                                <button class="button button--main" type="submit">{words.cancel}</button>
                            }
                            .into_any(),
                        }}
                    </form>
                }
                .into_any()
            }}
            <p><a href=back.clone()>{words_of_forms::words(locale).back}</a></p>
        }
    })
}

fn line(words: &'static OrdersWords, sheet: &Sheet, goods: &Goods, pieces: u32) -> impl IntoView + use<> {
    let name = if goods.variant_name.is_empty() {
        goods.name.clone()
    } else {
        format!("{}, {}", goods.name, goods.variant_name)
    };
    let field = restock_field(goods.item);
    let is_on = sheet.typed.is_on(&field);
    view! {
        <label class="choice">
            <input type="checkbox" name=field value="on" checked=is_on/>
            <span>{(words.pieces)(pieces, &name)}</span>
        </label>
    }
}
