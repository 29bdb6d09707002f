//! Paying without a prompt, in Swahili.

use super::ByHandWords;

pub static WORDS: ByHandWords = ByHandWords {
    heading: "Lipa na M-Pesa",
    way_out: "Au lipa mwenyewe",
    waiting: |missing| format!("Tunasubiri {missing} yako. Ukurasa huu utakuambia ikifika."),
    paybill_steps: ["Fungua M-Pesa kwa simu yako", "Lipa na M-Pesa", "Pay Bill"],
    till_steps: ["Fungua M-Pesa kwa simu yako", "Lipa na M-Pesa", "Buy Goods and Services"],
    paybill: "Nambari ya biashara",
    till: "Nambari ya till",
    account: "Nambari ya akaunti",
    amount: "Kiasi",
    copy: "Gusa nambari ili uichague, kisha uinakili.",
    pin: "Kisha weka PIN yako na utume.",
    it_shows: "Tunaiona pesa ndani ya dakika moja. Huhitaji kututumia ujumbe.",
    paid_already: "Nimelipa, angalia sasa",
    by_prompt: "Au pata ombi kwa simu yako",
    partly_heading: "Sehemu imefika",
    partly: |missing| format!("Tumepata sehemu ya pesa yako. Bado {missing}."),
    partly_text: "Oda yako imehifadhiwa. Lipa iliyobaki tuitayarishe.",
    pay_rest: |missing| format!("Unalipa {missing}, iliyobaki."),
    excess: |excess| format!("Ulilipa {excess} zaidi ya bei ya oda. Utarudishiwa."),
};
