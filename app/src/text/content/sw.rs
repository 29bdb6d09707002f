//! Pages and posts in Swahili.

use super::{ContentWords, PageKind, PageState};

pub const WORDS: ContentWords = ContentWords {
    title: "Kurasa",
    lead: "Makala hukaa kwenye blogu ya duka lako kwa tarehe. Kurasa za kawaida, kama “Kutuhusu”, hukaa chini ya duka.",
    policies: "Unachoandika kuhusu kupeleka, kurudisha na taarifa za watu kiko kwenye mipangilio ya duka.",
    nothing_yet: "Bado hujaandika kitu. Anza hapa chini; hakuna anayekiona hadi ukichapishe.",
    kind: |kind| match kind {
        PageKind::Post => "Makala",
        PageKind::Plain => "Ukurasa wa kawaida",
    },
    state: |state| match state {
        PageState::Draft => "Rasimu",
        PageState::Scheduled => "Imepangwa",
        PageState::Published => "Imechapishwa",
    },
    from: |moment| format!("kuanzia {moment}"),
    new: "Andika kitu kipya",
    new_labels: &[("page", ""), ("title", "Kichwa"), ("kind", "Ni nini")],
    begin: "Anza rasimu",
    labels: &[
        ("title", "Kichwa"),
        ("body", "Maandishi"),
        ("state", "Nani anasoma"),
        ("at", "Siku na saa"),
        ("slug", "Anwani"),
        ("summary", "Maelezo ya Google"),
        ("indexable", "Google inaweza kuionyesha"),
    ],
    body_hint: "Mstari mtupu unaanza aya mpya; **nzito**, ## kichwa kidogo, - orodha, [maneno](/p/…) kiungo. Picha huwekwa hapa chini.",
    when: "Lini",
    states: [
        ("draft", "Rasimu: timu yako tu"),
        ("now", "Imechapishwa: kila mtu, kuanzia sasa"),
        ("at", "Kila mtu, kuanzia siku na saa iliyo hapa chini"),
    ],
    at_hint: "Kwa saa ya duka lako. Inatokea yenyewe.",
    found: "Inavyopatikana",
    slug_hint: "Herufi ndogo, tarakimu na kistari kimoja kimoja. Anwani ya zamani inaendelea kuleta hapa.",
    summary_hint: "Ikiwa wazi: mwanzo wa maandishi.",
    indexable: "Google na wengine wanaweza kuionyesha",
    preview: "Hakiki",
    previewed: "Haya ni mahakiki. Bado hakuna kilichohifadhiwa.",
    how_it_looks: "Inavyoonekana",
    see_in_shop: "Tazama dukani",
    not_hidden_from_links: "Google na wengine wameambiwa waiache; aliye na kiungo anaweza kuisoma.",
    pictures_lead: "Kila picha ina mstari unaouweka kwenye maandishi pale inapotakiwa kuonekana. Ya kwanza kwenye makala ndiyo watu huona makala inaposhirikiwa.",
    picture_words_hint: "Kwa wasioweza kuiona. Sema kwanza, kisha chagua picha.",
    choose_picture: "Chagua picha",
    choose_picture_hint: "JPEG, PNG au WebP, isizidi MB 8. Tunaipunguza na kuondoa mahali ilipopigwa.",
    save_text_first: "Hifadhi kwanza ulichoandika hapo juu: kuweka picha kunafungua ukurasa huu upya.",
    add_picture: "Weka picha",
    put_into_text: "Weka hii kwenye maandishi",
    pages_pictures_are_full: |most| {
        format!("Ukurasa huu una picha zote {most} unazoweza kuwa nazo. Ondoa moja ili uweke nyingine.")
    },
    remove: "Futa",
    remove_text: "Huifuta pamoja na anwani zake zote. Kuitoa dukani tu, ifanye iwe rasimu.",
    sure: "Ndiyo, ifute kabisa",
};
