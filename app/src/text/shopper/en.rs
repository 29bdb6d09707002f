//! A shopper's own pages in English.

use super::ShopperWords;

pub static WORDS: ShopperWords = ShopperWords {
    title: "Your orders",
    lead: "Type the number of one of your orders and the phone that you ordered with. A code comes to you; no password is needed.",
    send_code: "Send me a code",
    wait: |seconds| match seconds.div_ceil(60) {
        1 => "Codes were asked for too often. Nothing was sent. Please wait a minute, then ask again.".to_owned(),
        minutes => {
            format!("Codes were asked for too often. Nothing was sent. Please wait {minutes} minutes, then ask again.")
        }
    },
    tried_often: |seconds| match seconds.div_ceil(60) {
        1 => "Numbers were tried too often. Nothing was looked for. Please wait a minute, then try again.".to_owned(),
        minutes => {
            format!(
                "Numbers were tried too often. Nothing was looked for. Please wait {minutes} minutes, then try again."
            )
        }
    },

    code_title: "Type the code",
    code_lead: "If the number and the phone belong together, a code of six digits is on its way: by SMS, or by e-mail where the shop sends no SMS. It works for ten minutes, in this browser.",
    code: "Code",
    enter: "See my orders",
    not_a_code: "The code has six digits. Nothing was counted; type it again.",
    wrong: |left| match left {
        1 => "That is not the code. One more try is left.".to_owned(),
        left => format!("That is not the code. {left} more tries are left."),
    },
    over: "This code is over: ten minutes have gone, it was used, or it was wrong five times. Ask for a new one.",
    ask_again: "Ask for a new code",
    nothing_came: "Nothing came? Check the number and the phone and ask again, or write to the shop. A single order opens without a code.",

    menu: "Your pages",
    signed_in: |name, phone| match name {
        "" => format!("Signed in with {phone}"),
        name => format!("Signed in: {name}, {phone}"),
    },
    sign_out: "Sign out",
    goods: |first, more| match more {
        0 => first.to_owned(),
        more => format!("{first} and {more} more"),
    },
    no_orders: "There are no orders on this page.",

    places: "Your addresses",
    places_lead: "Where your orders went. What you write here, the rider reads.",
    no_places: "No address is kept. The next order that is brought to you leaves one here.",
    label: "What you call it",
    told: "How to find it",
    told_hint: "A landmark, the gate, the floor.",
    usual: "This is my usual address",
    is_usual: "usual",
    change: "Change",
    save: "Save",
    saved: "Saved.",
    forget: "Forget this address",
    changed_meanwhile: "This address was changed somewhere else meanwhile. Nothing was saved: it stands here as it is now, and what you wrote is still in its form. Save it again if it shall count.",

    own: "Your data",
    language: "Language",
    language_lead: "Messages about your orders come in it.",
    copy: "A copy",
    copy_text: "Everything that the shop keeps of you, as a file.",
    copy_button: "Download my data",
    erase: "Erase",
    erase_text: "Phone, name, e-mail, addresses and what you looked at go for good. Orders, amounts and receipts stay without a name, since tax law wants them. If the shop still has money of yours, ask for it first: afterwards nobody can tell whose it is.",
    erase_now: "Nothing of yours is open: it is done within minutes, and cannot be undone.",
    erase_later: |orders, refunds| {
        let numbers = orders.join(", ");
        match (orders.len(), refunds) {
            (0, 1) => {
                "Money has not gone back to you yet. Your data wait for that, and are erased by themselves afterwards."
                    .to_owned()
            }
            (0, count) => format!(
                "{count} sums have not gone back to you yet. Your data wait for that, and are erased by themselves afterwards."
            ),
            (1, _) => format!(
                "Order {numbers} is still open, and the rider needs your name and phone. Your data are erased by themselves when it has ended."
            ),
            _ => format!(
                "Orders {numbers} are still open, and riders need your name and phone. Your data are erased by themselves when the last has ended."
            ),
        }
    },
    erase_sure: "Yes, erase what the shop knows of me",
    please_tick: "Please tick the box first. Nothing was erased.",
    erase_button: "Erase my data",
    erase_waits: "You have asked for your data to be erased.",
    keep_button: "Do not erase",
    not_sure: "Your code came by e-mail, and the shop knows more of your phone than the orders with that e-mail. For a copy of your data, or to have them erased, write to the shop.",
};
