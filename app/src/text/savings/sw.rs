//! Discounts in Swahili.

use super::SavingWords;
use duka::kernel::kenya;
use duka::pricing::priced::CodeRefusal;

pub static WORDS: SavingWords = SavingWords {
    discount: "Punguzo",
    with_code: |name, code| format!("{name} (kodi {code})"),
    you_save: |saved| format!("Umeokoa {saved}"),
    after_discounts: "Baada ya punguzo",
    off_delivery: |name| format!("Kwa kuletewa: {name}"),
    how_combined: "Unapata bei nafuu zaidi ambayo punguzo zetu zinaruhusu kwa pamoja.",
    to_free_delivery: |missing| format!("Ongeza {missing} upelekewe bure"),
    typed_codes: "Kodi zako",
    remove_code: |code| format!("Ondoa kodi {code}"),
    not_counted: why,
    not_taken: |code, refusal| format!("{} Kikapu chako hakijabadilika.", why(code, refusal)),
    too_many_codes: |limit| {
        format!("Kikapu kinachukua kodi {limit} tu. Ondoa moja kwanza; kikapu chako hakijabadilika.")
    },
};

fn why(code: &str, why: &CodeRefusal) -> String {
    match why {
        CodeRefusal::Unknown => format!("Hatuijui kodi {code}. Angalia ulivyoiandika."),
        CodeRefusal::NotYet { from } => format!("Kodi {code} itaanza kutumika {}.", kenya::moment(*from)),
        CodeRefusal::Over => format!("Muda wa kodi {code} umekwisha."),
        CodeRefusal::Paused => format!("Kodi {code} haiwezi kutumika kwa sasa."),
        CodeRefusal::BelowMinimum { missing } => {
            format!("Kodi {code} inahitaji {missing} zaidi ya bidhaa zake kwenye kikapu.")
        }
        CodeRefusal::UsedUp => format!("Kodi {code} imeshatumika yote."),
        CodeRefusal::AlreadyUsed => {
            format!("Kodi {code} hutumika mara moja kwa kila namba ya simu, na yako imeshaitumia.")
        }
        CodeRefusal::NothingFits => format!("Kodi {code} ni ya bidhaa nyingine, si zilizo kwenye kikapu chako."),
        CodeRefusal::Beaten => {
            format!("Kikapu chako tayari kina punguzo bora, na kodi {code} haiwezi kuongezwa juu yake.")
        }
        CodeRefusal::NothingLeft => format!("Hakuna ambacho kodi {code} inaweza kupunguza kwenye kikapu chako."),
    }
}
