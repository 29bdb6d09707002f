//! Text messages in Swahili.

use super::SmsWords;
use crate::text::parcel::why_not;
use duka::{
    delivery::parcel::{Failure, code_of},
    kernel::locale::Locale,
    mail::{
        letter::About,
        order::{Closed, Towards},
    },
};

pub static WORDS: SmsWords = SmsWords {
    entry: ("SMS", "Wanunuzi wasio na barua pepe wanajulishwa kwa SMS"),
    lead: "Kupitia akaunti yako ya Africa's Talking, kwa bei yao ya kila ujumbe. Walioacha barua pepe wanajulishwa kwa barua pepe, bila malipo.",
    is_on: "Wanunuzi wasioacha barua pepe wanajulishwa kwa SMS.",
    is_off: "Hakuna anayejulishwa kwa SMS.",
    labels: &[
        ("username", "Jina la akaunti"),
        ("api_key", "API key"),
        ("sender_id", "Jina la mtumaji"),
        ("is_on", "Wajulishe kwa SMS"),
    ],
    username_hint: "Kama lilivyo kwenye akaunti yako ya Africa's Talking.",
    sender_hint: "Jina lililosajiliwa kwako, herufi 11 zaidi. Acha wazi kutumia namba yao.",
    switch: "Wajulishe wasioacha barua pepe kwa SMS",
    sent_lately: |sent, arrived, failed| {
        format!("Siku 30 zilizopita: {sent} zimetumwa, {arrived} zimefika, {failed} hazikufika")
    },
    reports: "Kama ujumbe unafika",
    reports_text: "Kwenye akaunti yako ya Africa's Talking, SMS, Callback URLs, Delivery reports, andika anwani hii. Usimpe mtu mwingine.",
    heard: "Africa's Talking imetuambia kuhusu ujumbe wako.",
    not_heard: "Bado hatujaambiwa lolote. Ujumbe unatumwa hata hivyo.",
    problem: |word| match word {
        "not_accepted" => "Africa's Talking haikubali jina na key hizi. Ujumbe hautumwi; zinakili tena.",
        "no_money" => "Akaunti yako ya Africa's Talking haina pesa. Ujumbe hautumwi hadi uongeze.",
        _ => "Africa's Talking haijui jina hili la mtumaji. Ujumbe hautumwi; liondoe, au lisajili.",
    },
};

pub(super) fn notice(about: &About) -> Option<String> {
    let shop = &about.person().shop;
    Some(match about {
        About::OrderPlaced { number, total, .. } => {
            format!("{shop}: tumepokea oda yako {number}, {total}. Ione hapa:")
        }
        About::OrderPaid { number, total, .. } => {
            format!("{shop}: {total} zimefika, oda {number} imelipwa. Risiti:")
        }
        About::OrderOnItsWay { number, towards: Towards::Agent(agent), .. } => {
            format!("{shop}: oda {number} inaenda {agent}. Watakutumia SMS ikifika. Oda:")
        }
        About::OrderOnItsWay { number, towards: Towards::Shop, .. } => {
            format!("{shop}: oda {number} iko tayari, njoo uichukue. Oda:")
        }
        About::OrderOnItsWay { number, code: Some(code), .. } => {
            let code = code_of(code);
            format!("{shop}: oda {number} iko njiani. Ukishaipokea mtajie rider namba ya siri {code}. Oda:")
        }
        About::OrderOnItsWay { number, code: None, .. } => {
            format!("{shop}: oda {number} iko njiani. Kaa karibu na simu. Oda:")
        }
        About::OrderDelivered { number, is_collected: true, .. } => {
            format!("{shop}: oda {number} imechukuliwa. Asante! Oda:")
        }
        About::OrderDelivered { number, .. } => {
            format!("{shop}: oda {number} imefika. Asante! Oda:")
        }
        About::OrderCancelled { number, .. } => {
            format!("{shop}: tumefuta oda yako {number}. Huna cha kulipa. Oda:")
        }
        About::OrderExpired { number, is_part_paid, is_cash: true, .. } => {
            let money = if *is_part_paid { "Tuandikie kuhusu ulicholipa." } else { "Huna cha kulipa." };
            format!("{shop}: oda {number} haikukubaliwa kwa wakati na imefungwa. {money} Oda:")
        }
        About::OrderExpired { number, is_part_paid, .. } => {
            let money = if *is_part_paid { "Tuandikie kuhusu ulicholipa." } else { "Hakuna pesa iliyochukuliwa." };
            format!("{shop}: oda {number} haikulipwa kwa wakati na imefungwa. {money} Oda:")
        }
        About::DeliveryFailed(told) => {
            let why = why_not(Locale::Sw, Failure::parse(&told.why));
            format!("{shop}: oda {}. {why} Duka litapanga nawe wakati mwingine. Oda:", told.order_number)
        }
        About::ParcelBooked(told) => {
            let (number, code, carrier) = (told.order_number, &told.code, &told.carrier);
            format!("{shop}: nambari ya kifurushi cha oda {number} ni {code}, kinakuja na {carrier}. Oda:")
        }
        About::RefundAsked(told) => {
            let (number, amount) = (told.order_number, &told.amount);
            match told.closed {
                Some(Closed::ByTheShop) => format!("{shop}: oda {number} imefutwa, {amount} zinakurudia. Oda:"),
                Some(Closed::ByTheClock) => {
                    format!("{shop}: oda {number} haikulipwa yote kwa wakati na imefungwa, {amount} zinakurudia. Oda:")
                }
                None => format!("{shop}: {amount} za oda {number} zinakurudia. Oda:"),
            }
        }
        About::RefundSent(told) => {
            format!("{shop}: {} za oda {} zimerudishwa kwako. Oda:", told.amount, told.order_number)
        }
        About::SignInCode(_, code) => {
            let code = code.as_str();
            format!(
                "{shop}: nambari yako ya kuingia ni {code}. Inatumika dakika 10. Usimwambie mtu, duka halitakuuliza."
            )
        }
        _ => return None,
    })
}
