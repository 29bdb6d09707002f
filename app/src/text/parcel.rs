//! What a buyer reads on the order's page about a parcel that is on its way.

use duka::delivery::parcel::Failure;
use duka::kernel::locale::Locale;

/// Who brings it; `rider` may be empty.
pub fn coming(locale: Locale, rider: &str) -> String {
    match (locale, rider) {
        (Locale::En, "") => "It is on its way to you.".into(),
        (Locale::En, rider) => format!("{rider} is bringing it to you."),
        (Locale::Sw, "") => "Mzigo uko njiani kuja kwako.".into(),
        (Locale::Sw, rider) => format!("{rider} anakuletea mzigo."),
    }
}

pub const fn code(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "Delivery code",
        Locale::Sw => "Namba ya siri ya mzigo",
    }
}

pub const fn code_text(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "Say it when the parcel is in your hands, not before: it proves that you have it.",
        Locale::Sw => "Itaje mzigo ukiwa mkononi mwako, si kabla: ndiyo ushahidi kwamba umeupokea.",
    }
}

/// Why it was not handed over.
pub const fn why_not(locale: Locale, failure: Option<Failure>) -> &'static str {
    match (locale, failure) {
        (Locale::En, Some(Failure::NobodyThere)) => "The rider found nobody at your place.",
        (Locale::En, Some(Failure::Unreachable)) => "The rider could not reach you by phone.",
        (Locale::En, Some(Failure::WrongPlace)) => "The rider did not find your place.",
        (Locale::En, Some(Failure::Refused)) => "The rider says that you did not want it.",
        (Locale::En, Some(Failure::NoMoney)) => "The rider says that it could not be paid at the door.",
        (Locale::En, Some(Failure::Damaged)) => "Something broke on the way.",
        (Locale::En, Some(Failure::BroughtBack) | None) => "The parcel could not be handed over.",
        (Locale::Sw, Some(Failure::NobodyThere)) => "Rider hakukuta mtu kwako.",
        (Locale::Sw, Some(Failure::Unreachable)) => "Rider hakukupata kwa simu.",
        (Locale::Sw, Some(Failure::WrongPlace)) => "Rider hakupata mahali pako.",
        (Locale::Sw, Some(Failure::Refused)) => "Rider anasema hukuutaka mzigo.",
        (Locale::Sw, Some(Failure::NoMoney)) => "Rider anasema malipo hayakupatikana mlangoni.",
        (Locale::Sw, Some(Failure::Damaged)) => "Kuna kilichovunjika njiani.",
        (Locale::Sw, Some(Failure::BroughtBack) | None) => "Mzigo haukuweza kukabidhiwa.",
    }
}

/// The same, and what is next.
pub fn not_handed_over(locale: Locale, failure: Option<Failure>) -> String {
    let next = match locale {
        Locale::En => "The shop will arrange another time with you; you can write to it now.",
        Locale::Sw => "Duka litapanga nawe wakati mwingine; unaweza kuwaandikia sasa.",
    };
    format!("{} {next}", why_not(locale, failure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_own_sentence_in_both_languages() {
        for locale in Locale::ALL {
            let mut said: Vec<_> = Failure::OFFERED.iter().map(|why| not_handed_over(locale, Some(*why))).collect();
            said.push(not_handed_over(locale, None));
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), Failure::OFFERED.len() + 1);
        }
        assert_eq!(coming(Locale::En, "Otieno"), "Otieno is bringing it to you.");
    }
}
