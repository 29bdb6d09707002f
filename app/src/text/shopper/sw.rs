//! A shopper's own pages in Swahili.

use super::ShopperWords;

pub static WORDS: ShopperWords = ShopperWords {
    title: "Oda zako",
    lead: "Andika nambari ya oda yako yoyote na simu uliyoagiza nayo. Utatumiwa nambari ya kuingia; huhitaji nenosiri.",
    send_code: "Nitumie nambari ya kuingia",
    wait: |seconds| match seconds.div_ceil(60) {
        1 => "Nambari zimeombwa mara nyingi mno. Hakuna iliyotumwa. Subiri dakika moja, kisha uombe tena.".to_owned(),
        minutes => {
            format!("Nambari zimeombwa mara nyingi mno. Hakuna iliyotumwa. Subiri dakika {minutes}, kisha uombe tena.")
        }
    },
    tried_often: |seconds| match seconds.div_ceil(60) {
        1 => "Nambari zimejaribiwa mara nyingi mno. Hakuna iliyotafutwa. Subiri dakika moja, kisha ujaribu tena."
            .to_owned(),
        minutes => {
            format!(
                "Nambari zimejaribiwa mara nyingi mno. Hakuna iliyotafutwa. Subiri dakika {minutes}, kisha ujaribu tena."
            )
        }
    },

    code_title: "Andika nambari ya kuingia",
    code_lead: "Kama nambari ya oda na simu ni za mtu mmoja, nambari ya kuingia ya tarakimu sita iko njiani: kwa SMS, au kwa barua pepe kama duka halitumi SMS. Inatumika kwa dakika kumi, kwenye kivinjari hiki.",
    code: "Nambari ya kuingia",
    enter: "Nionyeshe oda zangu",
    not_a_code: "Nambari ya kuingia ina tarakimu sita. Hili halijahesabiwa; andika tena.",
    wrong: |left| match left {
        1 => "Nambari hiyo si sahihi. Umebakiwa na jaribio moja.".to_owned(),
        left => format!("Nambari hiyo si sahihi. Umebakiwa na majaribio {left}."),
    },
    over: "Nambari hii haitumiki tena: dakika kumi zimepita, imeshatumika, au imekosewa mara tano. Omba nyingine.",
    ask_again: "Omba nambari nyingine",
    nothing_came: "Hujapata kitu? Angalia nambari ya oda na simu kisha uombe tena, au liandikie duka. Oda moja moja unaweza kuiona bila nambari ya kuingia.",

    menu: "Kurasa zako",
    signed_in: |name, phone| match name {
        "" => format!("Umeingia kwa {phone}"),
        name => format!("Umeingia: {name}, {phone}"),
    },
    sign_out: "Toka",
    goods: |first, more| match more {
        0 => first.to_owned(),
        more => format!("{first} na nyingine {more}"),
    },
    no_orders: "Hakuna oda kwenye ukurasa huu.",

    places: "Anwani zako",
    places_lead: "Mahali oda zako zilipoenda. Unachoandika hapa, rider anakisoma.",
    no_places: "Hakuna anwani iliyohifadhiwa. Oda ijayo utakayoletewa itaacha moja hapa.",
    label: "Unapaitaje",
    told: "Panapatikanaje",
    told_hint: "Alama ya karibu, geti, ghorofa.",
    usual: "Hii ndiyo anwani yangu ya kawaida",
    is_usual: "ya kawaida",
    change: "Badilisha",
    save: "Hifadhi",
    saved: "Imehifadhiwa.",
    forget: "Ondoa anwani hii",
    changed_meanwhile: "Anwani hii imebadilishwa kwingine. Hakuna kilichohifadhiwa: hapa inaonekana ilivyo sasa, na ulichoandika bado kiko kwenye fomu yake. Kihifadhi tena ukitaka kitumike.",

    own: "Taarifa zako",
    language: "Lugha",
    language_lead: "Ujumbe kuhusu oda zako unakuja kwa lugha hii.",
    copy: "Nakala",
    copy_text: "Kila kitu ambacho duka linahifadhi kukuhusu, kwenye faili.",
    copy_button: "Pakua taarifa zangu",
    erase: "Futa",
    erase_text: "Simu, jina, barua pepe, anwani na ulivyoangalia vinafutwa kabisa. Oda, kiasi na risiti vinabaki bila jina, kwa sababu sheria ya kodi inavitaka. Kama duka bado lina pesa zako, ziombe kwanza: baadaye hakuna atakayejua ni za nani.",
    erase_now: "Huna oda wala pesa inayosubiri: inafanyika kwa dakika chache, na haiwezi kurudishwa.",
    erase_later: |orders, refunds| {
        let numbers = orders.join(", ");
        match (orders.len(), refunds) {
            (0, 1) => {
                "Kuna pesa ambazo bado hazijakurudia. Taarifa zako zinasubiri hizo, kisha zinafutwa zenyewe.".to_owned()
            }
            (0, count) => format!(
                "Kuna malipo {count} ambayo bado hayajakurudia. Taarifa zako zinasubiri hayo, kisha zinafutwa zenyewe."
            ),
            (1, _) => format!(
                "Oda {numbers} bado iko wazi, na rider anahitaji jina na simu yako. Taarifa zako zinafutwa zenyewe itakapoisha."
            ),
            _ => format!(
                "Oda {numbers} bado ziko wazi, na ma-rider wanahitaji jina na simu yako. Taarifa zako zinafutwa zenyewe ya mwisho itakapoisha."
            ),
        }
    },
    erase_sure: "Ndiyo, futa yote ambayo duka linajua kunihusu",
    please_tick: "Tafadhali weka alama kwenye kisanduku kwanza. Hakuna kilichofutwa.",
    erase_button: "Futa taarifa zangu",
    erase_waits: "Umeomba taarifa zako zifutwe.",
    keep_button: "Usifute",
    not_sure: "Nambari yako ya kuingia ilikuja kwa barua pepe, na duka linajua mengi zaidi kuhusu simu yako kuliko oda za barua pepe hiyo. Kupata nakala ya taarifa zako, au ili zifutwe, liandikie duka.",
};
