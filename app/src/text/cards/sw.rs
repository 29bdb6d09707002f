//! Cards in Swahili.

use super::{CardOutcome, CardWords, OutcomeWords, brand};

pub static WORDS: CardWords = CardWords {
    pay_by_card: "Lipa kwa kadi",
    pay_text: |total| format!("Unalipa {total} kwa ukurasa wa kampuni ya kadi, kisha unarudi hapa."),
    another_way: "Au lipa kwa njia nyingine",

    open: "Malipo yako ya kadi hayajakamilika",
    open_text: |total| {
        format!("Kampuni ya kadi haijapokea {total} bado. Endelea ulipofikia, au ulipe kwa njia nyingine hapa chini.")
    },
    go_on: "Endelea kwa ukurasa wa kadi",
    check_now: "Nimelipa, angalia sasa",

    checking: "Tunauliza kampuni ya kadi",
    checking_text: "Kampuni ya kadi haijatuambia matokeo bado. Usilipe tena; ukurasa huu unabadilika tukijua.",

    outcome,
    no_money_moved: "Hakuna pesa iliyotoka kwa kadi yako.",
    paid_with: |word, digits| format!("Imelipwa kwa {} inayoishia {digits}", brand(word)),

    failure: |outcome| match outcome {
        CardOutcome::Paid => "Imelipwa.",
        CardOutcome::Declined => "Benki ya mteja ilikataa kadi.",
        CardOutcome::Abandoned => "Mteja aliacha ukurasa wa kadi na hakurudi.",
        CardOutcome::NotReached => "Kampuni ya kadi haikupatikana. Hakuna pesa iliyotoka.",
        CardOutcome::BadSettings => "Kampuni ya kadi haikubali funguo zako. Ziangalie kwa Mipangilio, Kadi.",
        CardOutcome::NotTaken => "Kampuni ya kadi haipokei malipo kama haya. Hakuna pesa iliyotoka.",
        CardOutcome::Reversed => "Kampuni ya kadi ilirudisha pesa.",
    },
};

fn outcome(outcome: CardOutcome) -> OutcomeWords {
    let (heading, text) = match outcome {
        CardOutcome::Paid => ("Imelipwa, asante", "Tumepata malipo yako na tunatayarisha oda yako."),
        CardOutcome::Declined => (
            "Kadi imekataliwa",
            "Benki yako haikuruhusu malipo haya. Jaribu kadi nyingine, uliza benki yako, au ulipe kwa njia nyingine hapa chini.",
        ),
        CardOutcome::Abandoned => (
            "Malipo ya kadi hayakukamilika",
            "Hayakumalizwa kwa wakati. Anza tena, au ulipe kwa njia nyingine hapa chini.",
        ),
        CardOutcome::NotReached => (
            "Kadi hazipokelewi kwa sasa",
            "Hatukupata kampuni ya kadi. Oda yako imehifadhiwa: jaribu tena baada ya dakika moja, au ulipe kwa njia nyingine hapa chini.",
        ),
        CardOutcome::BadSettings => (
            "Duka haliwezi kupokea kadi kwa sasa",
            "Kuna kitu cha kurekebisha upande wa duka. Tafadhali lipa kwa njia nyingine hapa chini, au tuandikie.",
        ),
        CardOutcome::NotTaken => (
            "Hii haiwezi kulipwa kwa kadi",
            "Kampuni ya kadi haipokei malipo kama haya. Tafadhali lipa kwa njia nyingine hapa chini.",
        ),
        CardOutcome::Reversed => (
            "Kampuni ya kadi imerudisha pesa",
            "Malipo yalibatilishwa kabla ya kutufikia. Anza tena, au ulipe kwa njia nyingine hapa chini.",
        ),
    };
    OutcomeWords { heading, text, is_money_safe: outcome.is_money_safe() }
}
