//! What the program wrote down as a reason, in the reader's language; what a person wrote stays as it is.

use duka::kernel::locale::Locale;
use duka::orders::own_words::OwnWords;

/// A note or reason as its rows hold it, told to a reader of this language.
pub fn told(locale: Locale, written: &str) -> String {
    match (locale, OwnWords::parse(written)) {
        (Locale::Sw, Some(own)) => in_swahili(own).to_owned(),
        _ => written.to_owned(),
    }
}

const fn in_swahili(own: OwnWords) -> &'static str {
    match own {
        OwnWords::NobodyPaid => "haikulipwa kwa wakati",
        OwnWords::NobodyAccepted => "hakuna aliyeikubali kwa wakati",
        OwnWords::RestNotPaid => "kiasi kilichobaki hakikulipwa kwa wakati",
        OwnWords::DepositCame => "malipo ya awali yamefika",
        OwnWords::PaidLate => "ililipwa baada ya kufungwa; bidhaa zilikuwa bado zipo",
        OwnWords::PaidTooLate => "ililipwa bidhaa zikiwa zimeisha",
        OwnWords::PaidTwice => "ililipwa mara mbili",
        OwnWords::PaidAfterRefund => "ililipwa baada ya pesa zake kurudishwa",
        OwnWords::PaidAfterCallingOff => "ililipwa baada ya kufutwa",
        OwnWords::PaidTooMuch => "zililipwa zaidi ya jumla ya oda",
        OwnWords::GivenUpInPart => "iliachwa kabla ya kulipwa yote",
        OwnWords::AllSentBack => "pesa zake zote zimerudishwa",
        OwnWords::ForNoOrder => "hazikuwa za oda yoyote",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_own_words_are_told_in_the_readers_language_and_a_persons_are_left_alone() {
        for own in OwnWords::ALL {
            assert_eq!(told(Locale::En, own.as_str()), own.as_str());
            assert_eq!(told(Locale::Sw, own.as_str()), in_swahili(own));
            assert_ne!(told(Locale::Sw, own.as_str()), own.as_str());
        }
        assert_eq!(told(Locale::Sw, "She changed her mind"), "She changed her mind");
    }
}
