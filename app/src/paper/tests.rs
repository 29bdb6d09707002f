//! Receipts of every length, and names of every kind.

use super::*;
use duka::pages::storefront::receipt::{Etims, Paid, PaidBy, Returned, Seller, VatBand};

fn at(text: &str) -> duka::kernel::local_time::LocalTime {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).expect("a time")
}

fn sample(lines: usize, name: &str) -> Receipt {
    let one = |nth: usize| ReceiptLine {
        name: format!("{name} {nth}"),
        quantity: 2,
        unit_price: Money::shillings(500),
        discount: if nth == 0 { Money::shillings(100) } else { Money::shillings(0) },
        total: Money::shillings(if nth == 0 { 900 } else { 1_000 }),
    };
    let goods = Money::shillings(1_000 * i64::try_from(lines).expect("few"));
    Receipt {
        number: 12,
        order_number: 1_034.into(),
        issued_on: at("2026-11-28T09:30"),
        seller: Seller {
            name: "Mama Njeri".into(),
            address: Some("Biashara Street, CBD".into()),
            phone: Some("0711 223 344".into()),
            email: None,
            tax_number: Some("P051234567X".into()),
        },
        buyer: "Amina Wanjirũ".into(),
        lines: (0..lines).map(one).collect(),
        subtotal: goods,
        discount: Money::shillings(100),
        delivery: Money::shillings(150),
        total: goods.plus(Money::shillings(50)).expect("one currency"),
        vat: Some(VatBand { basis_points: 1_600, before: Money::kes(90_517), tax: Money::kes(14_483) }),
        payments: vec![Paid {
            by: PaidBy::Mpesa,
            amount: Money::shillings(1_050),
            receipt: Some("UKS1A2B3C4".into()),
            on: at("2026-11-28T09:30"),
        }],
        refunds: vec![Returned { amount: Money::shillings(50), receipt: None, on: None }],
        etims: Etims::default(),
    }
}

/// Everything written on the pages, in the order of reading.
fn text(receipt: &Receipt, locale: Locale) -> String {
    use super::super::sheet::Mark;
    let pages = lay_out(receipt, words(locale)).pages;
    let texts = pages.into_iter().flatten().filter_map(|mark| match mark {
        Mark::Text { text, .. } => Some(text),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn count(bytes: &[u8], what: &str) -> usize {
    bytes.windows(what.len()).filter(|window| *window == what.as_bytes()).count()
}

#[test]
fn a_receipt_takes_as_many_pages_as_its_lines_need() {
    for (lines, pages) in [(1, 1), (40, 2), (250, 6)] {
        let bytes = receipt(&sample(lines, "Kikoi"), Locale::En).expect("a PDF");
        assert!(bytes.starts_with(b"%PDF-1."));
        assert_eq!(lay_out(&sample(lines, "Kikoi"), words(Locale::En)).pages.len(), pages, "{lines} lines");
        let said = count(&bytes, "/Type /Page") + count(&bytes, "/Type/Page");
        let trees = count(&bytes, "/Type /Pages") + count(&bytes, "/Type/Pages");
        assert_eq!(said - trees, pages, "{lines} lines");
    }
}

#[test]
fn the_same_receipt_has_the_same_bytes_and_another_language_has_others() {
    let once = receipt(&sample(40, "Kikoi"), Locale::En);
    assert_eq!(once, receipt(&sample(40, "Kikoi"), Locale::En));
    assert_ne!(once, receipt(&sample(40, "Kikoi"), Locale::Sw));
}

#[test]
fn everything_that_a_receipt_has_to_say_stands_on_it() {
    let said = text(&sample(2, "Kikoi"), Locale::En);
    for part in [
        "Mama Njeri",
        "Biashara Street, CBD",
        "0711 223 344",
        "KRA PIN: P051234567X",
        "Receipt no.: 12",
        "Date: 28/11/2026, 09:30",
        "Order: 1034",
        "Sold to: Amina Wanjirũ",
        "Kikoi 1",
        "KSh 500",
        "− KSh 100",
        "KSh 2,050",
        "VAT 16 % · Before VAT",
        "KSh 905.17",
        "KSh 144.83",
        "Paid: M-Pesa · UKS1A2B3C4 · 28/11/2026, 09:30",
        "Being given back: ",
        "Control unit no.:",
        "Invoice no.:",
        "QR code",
        "Receipt 12 · Page 1 of 1",
    ] {
        assert!(said.lines().any(|line| line == part.trim_end()), "{part} in\n{said}");
    }
    assert!(text(&sample(2, "Kikoi"), Locale::Sw).contains("Risiti namba: 12"));
}

#[test]
fn long_names_are_wrapped_and_none_leaves_its_column() {
    let name =
        "Kitenge cha pamba cha kushonwa kwa mkono, mita sita, rangi ya bluu na dhahabu, toleo la sikukuu ".repeat(4);
    let said = sample(3, &name);
    let (columns, pages) = (Columns::of(&said), lay_out(&said, words(Locale::En)).pages);
    let mut lines = 0;
    for mark in pages.into_iter().flatten() {
        if let super::super::sheet::Mark::Text { at, size, weight, text, .. } = mark
            && (text.contains("pamba") || text.contains("dhahabu"))
        {
            let end = at.0 + super::super::face::face(weight).width(&text, size);
            assert!(end <= columns.item.left + columns.item.width, "{text}");
            lines += 1;
        }
    }
    assert!(lines >= 12, "{lines}");
}

#[test]
fn names_in_any_script_make_a_file_whose_letters_can_be_searched() {
    for name in ["Viatu 👟👍🏾 vya 😀 watoto", "دكان", "\u{0}\u{1}", "", "👨‍👩‍👧‍👦", "W̷e̷i̷r̷d"]
    {
        let bytes = receipt(&sample(2, name), Locale::Sw).expect("a PDF");
        assert!(count(&bytes, "/ToUnicode") >= 1, "letters are told apart from their shapes");
        assert_eq!(
            count(&bytes, "/Subtype /Image") + count(&bytes, "/Subtype/Image"),
            0,
            "nothing is a picture of text"
        );
    }
}
