//! Mails in Swahili.

use super::Wording;
use crate::text::{own_words, parcel::not_handed_over};
use duka::{
    delivery::parcel::{Failure, code_of},
    kernel::{access::Role, locale::Locale},
    mail::{
        letter::About,
        order::{Closed, Towards},
    },
};

const fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "mwenye duka",
        Role::Staff => "mfanyakazi",
        Role::Viewer => "mtazamaji",
    }
}

pub(super) fn wording(about: &About) -> Wording {
    let (name, shop) = (about.person().name.trim(), &about.person().shop);
    let not_you = || {
        "Kama si wewe, huenda mtu mwingine anajua nenosiri lako. Chagua jipya sasa; wengine wote watatolewa.".to_owned()
    };
    let (subject, before, button, after) = match about {
        About::Welcome { .. } => (
            format!("{shop} iko tayari kwenye Duka"),
            vec![
                format!("Duka lako {shop} limetengenezwa. Litafunguliwa kwa wateja utakapotaka wewe."),
                "Orodha fupi kwenye dashibodi itakuongoza: bidhaa, maeneo ya kupeleka, M-Pesa.".to_owned(),
            ],
            Some("Fungua dashibodi"),
            vec![],
        ),
        About::ResetPassword { .. } => (
            "Chagua nenosiri jipya".to_owned(),
            vec![
                format!("Kuna aliyeomba nenosiri jipya la {shop}; tunatumaini ni wewe."),
                "Kiungo kinatumika mara moja, ndani ya saa moja.".to_owned(),
            ],
            Some("Chagua nenosiri jipya"),
            vec!["Kama hukuomba, usifanye lolote: nenosiri lako linabaki lilivyo.".to_owned()],
        ),
        About::ChangeEmail { is_own: false, .. } => (
            "Thibitisha barua pepe yako mpya".to_owned(),
            vec![
                format!("Anwani hii ndiyo utakayotumia kuingia kwenye {shop}."),
                "Kiungo kinatumika mara moja. Hadi ukifungue, anwani yako ya zamani inabaki.".to_owned(),
            ],
            Some("Thibitisha anwani hii"),
            vec!["Kama hukuomba, usifanye lolote.".to_owned()],
        ),
        About::ChangeEmail { is_own: true, .. } => (
            "Hii ni barua pepe yako?".to_owned(),
            vec![
                format!("Anwani hii ndiyo inayoingia kwenye {shop}, na ndipo viungo huletwa nenosiri likipotea."),
                "Tuambie kwamba ni yako. Kiungo kinatumika mara moja, ndani ya saa moja; kwenye akaunti yako kuna kitufe cha kingine."
                    .to_owned(),
            ],
            Some("Ndiyo, ni yangu"),
            vec!["Kama huna duka kwetu, usifanye lolote.".to_owned()],
        ),
        About::EmailChanged { .. } => (
            "Barua pepe yako imebadilishwa".to_owned(),
            vec![
                format!("Kuanzia sasa unaingia kwenye {shop} kwa anwani nyingine ya barua pepe."),
                "Kama si wewe, mwombe mwenye duka mwingine afunge akaunti, na utuandikie mara moja.".to_owned(),
            ],
            None,
            vec![],
        ),
        About::PasswordChanged { .. } => (
            "Nenosiri lako limebadilishwa".to_owned(),
            vec![format!("Nenosiri unalotumia kuingia kwenye {shop} sasa ni lingine."), not_you()],
            Some("Chagua nenosiri jipya"),
            vec![],
        ),
        About::SecondFactorChanged { is_on: true, .. } => (
            "Nambari za simu yako zimewashwa".to_owned(),
            vec![format!("Kuingia kwenye {shop} sasa kunahitaji pia nambari kutoka simu yako."), not_you()],
            Some("Chagua nenosiri jipya"),
            vec![],
        ),
        About::SecondFactorChanged { is_on: false, .. } => (
            "Nambari za simu yako zimezimwa".to_owned(),
            vec![format!("Kuingia kwenye {shop} hakuhitaji tena nambari kutoka simu yako."), not_you()],
            Some("Chagua nenosiri jipya"),
            vec![],
        ),
        About::Invite { role: as_what, .. } => (
            format!("Jiunge na {shop} kwenye Duka"),
            vec![
                format!("Unaalikwa kujiunga na timu ya {shop} kama {}.", role(*as_what)),
                "Kiungo ni chako peke yako. Kinatumika mara moja, ndani ya siku saba.".to_owned(),
            ],
            Some("Jiunge na timu"),
            vec!["Kama hulijui duka hili, usifanye lolote.".to_owned()],
        ),
        About::ParcelBooked(told) => (
            format!("{shop}: nambari ya kifurushi chako, oda {}", told.order_number),
            std::iter::once(format!(
                "Oda yako {} inakuja na {}. Nambari ya kifurushi ni {}.",
                told.order_number, told.carrier, told.code
            ))
            .chain(told.agent.as_ref().map(|agent| {
                format!("Utakichukua kwa {agent}. Subiri wakuambie kwa SMS kwamba kimefika kwao.")
            }))
            .collect(),
            Some("Ona oda"),
            vec!["Itunze nambari hiyo: ndiyo utakayoulizia kifurushi.".to_owned()],
        ),
        About::DeliveryFailed(told) => (
            format!("{shop}: oda {} haikuweza kukabidhiwa", told.order_number),
            vec![
                format!("Oda yako {} ilikuwa kwa rider, na haijakufikia.", told.order_number),
                not_handed_over(Locale::Sw, Failure::parse(&told.why)),
            ],
            Some("Ona oda"),
            vec!["Haitatoka tena kabla ya hapo; ikitoka tu, utapata ujumbe mwingine.".to_owned()],
        ),
        About::RefundAsked(told) => (
            format!("{shop}: {} inarudi kwako", told.amount),
            [
                told.closed.map(|closed| match closed {
                    Closed::ByTheShop => {
                        format!("{shop} imefuta oda yako {}. Hakuna kitakacholetwa.", told.order_number)
                    }
                    Closed::ByTheClock => format!(
                        "Oda yako {} ilifungwa kwa kuwa haikulipwa yote kwa wakati. Hakuna kitakacholetwa.",
                        told.order_number
                    ),
                }),
                Some(format!(
                    "{shop} inakurudishia {} ya oda yako {}. Utapata ujumbe mwingine ikishatumwa.",
                    told.amount, told.order_number
                )),
            ]
            .into_iter()
            .flatten()
            .chain((!told.reason.is_empty()).then(|| format!("Duka linasema: {}", own_words::told(Locale::Sw, &told.reason))))
            .collect(),
            Some("Angalia oda"),
            vec![],
        ),
        About::RefundSent(told) => (
            format!("{shop}: {} imerudishwa", told.amount),
            std::iter::once(format!("{shop} imekurudishia {} ya oda yako {}.", told.amount, told.order_number))
                .chain(told.receipt.as_ref().map(|receipt| format!("Risiti ni {receipt}.")))
                .chain((!told.reason.is_empty()).then(|| format!("Duka linasema: {}", own_words::told(Locale::Sw, &told.reason))))
                .collect(),
            Some("Angalia oda"),
            vec![],
        ),
        About::LowStock { goods, more, .. } => (
            match goods.len() + *more as usize {
                1 => format!("{shop}: bidhaa moja inakwisha"),
                count => format!("{shop}: bidhaa {count} zinakwisha"),
            },
            std::iter::once("Hizi zimefika kiwango chake tangu tulipokuandikia mara ya mwisho:".to_owned())
                .chain(goods.iter().map(|one| match one.left {
                    ..=0 => format!("{}: zimeisha", one.name),
                    left => format!("{}: zimebaki {left}", one.name),
                }))
                .chain((*more > 0).then(|| format!("Na nyingine {more}.")))
                .collect(),
            Some("Ona zinazokwisha"),
            vec!["Unaweza kuzima barua hizi kwenye ukurasa huo.".to_owned()],
        ),
        About::OrderExpired { number, is_part_paid, is_cash: true, .. } => (
            format!("{shop}: oda {number} imefungwa"),
            vec![
                format!("{shop} haikuikubali oda yako {number} kwa wakati, kwa hiyo imefungwa. Hakuna kitakacholetwa."),
                if *is_part_paid {
                    format!("Ulichokuwa umelipa kiko kwa {shop}; waandikie wakurudishie au ununue nacho.")
                } else {
                    "Hukulipa chochote, na huna cha kulipa.".to_owned()
                },
            ],
            Some("Ona oda"),
            vec!["Kama bado unaitaka, liandikie duka; namba yao iko kwenye ukurasa.".to_owned()],
        ),
        About::OrderExpired { number, is_part_paid, .. } => (
            format!("{shop}: oda {number} imefungwa"),
            std::iter::once(format!("Oda yako {number} ya {shop} haikulipwa kwa wakati, kwa hiyo imefungwa na bidhaa zimerudi kwenye rafu."))
                .chain((!is_part_paid).then(|| "Hakuna pesa iliyochukuliwa.".to_owned()))
                .chain(is_part_paid.then(|| format!("Ulichokuwa umelipa kiko kwa {shop}; waandikie wakurudishie au ununue nacho.")))
                .collect(),
            Some("Ona oda"),
            vec!["Kama umelipa sasa hivi, usifanye lolote: oda inafunguliwa tena bidhaa zikiwa bado zipo, la sivyo pesa zako zinarudi.".to_owned()],
        ),
        About::OrderPlaced { number, total, .. } => (
            format!("{shop}: tumepokea oda yako {number}"),
            vec![
                format!("Asante. {shop} imepokea oda yako {number} ya {total}."),
                "Ulichoagiza, bei yake na kinachofuata viko kwenye ukurasa wake.".to_owned(),
            ],
            Some("Ona oda"),
            vec!["Aliye na kiungo anaona oda, kwa hivyo kiweke mwenyewe.".to_owned()],
        ),
        About::OrderOnItsWay { number, towards: Towards::Agent(agent), .. } => (
            format!("{shop}: oda {number} iko njiani"),
            vec![
                format!("Oda yako {number} imetoka {shop} kwenda {agent}."),
                "Watakuambia kwa SMS ikifika kwao: ichukue hapo, kwa nambari iliyo kwenye ukurasa wake.".to_owned(),
            ],
            Some("Ona oda"),
            vec![],
        ),
        About::OrderOnItsWay { number, towards: Towards::Shop, .. } => (
            format!("{shop}: oda {number} iko tayari"),
            vec![format!("Oda yako {number} imefungwa. Njoo uichukue {shop}; mahali pako kwenye ukurasa wake.")],
            Some("Ona oda"),
            vec![],
        ),
        About::OrderOnItsWay { number, code, .. } => (
            format!("{shop}: oda {number} iko njiani"),
            [
                Some(format!("Oda yako {number} imetoka {shop}. Kaa karibu na simu: rider anaweza kupiga.")),
                code.as_ref().map(|code| {
                    let code = code_of(code);
                    format!("Ukiipokea mkononi, si kabla, mtajie rider namba hii ya siri: {code}.")
                }),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Some("Ona oda"),
            vec![],
        ),
        About::OrderDelivered { number, is_collected: true, .. } => (
            format!("{shop}: oda {number} imechukuliwa"),
            vec![format!("Oda yako {number} imekabidhiwa. Asante kwa kununua {shop}.")],
            Some("Ona oda"),
            vec!["Kama si wewe uliyeichukua, liandikie duka mara moja; namba yao iko kwenye ukurasa.".to_owned()],
        ),
        About::OrderCancelled { number, reason, .. } => (
            format!("{shop}: oda {number} imefutwa"),
            vec![
                format!("{shop} imefuta oda yako {number}. Huna cha kulipa."),
                format!("Sababu: {reason}"),
            ],
            Some("Ona oda"),
            vec!["Kama bado unaitaka, liandikie duka; namba yao iko kwenye ukurasa.".to_owned()],
        ),
        About::OrderDelivered { number, .. } => (
            format!("{shop}: oda {number} imefika"),
            vec![format!("Oda yako {number} imeletwa kwako. Asante kwa kununua {shop}.")],
            Some("Ona oda"),
            vec!["Kama haikukufikia, liandikie duka mara moja; namba yao iko kwenye ukurasa.".to_owned()],
        ),
        About::SignInCode(_, code) => (
            format!("{shop}: nambari yako ya kuingia ni {}", code.as_str()),
            vec![
                format!("Kuna aliyeomba kuona oda zako za {shop}; tunatumaini ni wewe."),
                format!("Nambari ya kuingia ni {}. Inatumika mara moja, kwa dakika kumi, kwenye kivinjari kilichoiomba.", code.as_str()),
            ],
            None,
            vec!["Usimwambie mtu; duka halitakuuliza. Kama si wewe, usifanye lolote.".to_owned()],
        ),
        About::OrderPaid { number, total, .. } => (
            format!("{shop}: oda {number} imelipwa"),
            vec![format!("Asante. {total} zimefika, na oda yako {number} imelipwa."), "Risiti yako ni hii.".to_owned()],
            Some("Ona risiti"),
            vec!["Aliye na kiungo anaona oda, kwa hivyo kiweke mwenyewe.".to_owned()],
        ),
    };
    Wording {
        subject,
        greeting: if name.is_empty() { "Habari,".to_owned() } else { format!("Habari {name},") },
        before,
        button,
        after,
        footer: format!("Imetumwa na Duka kwa niaba ya {shop}. Majibu kwa anwani hii hayasomwi."),
    }
}
