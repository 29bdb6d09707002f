//! What holds for every page, whatever a merchant or a shopper has typed.

use super::{cart, category, checkout, home, not_found, order, product, search};
use duka::kernel::{
    field_errors::FieldErrors,
    id::{CartItemId, ProductId, VariantId},
    locale::Locale,
    money::Money,
};
use duka::orders::status::{OrderStatus, PaymentState};
use duka::pages::storefront::{
    cart::{CartLine, CartNotice, CartPage},
    category::{CategoryPage, Listing},
    checkout::{Change, CheckoutPage, CheckoutValues, PlaceAnswer},
    frame::ShopFrame,
    home::{CategoryTile, HomePage},
    order::{
        ByHand, Due, OrderPage, Parcel, ParcelStage, ParcelStands, PayStage, ReceiptProblem, SentParcel, TypedReceipt,
    },
    parts::{AreaFee, CategoryLink, FeeSpread, Picture, ProductCard},
    product::{Availability, ProductOption, ProductPage, VariantChoice},
    savings::{Saving, Savings, TypedNote},
    search::SearchPage,
};
use duka::payments::{
    method::PaymentMethod,
    providers::{mpesa::outcome::StkOutcome, paystack::outcome::CardOutcome},
    receipt::ReceiptState,
};
use duka::pricing::priced::CodeRefusal;

/// Ends a script, a style, an attribute and an element at once.
const EVIL: &str = "</script></style></noscript>\"'><b id=evil>";
const ID: &str = "01935f0e-7a1c-7000-8000-3f9a00000001";

fn evil() -> String {
    EVIL.to_owned()
}

fn frame(path: &str) -> ShopFrame {
    ShopFrame {
        logo: None,
        name: evil(),
        tagline: Some(evil()),
        theme_color: Some(evil()),
        contact_phone: Some(evil()),
        whatsapp: Some("254711223344".to_owned()),
        contact_email: None,
        delivery_phone: None,
        delivery_name: None,
        vat_number: None,
        policies: Vec::new(),
        offers_swahili: true,
        area: Some(evil()),
        address: Some(evil()),
        categories: vec![CategoryLink { name: evil(), slug: "bags".to_owned() }],
        locale: Locale::Sw,
        origin: "http://shop.example".to_owned(),
        path: path.to_owned(),
        assets: "/s/1".to_owned(),
    }
}

fn picture() -> Picture {
    Picture {
        base: "/media/1".to_owned(),
        widths: vec![360, 720],
        width: 1080,
        height: 1350,
        alt: evil(),
        placeholder: None,
    }
}

fn area() -> AreaFee {
    AreaFee {
        area: evil(),
        group: evil(),
        fee: Money::shillings(150),
        eta_minutes: 120,
        minimum: Money::shillings(9_000),
    }
}

fn card() -> ProductCard {
    ProductCard {
        name: evil(),
        slug: "kiondo".to_owned(),
        price: Money::shillings(1),
        was: None,
        has_dearer: true,
        picture: Some(picture()),
        is_sold_out: true,
    }
}

fn line() -> CartLine {
    CartLine {
        item: CartItemId::parse(ID).expect("a fixed id"),
        variant: VariantId::parse(ID).expect("a fixed id"),
        product_name: evil(),
        product_slug: "kiondo".to_owned(),
        variant_name: evil(),
        picture: Some(picture()),
        quantity: 2,
        unit_price: Money::shillings(1_250),
        total: Money::shillings(2_500),
        available: 1,
    }
}

fn a_product() -> ProductPage {
    let variant = |at: i64, value: &str| VariantChoice {
        id: VariantId::parse(ID).expect("a fixed id"),
        name: value.to_owned(),
        sku: Some(evil()),
        price: Money::shillings(1_250 + at),
        was: Some(Money::shillings(2_000)),
        stock: Availability::Few(2),
        values: vec![value.to_owned()],
        picture: Some(0),
    };
    ProductPage {
        id: ProductId::parse(ID).expect("a fixed id"),
        name: evil(),
        slug: "kiondo".to_owned(),
        brand: Some(evil()),
        description_html: "<p>Woven.</p>".to_owned(),
        meta_title: Some(evil()),
        meta_description: Some(evil()),
        categories: vec![CategoryLink { name: evil(), slug: "bags".to_owned() }],
        pictures: vec![picture(), picture()],
        options: vec![ProductOption { name: evil(), values: vec![evil(), "L".to_owned()] }],
        variants: vec![variant(0, EVIL), variant(1, "L")],
        selected: 0,
        delivery: Some(area()),
        spread: FeeSpread { has_steps: true, least: Some(Money::shillings(100)) },
        area_count: 2,
        more: vec![card()],
    }
}

fn savings() -> Savings {
    Savings {
        lines: vec![Saving { name: evil(), code: Some(evil()), amount: Money::shillings(100) }],
        codes: vec![TypedNote { code: evil(), why: Some(CodeRefusal::Over) }],
        to_free_delivery: Some(Money::shillings(500)),
    }
}

fn a_checkout() -> CheckoutPage {
    let typed = CheckoutValues {
        name: evil(),
        phone: evil(),
        email: evil(),
        street: evil(),
        instructions: evil(),
        mpesa_phone: evil(),
        ..CheckoutValues::default()
    };
    CheckoutPage {
        lines: vec![line()],
        areas: vec![area()],
        chosen: 0,
        arrival: None,
        is_collection: false,
        is_at_agent: false,
        place: evil(),
        answer: PlaceAnswer::Several(vec![(evil(), Money::shillings(150))]),
        quote: evil(),
        holds_until: evil(),
        subtotal: Money::shillings(2_500),
        savings: savings(),
        delivery: Money::shillings(150),
        total: Money::shillings(2_650),
        tax: Money::zero(duka::kernel::currency::Currency::Kes),
        methods: PaymentMethod::ALL.to_vec(),
        no_cash: Some(duka::delivery::cash_rules::NoCash::NotThere),
        manual_name: Some(evil()),
        idempotency_key: evil(),
        values: typed,
        is_known: false,
        errors: FieldErrors::one("phone", duka::kernel::field_errors::FieldProblem::NotAPhone),
        changes: vec![Change::Stock { product_name: evil(), wanted: 2, left: 1 }],
    }
}

fn an_order(stage: PayStage) -> OrderPage {
    OrderPage {
        token: "ab12".repeat(16),
        number: 7.into(),
        status: OrderStatus::AwaitingPayment,
        payment_status: PaymentState::Unpaid,
        method: PaymentMethod::MpesaStk,
        placed_at: chrono::DateTime::UNIX_EPOCH,
        lines: Vec::new(),
        subtotal: Money::shillings(2_500),
        discount: Money::shillings(100),
        delivery: Money::shillings(150),
        total: Money::shillings(2_650),
        tax: Money::shillings(0),
        missing: Money::shillings(2_650),
        excess: Money::shillings(50),
        by_hand: Some(ByHand { method: PaymentMethod::MpesaPaybill, number: evil(), account: Some(evil()) }),
        area: evil(),
        street: evil(),
        instructions: Some(evil()),
        due: Some(Due { in_days: 0, day: evil(), hour: Some(evil()) }),
        parcel: Some(Parcel { rider: evil(), stands: ParcelStands::Coming { code: evil() } }),
        sent: Some(SentParcel { carrier: evil(), code: evil(), agent: Some(evil()), stage: ParcelStage::OnTheWay }),
        stage,
        typed: Some(TypedReceipt { receipt: evil(), state: ReceiptState::Miss, looks_recent: false, is_fresh: false }),
        receipt_problem: Some(ReceiptProblem::NotAReceipt(evil())),
        may_type_receipt: true,
        refunds: Vec::new(),
        may_prompt: true,
        may_card: true,
        paid_card: None,
        has_receipt: true,
        mpesa_phone: Some(evil()),
        idempotency_key: evil(),
    }
}

fn every_page() -> Vec<String> {
    let tile = CategoryTile { name: evil(), slug: "bags".to_owned(), product_count: 1, picture: Some(picture()) };
    let front = HomePage {
        categories: vec![tile.clone(), tile],
        products: vec![card()],
        delivery: Some(area()),
        spread: FeeSpread { has_steps: true, least: Some(Money::shillings(100)) },
        area_count: 2,
    };
    let list = CategoryPage {
        category: CategoryLink { name: evil(), slug: "bags".to_owned() },
        above: vec![CategoryLink { name: evil(), slug: "things".to_owned() }],
        inside: vec![CategoryLink { name: evil(), slug: "baskets".to_owned() }],
        description: Some(evil()),
        products: vec![card()],
        listing: Listing::default(),
        page_count: 3,
        product_count: 60,
    };
    let found = |products| SearchPage { words: evil(), products, product_count: 1, ..SearchPage::default() };
    let basket = CartPage {
        lines: vec![line()],
        subtotal: Money::shillings(2_500),
        total: Money::shillings(2_400),
        savings: savings(),
        delivery: Some(area()),
    };
    let refused = CartNotice::ShortStock { product_name: evil(), left: 1 };
    vec![
        home(&frame("/"), &front),
        category(&frame("/c/bags"), &list),
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
        not_found(&frame("/nowhere")),
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
    let page = |stage| order(&frame("/orders/x"), &OrderPage { receipt_problem: None, ..an_order(stage) });
    assert!(page(PayStage::Waiting).contains(refresh));
    assert!(page(PayStage::Checking).contains(refresh));
    assert!(!page(PayStage::Failed(StkOutcome::Cancelled)).contains("http-equiv"));
    assert!(!page(PayStage::Closed).contains("http-equiv"));
    assert!(page(PayStage::CardChecking).contains(refresh));
    assert!(!page(PayStage::CardOpen { page: None, reference: None }).contains("http-equiv"));
}

#[test]
fn a_receipt_that_is_asked_about_reloads_the_page_for_a_while() {
    let refresh = "<noscript><meta http-equiv=\"refresh\" content=\"4\"></noscript>";
    let page = |state, is_fresh| {
        let typed = TypedReceipt { receipt: "UD25M0RR7C".to_owned(), state, looks_recent: true, is_fresh };
        let order = an_order(PayStage::Failed(StkOutcome::Cancelled));
        super::order(&frame("/orders/x"), &OrderPage { receipt_problem: None, typed: Some(typed), ..order })
    };
    assert!(page(ReceiptState::Asking, true).contains(refresh));
    assert!(!page(ReceiptState::Asking, false).contains("http-equiv"));
    assert!(!page(ReceiptState::Miss, true).contains("http-equiv"));
}

#[test]
fn pages_of_one_shopper_stay_out_of_search_results() {
    let pages = every_page();
    let is_hidden = |page: &String| page.contains("<meta name=\"robots\" content=\"noindex\">");
    assert_eq!(
        pages.iter().map(is_hidden).collect::<Vec<_>>(),
        [false, false, false, true, true, true, true, true, true, true, true, true, true]
    );
}
