//! Refunds in Swahili.

use super::RefundWords;
use duka::payments::refund::{RefundFailure, RefundKind, RefundStatus, RefundWay};

pub const WORDS: RefundWords = RefundWords {
    title: "Marejesho",
    lead: "Pesa zinazorudi kwa wanunuzi: zinazokungoja, zilizo njiani, na zilizofika.",
    shown: ["Bado", "Zimeisha", "Zote"],
    open_sum: |sum| format!("{sum} bado haijarudishwa."),
    nothing: "Hakuna pesa iliyowahi kurudishwa.",
    nothing_open: "Hakuna pesa inayongoja kurudishwa.",
    newer: "Mpya zaidi",
    older: "Za zamani",
    of_order: |number| format!("Oda {number}"),
    of_no_order: "Pesa isiyo na oda",
    one: |amount| format!("Marejesho ya {amount}"),
    all_refunds: "Marejesho yote",
    to: "Kwa",
    phone: "Simu",
    reason: "Sababu",
    kind: "Kwa ajili ya",
    kinds: |kind| match kind {
        RefundKind::Goods => "Bidhaa au usafirishaji",
        RefundKind::Goodwill => "Fidia, hakuna kinachorudi",
        RefundKind::Excess => "Pesa iliyozidi",
    },
    way: "Njia",
    ways: |way| match way {
        RefundWay::Reversal => "M-Pesa inairudisha",
        RefundWay::Card => "Inarudi kwenye kadi",
        RefundWay::Manual => "Unaituma wewe",
        RefundWay::Cash => "Taslimu",
        RefundWay::Credit => "Imewekwa akiba ya mteja",
    },
    status: |status| match status {
        RefundStatus::Pending => "Inangoja kutumwa",
        RefundStatus::Processed => "Imerudishwa",
        RefundStatus::Failed => "Haikutumwa",
    },
    given_up_status: "Imeachwa",
    on_its_way: "Iko njiani",
    credited: "Imewekwa akiba",
    asked: "Iliombwa",
    ended: "Iliisha",
    receipt: "Risiti",
    failure: |way, failure| match failure {
        RefundFailure::Settings if way == RefundWay::Card => {
            "Mtoa huduma wa kadi hakubali tena funguo zako. Hakuna pesa iliyotoka. Angalia mipangilio ya kadi ujaribu tena, au itume mwenyewe."
        }
        RefundFailure::UnknownPayment if way == RefundWay::Card => {
            "Mtoa huduma wa kadi haoni malipo haya. Hakuna pesa iliyotoka. Itume mwenyewe kisha uandike risiti."
        }
        RefundFailure::Declined if way == RefundWay::Card => {
            "Mtoa huduma wa kadi amekataa. Hakuna pesa iliyotoka. Angalia kurasa zake, au itume mwenyewe kisha uandike risiti."
        }
        RefundFailure::NoAnswer if way == RefundWay::Card => {
            "Mtoa huduma wa kadi hakupatikana. Hakuna pesa iliyotoka. Jaribu tena, au itume mwenyewe."
        }
        RefundFailure::SentAfterAll if way != RefundWay::Reversal => {
            "Mtoa huduma anasema aliirudisha hata hivyo, na wewe ulikuwa umetumia njia nyingine. Huenda mnunuzi ameipata mara mbili: angalia taarifa zako kisha uongee naye."
        }
        RefundFailure::LowBalance => {
            "Akaunti yako ya M-Pesa ina pesa kidogo kuliko hii. Hakuna pesa iliyotoka. Weka pesa ujaribu tena, au itume mwenyewe."
        }
        RefundFailure::Limits => {
            "Kiasi hiki kimepita mipaka ya M-Pesa, au simu ya mnunuzi imejaa. Hakuna pesa iliyotoka. Itume mwenyewe, labda kwa sehemu."
        }
        RefundFailure::Settings => {
            "M-Pesa hairuhusu akaunti yako kurudisha pesa. Hakuna pesa iliyotoka. Angalia jina na nenosiri la opereta kwenye mipangilio ya M-Pesa, au itume mwenyewe."
        }
        RefundFailure::Locked => {
            "M-Pesa imefunga nenosiri la opereta. Hakuna pesa iliyotoka. Weka jipya kwa M-Pesa na kwenye mipangilio kabla ya kujaribu tena."
        }
        RefundFailure::UnknownPayment => {
            "M-Pesa haioni tena malipo haya. Hakuna pesa iliyotoka. Itume mwenyewe kisha uandike risiti."
        }
        RefundFailure::Declined => "M-Pesa imekataa. Hakuna pesa iliyotoka. Itume mwenyewe kisha uandike risiti.",
        RefundFailure::NoAnswer => "M-Pesa haikupatikana. Hakuna pesa iliyotoka. Jaribu tena, au itume mwenyewe.",
        RefundFailure::AccountGone => {
            "Pesa hii iliingia kwenye akaunti ya M-Pesa ambayo huitumii tena, na Duka haina funguo zake zinazofanya kazi. Hakuna pesa iliyotoka. Itume mwenyewe kisha uandike risiti."
        }
        RefundFailure::CardFailed => {
            "Benki ya mnunuzi haikuipokea. Pesa iko kwako. Itume kwa njia nyingine kisha uandike risiti."
        }
        RefundFailure::CardNeedsAttention => {
            "Mtoa huduma wa kadi anahitaji maelezo ya benki ya mnunuzi. Yaweke kwenye kurasa zake, au itume kwa njia nyingine."
        }
        RefundFailure::CardOtherSum => {
            "Mtoa huduma wa kadi amerudisha kiasi kingine. Angalia kurasa zake kabla ya kufanya jambo lingine."
        }
        RefundFailure::SentAfterAll => {
            "M-Pesa inasema iliirudisha hata hivyo, na wewe ulikuwa umetumia njia nyingine. Huenda mnunuzi ameipata mara mbili: angalia taarifa yako ya M-Pesa kisha uongee naye."
        }
    },
    waits_for_you: "Hii inakungoja: tuma pesa, kisha andika risiti hapa.",
    waits_for_provider: |way| match way {
        RefundWay::Card => {
            "Mtoa huduma wa kadi anashughulikia. Benki huchukua hadi siku kumi za kazi; ukurasa huu utakuambia ikifika."
        }
        _ => "M-Pesa inashughulikia. Ukurasa huu utakuambia ikifika.",
    },
    silent: |way| match way {
        RefundWay::Card => "Mtoa huduma wa kadi hajasema kilichotokea. Angalia kurasa zake, kisha sema hapa ulichoona.",
        _ => "M-Pesa haijasema kilichotokea. Angalia taarifa yako ya M-Pesa, kisha sema hapa ulichoona.",
    },
    mark_title: "Imetumwa",
    mark_text: "Andika risiti ya pesa uliyotuma. Inahifadhiwa pamoja na oda.",
    typed_receipt: "Risiti",
    receipt_hint: "Kutoka kwa ujumbe wa pesa uliyotuma, kama UK23AB45CD.",
    receipt_unless: "si kwa taslimu",
    receipt_missing: "Andika risiti, au weka alama kwamba imerudishwa taslimu.",
    receipt_known: "Risiti hii inajulikana tayari: ni ya marejesho mengine, au ya malipo yaliyoingia. Angalia ujumbe wa pesa uliyotuma.",
    receipt_wrong: "Herufi na tarakimu pekee: 4 hadi 24.",
    in_cash: "Imerudishwa taslimu",
    one_of_two: "Risiti au taslimu, si vyote viwili.",
    mark: "Weka alama imetumwa",
    more_title: "Au",
    retry: "Jaribu tena",
    send: "Irudishe kwa njia iliyokuja",
    credit: "Weka kama akiba ya mteja",
    credit_text: "Mnunuzi amekubali kununua nayo baadaye. Unaitumia kwenye ukurasa wa oda yake ijayo.",
    give_up: "Acha kurudisha",
    give_up_text: "Hakuna kilichotumwa, na pesa inahesabiwa kwa oda tena.",
    not_sent: "Haikutumwa",
    not_sent_text: "Sema hivi tu kama haipo kwenye taarifa yako: kisha unaweza kujaribu tena.",
    done: "Imefanyika.",
    ask: "Rudisha pesa",
    ask_title: |number| format!("Rudisha pesa za oda {number}"),
    there: |sum| format!("{sum} ya oda hii iko hapa."),
    nothing_there: "Hakuna pesa ya oda hii hapa. Hakuna cha kurudisha.",
    still_open: "Oda hii inangoja pesa iliyobaki. Kurudisha ni kuiacha: pesa yote inarudi na oda inafungwa.",
    all_of_it: |sum| format!("Yote: {sum}"),
    goods_title: "Bidhaa zinazorudi, au ambazo hazikutumwa",
    pieces_of: |name| format!("Vipande vya {name}"),
    bought: |bought, back, each| match back {
        0 => format!("{bought} zilinunuliwa, {each} kila moja"),
        back => format!("{bought} zilinunuliwa, {back} zimerudi, {each} kila moja"),
    },
    restock: "Irudi dukani",
    delivery: |fee| format!("Pamoja na usafirishaji: {fee}"),
    goodwill: "Fidia",
    goodwill_hint: "Kiasi cha ziada bila kitu kurudi. Acha wazi kama hakuna.",
    ask_reason: "Sababu",
    reason_hint: "Mnunuzi ataisoma kwenye barua pepe.",
    ask_way: "Njia ya kurudisha",
    by_itself: "Kama ilivyokuja, inapowezekana",
    by_hand: "Nitaituma mwenyewe",
    look: "Onyesha kinachorudi",
    look_again: "Hesabu tena",
    shares: "Kinachorudi",
    share_goods: "Bidhaa",
    share_delivery: "Usafirishaji",
    share_goodwill: "Fidia",
    share_discount: "Punguzo lililokuwa kwenye bidhaa hizi",
    share_tax: "VAT iliyo ndani",
    share_total: "Inarudi",
    goes: |way| match way {
        RefundWay::Reversal => "M-Pesa inairudisha kwenye simu ilikotoka.",
        RefundWay::Card => "Inarudi kwenye kadi.",
        RefundWay::Cash => "Unairudisha taslimu kisha unaandika.",
        RefundWay::Manual | RefundWay::Credit => "Unaituma mwenyewe kisha unaandika risiti.",
    },
    send_back: |sum| format!("Rudisha {sum}"),
    sums_moved: "Kiasi si kile ulichoona. Hakuna kilichotumwa. Angalia tena.",
    nothing_chosen: "Chagua kinachorudi: yote, bidhaa, usafirishaji au kiasi.",
    nothing_comes: "Hakuna kinachoweza kurudi kwa hili: pesa yake haipo hapa.",
    all_or_nothing: "Oda hii haijalipwa yote. Ni pesa yote tu inayoweza kurudi.",
    too_many: "Ni nyingi kuliko zilizonunuliwa na ambazo hazijarudi.",
    no_delivery: "Usafirishaji umesharudishwa.",
    too_much: "Ni zaidi ya kilichopo.",
    restock_too_many: "Vipande hivi viko dukani tayari, au havikutoka.",
};
