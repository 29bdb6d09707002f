//! Paying without a prompt, in English.

use super::ByHandWords;

pub static WORDS: ByHandWords = ByHandWords {
    heading: "Pay with M-Pesa",
    way_out: "Or pay it yourself",
    waiting: |missing| format!("We are waiting for your {missing}. This page says so when it comes."),
    paybill_steps: ["Open M-Pesa on your phone", "Lipa na M-Pesa", "Pay Bill"],
    till_steps: ["Open M-Pesa on your phone", "Lipa na M-Pesa", "Buy Goods and Services"],
    paybill: "Business number",
    till: "Till number",
    account: "Account number",
    amount: "Amount",
    copy: "Tap a number to mark it, then copy it.",
    pin: "Then enter your PIN and send.",
    it_shows: "We see the money within a minute. You need not send us the message.",
    paid_already: "I have paid, look now",
    by_prompt: "Or get the prompt on your phone",
    partly_heading: "A part has come",
    partly: |missing| format!("We have a part of your money. {missing} is still missing."),
    partly_text: "Your order is kept. Pay the rest and we get it ready.",
    pay_rest: |missing| format!("You pay {missing}, what is still missing."),
    excess: |excess| format!("You paid {excess} more than the order came to. You get it back."),
};
