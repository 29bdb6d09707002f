//! What is bought, as a short list: in the checkout and on the order.

use super::picture::{Place, picture};
use duka::kernel::money::Money;
use duka::pages::storefront::{frame::ShopFrame, parts::Picture};
use leptos::prelude::*;

/// One line, from a cart or an order.
pub struct Line<'a> {
    pub product: &'a str,
    pub variant: &'a str,
    pub picture: Option<&'a Picture>,
    pub quantity: u32,
    pub total: Money,
    /// What is not as it was when it was put in.
    pub notes: Vec<String>,
}

pub fn order_lines(frame: &ShopFrame, lines: &[Line<'_>]) -> impl IntoView + use<> {
    let lines: Vec<_> = lines.iter().map(|line| order_line(frame, line)).collect();
    view! { <ul class="lines">{lines}</ul> }
}

fn order_line(frame: &ShopFrame, line: &Line<'_>) -> impl IntoView + use<> {
    let notes: Vec<_> = line.notes.iter().map(|note| view! { " "<small>{note.clone()}</small> }).collect();
    let variant = (!line.variant.is_empty()).then(|| line.variant.to_owned());
    view! {
        <li class="line">
            <span class="line__picture">{line.picture.map(|shown| picture(frame, shown, Place::Line, "", line.product))}</span>
            <span class="line__what">
                <span class="line__name">{line.product.to_owned()}</span>
                " "<small>{variant.map(|variant| format!("{variant} · "))}{format!("× {}", line.quantity)}</small>
                {notes}
            </span>
            " "<span class="line__total">{line.total.to_string()}</span>
        </li>
    }
}
