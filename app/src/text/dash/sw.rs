//! The dashboard in Swahili, as people in Nairobi read it.

use super::{AdjustReason, DashWords, FieldProblem, OrderStatus, PaymentState, PaymentStatus, Role, StkOutcome};
use crate::text::how_long;
use duka::error::{AppError, Refusal};
use duka::kernel::locale::Locale;

pub const WORDS: DashWords = DashWords {
    skip: "Ruka hadi kwenye ukurasa",
    sections: "Sehemu",
    more: "Zaidi",
    today: "Leo",
    orders: "Oda",
    products: "Bidhaa",
    discounts: "Punguzo",
    customers: "Wateja",
    add_product: "Ongeza bidhaa",
    categories: "Makundi",
    product_files: "Faili",
    settings: "Mipangilio",
    open_shop: "Tazama duka",
    sign_in: "Ingia",
    sign_out: "Toka",
    role: |role| match role {
        Role::Owner => "Mwenye duka",
        Role::Staff => "Mfanyakazi",
        Role::Viewer => "Mtazamaji",
    },
    loading: "Inapakia…",

    weekdays: ["Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi", "Jumapili"],
    weekdays_short: ["Jtt", "Jnn", "Jtn", "Alh", "Ijm", "Jms", "Jpl"],
    months: [
        "Januari", "Februari", "Machi", "Aprili", "Mei", "Juni", "Julai", "Agosti", "Septemba", "Oktoba", "Novemba",
        "Desemba",
    ],
    months_short: ["Jan", "Feb", "Mac", "Apr", "Mei", "Jun", "Jul", "Ago", "Sep", "Okt", "Nov", "Des"],
    ago: |minutes| match minutes {
        0..2 => "sasa hivi".into(),
        2..60 => format!("dakika {minutes} zilizopita"),
        60..120 => "saa 1 iliyopita".into(),
        120..1440 => format!("saa {} zilizopita", minutes / 60),
        1440..2880 => "siku 1 iliyopita".into(),
        _ => format!("siku {} zilizopita", minutes / 1440),
    },

    money_today: "Zimeingia leo",
    yesterday: "jana",
    visits: "Waliotembelea",
    carts: "Vikapu",
    orders_placed: "Oda",
    last_seven_days: "Siku saba zilizopita",
    week_summary: |week, before| format!("{week} kwa siku saba, {before} wiki iliyotangulia"),
    week_before: "Wiki iliyotangulia",
    as_table: "Kama jedwali",
    day: "Siku",
    money: "Zimeingia",
    needs_you: "Inakusubiri",
    to_pack: "Za kufunga",
    nothing_to_pack: "Hakuna cha kufunga. Oda mpya zilizolipwa zitaonekana hapa.",
    low_stock: "Zinaisha",
    nothing_low: "Hakuna kinachoisha.",
    money_unplaced: "Pesa zisizo na oda",
    awaiting_payment: "Zinasubiri malipo",
    pieces_left: |left| if left <= 0 { "zimeisha".into() } else { format!("zimebaki {left}") },
    items: |count| if count == 1 { "kitu 1".into() } else { format!("vitu {count}") },
    see_all: "Ona zote",
    cash_on_delivery: "Pesa taslimu ikifika",

    search: "Tafuta",
    search_products_hint: "Jina au SKU",
    status: "Hali",
    all: "Zote",
    products_found: |count| if count == 1 { "bidhaa 1".into() } else { format!("bidhaa {count}") },
    no_products: "Bado hakuna bidhaa",
    no_products_text: "Ongeza ya kwanza, au zilete nyingi kwa faili; zitaonekana hapa.",
    no_products_here: "Hakuna bidhaa inayolingana. Jaribu sehemu ya jina au SKU.",
    clear_search: "Onyesha zote",
    order: "Oda",
    total: "Jumla",
    page_of: |page, of| format!("Ukurasa {page} kati ya {of}"),
    pages: "Kurasa",
    previous: "Iliyotangulia",
    next: "Inayofuata",

    order_number: |number| format!("Oda {number}"),
    all_orders: "Oda zote",
    next_step: "Hatua inayofuata",
    no_next_step: |status| match status {
        OrderStatus::AwaitingPayment => "Pesa haijafika yote bado. Utaweza kufunga ikiingia.",
        OrderStatus::Delivered => "Imefika. Hakuna kilichobaki.",
        OrderStatus::Cancelled => "Imefutwa. Hakuna kilichobaki.",
        OrderStatus::Refunded => "Pesa zimerudishwa. Hakuna kilichobaki.",
        _ => "Unaweza kuona oda hii, si kuisogeza.",
    },
    move_to: |from, to| match (from, to) {
        (OrderStatus::Pending, OrderStatus::Packing) => "Kubali na ufunge",
        (OrderStatus::Dispatched, OrderStatus::Packing) => "Rudisha kwenye kufunga",
        (_, OrderStatus::Packing) => "Anza kufunga",
        (_, OrderStatus::Dispatched) => "Imetumwa",
        (_, OrderStatus::Delivered) => "Imefika",
        (_, to) => (WORDS.order_status)(to),
    },
    collect_to: |to| match to {
        OrderStatus::Dispatched => Some("Tayari kuchukuliwa"),
        OrderStatus::Delivered => Some("Imechukuliwa"),
        _ => None,
    },
    note: "Maelezo",
    note_optional: "Maelezo (si lazima)",
    lines: "Vitu",
    each: |price| format!("{price} kila kimoja"),
    subtotal: "Jumla ndogo",
    delivery: "Usafirishaji",
    discount: "Punguzo",
    give_discount: "Toa punguzo",
    by_credit: "Imelipwa kwa akiba",
    still_missing: "Bado inadaiwa",
    deposit: "Malipo ya awali ya kuikubali",
    to_send_back: "Imelipwa zaidi, ya kurudisha",
    use_credit: |credit| format!("Lipa kwa akiba ya mteja, {credit}"),
    tax_inside: |tax| format!("VAT ndani ya jumla: {tax}"),
    deliver_to: "Peleka kwa",
    comes_for_it: "Anakuja dukani kuichukua",
    to_agent: "Kifurushi kwa wakala",
    call: "Piga simu",
    whatsapp: "WhatsApp",
    promised: "Iliahidiwa",
    about_minutes: |minutes| if minutes == 0 { String::new() } else { how_long::about(Locale::Sw, minutes) },
    deliveries: "Mizigo",
    payments: "Malipo",
    written: "Kurasa",
    no_payments: "Hakuna aliyejaribu kulipa bado.",
    attempt: |number| format!("Jaribio {number}"),
    receipt: "Risiti",
    refunds: "Marejesho",
    send_money_back: "Rudisha pesa",
    timeline: "Historia",
    notes_and_tags: "Madokezo na lebo",
    cancel_order: "Futa oda",
    packing_slip: "Karatasi ya kifurushi",
    placed_by_shopper: "na mteja",
    by: |name| format!("na {name}"),
    by_itself: "kiotomatiki",

    order_status: |status| match status {
        OrderStatus::Pending => "Mpya, taslimu",
        OrderStatus::AwaitingPayment => "Inasubiri malipo",
        OrderStatus::Paid => "Ya kufunga",
        OrderStatus::Packing => "Inafungwa",
        OrderStatus::Dispatched => "Imetumwa",
        OrderStatus::Delivered => "Imefika",
        OrderStatus::Cancelled => "Imefutwa",
        OrderStatus::Refunded => "Pesa zimerudishwa",
    },
    payment_state: |state| match state {
        PaymentState::Unpaid => "Haijalipwa",
        PaymentState::Paid => "Imelipwa",
        PaymentState::Partial => "Imelipwa nusu",
        PaymentState::Refunded => "Pesa zimerudishwa",
    },
    payment_status: |status| match status {
        PaymentStatus::Initiated => "Inasubiriwa",
        PaymentStatus::Pending => "Inasubiri PIN",
        PaymentStatus::Succeeded => "Imelipwa",
        PaymentStatus::Failed => "Haikulipwa",
    },
    record_money: "Pesa zilizopokelewa",
    payment_link: "Kiungo cha kulipa",
    rider_link: "Kiungo cha mpelekaji",
    see_receipt: "Risiti",
    payment_method: |method| match method {
        "mpesa" => "M-Pesa",
        "mpesa_till" => "M-Pesa till",
        "mpesa_paybill" => "M-Pesa paybill",
        "cod" => "Pesa taslimu ikifika",
        "card" => "Kadi",
        "manual" => "Njia yako",
        _ => "—",
    },
    card_failed: "Kadi haikuleta pesa.",
    shopper_says: |receipt| format!("Mteja anasema: risiti {receipt}"),
    shopper_says_more: "Pesa zake hazipo hapa. Zitafute kwenye zisizo na oda na kwenye taarifa yako ya M-Pesa.",
    failure: |outcome| match outcome {
        Some(StkOutcome::Cancelled) => "Mteja alighairi kwenye simu.",
        Some(StkOutcome::LowBalance) => "Pesa hazikutosha kwenye M-Pesa ya mteja.",
        Some(StkOutcome::WrongPin | StkOutcome::PinLocked) => "PIN haikuwa sahihi.",
        Some(StkOutcome::NoAnswer | StkOutcome::Expired) => "Hakuna aliyejibu ombi kwa wakati.",
        Some(StkOutcome::PhoneBusy | StkOutcome::Busy | StkOutcome::TooSoon) => {
            "Simu au M-Pesa ilikuwa na shughuli nyingi."
        }
        Some(StkOutcome::DailyLimit | StkOutcome::TooLarge | StkOutcome::TooSmall) => {
            "Kiasi kiko nje ya kikomo cha M-Pesa cha mteja."
        }
        Some(StkOutcome::MerchantFull | StkOutcome::BadSettings) => {
            "Akaunti yako ya M-Pesa haikupokea. Angalia mipangilio yake."
        }
        _ => "M-Pesa haikuweza kumaliza. Hakuna pesa iliyohama.",
    },

    price: "Bei",
    price_in: |sign| format!("Bei kwa {sign}"),
    save_price: "Hifadhi bei",
    stock: "Stoki",
    in_stock: |stock| format!("{stock} dukani"),
    held: |held| format!("{held} zimeahidiwa"),
    low: "Zinaisha",
    sold_out: "Zimeisha",
    change_by: "Badilisha kwa",
    change_hint: "10 inaongeza kumi, -2 inatoa mbili.",
    reason: "Sababu",
    adjust_reason: |reason| match reason {
        AdjustReason::Restock => "Bidhaa mpya zimefika",
        AdjustReason::Adjustment => "Nimehesabu upya",
    },
    save_stock: "Hifadhi stoki",
    edit: "Badilisha",
    all_variants: |count| format!("Aina zote {count}"),
    see_in_shop: "Ione dukani",
    product_status: |status| match status {
        "draft" => "Rasimu",
        "archived" => "Imehifadhiwa kando",
        _ => "Inauzwa",
    },
    only_form: "Aina moja",
    view_only: "Unaweza kuona, si kubadilisha.",

    saving: "Inahifadhi…",
    saved: "Imehifadhiwa",
    show_current: "Onyesha ilivyo sasa",
    not_saved: "Haikuhifadhiwa.",
    problem: |problem| match problem {
        FieldProblem::Missing => "Tafadhali jaza hapa.",
        FieldProblem::TooLong => "Hii ni ndefu mno.",
        FieldProblem::NotAPhone => "Hii si nambari ya simu ya Kenya.",
        FieldProblem::NotAnEmail => "Hii si anwani ya barua pepe.",
        FieldProblem::NotAQuantity => "Andika nambari kutoka 1 hadi 999.",
        FieldProblem::NotAPrice => "Andika shilingi kamili zaidi ya sufuri, kama 1,250.",
        FieldProblem::NotAWholeNumber => "Andika idadi kamili, kama 10 au -2.",
        FieldProblem::UnknownArea => "Chagua eneo kwenye orodha.",
        FieldProblem::UnknownMethod => "Chagua njia ya kulipa kwenye orodha.",
        FieldProblem::TooLow => "Bidhaa mpya huongeza tu. Ili kutoa, chagua “Nimehesabu upya”.",
        FieldProblem::TooHigh => "Hii ni zaidi ya inavyowezekana dukani.",
        // Only still pages can have the others.
        _ => "Tafadhali angalia hapa tena.",
    },
    error: |error| match error {
        AppError::NotFound => "Hii haipo tena. Hakuna kilichobadilika.".into(),
        AppError::Invalid(_) => "Kuna kitu kwenye fomu cha kuangalia tena. Hakuna kilichobadilika.".into(),
        AppError::Refused(Refusal::ShortStock { left: 0 }) => "Hakuna kilichobadilika: zote zimeahidiwa oda.".into(),
        AppError::Refused(Refusal::ShortStock { left }) => {
            format!("Hakuna kilichobadilika: unaweza kutoa {left} tu, zilizoahidiwa oda zinabaki.")
        }
        AppError::Refused(Refusal::NoSuchMove { from, to }) => match (OrderStatus::parse(from), OrderStatus::parse(to))
        {
            (Some(from), Some(to)) => format!(
                "Hakuna kilichobadilika: oda haiwezi kutoka “{}” hadi “{}”.",
                (WORDS.order_status)(from),
                (WORDS.order_status)(to)
            ),
            _ => "Hakuna kilichobadilika: oda haina hatua hiyo.".into(),
        },
        AppError::Refused(_) => "Haiwezekani kwa sasa. Hakuna kilichobadilika.".into(),
        AppError::ChangedMeanwhile => {
            "Mtu mwingine amebadilisha hii sasa hivi, kwa hivyo yako haikuhifadhiwa. Iangalie kisha ujaribu tena."
                .into()
        }
        AppError::SignedOut => "Umetoka. Ingia ili uendelee.".into(),
        AppError::NotPermitted => "Jukumu lako haliruhusu hili. Muulize mwenye duka.".into(),
        AppError::TooMany { retry_after_seconds } => {
            format!("Umejaribu mara nyingi. Subiri sekunde {retry_after_seconds}, kisha ujaribu tena.")
        }
        AppError::TryAgain { .. } => "Haikufika. Hakuna kilichobadilika. Jaribu tena baada ya muda mfupi.".into(),
        AppError::Broken { reference } if reference.len() == 10 && reference.bytes().all(|b| b.is_ascii_hexdigit()) => {
            format!("Kuna kitu kimeharibika upande wetu. Ikitokea tena, tuambie kumbukumbu {reference}.")
        }
        AppError::Broken { .. } => "Kuna kitu kimeharibika upande wetu. Tafadhali jaribu tena.".into(),
    },
    not_found: "Haipo hapa",
    not_found_text: "Hakuna kitu kwenye anwani hii. Huenda imehamishwa, au ni ya mtu mwingine.",
    try_again: "Jaribu tena",
    back_to_today: "Rudi kwa leo",

    sign_in_title: "Ingia kwenye duka lako",
    email: "Barua pepe",
    password: "Nenosiri",
    sign_in_wrong: "Barua pepe au nenosiri halilingani. Angalia yote mawili kisha ujaribu tena.",
    sign_in_throttled: |seconds| {
        if seconds <= 90 {
            format!("Umejaribu mara nyingi. Subiri sekunde {seconds}, kisha ujaribu tena.")
        } else {
            format!("Umejaribu mara nyingi. Subiri dakika {}, kisha ujaribu tena.", seconds.div_ceil(60))
        }
    },
    sign_in_choose: "Uko kwenye duka zaidi ya moja. Lipi?",
    which_store: "Duka",
    other_language: "English",

    platform_title: "Duka lako, kwenye kila simu Kenya",
    platform_lead: "Duka humpa kila mfanyabiashara duka la mtandaoni: kurasa zinazofunguka kwenye simu ya bei nafuu hata mtandao ukiwa mbaya, malipo ya M-Pesa, na bei ya usafirishaji kwa kila mtaa.",
    platform_points: [
        ("M-Pesa kwanza", "Ombi la malipo hufika kwenye simu ya mteja kwa sekunde, na jibu huja kwa maneno rahisi."),
        ("Kurasa nyepesi", "Ukurasa wa bidhaa ni mdogo kuliko picha moja. Hufanya kazi hata bila skripti."),
        ("Usafirishaji kwa mtaa", "Mteja huona bei ya kupelekewa hadi eneo lake kabla ya kuagiza."),
        ("Endesha kwa kidole gumba", "Pesa za leo, cha kufunga na kinachoisha, kwenye skrini moja."),
    ],
    platform_shops: "Tembea dukani",
    platform_shops_text: "Weka kitu kwenye kikapu na ulipe. Kwenye onyesho, nambari yoyote ya Kenya inaweza.",
    platform_merchant: "Una duka hapa?",
    platform_merchant_text: "Ona pesa za leo na cha kufunga.",
};
