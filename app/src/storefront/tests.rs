//! What holds for every page, whatever a merchant or a shopper has typed.

mod pages;
mod sheets;

use super::{
    area, areas, blog, cart, category, checkout, home, not_found, order, product, retired, search, suggestions, written,
};
use crate::text::{by_hand, places, savings as savings_text, shop};
use duka::kernel::{locale::Locale, money::Money};
use duka::pages::storefront::{
    area::AreasPage,
    cart::{CartNotice, CartPage},
    category::CategoryPage,
    checkout::CheckoutPage,
    frame::{Retired, ShopFrame},
    home::{CategoryTile, HomePage},
    listing::{Listing, Sort},
    order::{OrderPage, PayStage, ReceiptProblem, TypedReceipt},
    parts::{CategoryLink, FeeSpread, ProductCard},
    savings::{Saving, Savings},
    search::{Nearest, SearchPage},
    suggest::Suggestions,
};
use duka::payments::{
    providers::{mpesa::outcome::StkOutcome, paystack::outcome::CardOutcome},
    receipt::ReceiptState,
};
use pages::{
    a_blog, a_checkout, a_list, a_post, a_product, an_area, an_order, area_fee, card, evil, facets, frame, line,
    narrowed, picture, savings, terms, untouched,
};

fn every_page() -> Vec<String> {
    let tile = CategoryTile { name: evil(), slug: "bags".to_owned(), product_count: 1, picture: Some(picture()) };
    let front = HomePage {
        categories: vec![tile.clone(), tile],
        products: vec![card()],
        delivery: Some(area_fee()),
        spread: FeeSpread { has_steps: true, least: Some(Money::shillings(100)) },
        area_count: 2,
    };
    let found = |products: Vec<ProductCard>| SearchPage {
        words: evil(),
        is_found: !products.is_empty(),
        others: if products.is_empty() { vec![card()] } else { Vec::new() },
        nearest: if products.is_empty() {
            vec![Nearest { name: evil(), slug: "kiondo".to_owned() }]
        } else {
            Vec::new()
        },
        products,
        listing: Listing { usual: Sort::Best, ..narrowed() },
        facets: facets(),
        page_count: 2,
        product_count: 1,
    };
    let gone = Retired {
        name: evil(),
        category: Some(CategoryLink { name: evil(), slug: "bags".to_owned() }),
        others: vec![Nearest { name: evil(), slug: "kiondo".to_owned() }],
    };
    let basket = CartPage {
        lines: vec![line()],
        subtotal: Money::shillings(2_500),
        total: Money::shillings(2_400),
        savings: savings(),
        delivery: Some(area_fee()),
        asks_why: true,
    };
    let refused = CartNotice::ShortStock { product_name: evil(), left: 1 };
    vec![
        home(&frame("/"), &front),
        category(&frame("/c/bags"), &a_list()),
        product(&frame("/p/kiondo"), &a_product(), Some(&refused)),
        search(&frame("/search"), &found(vec![card()])),
        search(&frame("/search"), &found(Vec::new())),
        cart(&frame("/cart"), &basket, Some(&refused)),
        checkout(&frame("/checkout"), &a_checkout()),
        order(&frame("/orders/x"), &an_order(PayStage::Waiting)),
        order(&frame("/orders/x"), &an_order(PayStage::Failed(StkOutcome::Cancelled))),
        order(&frame("/orders/x"), &an_order(PayStage::Paid { receipt: Some(evil()) })),
        order(&frame("/orders/x"), &an_order(PayStage::CardOpen { page: Some(evil()), reference: Some(evil()) })),
        order(&frame("/orders/x"), &an_order(PayStage::CardFailed(CardOutcome::Declined))),
        areas(&frame("/delivery"), &AreasPage { areas: vec![terms()], is_listed: true }),
        area(&frame("/delivery/evil"), &an_area()),
        not_found(&frame("/nowhere")),
        blog(&frame("/blog"), &a_blog()),
        written(&frame("/blog/sisal"), &a_post()),
        retired(&frame("/p/kiondo"), &gone),
    ]
}

#[test]
fn what_anybody_typed_stays_text_on_every_page() {
    for page in every_page() {
        assert!(page.contains("evil"), "the page shows nothing of what was typed: {page}");
        assert!(!page.contains("<b id=evil"), "{page}");
        assert!(!page.contains("</script></style>"), "{page}");
    }
}

#[test]
fn what_is_suggested_stays_text_and_brings_no_picture_to_who_saves_data() {
    let shelf = CategoryLink { name: evil(), slug: "bags".to_owned() };
    let found = Suggestions { categories: vec![shelf], products: vec![card()] };
    let html = suggestions(Locale::Sw, false, &found);
    assert!(html.starts_with("<div ") && html.ends_with("</a></div>"), "{html}");
    assert!(html.contains("evil") && !html.contains("<b id=evil"), "{html}");
    assert!(html.contains("href=\"/sw/c/bags\"") && html.contains("<img"), "{html}");
    assert!(!suggestions(Locale::Sw, true, &found).contains("<img"));
    assert_eq!(suggestions(Locale::En, false, &Suggestions::default()), "");
}

#[test]
fn the_same_page_has_the_same_bytes_each_time() {
    assert_eq!(every_page(), every_page());
}

#[test]
fn every_page_is_a_whole_document_in_its_language() {
    for page in every_page() {
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"sw\"><head><meta charset=\"utf-8\">"), "{page}");
        assert!(page.ends_with("</body></html>"), "{page}");
    }
}

#[test]
fn a_light_page_has_links_in_the_places_of_its_pictures() {
    let light = |path| ShopFrame { is_light: true, logo: Some(picture()), ..frame(path) };
    let basket = CartPage {
        lines: vec![line()],
        subtotal: Money::shillings(2_500),
        total: Money::shillings(2_500),
        savings: savings(),
        delivery: None,
        asks_why: false,
    };
    for page in [
        product(&light("/p/kiondo"), &a_product(), None),
        cart(&light("/cart"), &basket, None),
        checkout(&light("/checkout"), &a_checkout()),
        written(&light("/blog/sisal"), &a_post()),
    ] {
        assert!(!page.contains("<img"), "{page}");
        assert!(page.contains("href=\"/media/1-360.webp\""), "{page}");
        assert!(page.contains("evil") && !page.contains("<b id=evil"), "{page}");
    }
}

#[test]
fn what_a_cart_takes_off_its_goods_sums_to_what_they_cost() {
    let saving = |name: &str, shillings, is_delivery| Saving {
        name: name.to_owned(),
        code: None,
        amount: Money::shillings(shillings),
        is_delivery,
    };
    let lines = vec![saving("Market day", 500, false), saving("Near home", 150, true)];
    let basket = CartPage {
        lines: vec![line()],
        subtotal: Money::shillings(2_500),
        total: Money::shillings(2_000),
        savings: Savings { lines, ..Savings::default() },
        delivery: None,
        asks_why: false,
    };
    let words = savings_text::words(Locale::Sw);
    let page = cart(&frame("/cart"), &basket, None);
    let sums = page.split("<dl class=\"totals\">").nth(1).and_then(|rest| rest.split("</dl>").next()).unwrap_or("");
    let rows: Vec<_> = sums.split("<dt>").skip(1).filter_map(|rest| rest.split("</dt>").next()).collect();
    let near = (words.off_delivery)("Near home");
    assert_eq!(rows, [shop::words(Locale::Sw).subtotal, "Market day", words.after_discounts, near.as_str()]);
    assert!(page.contains(&format!("<small>{}</small>", words.after_discounts)), "{page}");
    let only = Savings { lines: vec![saving("Near home", 150, true)], ..Savings::default() };
    let basket = CartPage { total: Money::shillings(2_500), savings: only, ..basket };
    let page = cart(&frame("/cart"), &basket, None);
    assert!(page.contains(&format!("<small>{}</small>", shop::words(Locale::Sw).subtotal)), "{page}");
    assert!(!page.contains(words.after_discounts), "{page}");
}

#[test]
fn a_shop_that_delivers_nowhere_says_so_and_whom_to_ask_instead_of_a_form() {
    let nowhere = CheckoutPage { areas: Vec::new(), ..a_checkout() };
    let page = checkout(&frame("/checkout"), &nowhere);
    assert!(page.contains(places::words(Locale::Sw).nowhere), "{page}");
    assert!(page.contains("class=\"reach\"") && !page.contains("name=\"idempotency_key\""), "{page}");
}

#[test]
fn the_first_picture_comes_alone_its_neighbour_next_and_what_is_below_later() {
    let urgent = "fetchpriority=\"high\"";
    let page = category(&frame("/c/bags"), &CategoryPage { products: vec![card(); 5], ..a_list() });
    let pictures: Vec<_> = page.split("<img").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    assert_eq!(
        pictures.iter().map(|tag| (tag.contains(urgent), tag.contains("loading=\"lazy\""))).collect::<Vec<_>>(),
        [(true, false), (false, false), (false, true), (false, true), (false, true)]
    );
    assert!(pictures[1..].iter().all(|tag| tag.contains("fetchpriority=\"low\"")), "{page}");
    assert_eq!(product(&frame("/p/kiondo"), &a_product(), None).matches(urgent).count(), 1);
    let scripts = page.split("<body").next().map(|head| head.matches("islands.js").count());
    assert_eq!((scripts, page.matches("islands.js").count()), (Some(0), 1), "the script is asked for before pictures");
}

#[test]
fn links_and_forms_keep_the_language() {
    for page in every_page() {
        for address in page.split(" action=\"").skip(1) {
            assert!(address.starts_with("/sw"), "{}", &address[..40]);
        }
    }
    assert!(every_page()[2].contains(" action=\"/sw/cart/items\""));
}

#[test]
fn only_a_moving_payment_reloads_its_page() {
    let refresh = "<noscript><meta http-equiv=\"refresh\" content=\"4\"></noscript>";
    let page = |stage| order(&frame("/orders/x"), &untouched(an_order(stage)));
    assert!(page(PayStage::Waiting).contains(refresh));
    assert!(page(PayStage::Checking).contains(refresh));
    assert!(!page(PayStage::Failed(StkOutcome::Cancelled)).contains("http-equiv"));
    assert!(!page(PayStage::Closed).contains("http-equiv"));
    assert!(page(PayStage::CardChecking).contains(refresh));
    assert!(!page(PayStage::CardOpen { page: None, reference: None }).contains("http-equiv"));
    // What is typed is not drawn away: another address of the page stands still, with the field open.
    assert!(page(PayStage::Waiting).contains("?typing#receipt") && !page(PayStage::Closed).contains("?typing"));
    let typing =
        OrderPage { receipt_problem: Some(ReceiptProblem::BeingTyped), ..untouched(an_order(PayStage::Waiting)) };
    let typing = order(&frame("/orders/x"), &typing);
    assert!(
        typing.contains("<details open") && !typing.contains("http-equiv") && !typing.contains("?typing"),
        "{typing}"
    );
}

#[test]
fn every_failed_prompt_says_why_and_has_a_next_prompt_and_another_way_in_both_languages() {
    for locale in Locale::ALL {
        let frame = ShopFrame { locale, ..frame("/orders/x") };
        for outcome in StkOutcome::ALL.into_iter().filter(|outcome| *outcome != StkOutcome::Paid) {
            let page = order(&frame, &untouched(an_order(PayStage::Failed(outcome))));
            let plain = page.replace("&#x27;", "'").replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
            let told = (shop::words(locale).outcome)(outcome);
            assert!(plain.contains(told.heading) && plain.contains(told.text), "{locale:?} {outcome:?}: {plain}");
            let again = format!("action=\"{}\"", locale.path(&format!("/orders/{}/pay", "ab12".repeat(16))));
            assert!(page.contains(&again) && page.contains("name=\"mpesa_phone\""), "{locale:?} {outcome:?}");
            assert!(plain.contains(by_hand::words(locale).way_out), "{locale:?} {outcome:?}");
        }
    }
}

#[test]
fn a_receipt_that_is_asked_about_reloads_the_page_for_a_while() {
    let refresh = "<noscript><meta http-equiv=\"refresh\" content=\"4\"></noscript>";
    let page = |state, is_fresh| {
        let typed = TypedReceipt { receipt: "UD25M0RR7C".to_owned(), state, looks_recent: true, is_fresh };
        let order = an_order(PayStage::Failed(StkOutcome::Cancelled));
        super::order(&frame("/orders/x"), &OrderPage { typed: Some(typed), ..untouched(order) })
    };
    assert!(page(ReceiptState::Asking, true).contains(refresh));
    assert!(!page(ReceiptState::Asking, false).contains("http-equiv"));
    assert!(!page(ReceiptState::Miss, true).contains("http-equiv"));
}

#[test]
fn a_list_that_somebody_chose_from_leads_search_engines_to_the_whole_list() {
    let page = |listing| CategoryPage { listing, ..a_list() };
    let chosen = category(&frame("/c/bags?sort=name"), &page(narrowed()));
    assert!(chosen.contains("<meta name=\"robots\" content=\"noindex\">"), "{chosen}");
    assert!(chosen.contains("<link rel=\"canonical\" href=\"http://shop.example/sw/c/bags\">"), "{chosen}");
    let second = category(&frame("/c/bags?page=2"), &page(Listing::plain(Sort::Newest).at(2)));
    assert!(!second.contains("noindex"), "{second}");
    assert!(second.contains("<link rel=\"canonical\" href=\"http://shop.example/sw/c/bags?page=2\">"), "{second}");
}

#[test]
fn ways_about_a_category_are_told_apart_by_their_names() {
    let bags = CategoryLink { name: "Bags".to_owned(), slug: "bags".to_owned() };
    let page = category(&frame("/c/bags"), &CategoryPage { category: bags, ..a_list() });
    let names: Vec<_> =
        page.split("<nav ").skip(1).filter_map(|nav| nav.split("aria-label=\"").nth(1)?.split('"').next()).collect();
    assert!(names.contains(&"Bags"), "{names:?}");
    assert!(names.iter().enumerate().all(|(at, name)| !names[..at].contains(name)), "{names:?}");
}

#[test]
fn pages_of_one_shopper_stay_out_of_search_results() {
    let pages = every_page();
    let is_hidden = |page: &String| page.contains("<meta name=\"robots\" content=\"noindex\">");
    assert_eq!(
        pages.iter().map(is_hidden).collect::<Vec<_>>(),
        [
            false, true, false, true, true, true, true, true, true, true, true, true, false, false, true, false, false,
            true
        ]
    );
}
