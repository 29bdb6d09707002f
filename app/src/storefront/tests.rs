//! What holds for every page, whatever a merchant or a shopper has typed.

use super::{area, areas, blog, cart, category, checkout, home, not_found, order, product, retired, search, written};
use duka::content::PageKind;
use duka::kernel::{
    field_errors::{FieldErrors, FieldProblem},
    id::{CartItemId, ProductId, VariantId},
    local_time::LocalDay,
    locale::Locale,
    money::Money,
};
use duka::orders::status::{OrderStatus, PaymentState};
use duka::pages::storefront::{
    area::{AreaPage, AreaTerms, AreasPage},
    cart::{CartLine, CartNotice, CartPage},
    category::CategoryPage,
    checkout::{Change, CheckoutPage, CheckoutValues, PlaceAnswer},
    frame::{PageLink, Retired, ShopFrame},
    home::{CategoryTile, HomePage},
    listing::{Band, Choice, Facets, Listing, OptionTally, Sort, Tally},
    order::{
        ByHand, Due, OrderPage, Parcel, ParcelStage, ParcelStands, PayProblem, PayStage, ReceiptProblem, SentParcel,
        TypedReceipt,
    },
    parts::{AreaFee, CategoryLink, FeeSpread, Picture, ProductCard},
    product::{Availability, ProductOption, ProductPage, VariantChoice},
    savings::{Saving, Savings, TypedNote},
    search::{Nearest, SearchPage},
    written::{BlogPage, PostCard, WrittenPage},
};
use duka::payments::{
    method::PaymentMethod,
    providers::{mpesa::outcome::StkOutcome, paystack::outcome::CardOutcome},
    receipt::ReceiptState,
};
use duka::pricing::priced::CodeRefusal;
use duka::seo::store_seo::StoreSeo;

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
        pages: vec![PageLink { title: evil(), slug: "about-us".to_owned() }],
        has_blog: true,
        offers_swahili: true,
        area: Some(evil()),
        address: Some(evil()),
        categories: vec![CategoryLink { name: evil(), slug: "bags".to_owned() }],
        seo: StoreSeo { title: Some(evil()), description: Some(evil()), is_indexable: true },
        locale: Locale::Sw,
        origin: "http://shop.example".to_owned(),
        path: path.to_owned(),
        assets: "/s/1".to_owned(),
        is_light: false,
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

fn terms() -> AreaTerms {
    AreaTerms {
        area: evil(),
        slug: Some("evil".to_owned()),
        fee: Money::shillings(150),
        highest_fee: Money::shillings(350),
        free_from: Some(Money::shillings(5_000)),
        minimum: Money::shillings(500),
        eta_minutes: 120,
        cut_off: Some(870),
    }
}

fn an_area() -> AreaPage {
    AreaPage {
        terms: terms(),
        also: vec![evil()],
        products: vec![card()],
        meta_title: Some(evil()),
        meta_description: Some(evil()),
        is_listed: true,
    }
}

fn area_fee() -> AreaFee {
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
        put_in_at: Some(Money::shillings(1_100)),
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
        delivery: Some(area_fee()),
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
        areas: vec![area_fee()],
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
        deposit: Some(Money::shillings(200)),
        manual_name: Some(evil()),
        idempotency_key: evil(),
        values: typed,
        is_known: false,
        errors: FieldErrors::one("phone", FieldProblem::NotAPhone),
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
        waits_for_deposit: true,
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
        pause_seconds: None,
        pay_problem: Some(PayProblem {
            errors: FieldErrors::one("mpesa_phone", FieldProblem::NotAPhone),
            pause_seconds: None,
            mpesa_phone: evil(),
        }),
        may_card: true,
        paid_card: None,
        has_receipt: true,
        mpesa_phone: Some(evil()),
        idempotency_key: evil(),
    }
}

/// The same page when nothing was sent to it.
fn untouched(page: OrderPage) -> OrderPage {
    OrderPage { receipt_problem: None, pay_problem: None, ..page }
}

fn a_day() -> LocalDay {
    LocalDay::from(chrono::NaiveDate::default())
}

fn a_blog() -> BlogPage {
    let post = PostCard { title: evil(), slug: "sisal".to_owned(), summary: evil(), published: a_day() };
    BlogPage { posts: vec![post], number: 1, page_count: 2 }
}

fn a_post() -> WrittenPage {
    WrittenPage {
        kind: PageKind::Post,
        title: evil(),
        html: "<p>Woven</p>".to_owned(),
        summary: Some(evil()),
        is_indexable: true,
        published: a_day(),
        published_at: "1970-01-01T00:00:00Z".to_owned(),
        changed_at: "1970-01-01T00:00:00Z".to_owned(),
    }
}

fn narrowed() -> Listing {
    Listing {
        page: 2,
        in_stock: true,
        min: Some(1),
        brands: vec![evil()],
        choices: vec![Choice { name: evil(), value: evil() }],
        ..Listing::default()
    }
}

fn facets() -> Facets {
    let values = vec![Tally { value: evil(), count: 1 }, Tally { value: "L".to_owned(), count: 2 }];
    Facets {
        in_stock: 1,
        bands: vec![Band::at(0, 1), Band::at(9, 1)],
        brands: values.clone(),
        options: vec![OptionTally { name: evil(), values }],
    }
}

fn a_list() -> CategoryPage {
    CategoryPage {
        category: CategoryLink { name: evil(), slug: "bags".to_owned() },
        above: vec![CategoryLink { name: evil(), slug: "things".to_owned() }],
        inside: vec![CategoryLink { name: evil(), slug: "baskets".to_owned() }],
        description: Some(evil()),
        products: vec![card()],
        listing: narrowed(),
        facets: facets(),
        page_count: 3,
        product_count: 60,
        is_cut: false,
    }
}

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
    ] {
        assert!(!page.contains("<img"), "{page}");
        assert!(page.contains("href=\"/media/1-360.webp\""), "{page}");
        assert!(page.contains("evil") && !page.contains("<b id=evil"), "{page}");
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
    let page = |stage| order(&frame("/orders/x"), &untouched(an_order(stage)));
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
fn pages_of_one_shopper_stay_out_of_search_results() {
    let pages = every_page();
    let is_hidden = |page: &String| page.contains("<meta name=\"robots\" content=\"noindex\">");
    assert_eq!(
        pages.iter().map(is_hidden).collect::<Vec<_>>(),
        [false, true, false, true, true, true, true, true, true, true, true, true, true, false, false, true]
    );
}
