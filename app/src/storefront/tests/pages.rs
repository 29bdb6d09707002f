//! A page of each kind, filled with what ends a script, a style, an attribute and an element at once.

use duka::content::{PageKind, PagePicture};
use duka::kernel::{
    field_errors::{FieldErrors, FieldProblem},
    id::{CartItemId, PagePictureId, ProductId, VariantId},
    local_time::LocalDay,
    locale::Locale,
    money::Money,
};
use duka::orders::status::{OrderStatus, PaymentState};
use duka::pages::storefront::{
    area::{AreaPage, AreaTerms},
    cart::CartLine,
    category::CategoryPage,
    checkout::{Change, CheckoutPage, CheckoutValues, PlaceAnswer},
    frame::{PageLink, ShopFrame},
    listing::{Band, Choice, Facets, Listing, OptionTally, Tally},
    order::{
        ByHand, Due, OrderPage, Parcel, ParcelStage, ParcelStands, PayProblem, PayStage, ReceiptProblem, SentParcel,
        TypedReceipt,
    },
    parts::{AreaFee, CategoryLink, FeeSpread, Picture, ProductCard},
    product::{Availability, ProductOption, ProductPage, VariantChoice},
    savings::{Saving, Savings, TypedNote},
    written::{BlogPage, PostCard, WrittenPage},
};
use duka::payments::{method::PaymentMethod, receipt::ReceiptState};
use duka::pricing::priced::CodeRefusal;
use duka::seo::store_seo::StoreSeo;

/// Ends a script, a style, an attribute and an element at once.
pub(super) const EVIL: &str = "</script></style></noscript>\"'><b id=evil>";
pub(super) const ID: &str = "01935f0e-7a1c-7000-8000-3f9a00000001";

pub(super) fn evil() -> String {
    EVIL.to_owned()
}

pub(super) fn frame(path: &str) -> ShopFrame {
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

pub(super) fn picture() -> Picture {
    Picture {
        base: "/media/1".to_owned(),
        widths: vec![360, 720],
        width: 1080,
        height: 1350,
        alt: evil(),
        placeholder: None,
    }
}

pub(super) fn terms() -> AreaTerms {
    AreaTerms {
        area: evil(),
        slug: Some("evil".to_owned()),
        fee: Money::shillings(150),
        highest_fee: Money::shillings(350),
        rises: false,
        free_from: Some(Money::shillings(5_000)),
        minimum: Money::shillings(500),
        eta_minutes: 120,
        cut_off: Some(870),
    }
}

pub(super) fn an_area() -> AreaPage {
    AreaPage {
        terms: terms(),
        also: vec![evil()],
        products: vec![card()],
        meta_title: Some(evil()),
        meta_description: Some(evil()),
        is_listed: true,
    }
}

pub(super) fn area_fee() -> AreaFee {
    AreaFee {
        area: evil(),
        group: evil(),
        fee: Money::shillings(150),
        eta_minutes: 120,
        minimum: Money::shillings(9_000),
    }
}

pub(super) fn card() -> ProductCard {
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

pub(super) fn line() -> CartLine {
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

pub(super) fn a_product() -> ProductPage {
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
        areas: vec![(area_fee(), true), (area_fee(), false)],
        more: vec![card()],
    }
}

pub(super) fn savings() -> Savings {
    Savings {
        lines: vec![Saving { name: evil(), code: Some(evil()), amount: Money::shillings(100), is_delivery: false }],
        codes: vec![TypedNote { code: evil(), why: Some(CodeRefusal::Over) }],
        to_free_delivery: Some(Money::shillings(500)),
    }
}

pub(super) fn a_checkout() -> CheckoutPage {
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
        no_mpesa: true,
        deposit: Some(Money::shillings(200)),
        manual_name: Some(evil()),
        idempotency_key: evil(),
        values: typed,
        is_known: false,
        errors: FieldErrors::one("phone", FieldProblem::NotAPhone),
        changes: vec![Change::Stock { product_name: evil(), wanted: 2, left: 1 }],
    }
}

pub(super) fn an_order(stage: PayStage) -> OrderPage {
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
        held_until: Some(chrono::DateTime::UNIX_EPOCH),
        excess: Money::shillings(50),
        by_hand: Some(ByHand { method: PaymentMethod::MpesaPaybill, number: evil(), account: Some(evil()) }),
        area: evil(),
        street: evil(),
        is_collected: false,
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
pub(super) fn untouched(page: OrderPage) -> OrderPage {
    OrderPage { receipt_problem: None, pay_problem: None, ..page }
}

pub(super) fn a_day() -> LocalDay {
    LocalDay::from(chrono::NaiveDate::default())
}

pub(super) fn a_blog() -> BlogPage {
    let post = PostCard { title: evil(), slug: "sisal".to_owned(), summary: evil(), published: a_day() };
    BlogPage { posts: vec![post], number: 1, page_count: 2 }
}

pub(super) fn a_post() -> WrittenPage {
    WrittenPage {
        kind: PageKind::Post,
        title: evil(),
        html: "<p>Woven <img src=\"picture:1\" alt=\"\"></p><p><img src=\"picture:2\" alt=\"gone\"></p>".to_owned(),
        pictures: vec![PagePicture {
            id: PagePictureId::mint(),
            number: 1,
            alt_text: evil(),
            media_key: "media/1".to_owned(),
            widths: vec![360, 720],
            width: 800,
            height: 600,
            placeholder: None,
        }],
        summary: Some(evil()),
        is_indexable: true,
        published: a_day(),
        published_at: "1970-01-01T00:00:00Z".to_owned(),
        changed_at: "1970-01-01T00:00:00Z".to_owned(),
    }
}

pub(super) fn narrowed() -> Listing {
    Listing {
        page: 2,
        in_stock: true,
        min: Some(1),
        brands: vec![evil()],
        choices: vec![Choice { name: evil(), value: evil() }],
        ..Listing::default()
    }
}

pub(super) fn facets() -> Facets {
    let values = vec![Tally { value: evil(), count: 1 }, Tally { value: "L".to_owned(), count: 2 }];
    Facets {
        in_stock: 1,
        bands: vec![Band::at(0, 1), Band::at(9, 1)],
        brands: values.clone(),
        options: vec![OptionTally { name: evil(), values }],
    }
}

pub(super) fn a_list() -> CategoryPage {
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
