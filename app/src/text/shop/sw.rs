//! The shop in Swahili, as people in Nairobi read it.

use super::{OutcomeWords, ShopWords, TurnedAway, TurnedAwayWords, is_money_safe};
use crate::text::how_long;
use duka::kernel::{field_errors::FieldProblem, locale::Locale};
use duka::orders::status::OrderStatus;
use duka::pages::storefront::{listing::Sort, policy::PolicyKind};
use duka::payments::{method::PaymentMethod, providers::mpesa::outcome::StkOutcome};

pub static WORDS: ShopWords = ShopWords {
    other_language: "English",
    skip: "Ruka hadi bidhaa",
    cart: "Kikapu",
    search: "Tafuta",
    search_hint: "Tafuta bidhaa",
    categories: "Aina za bidhaa",
    home: "Mwanzo",

    contact_us: "Wasiliana nasi",
    on_whatsapp: "Tuandikie WhatsApp",
    call: |phone| format!("Piga {phone}"),
    delivery_heading: "Kuletewa",
    payment_heading: "Malipo",
    find_order: "Tafuta oda yako",
    powered_by: "Inaendeshwa na Duka",
    footer_delivery: "Bei ya kuletewa mtaani kwako unaiona kabla ya kulipa.",
    footer_payment: "M-Pesa, moja kwa moja kwa duka.",

    about_minutes: |minutes| how_long::about(Locale::Sw, minutes),
    delivery_to: |area| format!("Kuletewa {area}"),
    delivery_price: |fee, time| if fee.is_zero() { format!("Bure, {time}") } else { format!("{fee}, {time}") },
    delivery_free: "Bure",
    more_areas: |count| format!("Tunafika mitaa {count}; utachagua wako ukiagiza"),
    pay_with_mpesa_or_cash: "Ombi la malipo linakuja kwa simu yako ukiagiza",
    ask_on_whatsapp: "Uliza kwa WhatsApp",
    ask_about: |product, price, address| format!("Habari, nina swali kuhusu {product}, {price}: {address}"),
    share: "Mwonyeshe mwenzako",
    share_on_whatsapp: "Tuma kwa WhatsApp",

    see_all: "Ona zote",
    newest: "Zilizopo dukani sasa",
    shop_by_category: "Chagua aina",
    how_it_works: "Jinsi ya kununua",
    promise_delivery: |count| format!("Mitaa tunayofika: {count}. Bei ya kwako unaiona kabla ya kulipa."),
    promise_pay: "Lipa na M-Pesa",
    promise_pay_text: "Ombi linakuja kwa simu yako. Unalipa jumla ile ile uliyoona.",
    promise_help: "Mtu halisi anajibu",
    promise_help_text: "Swali, saizi, au mabadiliko ya oda: tuandikie WhatsApp.",
    nothing_for_sale: "Bado tunapanga bidhaa",
    nothing_for_sale_text: "Hakuna bidhaa bado. Tuandikie, tutakuambia zikifika.",
    home_description: |shop| format!("{shop}: agiza mtandaoni, lipa na M-Pesa, uletewe mlangoni."),

    from_price: "kuanzia",
    was_price: "Awali",
    now_price: "Sasa",
    sold_out: "Imeisha",
    sold_out_text: "Bidhaa hii imeisha. Tuulize itarudi lini.",
    in_stock: "Ipo",
    only_left: |count| format!("Zimebaki {count} tu"),
    quantity: "Idadi",
    choose: |option| option.to_owned(),
    add_to_cart: "Weka kwa kikapu",
    added: "Imewekwa kwa kikapu chako.",
    not_added: "Haijawekwa: network haikujibu. Tafadhali jaribu tena.",
    view_cart: "Ona kikapu",
    about_product: "Kuhusu bidhaa hii",
    more_like_this: "Zinazofanana",
    pictures_of: |product| format!("Picha za {product}"),
    where_you_are: "Uko hapa",

    products: |count| format!("Bidhaa {count}"),
    sort: "Panga kwa",
    sort_by: |sort| match sort {
        Sort::Newest => "Mpya kwanza",
        Sort::PriceUp => "Bei, ya chini kwanza",
        Sort::PriceDown => "Bei, ya juu kwanza",
        Sort::Name => "Jina",
        Sort::Best => "Inayofanana zaidi",
    },
    only_in_stock: "Zilizopo tu",
    price_from: "Kuanzia KSh",
    price_to: "Hadi KSh",
    filter: "Panga na uchuje",
    apply: "Onyesha",
    pages: "Kurasa",
    page_of: |page, count| format!("Ukurasa {page} kati ya {count}"),
    next: "Mbele",
    previous: "Nyuma",
    empty_list: "Hakuna inayolingana",
    empty_list_text: "Hakuna bidhaa inayolingana na ulichochagua.",
    show_all: "Onyesha zote",

    results_for: |words| format!("Matokeo ya “{words}”"),
    no_results: |words| format!("Hatujapata “{words}”"),
    no_results_text: "Jaribu neno moja tu, au pitia aina za bidhaa.",
    did_you_mean: "Je, ulimaanisha",
    what_do_you_want: "Unatafuta nini?",

    your_cart: "Kikapu chako",
    cart_empty: "Kikapu chako ni tupu",
    cart_empty_text: "Unachoweka kinabaki hapa hata ukifunga ukurasa.",
    continue_shopping: "Endelea kununua",
    update: "Badilisha",
    remove: "Ondoa",
    remove_what: |product| format!("Ondoa {product}"),
    quantity_of: |product| format!("Idadi ya {product}"),
    each: |price| format!("{price} kila moja"),
    subtotal: "Bidhaa",
    delivery: "Kuletewa",
    total: "Jumla",
    vat_inside: |tax| format!("VAT ya {tax} imo ndani"),
    checkout: "Agiza",
    code: "Kodi ya punguzo",
    code_question: "Una kodi ya punguzo?",
    use_code: "Tumia kodi",
    short: |left| format!("Zimebaki {left} tu. Tafadhali punguza idadi."),
    gone: "Imeisha sasa hivi. Tafadhali iondoe.",

    bad_quantity: "Idadi iwe nambari kamili kuanzia 1 hadi 999. Kikapu chako hakijabadilika.",
    short_stock: |product, left| {
        if left == 0 {
            format!("{product} imeisha. Kikapu chako hakijabadilika.")
        } else {
            format!("Zimebaki {left} tu za {product}. Kikapu chako hakijabadilika.")
        }
    },
    cart_full: |limit| format!("Kikapu kinabeba bidhaa {limit} tofauti. Agiza hizi kwanza, kisha uanze kingine."),
    unknown_variant: "Bidhaa hiyo haiuzwi hapa tena. Kikapu chako hakijabadilika.",

    your_details: "Kukuhusu",
    name: "Jina",
    phone: "Nambari ya simu",
    phone_hint: "Mfano 0712 345 678. Tunapiga au kuandika kuhusu oda hii tu.",
    email: "Barua pepe",
    optional: "si lazima",
    where_to: "Tulete wapi",
    delivery_area: "Mtaa wa kuletewa",
    update_delivery: "Onyesha bei ya kuletewa",
    street: "Barabara, jengo, ghorofa",
    street_hint: "Mfano: Ngong Road, Greenhouse Mall, ghorofa ya 3",
    instructions: "Maelezo kwa rider",
    instructions_hint: "Alama ya karibu, geti, wa kupigia",
    how_to_pay: "Utalipa vipi",
    method,
    method_text,
    mpesa_phone: "Nambari ya M-Pesa",
    mpesa_phone_hint: "Kama simu nyingine ndiyo italipa",
    same_phone: |phone| format!("Acha tupu kutumia {phone}"),
    whatsapp_opt_in: "Nitumie habari za oda hii kwa WhatsApp",
    your_order: "Oda yako",
    place_order: "Tuma oda",
    place_order_text: "Ukilipa na M-Pesa, ombi linafuata kwa simu yako.",
    back_to_cart: "Badilisha kikapu",
    please_check: "Tafadhali angalia haya, oda haijatumwa bado:",
    changed_heading: "Kuna kitu kimebadilika",
    changed_text: "Oda haijatumwa na hakuna pesa iliyotoka. Angalia jumla mpya hapa chini, kisha utume tena.",
    changed_total: |seen, now| format!("Jumla sasa ni {now}. Ilikuwa {seen}."),
    changed_price: |product, seen, now| format!("{product} sasa ni {now}. Ilikuwa {seen}."),
    changed_stock: |product, wanted, left| {
        if left == 0 {
            format!("{product} imeisha. Tafadhali iondoe kwa kikapu.")
        } else {
            format!("{product} zimebaki {left} tu, ulitaka {wanted}.")
        }
    },
    below_minimum: |area, minimum| format!("Tunaleta {area} kuanzia {minimum}. Ongeza kitu, au chagua mtaa mwingine."),
    minimum_of_area: |minimum| format!("Oda za mtaa huu zinaanzia {minimum}"),
    problem,
    policy: |kind| match kind {
        PolicyKind::Delivery => "Tunavyopeleka",
        PolicyKind::Returns => "Kurudisha",
        PolicyKind::Privacy => "Taarifa zako",
    },

    order_number: |number| format!("Oda {number}"),
    keep_link: "Hifadhi ukurasa huu: unaonyesha oda yako ilipo wakati wowote.",
    placed_on: |when| format!("Iliagizwa {when}"),
    check_phone: "Angalia simu yako",
    waiting_text: |phone, total| {
        if phone.is_empty() {
            format!("Tumetuma ombi la {total} kwa simu yako. Weka PIN yako ya M-Pesa ulipe.")
        } else {
            format!("Tumetuma ombi la {total} kwa {phone}. Weka PIN yako ya M-Pesa ulipe.")
        }
    },
    waiting_steps: [
        "Fungua simu. Ujumbe wa M-Pesa uko kwa skrini.",
        "Hakikisha kiasi, kisha uweke PIN yako ya M-Pesa.",
        "Subiri hapa. Ukurasa huu unabadilika M-Pesa ikithibitisha.",
    ],
    waiting_how_long: "Kwa kawaida ni chini ya dakika moja.",
    check_payment: "Angalia malipo",
    nothing_came: "Hakuna kitu kwa simu baada ya dakika? Hakikisha imewashwa na ina network, na ufunge menyu nyingine ya M-Pesa.",
    checking: "Tunauliza M-Pesa",
    checking_text: "M-Pesa haijatuambia matokeo bado. Usilipe tena; ukurasa huu unabadilika tukijua.",
    pay_now_text: |total| format!("Tunatuma ombi la {total} kwa simu yako. Weka PIN yako ya M-Pesa ulipe."),
    order_kept: "Oda yako tumekuwekea.",
    held_until: |until| format!("Bidhaa umewekewa hadi {until}. Pesa isipofika kufikia hapo, oda itafungwa."),
    no_money_moved: "Hakuna pesa iliyotoka kwa M-Pesa yako.",
    pay_with_mpesa: "Lipa na M-Pesa",
    send_again: "Tuma ombi tena",
    pause: |left| format!("M-Pesa inaomba pumziko kati ya maombi. Unaweza kutuma lingine baada ya sekunde {left}."),
    outcome,
    paid: "Imelipwa, asante",
    paid_text: "Tumepata malipo yako na tunatayarisha oda yako.",
    receipt: |receipt| format!("Risiti ya M-Pesa {receipt}"),
    cod: "Tumepokea oda yako",
    cod_text: |total| format!("Utalipa {total} ukiletewa. Tutakupigia kabla rider hajaondoka."),
    closed: "Oda hii imefungwa",
    closed_text: "Haikulipwa kwa wakati au ilifutwa. Kama ulilipa, tutumie ujumbe wa M-Pesa; pesa itapatikana na kurudishwa, au oda ifunguliwe tena.",
    refunded: "Pesa imerudishwa",
    refunded_text: "Tumekurudishia pesa za oda hii.",
    where_it_is: "Ilipo",
    status,
    step_placed: "Imeagizwa",
    step_ready: "Tayari kuchukuliwa",
    step_done: "tayari",
    deliver_to: "Tunaleta hapa",
    help_with_order: "Msaada kuhusu oda hii",
    help_message: |number| format!("Habari, ni kuhusu oda yangu {number}."),

    find_order_text: "Unahitaji nambari ya oda na nambari ya simu uliyoagiza nayo.",
    order_number_label: "Nambari ya oda",
    find: "Tafuta oda",
    find_miss: "Hatujapata oda yenye nambari hii na simu hii. Angalia zote mbili, au tuandikie.",

    not_found: "Ukurasa huu haupo",
    not_found_text: "Huenda bidhaa iliuzwa au ilihamishwa. Itafute, au anza mwanzo.",
    broken: "Kuna tatizo upande wetu",
    broken_text: "Ulichofanya sasa hivi hakijaagiza wala kulipa chochote. Jaribu tena; ikiendelea hivi, liandikie duka na utaje nambari hii.",
    reference: |reference| format!("Nambari {reference}"),
    try_again: "Jaribu tena",
    unavailable: "Tunarudi sasa hivi",
    unavailable_text: "Duka haliwezi kujibu kwa sasa. Ulichoagiza na kulipia kiko salama. Jaribu tena baada ya dakika moja.",
    remembered: "Duka linajibu kutoka kumbukumbu. Bei na bidhaa zilizopo zitaangaliwa tena unapoagiza; kama kuagiza hakujawezekana, jaribu tena baada ya dakika moja.",
    turned_away,
    unknown_field: |name| format!("Fomu hii haina sehemu “{name}”."),
    no_such_order: "Hakuna oda kama hiyo.",
};

const fn turned_away(why: TurnedAway) -> TurnedAwayWords {
    let (heading, text) = match why {
        TurnedAway::Unreadable => {
            ("Fomu hii haikusomeka", "Hakuna kilichofanyika. Rudi nyuma, iangalie fomu na uitume tena.")
        }
        TurnedAway::Foreign => (
            "Hii ilitumwa kutoka tovuti nyingine",
            "Hakuna kilichofanyika. Kama ulikusudia, fungua ukurasa hapa na utume fomu kutoka hapo.",
        ),
        TurnedAway::Silent => (
            "Kivinjari chako hakisemi hii ilitoka ukurasa gani",
            "Hakuna kilichofanyika. Fungua ukurasa tena na utume fomu kutoka hapo.",
        ),
        TurnedAway::TooLarge => (
            "Hii ni kubwa kuliko tunavyoweza kusoma",
            "Hakuna kilichofanyika. Rudi nyuma, fupisha ulichoandika au chagua faili ndogo, na utume tena.",
        ),
    };
    TurnedAwayWords { heading, text }
}

fn method(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::MpesaStk => "M-Pesa, ombi kwa simu yako",
        PaymentMethod::MpesaPaybill => "M-Pesa Paybill",
        PaymentMethod::MpesaTill => "M-Pesa Buy Goods",
        PaymentMethod::Cod => "Lipa ukiletewa",
        PaymentMethod::Card => "Kadi",
        PaymentMethod::Manual => "Njia nyingine",
    }
}

fn method_text(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::MpesaStk => "Unaweka PIN tu",
        PaymentMethod::MpesaPaybill | PaymentMethod::MpesaTill => "Unaandika nambari na kiasi",
        PaymentMethod::Cod => "Uwe na pesa kamili tayari",
        PaymentMethod::Card => "Visa au Mastercard",
        PaymentMethod::Manual => "",
    }
}

fn problem(problem: FieldProblem) -> &'static str {
    match problem {
        FieldProblem::Missing => "Tafadhali jaza hapa.",
        FieldProblem::TooLong => "Ni refu mno. Tafadhali fupisha.",
        FieldProblem::NotAPhone => "Hii si nambari ya simu ya Kenya. Andika kama 0712 345 678.",
        FieldProblem::NotAnEmail => "Hii haionekani kuwa barua pepe. Irekebishe au uiache tupu.",
        FieldProblem::NotAQuantity => "Andika nambari kamili kuanzia 1 hadi 999.",
        FieldProblem::NotAPrice => "Andika kiasi kwa shilingi kamili.",
        FieldProblem::NotAWholeNumber => "Andika nambari kamili.",
        FieldProblem::UnknownArea => "Hatufiki huko. Tafadhali chagua kwa orodha.",
        FieldProblem::UnknownMethod => "Duka halipokei hii. Tafadhali chagua njia nyingine ya kulipa.",
        FieldProblem::NoCash => "Oda hii haiwezi kulipwa kwa pesa taslimu. Tafadhali chagua njia nyingine.",
        FieldProblem::NotByMpesa => {
            "M-Pesa hutuma shilingi kamili tu, zisizozidi KSh 250,000 kwa mara moja. Tafadhali chagua njia nyingine, au uliza duka."
        }
        FieldProblem::TooLow => "Ni ndogo mno.",
        FieldProblem::TooHigh => "Ni kubwa mno.",
        FieldProblem::Unreadable => "Kuna herufi zisizosomeka hapa.",
        // Only the dashboard's forms can have the others.
        _ => "Tafadhali angalia hapa tena.",
    }
}

fn status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending => "Imepokelewa",
        OrderStatus::AwaitingPayment => "Inasubiri malipo",
        OrderStatus::Paid => "Imelipwa",
        OrderStatus::Packing => "Inapakiwa",
        OrderStatus::Dispatched => "Iko njiani",
        OrderStatus::Delivered => "Imefika",
        OrderStatus::Cancelled => "Imefutwa",
        OrderStatus::Refunded => "Pesa imerudishwa",
    }
}

fn outcome(outcome: StkOutcome) -> OutcomeWords {
    let (heading, text) = match outcome {
        StkOutcome::Paid => ("Malipo yamefika", "Tunathibitisha na M-Pesa. Ukurasa huu utabadilika sasa hivi."),
        StkOutcome::LowBalance => {
            ("Pesa haitoshi kwa M-Pesa yako", "Ongeza pesa au lipa kwa nambari nyingine, kisha utume ombi tena.")
        }
        StkOutcome::TooSmall => (
            "Kiasi ni kidogo mno kwa M-Pesa",
            "M-Pesa haitumi pesa kidogo hivi. Ongeza kitu kwa oda yako, au tuandikie.",
        ),
        StkOutcome::TooLarge => {
            ("Kiasi ni kikubwa mno kwa malipo moja ya M-Pesa", "Tuandikie, tutafute njia nyingine ya kulipa.")
        }
        StkOutcome::DailyLimit => {
            ("Umefika kikomo cha M-Pesa cha leo", "Lipa kwa nambari nyingine, au tuma ombi tena kesho.")
        }
        StkOutcome::MerchantFull => {
            ("M-Pesa ya duka haiwezi kupokea zaidi sasa", "Hili ni upande wetu. Tuandikie, au jaribu tena baadaye.")
        }
        StkOutcome::TooSoon => (
            "M-Pesa inaomba usubiri kidogo",
            "Simu hii imetumiwa ombi sasa hivi. Subiri dakika mbili, kisha utume ombi tena.",
        ),
        StkOutcome::Busy => (
            "M-Pesa ina shughuli nyingi",
            "Bado hatujui matokeo. M-Pesa ikikutumia ujumbe wa kuthibitisha, usilipe tena; utaona hapa.",
        ),
        StkOutcome::PhoneBusy => {
            ("Simu yako ilikuwa na menyu ya M-Pesa wazi", "Ifunge, subiri dakika moja, kisha utume ombi tena.")
        }
        StkOutcome::Expired => {
            ("Muda wa ombi umeisha", "PIN haikuwekwa kwa wakati. Shika simu, kisha utume ombi tena.")
        }
        StkOutcome::PromptFailed => {
            ("Ombi halikufika kwa simu yako", "M-Pesa haikuweza kulionyesha. Angalia network, kisha utume ombi tena.")
        }
        StkOutcome::Cancelled => {
            ("Umekataa ombi", "Oda yako tumekuwekea. Ukiwa tayari, tuma ombi tena na uweke PIN yako ya M-Pesa.")
        }
        StkOutcome::NoAnswer => (
            "Simu yako haikujibu",
            "Huenda imezimwa au haina network. M-Pesa ikikutumia ujumbe wa kuthibitisha, usilipe tena; utaona hapa. La sivyo, tuma ombi tena.",
        ),
        StkOutcome::WrongPin => (
            "PIN haikuwa sahihi",
            "Tuma ombi tena na uweke PIN yako ya M-Pesa polepole. Ukikosea mara tatu M-Pesa inaifunga.",
        ),
        StkOutcome::BadSettings => {
            ("M-Pesa ya duka haijawekwa sawa", "Hili ni upande wetu. Tuandikie, tutafute njia nyingine ya kulipa.")
        }
        StkOutcome::PinLocked => {
            ("PIN yako ya M-Pesa imefungwa", "Ifungue kwa Safaricom, au lipa kwa nambari nyingine.")
        }
        StkOutcome::StillOpen => {
            ("Ombi bado liko kwa simu yako", "Weka PIN yako ya M-Pesa hapo, au ulikatae kabla ya kuomba lingine.")
        }
        StkOutcome::Unknown => (
            "Tunauliza M-Pesa kilichotokea",
            "Usilipe tena bado. Kama M-Pesa imekutumia ujumbe, uhifadhi; ukurasa huu unabadilika tukijua.",
        ),
    };
    OutcomeWords { heading, text, is_money_safe: is_money_safe(outcome) }
}
