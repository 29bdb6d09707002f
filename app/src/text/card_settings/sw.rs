//! The settings page for cards in Swahili.

use super::CardSettingsWords;

pub static WORDS: CardSettingsWords = CardSettingsWords {
    entry: ("Kadi", "Visa na Mastercard kupitia akaunti yako ya Paystack"),
    lead: "Funguo ziko kwa dashibodi yako ya Paystack, Settings, API Keys. Hakuna anayeweza kusoma ufunguo wa siri hapa, hata wewe; funguo mpya hutumika Paystack ikishazijibu.",
    labels: &[("public_key", "Ufunguo wa umma"), ("secret_key", "Ufunguo wa siri")],
    public_hint: "Huanza na pk_live_",
    in_use: "Wateja wanaweza kulipa kwa kadi.",
    in_use_for_trying: "Wateja wanaweza kulipa kwa kadi, lakini funguo hizi ni za majaribio: hakuna pesa halisi inayoingia.",
    none: "Hakuna funguo zinazotumika: wateja hawawezi kulipa kwa kadi bado.",
    candidate: "Yaliyo hapa chini hayatumiki bado.",
    problem: |word| match word {
        "not_accepted" => "Paystack haikubali ufunguo huu wa siri. Unakili tena kutoka kwa dashibodi yako ya Paystack.",
        "test_keys" => "Funguo hizi ni za majaribio na hazileti pesa halisi. Chukua zile za live.",
        _ => "Paystack haikupatikana. Funguo zimehifadhiwa; ziangalie tena baada ya dakika moja.",
    },
    check: "Angalia funguo tena",
    check_text: "Tunaiuliza Paystack malipo ya mwisho. Hakuna kinachobadilika wala kulipwa.",
    events: "Anwani ya taarifa",
    events_text: "Iweke kwa dashibodi yako ya Paystack, Settings, API Keys, kama webhook URL, ili malipo yajulikane hata mteja asiporudi. Haibadiliki funguo zikibadilika; usimpe mtu mwingine.",
    heard: "Paystack imetufikia hapa.",
    not_heard: "Hakuna kilichofika kutoka Paystack hapa bado. Malipo hupatikana kwa kuuliza, baadaye kidogo.",
    stop: "Acha kupokea kadi",
    stop_text: "Malipo yaliyoanza bado yatakamilishwa. Ili kupokea kadi tena, andika funguo tena.",
};
