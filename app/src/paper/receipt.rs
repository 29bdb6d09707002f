//! A receipt on paper: who sold what to whom, what it came to, how it was paid, with room for the tax authority's part.

use super::{
    Length,
    draw::{About, draw},
    face::wrap,
    sheet::{Column, Set, Sheets, WHOLE},
};
use crate::text::receipts::{ReceiptWords, moment, percent, words};
use duka::kernel::{locale::Locale, money::Money};
use duka::pages::storefront::receipt::{Receipt, ReceiptLine};

const TITLE: Set = Set::new(1_700).bold();
const TEXT: Set = Set::new(900);
const SMALL: Set = Set::new(800);
const SUM: Set = Set::new(1_150).bold();
const GAP: Length = 1_200;
const QR: Length = 7_000;

/// The columns of the lines, from the left.
struct Columns {
    item: Column,
    quantity: Column,
    price: Column,
    /// Only where something was taken off.
    discount: Option<Column>,
    amount: Column,
}

impl Columns {
    fn of(receipt: &Receipt) -> Self {
        let column = |left: Length, width: Length| Column { left: WHOLE.left + left, width };
        let has_discount = receipt.lines.iter().any(|line| !line.discount.is_zero());
        let amount = column(WHOLE.width - 9_000, 9_000);
        let discount = has_discount.then(|| column(WHOLE.width - 17_500, 8_000));
        let price_left = if has_discount { WHOLE.width - 26_000 } else { WHOLE.width - 18_000 };
        Self {
            item: column(0, price_left - 5_000),
            quantity: column(price_left - 4_500, 4_000),
            price: column(price_left, 8_000),
            discount,
            amount,
        }
    }
}

/// The bytes of a PDF; the same receipt in the same language gives the same. None only when the built-in fonts are broken.
pub fn receipt(receipt: &Receipt, locale: Locale) -> Option<Vec<u8>> {
    let words = words(locale);
    let title = format!("{} {} · {}", words.receipt, receipt.number, receipt.seller.name);
    draw(About { title, language: locale.tag() }, &lay_out(receipt, words).pages)
}

fn lay_out(receipt: &Receipt, words: &ReceiptWords) -> Sheets {
    let mut sheets = Sheets::new();
    head(&mut sheets, receipt, words);
    let columns = Columns::of(receipt);
    table_head(&mut sheets, &columns, words);
    for line in &receipt.lines {
        table_line(&mut sheets, &columns, words, line);
    }
    sums(&mut sheets, receipt, words);
    vat(&mut sheets, receipt, words);
    money(&mut sheets, receipt, words);
    etims(&mut sheets, receipt, words);
    sheets.foot(SMALL.soft(), |page, of| format!("{} {} · {}", words.receipt, receipt.number, (words.page)(page, of)));
    sheets
}

fn head(sheets: &mut Sheets, receipt: &Receipt, words: &ReceiptWords) {
    let half = WHOLE.width / 2;
    let left = Column { width: half + 5_000, ..WHOLE };
    let right = Column { left: WHOLE.left + half + 6_000, width: half - 6_000 };
    let top = sheets.y;
    sheets.line(right, TITLE, words.receipt, true);
    sheets.y += TITLE.leading();
    let order = receipt.order_number.to_string();
    for (name, value) in
        [(words.number, receipt.number.to_string()), (words.date, moment(&receipt.issued_on)), (words.order, order)]
    {
        sheets.line(right, TEXT, &format!("{name}: {value}"), true);
        sheets.y += TEXT.leading();
    }
    let beneath = sheets.y;
    sheets.y = top;
    let seller = &receipt.seller;
    sheets.block(left, TITLE, &seller.name);
    let contact = [seller.address.as_deref(), seller.phone.as_deref(), seller.email.as_deref()];
    for line in contact.into_iter().flatten() {
        sheets.block(left, TEXT, line);
    }
    if let Some(number) = &seller.tax_number {
        sheets.block(left, TEXT, &format!("{}: {number}", words.tax_number));
    }
    sheets.y = sheets.y.max(beneath) + GAP / 2;
    if !receipt.buyer.trim().is_empty() {
        sheets.block(WHOLE, TEXT, &format!("{}: {}", words.sold_to, receipt.buyer));
    }
    sheets.y += GAP;
}

fn table_head(sheets: &mut Sheets, columns: &Columns, words: &ReceiptWords) {
    let set = SMALL.bold().soft();
    sheets.line(columns.item, set, words.item, false);
    sheets.line(columns.quantity, set, words.quantity, true);
    sheets.line(columns.price, set, words.price, true);
    if let Some(column) = columns.discount {
        sheets.line(column, set, words.discount, true);
    }
    sheets.line(columns.amount, set, words.amount, true);
    sheets.y += set.leading() + 200;
    sheets.rule(WHOLE);
    sheets.y += 400;
}

fn table_line(sheets: &mut Sheets, columns: &Columns, words: &ReceiptWords, line: &ReceiptLine) {
    let names = wrap(&line.name, TEXT.weight, TEXT.size, columns.item.width);
    // A name as long as a page goes on overleaf; any other stays with its sums.
    let whole = TEXT.leading() * Length::try_from(names.len().min(40)).unwrap_or(40);
    if !sheets.has_room(whole) {
        sheets.turn();
        table_head(sheets, columns, words);
    }
    sheets.line(columns.quantity, TEXT, &line.quantity.to_string(), true);
    sheets.line(columns.price, TEXT, &line.unit_price.to_string(), true);
    if let Some(column) = columns.discount
        && !line.discount.is_zero()
    {
        sheets.line(column, TEXT, &format!("− {}", line.discount), true);
    }
    sheets.line(columns.amount, TEXT, &line.total.to_string(), true);
    for name in names {
        if !sheets.has_room(TEXT.leading()) {
            sheets.turn();
            table_head(sheets, columns, words);
        }
        sheets.line(columns.item, TEXT, &name, false);
        sheets.y += TEXT.leading();
    }
    sheets.y += 250;
}

/// A name at the left of the right half, a sum at its right.
fn pair(sheets: &mut Sheets, set: Set, name: &str, value: &str) {
    let column = Column { left: WHOLE.left + WHOLE.width / 2, width: WHOLE.width / 2 };
    sheets.keep_together(set.leading());
    sheets.line(column, set, name, false);
    sheets.line(column, set, value, true);
    sheets.y += set.leading();
}

fn sums(sheets: &mut Sheets, receipt: &Receipt, words: &ReceiptWords) {
    sheets.keep_together(4 * TEXT.leading() + SUM.leading() + GAP);
    sheets.y += 150;
    sheets.rule(WHOLE);
    sheets.y += 600;
    pair(sheets, TEXT, words.subtotal, &receipt.subtotal.to_string());
    if !receipt.discount.is_zero() {
        pair(sheets, TEXT, words.discount, &format!("− {}", receipt.discount));
    }
    let fee = if receipt.delivery.is_zero() { words.free.to_owned() } else { receipt.delivery.to_string() };
    pair(sheets, TEXT, words.delivery, &fee);
    sheets.y += 200;
    pair(sheets, SUM, words.total, &receipt.total.to_string());
}

fn vat(sheets: &mut Sheets, receipt: &Receipt, words: &ReceiptWords) {
    sheets.y += GAP / 2;
    match &receipt.vat {
        Some(band) => {
            let rate = (words.vat)(&percent(band.basis_points));
            pair(sheets, SMALL.soft(), &format!("{rate} · {}", words.taxable), &band.before.to_string());
            pair(sheets, SMALL.soft(), &format!("{rate} · {}", words.tax), &band.tax.to_string());
        }
        None => sheets.block(WHOLE, SMALL.soft(), words.no_vat),
    }
}

fn money(sheets: &mut Sheets, receipt: &Receipt, words: &ReceiptWords) {
    let one = |name: &str, about: Vec<String>, amount: Money| {
        let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        (format!("{name}: {about}"), amount.to_string())
    };
    let mut lines = Vec::new();
    for paid in &receipt.payments {
        let receipt = paid.receipt.clone().unwrap_or_default();
        lines.push(one(words.paid_with, vec![(words.way)(paid.by).to_owned(), receipt, moment(&paid.on)], paid.amount));
    }
    for back in &receipt.refunds {
        let (name, on) = match &back.on {
            Some(on) => (words.returned, moment(on)),
            None => (words.on_its_way, String::new()),
        };
        lines.push(one(name, vec![back.receipt.clone().unwrap_or_default(), on], back.amount));
    }
    if lines.is_empty() {
        return;
    }
    sheets.y += GAP;
    for (about, amount) in lines {
        sheets.keep_together(TEXT.leading());
        sheets.line(WHOLE, TEXT, &about, false);
        sheets.line(WHOLE, TEXT, &amount, true);
        sheets.y += TEXT.leading();
    }
}

/// Empty until the sale is in the tax authority's system: what it adds has its place.
fn etims(sheets: &mut Sheets, receipt: &Receipt, words: &ReceiptWords) {
    sheets.y += GAP;
    sheets.keep_together(QR + GAP);
    sheets.rule(WHOLE);
    sheets.y += 800;
    let top = sheets.y;
    sheets.frame(WHOLE.left + WHOLE.width - QR, QR);
    sheets.line(Column { left: WHOLE.left + WHOLE.width - QR + 600, width: QR - 1_200 }, SMALL.soft(), words.qr, false);
    sheets.line(WHOLE, SMALL.bold().soft(), words.etims, false);
    sheets.y += TEXT.leading() + 200;
    let fields = [(words.control_unit, &receipt.etims.control_unit), (words.invoice, &receipt.etims.invoice_number)];
    for (name, value) in fields {
        sheets.line(WHOLE, TEXT, &format!("{name}: {}", value.as_deref().unwrap_or_default()), false);
        sheets.y += TEXT.leading() + 300;
    }
    sheets.y = sheets.y.max(top + QR) + GAP;
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
