//! Discounts in Swahili.

use super::SavingWords;
use duka::kernel::kenya;
use duka::pricing::priced::CodeRefusal;

pub static WORDS: SavingWords = SavingWords {
    discount: "Punguzo",
    with_code: |name, code| format!("{name} (msimbo {code})"),
    you_save: |saved| format!("Umeokoa {saved}"),
    after_discounts: "Baada ya punguzo",
    off_delivery: |name| format!("Kwa kuletewa: {name}"),
    how_combined: "Unapata bei nafuu zaidi ambayo punguzo zetu zinaruhusu kwa pamoja.",
    to_free_delivery: |missing| format!("Ongeza {missing} upelekewe bure"),
    typed_codes: "Misimbo yako",
    remove_code: |code| format!("Ondoa msimbo {code}"),
    not_counted: why,
    not_taken: |code, refusal| format!("{} Kikapu chako hakijabadilika.", why(code, refusal)),
    too_many_codes: |limit| {
        format!("Kikapu kinachukua misimbo {limit} tu. Ondoa mmoja kwanza; kikapu chako hakijabadilika.")
    },
};

fn why(code: &str, why: &CodeRefusal) -> String {
    match why {
        CodeRefusal::Unknown if code.is_empty() => "Andika msimbo kwanza.".to_owned(),
        CodeRefusal::Unknown => format!("Hatuujui msimbo {code}. Angalia ulivyouandika."),
        CodeRefusal::NotYet { from } => format!("Msimbo {code} utaanza kutumika {}.", kenya::moment(*from)),
        CodeRefusal::Over => format!("Muda wa msimbo {code} umekwisha."),
        CodeRefusal::Paused => format!("Msimbo {code} hauwezi kutumika kwa sasa."),
        CodeRefusal::BelowMinimum { missing } => {
            format!("Msimbo {code} unahitaji {missing} zaidi ya bidhaa zake kwenye kikapu.")
        }
        CodeRefusal::UsedUp => format!("Msimbo {code} umeshatumika wote."),
        CodeRefusal::AlreadyUsed => {
            format!("Msimbo {code} hutumika mara moja kwa kila namba ya simu, na yako imeshautumia.")
        }
        CodeRefusal::NothingFits => format!("Msimbo {code} ni wa bidhaa nyingine, si zilizo kwenye kikapu chako."),
        CodeRefusal::Beaten => {
            format!("Kikapu chako tayari kina punguzo bora, na msimbo {code} hauwezi kuongezwa juu yake.")
        }
        CodeRefusal::NothingLeft => format!("Hakuna ambacho msimbo {code} unaweza kupunguza kwenye kikapu chako."),
    }
}
