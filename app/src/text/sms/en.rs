//! Text messages in English.

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
    entry: ("SMS", "Buyers without an e-mail are told by text message"),
    lead: "Through your Africa's Talking account, at their price for each message. Buyers who left an e-mail are told by mail, which costs nothing.",
    is_on: "Buyers who left no e-mail are told by SMS.",
    is_off: "Nobody is told by SMS.",
    labels: &[
        ("username", "Username"),
        ("api_key", "API key"),
        ("sender_id", "Sender name"),
        ("is_on", "Tell buyers by SMS"),
    ],
    username_hint: "As it stands in your Africa's Talking account.",
    sender_hint: "A name that is registered for you, 11 letters at most. Empty for the provider's own number.",
    switch: "Tell buyers who left no e-mail by SMS",
    sent_lately: |sent, arrived, failed| {
        format!("In the last 30 days: {sent} sent, {arrived} known to have arrived, {failed} that did not")
    },
    reports: "Whether messages arrive",
    reports_text: "In your Africa's Talking account, under SMS, Callback URLs, Delivery reports, write this address. Keep it to yourself.",
    heard: "Africa's Talking has told us of your messages.",
    not_heard: "Nothing was told yet. Messages are sent all the same.",
    problem: |word| match word {
        "not_accepted" => {
            "Africa's Talking does not take this username and key. Messages are not sent; copy them again."
        }
        "no_money" => "Your Africa's Talking account has no money left. Messages are not sent until you top it up.",
        _ => {
            "Africa's Talking does not know this sender name. Messages are not sent; take it out, or have it registered."
        }
    },
};

pub(super) fn notice(about: &About) -> Option<String> {
    let shop = &about.person().shop;
    Some(match about {
        About::OrderPlaced { number, total, .. } => {
            format!("{shop}: we have your order {number}, {total}. See it here:")
        }
        About::OrderPaid { number, total, .. } => {
            format!("{shop}: {total} has arrived, order {number} is paid. Receipt:")
        }
        About::OrderOnItsWay { number, towards: Towards::Agent(agent), .. } => {
            format!("{shop}: order {number} has left for {agent}. They text you when it is there. Order:")
        }
        About::OrderOnItsWay { number, towards: Towards::Shop, .. } => {
            format!("{shop}: order {number} is ready, come and collect it. Order:")
        }
        About::OrderOnItsWay { number, code: Some(code), .. } => {
            let code = code_of(code);
            format!("{shop}: order {number} is on its way. Tell the rider the code {code} once you have it. Order:")
        }
        About::OrderOnItsWay { number, code: None, .. } => {
            format!("{shop}: order {number} is on its way. Keep your phone near. Order:")
        }
        About::OrderDelivered { number, is_collected: true, .. } => {
            format!("{shop}: order {number} was collected. Thank you! Order:")
        }
        About::OrderDelivered { number, .. } => {
            format!("{shop}: order {number} was delivered. Thank you! Order:")
        }
        About::OrderCancelled { number, .. } => {
            format!("{shop}: we have cancelled your order {number}. There is nothing to pay. Order:")
        }
        About::OrderExpired { number, is_part_paid, is_cash: true, .. } => {
            let money = if *is_part_paid { "Write to us for what you paid." } else { "There is nothing to pay." };
            format!("{shop}: order {number} was not accepted in time and is closed. {money} Order:")
        }
        About::OrderExpired { number, is_part_paid, .. } => {
            let money = if *is_part_paid { "Write to us for what you paid." } else { "No money was taken." };
            format!("{shop}: order {number} was not paid in time and is closed. {money} Order:")
        }
        About::DeliveryFailed(told) => {
            let why = why_not(Locale::En, Failure::parse(&told.why));
            format!("{shop}: order {}. {why} The shop agrees another time with you. Order:", told.order_number)
        }
        About::ParcelBooked(told) => {
            let (number, code, carrier) = (told.order_number, &told.code, &told.carrier);
            format!("{shop}: code {code} for the parcel of order {number}, which comes with {carrier}. Order:")
        }
        About::RefundAsked(told) => {
            let (number, amount) = (told.order_number, &told.amount);
            match told.closed {
                Some(Closed::ByTheShop) => {
                    format!("{shop}: order {number} is cancelled, {amount} is coming back to you. Order:")
                }
                Some(Closed::ByTheClock) => format!(
                    "{shop}: order {number} was not paid in full in time and is closed, {amount} is coming back to you. Order:"
                ),
                None => format!("{shop}: {amount} of order {number} is coming back to you. Order:"),
            }
        }
        About::RefundSent(told) => {
            format!("{shop}: {} of order {} has been sent back to you. Order:", told.amount, told.order_number)
        }
        About::SignInCode(_, code) => {
            let code = code.as_str();
            format!("{shop}: your code is {code}. It works for 10 minutes. Tell it to nobody, the shop does not ask.")
        }
        _ => return None,
    })
}
