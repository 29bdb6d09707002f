//! Typed receipts in English.

use super::{ReceiptState, StateWords, TypedReceiptWords};

pub const WORDS: TypedReceiptWords = TypedReceiptWords {
    have_paid: "I have paid",
    have_paid_text: "Did you pay by M-Pesa already? Type the code from the message that M-Pesa sent you. We ask M-Pesa about it.",
    stand_still: "I have paid: type the code on a page that stands still",
    field: "M-Pesa code",
    hint: "Ten letters and digits, at the start of the message: UD25M0RR7C",
    send: "Check my payment",
    not_a_receipt: "This is not an M-Pesa code. It has ten letters and digits, such as UD25M0RR7C.",
    too_many: "Too many codes were tried for this order. Nothing was checked. Try again in an hour, or ask the shop.",
    looks_old: "This code does not look like one from the last days. Please compare it with the message.",
    state: |state, receipt| {
        let (heading, text) = match state {
            ReceiptState::Asking => (
                format!("We are asking M-Pesa about {receipt}"),
                "It often takes less than a minute. You may close this page and come back.",
            ),
            ReceiptState::Landed => {
                (format!("M-Pesa confirms {receipt}"), "The money is on this order. What happens with it stands above.")
            }
            ReceiptState::Miss => (
                format!("{receipt} did not pay for this order"),
                "M-Pesa has no such payment for this order. Compare the code with the message, letter by letter, and type it again; or ask the shop.",
            ),
            ReceiptState::OtherAccount => (
                format!("{receipt} went to another number"),
                "M-Pesa knows this payment, but it was not paid to this shop. Nothing changed here. Ask whoever you paid to send it back.",
            ),
            ReceiptState::Cancelled => (
                format!("{receipt} was taken back or did not go through"),
                "The shop did not get this money. Check your M-Pesa messages, then pay again.",
            ),
            ReceiptState::ForThePerson => (
                format!("The shop will check {receipt}"),
                "We could not check it with M-Pesa by ourselves. The shop has your code and will look. Please do not pay again.",
            ),
        };
        StateWords { heading, text }
    },
};
