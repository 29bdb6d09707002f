//! Pictures in Swahili.

use super::{NotTaken, PictureWords};

pub const WORDS: PictureWords = PictureWords {
    title: "Picha",
    none_yet: "Bado hakuna picha. Ya kwanza utakayoweka ndiyo wateja wataona kwenye orodha.",
    add_title: "Weka picha",
    choose: "Chagua picha",
    choose_hint: "Kadhaa kwa pamoja, moja kwa moja kutoka simu: JPEG, PNG au WebP, isizidi MB 8 kila moja. Tunazipunguza na kuondoa mahali zilipopigwa.",
    drop_hint: "Au ziburute hapa, au ubandike moja.",
    upload: "Weka picha",
    none_chosen: "Chagua angalau picha moja kwanza. Hakuna kilichobadilika.",
    is_full: |most| format!("Bidhaa hii ina picha zote {most} inazoweza kuwa nazo. Ondoa moja ili uweke nyingine."),
    alt: "Inaonyesha nini",
    alt_hint: "Kwa wasioweza kuiona, na kwa mitandao ya kutafuta. Ikiwa tupu: jina la bidhaa.",
    stands_for: "Inaonyeshwa kwa",
    whole_product: "Bidhaa nzima",
    first: "Inaonyeshwa kwanza",
    move_up: |nth| format!("Sogeza picha ya {nth} juu"),
    move_down: |nth| format!("Sogeza picha ya {nth} chini"),
    remove: "Ondoa",
    remove_nth: |nth| format!("Ondoa picha ya {nth}"),
    nth: |nth| format!("Picha ya {nth}"),
    order_changed: "Mtu mwingine amebadilisha picha au mpangilio wake tangu ufungue ukurasa huu, kwa hiyo hakuna kilichosogezwa. Hapa zipo zilivyo sasa, kila moja na mahali ilipokuwa; ukitaka kusogeza moja bado, fanya tena.",
    was_nth: |nth| format!("ilikuwa picha ya {nth}"),
    is_new: "mpya",
    some_not_taken: |taken| match taken {
        0 => "Hakuna picha iliyowekwa:".to_owned(),
        1 => "Picha 1 imewekwa. Hazikuwekwa:".to_owned(),
        many => format!("Picha {many} zimewekwa. Hazikuwekwa:"),
    },
    not_taken: |why| match why {
        NotTaken::TooHeavy => "ni kubwa kuliko MB 8. Itume ikiwa ndogo.",
        NotTaken::TooManyPixels => "ina zaidi ya megapikseli 40. Itume ikiwa ndogo.",
        NotTaken::NotAPicture => "si picha ya JPEG, PNG wala WebP.",
        NotTaken::Damaged => "haisomeki hadi mwisho. Ipige au uihifadhi tena.",
        NotTaken::NoRoom => "haina nafasi: bidhaa ina picha 20 kwa wingi.",
        NotTaken::PageIsFull => "haina nafasi: ukurasa una picha 30 kwa wingi.",
        NotTaken::NoWords => {
            "inahitaji maneno kwanza: sema inaonyesha nini, kwa herufi zisizozidi 250, kisha uichague tena."
        }
        NotTaken::SaysElse => "ipo tayari kwenye ukurasa huu, kwa maneno mengine. Ili kuyabadilisha, iondoe kwanza.",
    },
    waiting: "Inasubiri",
    done: "Imewekwa",
    not_sent: "haikufika. Angalia mtandao wako kisha uichague tena.",
    signed_out: "haikuchukuliwa: umetoka. Ingia kwenye ukurasa mwingine, kisha uichague tena hapa.",
    list_is_old: "Orodha hapa chini imebaki ilivyo, kwa sababu kuna kitu hakijahifadhiwa. Kihifadhi ili uone picha mpya mahali pake.",
    logo: "Nembo",
    logo_lead: "Hukaa kando ya jina la duka, na kwenye onyesho la awali mtu akishiriki duka lako.",
    choose_logo: "Chagua nembo",
    logo_hint: "JPEG, PNG au WebP, isizidi MB 8. Sehemu zinazoonyesha nyuma hubaki hivyo.",
    save_logo: "Tumia nembo hii",
    remove_logo: "Ondoa nembo",
    no_logo_chosen: "Chagua picha kwanza. Hakuna kilichobadilika.",
    logo_changed: "Mtu mwingine amebadilisha nembo wakati huo, kwa hiyo imeachwa alivyoiweka. Inaonekana hapa; ukitaka nyingine bado, fanya tena.",
};
