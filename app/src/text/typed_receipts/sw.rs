//! Typed receipts in Swahili.

use super::{ReceiptState, StateWords, TypedReceiptWords};

pub const WORDS: TypedReceiptWords = TypedReceiptWords {
    have_paid: "Nimelipa",
    have_paid_text: "Umeshalipa kwa M-Pesa? Andika msimbo ulio kwenye ujumbe wa M-Pesa. Tutauliza M-Pesa kuuhusu.",
    field: "Msimbo wa M-Pesa",
    hint: "Herufi na tarakimu kumi, mwanzoni mwa ujumbe: UD25M0RR7C",
    stand_still: "Nimelipa: andika msimbo kwenye ukurasa uliotulia",
    send: "Angalia malipo yangu",
    not_a_receipt: "Huu si msimbo wa M-Pesa. Una herufi na tarakimu kumi, kama UD25M0RR7C.",
    too_many: "Misimbo mingi imejaribiwa kwa oda hii. Hakuna kilichoangaliwa. Jaribu tena baada ya muda wa saa moja, au uliza duka.",
    looks_old: "Msimbo huu hauonekani kuwa wa siku hizi. Tafadhali ulinganishe na ujumbe.",
    state: |state, receipt| {
        let (heading, text) = match state {
            ReceiptState::Asking => (
                format!("Tunauliza M-Pesa kuhusu {receipt}"),
                "Mara nyingi haichukui dakika. Unaweza kufunga ukurasa huu na kurudi baadaye.",
            ),
            ReceiptState::Landed => {
                (format!("M-Pesa imethibitisha {receipt}"), "Pesa ziko kwenye oda hii. Hali yake iko hapo juu.")
            }
            ReceiptState::Miss => (
                format!("{receipt} haikulipia oda hii"),
                "M-Pesa haina malipo kama hayo ya oda hii. Linganisha msimbo na ujumbe, herufi kwa herufi, uuandike tena; au uliza duka.",
            ),
            ReceiptState::OtherAccount => (
                format!("{receipt} ilienda kwa nambari nyingine"),
                "M-Pesa inayajua malipo haya, lakini hayakulipwa kwa duka hili. Hakuna kilichobadilika hapa. Mwombe uliyemlipa arudishe.",
            ),
            ReceiptState::Cancelled => (
                format!("{receipt} ilirudishwa au haikukamilika"),
                "Duka halikupata pesa hizi. Angalia jumbe zako za M-Pesa, kisha ulipe tena.",
            ),
            ReceiptState::ForThePerson => (
                format!("Duka litaangalia {receipt}"),
                "Hatukuweza kuuangalia na M-Pesa sisi wenyewe. Duka lina msimbo wako na litauangalia. Tafadhali usilipe tena.",
            ),
        };
        StateWords { heading, text }
    },
};
