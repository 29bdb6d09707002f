//! What a page carries of the shop's styles: enough for everything on it, and nothing where a browser keeps the whole.

use super::{
    every_page,
    pages::{a_list, an_order, frame},
};
use crate::storefront::{
    category, order,
    sheet::{Sheet, remember},
};
use duka::pages::storefront::{frame::ShopFrame, order::PayStage};
use std::{collections::BTreeSet, fs, path::Path};

/// Where the sheets are written.
const STYLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../style");

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(STYLE).join(name)).expect("a sheet or a part of one")
}

/// The names of the parts that a sheet is made of.
fn parts(sheet: &str) -> Vec<String> {
    read(sheet).split("@import \"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// Whether a part says how elements of this class look.
fn is_styled(part: &str, class: &str) -> bool {
    let mark = format!(".{class}");
    let goes_on = |next: char| next.is_ascii_alphanumeric() || next == '-' || next == '_';
    part.match_indices(&mark).any(|(at, _)| !part[at + mark.len()..].starts_with(goes_on))
}

fn classes(html: &str) -> BTreeSet<&str> {
    html.split(" class=\"").skip(1).filter_map(|rest| rest.split('"').next()).flat_map(str::split_whitespace).collect()
}

#[test]
fn a_page_carries_a_style_for_every_class_that_has_one() {
    let whole = parts("shop.css");
    // Front page, category, product and two searches; then cart and checkout.
    for (at, html) in every_page().iter().enumerate().take(7) {
        let sheet = if at < 5 { Sheet::Browse } else { Sheet::Buying };
        let carried = parts(sheet.file());
        for class in classes(html) {
            let saying: Vec<_> = whole.iter().filter(|part| is_styled(&read(part), class)).collect();
            assert!(
                saying.is_empty() || saying.iter().any(|part| carried.contains(part)),
                "page {at} has the class {class}, and {} none of {saying:?}",
                sheet.file()
            );
        }
    }
}

#[test]
fn what_pages_carry_stands_in_the_order_of_the_whole() {
    let whole = parts("shop.css");
    for sheet in [Sheet::Browse, Sheet::Buying] {
        let carried = parts(sheet.file());
        let in_order: Vec<_> = whole.iter().filter(|part| carried.contains(part)).cloned().collect();
        assert!(!carried.is_empty());
        assert_eq!(carried, in_order, "{}", sheet.file());
    }
}

#[test]
fn a_page_carries_the_styles_of_its_own_build_and_names_those_of_another() {
    remember("/s/carried", |file| Some(format!("[data-sheet=\"{file}\"]{{color:tan}}")));
    let of = |assets: &str| ShopFrame { assets: assets.to_owned(), ..frame("/c/bags") };
    let carrying = category(&of("/s/carried"), &a_list());
    assert!(carrying.contains("[data-sheet=\"browse.css\"]{color:tan}</style>"), "{carrying}");
    assert!(!carrying.contains("rel=\"stylesheet\""), "{carrying}");
    let naming = category(&of("/s/other"), &a_list());
    assert!(naming.contains("<link rel=\"stylesheet\" href=\"/s/other/shop.css\">"), "{naming}");
    // It loads itself again while money moves: what it names is fetched once.
    let waiting = order(&of("/s/carried"), &an_order(PayStage::Waiting));
    assert!(waiting.contains("href=\"/s/carried/shop.css\"") && !waiting.contains("color:tan"), "{waiting}");
}
