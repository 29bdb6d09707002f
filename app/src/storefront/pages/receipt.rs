//! The receipt of a paid order as a page to print: plain, without scripts; and the page for when there is none yet.

use crate::storefront::{document, head::Head, parts::empty::empty};
use crate::text::receipts::{ReceiptWords, moment, percent, words};
use duka::pages::storefront::frame::ShopFrame;
use duka::pages::storefront::receipt::{Receipt, ReceiptLine};
use leptos::prelude::*;

pub fn receipt(frame: &ShopFrame, token: &str, receipt: &Receipt) -> String {
    let words = words(frame.locale);
    let to = |path: &str| frame.locale.path(&format!("/orders/{token}{path}"));
    let title = format!("{} {} · {}", words.receipt, receipt.number, receipt.seller.name);
    document::plain(frame, &title, "paper", None, || {
        view! {
            <main class="paper__sheet">
                {head(words, receipt)}
                {table(words, receipt)}
                {sums(words, receipt)}
                {money(words, receipt)}
                {etims(words, receipt)}
            </main>
            <nav class="paper__nav">
                <p><a class="button" href=to("/receipt.pdf")>{words.download}</a>" "<a class="button button--quiet" href=to("")>{words.back}</a></p>
                <p>{words.print_hint}</p>
            </nav>
        }
    })
}

fn head(words: &'static ReceiptWords, receipt: &Receipt) -> impl IntoView + use<> {
    let seller = &receipt.seller;
    let contact: Vec<_> = [seller.address.clone(), seller.phone.clone(), seller.email.clone()]
        .into_iter()
        .flatten()
        .chain(seller.tax_number.iter().map(|number| format!("{}: {number}", words.tax_number)))
        .map(|line| view! { <p>{line}</p> })
        .collect();
    let buyer = (!receipt.buyer.trim().is_empty()).then(|| receipt.buyer.clone());
    view! {
        <header class="paper__head">
            <div>
                <p class="paper__seller">{seller.name.clone()}</p>
                {contact}
            </div>
            <div class="paper__about">
                <h1>{words.receipt}</h1>
                <p>{words.number}": "<b>{receipt.number.to_string()}</b></p>
                <p>{words.date}": "{moment(&receipt.issued_on)}</p>
                <p>{words.order}": "{receipt.order_number.to_string()}</p>
                {buyer.map(|name| view! { <p>{words.sold_to}": "{name}</p> })}
            </div>
        </header>
    }
}

fn table(words: &'static ReceiptWords, receipt: &Receipt) -> impl IntoView + use<> {
    let rows: Vec<_> = receipt.lines.iter().map(|one| line(words, one)).collect();
    view! {
        <table class="paper__lines">
            <thead>
                <tr><th scope="col">{words.item}</th><th scope="col">{words.quantity}</th><th scope="col">{words.price}</th><th scope="col">{words.amount}</th></tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn line(words: &'static ReceiptWords, line: &ReceiptLine) -> impl IntoView + use<> {
    let off = (!line.discount.is_zero())
        .then(|| view! { <br/><small>{words.discount}": "{format!("− {}", line.discount)}</small> });
    view! {
        <tr>
            <td>{line.name.clone()}{off}</td>
            <td>{line.quantity.to_string()}</td>
            <td>{line.unit_price.to_string()}</td>
            <td>{line.total.to_string()}</td>
        </tr>
    }
}

fn sums(words: &'static ReceiptWords, receipt: &Receipt) -> impl IntoView + use<> {
    let sum = |name: String, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let fee = if receipt.delivery.is_zero() { words.free.to_owned() } else { receipt.delivery.to_string() };
    let off = (!receipt.discount.is_zero()).then(|| sum(words.discount.to_owned(), format!("− {}", receipt.discount)));
    let vat = receipt.vat.as_ref().map(|band| {
        let rate = (words.vat)(&percent(band.basis_points));
        view! {
            {sum(format!("{rate} · {}", words.taxable), band.before.to_string())}
            {sum(format!("{rate} · {}", words.tax), band.tax.to_string())}
        }
    });
    let no_vat = receipt.vat.is_none().then(|| view! { <p class="paper__soft">{words.no_vat}</p> });
    view! {
        <dl class="paper__sums">
            {sum(words.subtotal.to_owned(), receipt.subtotal.to_string())}
            {off}
            {sum(words.delivery.to_owned(), fee)}
            <div class="paper__total"><dt>{words.total}</dt><dd>{receipt.total.to_string()}</dd></div>
            {vat}
        </dl>
        {no_vat}
    }
}

fn money(words: &'static ReceiptWords, receipt: &Receipt) -> impl IntoView + use<> {
    let row = |name: &'static str, about: Vec<String>, amount: String| {
        let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        view! { <div><dt>{name}": "{about}</dt><dd>{amount}</dd></div> }
    };
    let paid: Vec<_> = receipt
        .payments
        .iter()
        .map(|one| {
            let about = vec![(words.way)(one.by).to_owned(), one.receipt.clone().unwrap_or_default(), moment(&one.on)];
            row(words.paid_with, about, one.amount.to_string())
        })
        .collect();
    let back: Vec<_> = receipt
        .refunds
        .iter()
        .map(|one| {
            let (name, on) = match &one.on {
                Some(on) => (words.returned, moment(on)),
                None => (words.on_its_way, String::new()),
            };
            row(name, vec![one.receipt.clone().unwrap_or_default(), on], one.amount.to_string())
        })
        .collect();
    (!paid.is_empty() || !back.is_empty()).then(|| view! { <dl class="paper__money">{paid}{back}</dl> })
}

/// Empty until the sale is in the tax authority's system: what it adds has its place.
fn etims(words: &'static ReceiptWords, receipt: &Receipt) -> impl IntoView + use<> {
    let etims = receipt.etims.clone();
    view! {
        <section class="paper__etims">
            <div>
                <h2>{words.etims}</h2>
                <p>{words.control_unit}": "{etims.control_unit.unwrap_or_default()}</p>
                <p>{words.invoice}": "{etims.invoice_number.unwrap_or_default()}</p>
            </div>
            <p class="paper__qr">{words.qr}</p>
        </section>
    }
}

/// In place of a receipt while the order is not paid.
pub fn no_receipt(frame: &ShopFrame, token: &str) -> String {
    let words = words(frame.locale);
    let order = (frame.locale.path(&format!("/orders/{token}")), words.back);
    document::page(frame, Head::private(words.none_yet), || {
        empty(words.none_yet.to_owned(), words.none_yet_text, Some(order))
    })
}
