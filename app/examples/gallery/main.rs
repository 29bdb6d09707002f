//! Draws every shop page with made-up views into a folder, so that a person can look at them: `gallery FOLDER`.

mod buying;

use app::{
    storefront::{self, LookedFor},
    text::shop::words,
};
use buying::{cart, checkout, order};
use duka::kernel::{
    id::{CartItemId, ProductId, VariantId},
    locale::Locale,
    money::Money,
};
use duka::orders::status::{OrderStatus, PaymentState};
use duka::pages::storefront::{
    account::AskForm,
    cart::{CartLine, CartNotice},
    category::CategoryPage,
    frame::ShopFrame,
    home::{CategoryTile, HomePage},
    listing::{Band, Choice, Facets, Listing, OptionTally, Sort, Tally},
    order::PayStage,
    parts::{AreaFee, CategoryLink, FeeSpread, Picture, ProductCard},
    product::{Availability, ProductOption, ProductPage, VariantChoice},
    search::SearchPage,
};
use duka::payments::providers::{mpesa::outcome::StkOutcome, paystack::outcome::CardOutcome};
use duka::pricing::priced::CodeRefusal;
use duka::seo::store_seo::StoreSeo;
use std::{fs, io, path::PathBuf};

const GOODS: [(&str, &str, i64); 8] = [
    ("Kitenge wrap dress", "kitenge-wrap-dress", 3_800),
    ("Kiondo basket, large", "kiondo-basket-large", 2_450),
    ("Ankara bucket hat", "ankara-bucket-hat", 950),
    ("Maasai beaded necklace", "maasai-beaded-necklace", 1_600),
    ("Soapstone bowl", "soapstone-bowl", 1_200),
    ("Linen shirt with a rather long name that takes two lines", "linen-shirt", 2_900),
    ("Leather sandals", "leather-sandals", 1_850),
    ("Sisal table mats, set of six", "sisal-table-mats", 1_350),
];

fn main() -> io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned()));
    for locale in Locale::ALL {
        let at = folder.join(locale.tag());
        fs::create_dir_all(&at)?;
        for (name, html) in pages(locale) {
            fs::write(at.join(format!("{name}.html")), html)?;
        }
    }
    Ok(())
}

fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let frame = |path: &str| frame(locale, path);
    let product_frame = frame("/p/kitenge-wrap-dress");
    let order = |status, payment_status, stage, may_prompt| {
        storefront::order(&frame("/orders/ab12"), &order(status, payment_status, stage, may_prompt))
    };
    let (waits, unpaid, paid) = (OrderStatus::AwaitingPayment, PaymentState::Unpaid, PaymentState::Paid);
    vec![
        ("home", storefront::home(&frame("/"), &home())),
        ("category", storefront::category(&frame("/c/dresses"), &category(false))),
        ("category-empty", storefront::category(&frame("/c/dresses"), &category(true))),
        ("product", storefront::product(&product_frame, &product(2), None)),
        (
            "product-one",
            storefront::product(
                &product_frame,
                &product(1),
                Some(&CartNotice::ShortStock { product_name: "Kitenge wrap dress".to_owned(), left: 2 }),
            ),
        ),
        ("product-plain", storefront::product(&product_frame, &product(0), None)),
        ("product-sold-out", storefront::product(&product_frame, &sold_out(), None)),
        ("search", storefront::search(&frame("/search?q=kiondo"), &search("kiondo", 5))),
        ("search-none", storefront::search(&frame("/search?q=piano"), &search("piano", 0))),
        ("cart", storefront::cart(&frame("/cart"), &cart(3), None)),
        (
            "cart-refused",
            storefront::cart(
                &frame("/cart"),
                &cart(2),
                Some(&CartNotice::Code { code: "KARIBU11".to_owned(), why: CodeRefusal::Unknown }),
            ),
        ),
        ("cart-empty", storefront::cart(&frame("/cart"), &cart(0), None)),
        ("checkout", storefront::checkout(&frame("/checkout"), &checkout(false))),
        ("checkout-refused", storefront::checkout(&frame("/checkout"), &checkout(true))),
        ("order-waiting", order(waits, unpaid, PayStage::Waiting, false)),
        ("order-waiting-long", order(waits, unpaid, PayStage::Waiting, true)),
        ("order-checking", order(waits, unpaid, PayStage::Checking, false)),
        ("order-cancelled", order(waits, unpaid, PayStage::Failed(StkOutcome::Cancelled), true)),
        ("order-no-answer", order(waits, unpaid, PayStage::Failed(StkOutcome::NoAnswer), true)),
        ("order-by-hand", order(waits, unpaid, PayStage::ByHand, true)),
        ("order-partly", order(waits, PaymentState::Partial, PayStage::Partly, true)),
        (
            "order-paid",
            order(OrderStatus::Paid, paid, PayStage::Paid { receipt: Some("UKN4X81KQZ".to_owned()) }, false),
        ),
        (
            "order-on-the-way",
            order(OrderStatus::Dispatched, paid, PayStage::Paid { receipt: Some("UKN4X81KQZ".to_owned()) }, false),
        ),
        (
            "order-card-open",
            order(
                waits,
                unpaid,
                PayStage::CardOpen {
                    page: Some("https://checkout.paystack.com/k2v9x0dfh3m7".to_owned()),
                    reference: Some("d-0197a1b2c3d4".to_owned()),
                },
                true,
            ),
        ),
        ("order-card-declined", order(waits, unpaid, PayStage::CardFailed(CardOutcome::Declined), true)),
        ("order-card-away", order(waits, unpaid, PayStage::CardFailed(CardOutcome::NotReached), true)),
        ("order-cash", order(OrderStatus::Pending, unpaid, PayStage::CashOnDelivery, true)),
        ("order-closed", order(OrderStatus::Cancelled, unpaid, PayStage::Closed, true)),
        ("account-ask", storefront::ask_code(&frame("/account"), &AskForm::default(), Some(90))),
        ("account-code", storefront::give_code(&frame("/account/code"), None)),
        (
            "find-order",
            storefront::find_order(
                &frame("/orders/find"),
                LookedFor { problem: Some(words(locale).find_miss.to_owned()), ..LookedFor::default() },
            ),
        ),
        ("not-found", storefront::not_found(&frame("/p/gone"))),
        ("broken", storefront::broken(locale, "/s/gallery", "7QK-2M4")),
        ("unavailable", storefront::unavailable(locale, "/s/gallery")),
    ]
}

fn frame(locale: Locale, path: &str) -> ShopFrame {
    let link = |name: &str, slug: &str| CategoryLink { name: name.to_owned(), slug: slug.to_owned() };
    ShopFrame {
        logo: None,
        name: "Mama Njeri".to_owned(),
        tagline: Some("Clothes and crafts from the hands of Nairobi".to_owned()),
        theme_color: Some("#b4432b".to_owned()),
        contact_phone: Some("0711 223 344".to_owned()),
        whatsapp: Some("254711223344".to_owned()),
        contact_email: None,
        delivery_phone: None,
        delivery_name: None,
        vat_number: None,
        policies: Vec::new(),
        pages: Vec::new(),
        has_blog: false,
        offers_swahili: true,
        area: Some("Kilimani".to_owned()),
        address: Some("Yaya Centre, 2nd floor".to_owned()),
        categories: vec![
            link("Dresses", "dresses"),
            link("Shirts", "shirts"),
            link("Bags and baskets", "bags"),
            link("Jewellery", "jewellery"),
            link("Home", "home"),
        ],
        seo: StoreSeo::default(),
        locale,
        origin: "http://mama-njeri.localhost:3000".to_owned(),
        is_light: false,
        path: path.to_owned(),
        assets: "/s/gallery".to_owned(),
    }
}

fn picture(at: usize, alt: &str) -> Picture {
    Picture {
        base: format!("/media/{at}"),
        widths: vec![360, 720, 1080],
        width: 1080,
        height: 1350,
        alt: alt.to_owned(),
        placeholder: None,
    }
}

fn area(name: &str, group: &str, fee: i64) -> AreaFee {
    AreaFee {
        area: name.to_owned(),
        group: group.to_owned(),
        fee: Money::shillings(fee),
        eta_minutes: 120,
        minimum: Money::shillings(0),
    }
}

fn card(at: usize) -> ProductCard {
    let (name, slug, price) = GOODS[at % GOODS.len()];
    ProductCard {
        name: name.to_owned(),
        slug: slug.to_owned(),
        price: Money::shillings(price),
        was: (at == 1).then(|| Money::shillings(price + 450)),
        has_dearer: at == 0,
        picture: (at != 6).then(|| picture(at, name)),
        is_sold_out: at == 3,
    }
}

fn home() -> HomePage {
    let tile = |at: usize, name: &str, slug: &str, count| CategoryTile {
        name: name.to_owned(),
        slug: slug.to_owned(),
        product_count: count,
        picture: Some(picture(at + 20, name)),
    };
    HomePage {
        categories: vec![
            tile(0, "Dresses", "dresses", 14),
            tile(1, "Shirts", "shirts", 9),
            tile(2, "Bags and baskets", "bags", 21),
            tile(3, "Jewellery", "jewellery", 17),
        ],
        products: (0..8).map(card).collect(),
        delivery: Some(area("Westlands", "Nairobi West", 150)),
        spread: FeeSpread { has_steps: false, least: Some(Money::shillings(100)) },
        area_count: 64,
    }
}

fn category(is_empty: bool) -> CategoryPage {
    CategoryPage {
        category: CategoryLink { name: "Dresses".to_owned(), slug: "dresses".to_owned() },
        above: vec![CategoryLink { name: "Women".to_owned(), slug: "women".to_owned() }],
        inside: vec![CategoryLink { name: "Wrap dresses".to_owned(), slug: "wrap-dresses".to_owned() }],
        description: Some("Sewn in Kilimani from kitenge, ankara and linen.".to_owned()),
        products: if is_empty { Vec::new() } else { (0..8).map(card).collect() },
        listing: Listing { in_stock: is_empty, choices: vec![size("M")], ..Listing::plain(Sort::Newest).at(2) },
        facets: facets(),
        page_count: if is_empty { 1 } else { 4 },
        product_count: if is_empty { 0 } else { 93 },
        is_cut: false,
    }
}

fn size(value: &str) -> Choice {
    Choice { name: "Size".to_owned(), value: value.to_owned() }
}

fn facets() -> Facets {
    let tally = |value: &str, count| Tally { value: value.to_owned(), count };
    Facets {
        in_stock: 88,
        bands: vec![Band::at(3, 41), Band::at(4, 52)],
        brands: vec![tally("Kilimani Sewing", 61), tally("Ankara House", 32)],
        options: vec![OptionTally { name: "Size".to_owned(), values: vec![tally("M", 93), tally("L", 70)] }],
    }
}

fn search(words: &str, count: usize) -> SearchPage {
    SearchPage {
        words: words.to_owned(),
        listing: Listing::plain(Sort::Best),
        facets: facets(),
        page_count: 1,
        is_found: count > 0,
        others: if count > 0 { Vec::new() } else { (0..4).map(card).collect() },
        products: (0..count).map(card).collect(),
        product_count: u32::try_from(count).unwrap_or_default(),
        nearest: Vec::new(),
    }
}

fn variant(at: usize, values: &[&str], price: i64, stock: Availability) -> VariantChoice {
    VariantChoice {
        id: VariantId::parse(&format!("01935f0e-7a1c-7000-8000-3f9a{at:08x}"))
            .unwrap_or_else(|| unreachable!("a fixed id")),
        name: values.join(" / "),
        sku: Some(format!("KWD-{at}")),
        price: Money::shillings(price),
        was: (at == 0).then(|| Money::shillings(price + 700)),
        stock,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        picture: Some(at % 3),
    }
}

fn product(options: usize) -> ProductPage {
    let option = |name: &str, values: &[&str]| ProductOption {
        name: name.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let (options, variants) = match options {
        2 => (
            vec![option("Size", &["S", "M", "L"]), option("Colour", &["Sunset", "Indigo", "Forest"])],
            ["S", "M", "L"]
                .iter()
                .enumerate()
                .flat_map(|(i, size)| {
                    ["Sunset", "Indigo", "Forest"].iter().enumerate().map(move |(j, color)| {
                        let stock = if (i, j) == (1, 1) {
                            Availability::SoldOut
                        } else if i == 2 {
                            Availability::Few(3)
                        } else {
                            Availability::InStock
                        };
                        variant(i * 3 + j, &[size, color], 3_800 + if i == 2 { 300 } else { 0 }, stock)
                    })
                })
                .collect(),
        ),
        1 => (
            vec![option("Size", &["S", "M", "L", "XL"])],
            ["S", "M", "L", "XL"]
                .iter()
                .enumerate()
                .map(|(i, size)| {
                    variant(i + 1, &[size], 3_800, if i == 0 { Availability::SoldOut } else { Availability::Few(2) })
                })
                .collect(),
        ),
        _ => (vec![], vec![variant(1, &[], 3_800, Availability::InStock)]),
    };
    ProductPage {
        id: ProductId::parse("01935f0e-7a1c-7000-8000-3f9a00000000").unwrap_or_else(|| unreachable!("a fixed id")),
        name: "Kitenge wrap dress".to_owned(),
        slug: "kitenge-wrap-dress".to_owned(),
        brand: Some("Njeri Atelier".to_owned()),
        description_html: "<p>Cut from six yards of wax print, with a tie at the waist that fits from one size to the next. Sewn by Wanjiru and her two apprentices in Kilimani.</p><ul><li>100 % cotton</li><li>Wash at 30°, dry in the shade</li><li>Pockets on both sides</li></ul>".to_owned(),
        meta_title: None,
        meta_description: None,
        categories: vec![CategoryLink { name: "Dresses".to_owned(), slug: "dresses".to_owned() }],
        pictures: if variants.len() == 1 { vec![picture(0, "")] } else { (0..3).map(|at| picture(at * 30, "")).collect() },
        selected: variants.iter().position(|variant| variant.stock != Availability::SoldOut).unwrap_or_default(),
        options,
        variants,
        delivery: Some(area("Westlands", "Nairobi West", 150)),
        spread: FeeSpread { has_steps: false, least: Some(Money::shillings(100)) },
        area_count: 64,
        areas: vec![(area("Westlands", "Nairobi West", 150), false), (area("Ngong", "Kajiado", 350), true)],
        more: (1..5).map(card).collect(),
    }
}

fn sold_out() -> ProductPage {
    let mut page = product(1);
    for variant in &mut page.variants {
        variant.stock = Availability::SoldOut;
    }
    page.selected = 0;
    page
}

fn line(at: usize, quantity: u32) -> CartLine {
    let (name, slug, price) = GOODS[at];
    CartLine {
        item: CartItemId::parse(&format!("01935f0e-7a1c-7000-8000-00000000000{at}"))
            .unwrap_or_else(|| unreachable!("a fixed id")),
        variant: variant(at, &[], price, Availability::InStock).id,
        product_name: name.to_owned(),
        product_slug: slug.to_owned(),
        variant_name: if at == 0 { "M / Indigo".to_owned() } else { String::new() },
        picture: (at != 6).then(|| picture(at, name)),
        quantity,
        unit_price: Money::shillings(price),
        put_in_at: None,
        total: Money::shillings(price * i64::from(quantity)),
        available: if at == 2 { 1 } else { 999 },
    }
}
