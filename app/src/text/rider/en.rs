//! At the door in English.

use super::RiderWords;

pub static WORDS: RiderWords = RiderWords {
    title: |number| format!("Order {number}"),
    collect: |missing| format!("Collect {missing}"),
    paid: "Paid",
    paid_text: "Nothing more to collect. You can hand over the goods.",
    send_prompt: "Send the prompt",
    send_again: "Send the prompt again",
    prompt_text: |phone| format!("M-Pesa asks for the PIN on {phone}."),
    other_phone: "Another phone",
    other_phone_hint: "Leave it empty for the buyer's own.",
    waiting: |phone| format!("We sent the request to {phone}. Wait until this page says that it is paid."),
    failed: "The last request did not end in money. Send it again, or take cash.",
    look_again: "Look again",
    got_cash: "Cash received",
    cash_text: "Only what you have in your hand. The shop counts on it.",
    amount: "Amount (KSh)",
    to_whom: "To",
    call: |phone| format!("Call {phone}"),
    no_prompt: "This shop sends no prompts. Take cash, or call the shop.",
    prompt_open: "A request is on the phone already. Wait for it, or let the buyer cancel it.",
    pause: |seconds| format!("M-Pesa asks for a pause. Send it again in {seconds} seconds."),
    recorded: "Written down. The shop sees it now.",
    gone: "This link does not work",
    gone_text: "It is over, or another took its place. Nothing was sent and nothing was written down. Ask the shop for a new one.",
};
