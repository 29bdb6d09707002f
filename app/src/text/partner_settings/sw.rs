//! The settings page for delivery partners in Swahili.

use super::PartnerSettingsWords;

pub static WORDS: PartnerSettingsWords = PartnerSettingsWords {
    entry: ("Washirika wa usafirishaji", "Mawakala wa Pickup Mtaani ambako wanunuzi wanachukua"),
    lead: "Ukiwa na akaunti ya Pickup Mtaani, wanunuzi wanachagua wakala wanapolipia na kulipa bei ya mtandao, nawe unaandikisha vifurushi kutoka kwenye oda. Ufunguo uko kwenye akaunti yako new.pickupmtaani.com/api; hakuna anayeweza kuusoma hapa, hata wewe.",
    labels: &[("business", "Nambari ya biashara"), ("sender", "Unapokabidhi vifurushi"), ("api_key", "Ufunguo wa API")],
    business_hint: "Nambari ya biashara yako kwao, tarakimu tu",
    sender_hint: "Bei zinahesabiwa kutoka kwa wakala huyu. Ukimbadilisha zinaulizwa upya.",
    sender_later: "Ufunguo ukishahifadhiwa, chagua hapa wakala unayemkabidhi vifurushi.",
    no_sender: "Bado hujachagua",
    in_use: |priced, all| {
        let others = if priced < all { "; bei za wengine bado hatuzijui" } else { "" };
        format!("Wanunuzi wanaweza kuchagua mawakala {priced} kati ya {all}{others}.")
    },
    without_sender: "Ufunguo unafanya kazi. Chagua unapokabidhi vifurushi: hadi hapo wanunuzi hawaonyeshwi mawakala.",
    none: "Bado hakujawekwa: wanunuzi hawaonyeshwi mawakala.",
    stopped: "Imesimamishwa: wanunuzi hawaonyeshwi mawakala. Hifadhi ili waonyeshwe tena.",
    problem: |word| match word {
        "not_accepted" => "Pickup Mtaani haikubali ufunguo huu. Unakili tena kutoka kwenye akaunti yako kwao.",
        _ => {
            "Pickup Mtaani haikupatikana kwa sasa. Kilichohifadhiwa kinabaki, na wanunuzi wanaonyeshwa mawakala na bei tunazozijua; angalia tena baada ya dakika."
        }
    },
    check: "Angalia tena na usome mawakala",
    check_text: "Mawakala na bei husomwa zenyewe kila siku. Kuangalia hakuandikishi wala hakulipi chochote.",
    listed: |when| format!("Mawakala walisomwa mara ya mwisho {when}."),
    heard: |when| format!("Pickup Mtaani ilituambia kuhusu kifurushi mara ya mwisho {when}."),
    not_heard: "Pickup Mtaani bado haijatuambia kuhusu kifurushi. Pia tunauliza viko wapi kila saa.",
    by_hand: "Mabasi, kampuni za mizigo na ofisi hazihitaji akaunti: vifurushi vyao vinaandikwa kwenye oda.",
    stop: "Acha kuonyesha mawakala",
    stop_text: "Vifurushi vilivyo njiani bado vinafuatiliwa.",
};
