//! Paying by hand, for shoppers, in Swahili.

use super::HandWords;
use duka::delivery::cash_rules::NoCash;

pub static WORDS: HandWords = HandWords {
    no_cash: |why, area| match why {
        NoCash::NotTaken => "Duka hili halipokei pesa taslimu.".to_owned(),
        NoCash::NotThere => format!("Hatupokei pesa taslimu {area}. Lipa kwa M-Pesa, au chagua eneo lingine."),
        NoCash::TooMuch { most } => format!("Pesa taslimu ni kwa oda za hadi {most}."),
        NoCash::NotYet { least: 1 } => {
            "Pesa taslimu ni kwa waliowahi kupokea oda yetu. Lipia hii kwa njia nyingine.".to_owned()
        }
        NoCash::NotYet { least } => {
            format!("Pesa taslimu ni kwa waliowahi kupokea oda zetu {least}. Lipia hii kwa njia nyingine.")
        }
        NoCash::CameBack => {
            "Oda ya awali ya pesa taslimu ya nambari hii ilirudi kwetu. Tafadhali lipia hii kabla haijaondoka."
                .to_owned()
        }
    },
    manual_text: "Unatuma pesa mwenyewe, nasi tunathibitisha",
    manual_heading: |name, total| format!("Lipa {total} kwa {name}"),
    manual_reference: |number| format!("Andika {number} kama kumbukumbu, ili tuyapate malipo yako."),
    manual_wait: "Tunatafuta pesa kwa mkono, kwa hivyo inaweza kuchukua saa kadhaa. Ukurasa huu utakuambia zikifika; oda yako tunaiweka siku tatu.",
    or_by_prompt: "Au lipa sasa kwa M-Pesa:",
    deposit: |deposit| format!("Unathibitisha kwa {deposit} ya M-Pesa sasa; unalipa zilizobaki ukiletewa"),
    deposit_first: |deposit| format!("{deposit} inathibitisha oda yako. Unalipa zilizobaki ukiletewa."),
    manual_progress: |name, total| format!("Lipa {total} kwa {name}. Tutathibitisha zikifika."),
};
