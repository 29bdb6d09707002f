//! One variant: a line that opens into the forms for its price and its stock.

use super::{price::PriceForm, stock::StockForm};
use crate::api::ApiError;
use crate::api::dashboard::products::{AdjustStock, ChangePrice};
use crate::dashboard::here::words;
use crate::text::dash::DashWords;
use duka::catalog::variant::VariantRow;
use leptos::either::Either;
use leptos::prelude::*;

/// The row as it was loaded, or as the last save answered it; nothing is loaded anew.
#[component]
pub fn Variant(row: VariantRow, may_edit: bool, reload: Callback<()>) -> impl IntoView {
    let words = words();
    if !may_edit {
        return Either::Left(view! { <div class="variant"><div class="variant__line">{line(words, &row)}</div></div> });
    }
    let (pricing, counting) = (ServerAction::<ChangePrice>::new(), ServerAction::<AdjustStock>::new());
    // An error that came with the address is shown on top of the page, once.
    pricing.clear();
    counting.clear();
    let now = Memo::new(move |before| newest(before.unwrap_or(&row), pricing.value().get(), counting.value().get()));
    Either::Right(view! {
        <details class="variant">
            <summary class="variant__line">
                {move || line(words, &now.read())}
                <span class="variant__edit">{words.edit}</span>
            </summary>
            <div class="variant__forms">
                <PriceForm now=now pricing=pricing reload=reload/>
                <StockForm now=now counting=counting reload=reload/>
            </div>
        </details>
    })
}

/// A refusal after a save leaves what was saved.
fn newest(
    before: &VariantRow,
    priced: Option<Result<VariantRow, ApiError>>,
    counted: Option<Result<VariantRow, ApiError>>,
) -> VariantRow {
    [priced, counted]
        .into_iter()
        .flatten()
        .flatten()
        .fold(before.clone(), |now, saved| if saved.version > now.version { saved } else { now })
}

fn line(words: &'static DashWords, row: &VariantRow) -> impl IntoView + use<> {
    let name = if row.name.is_empty() { words.only_form.to_owned() } else { row.name.clone() };
    let alarm = match row.stock - row.held {
        ..=0 => Some(("badge badge--bad", words.sold_out)),
        _ if row.is_low => Some(("badge badge--wait", words.low)),
        _ => None,
    };
    view! {
        <span class="variant__name">{name}<small>{row.sku.clone()}</small></span>
        <span class="variant__alarm">{alarm.map(|(class, word)| view! { <span class=class>{word}</span> })}</span>
        <span class="variant__stock">{(words.in_stock)(row.stock)}{(row.held > 0).then(|| view! { <small>{(words.held)(row.held)}</small> })}</span>
        <span class="variant__price">{row.price.to_string()}</span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::error::AppError;
    use duka::kernel::{id::VariantId, money::Money};

    fn row(version: i32, shillings: i64) -> VariantRow {
        let id = VariantId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        VariantRow {
            id,
            name: String::new(),
            sku: None,
            price: Money::shillings(shillings),
            stock: 1,
            held: 0,
            is_low: false,
            version,
        }
    }

    #[test]
    fn the_latest_save_is_what_is_shown_and_a_refusal_changes_nothing() {
        let refused = Some(Err(ApiError(AppError::ChangedMeanwhile)));
        assert_eq!(newest(&row(1, 10), None, None).price, Money::shillings(10));
        assert_eq!(newest(&row(1, 10), Some(Ok(row(2, 20))), Some(Ok(row(3, 30)))).price, Money::shillings(30));
        assert_eq!(newest(&row(1, 10), Some(Ok(row(3, 20))), Some(Ok(row(2, 30)))).price, Money::shillings(20));
        assert_eq!(newest(&row(1, 10), refused, None), row(1, 10));
    }
}
