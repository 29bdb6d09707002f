//! Refunds in English.

use super::RefundWords;
use duka::payments::refund::{RefundFailure, RefundKind, RefundStatus, RefundWay};

pub const WORDS: RefundWords = RefundWords {
    title: "Refunds",
    lead: "Money that goes back to buyers: what waits for you, what is on its way, what has arrived.",
    shown: ["Open", "Ended", "All"],
    open_sum: |sum| format!("{sum} has not gone back yet."),
    nothing: "Nothing was ever sent back.",
    nothing_open: "Nothing waits to be sent back.",
    newer: "Newer",
    older: "Older",
    of_order: |number| format!("Order {number}"),
    of_no_order: "Money without an order",
    one: |amount| format!("Refund of {amount}"),
    all_refunds: "All refunds",
    to: "To",
    phone: "Phone",
    reason: "Reason",
    kind: "For",
    kinds: |kind| match kind {
        RefundKind::Goods => "Goods or delivery",
        RefundKind::Goodwill => "Goodwill, nothing comes back",
        RefundKind::Excess => "Money that was too much",
    },
    way: "How",
    ways: |way| match way {
        RefundWay::Reversal => "M-Pesa sends it back",
        RefundWay::Card => "Back to the card",
        RefundWay::Manual => "You send it",
        RefundWay::Cash => "In cash",
        RefundWay::Credit => "Kept as credit",
    },
    status: |status| match status {
        RefundStatus::Pending => "To be sent",
        RefundStatus::Processed => "Sent back",
        RefundStatus::Failed => "Not sent",
    },
    given_up_status: "Given up",
    on_its_way: "On its way",
    credited: "Kept as credit",
    asked: "Asked for",
    ended: "Ended",
    receipt: "Receipt",
    failure: |way, failure| match failure {
        RefundFailure::Settings if way == RefundWay::Card => {
            "The card provider does not take your keys any more. No money moved. Look at the card settings and try again, or send it yourself."
        }
        RefundFailure::UnknownPayment if way == RefundWay::Card => {
            "The card provider does not find the payment. No money moved. Send it yourself and note the receipt."
        }
        RefundFailure::Declined if way == RefundWay::Card => {
            "The card provider declined. No money moved. Look at its own pages, or send it yourself and note the receipt."
        }
        RefundFailure::NoAnswer if way == RefundWay::Card => {
            "The card provider could not be reached. No money moved. Try again, or send it yourself."
        }
        RefundFailure::SentAfterAll if way != RefundWay::Reversal => {
            "The provider says that it sent this back after all, and you had gone another way meanwhile. The buyer may have it twice: look at your statements and talk to them."
        }
        RefundFailure::LowBalance => {
            "Your M-Pesa account holds less than this. No money moved. Put money in and try again, or send it yourself."
        }
        RefundFailure::Limits => {
            "The sum is outside M-Pesa's limits, or the buyer's phone is too full. No money moved. Send it yourself, perhaps in parts."
        }
        RefundFailure::Settings => {
            "M-Pesa does not let your account send money back. No money moved. Look at the operator's name and password in the M-Pesa settings, or send it yourself."
        }
        RefundFailure::Locked => {
            "M-Pesa has locked the operator's password. No money moved. Set a new one with M-Pesa and in the settings before you try again."
        }
        RefundFailure::UnknownPayment => {
            "M-Pesa does not find the payment any more. No money moved. Send it yourself and note the receipt."
        }
        RefundFailure::Declined => "M-Pesa declined. No money moved. Send it yourself and note the receipt.",
        RefundFailure::NoAnswer => "M-Pesa could not be reached. No money moved. Try again, or send it yourself.",
        RefundFailure::AccountGone => {
            "This money came to an M-Pesa account that you do not use any more, and Duka has no working keys of it. No money moved. Send it yourself and note the receipt."
        }
        RefundFailure::CardFailed => {
            "The buyer's bank did not take it. The money is with you. Send it another way and note the receipt."
        }
        RefundFailure::CardNeedsAttention => {
            "The card provider needs the buyer's bank details. Give them on the card provider's own pages, or send the money another way."
        }
        RefundFailure::CardOtherSum => {
            "The card provider gave back another sum than this. Look at the card provider's own pages before you do anything else."
        }
        RefundFailure::SentAfterAll => {
            "M-Pesa says that it sent this back after all, and you had gone another way meanwhile. The buyer may have it twice: look at your M-Pesa statement and talk to them."
        }
    },
    waits_for_you: "This waits for you: send the money, then note the receipt here.",
    waits_for_provider: |way| match way {
        RefundWay::Card => {
            "The card provider has it. Banks take up to ten working days; this page tells you when it has arrived."
        }
        _ => "M-Pesa has it. This page tells you when it has arrived.",
    },
    silent: |way| match way {
        RefundWay::Card => {
            "The card provider has not said what became of it. Look at its own pages, then say here what you found."
        }
        _ => "M-Pesa has not said what became of it. Look at your M-Pesa statement, then say here what you found.",
    },
    mark_title: "It was sent",
    mark_text: "Note the receipt of the money you sent. It is kept with the order.",
    typed_receipt: "Receipt",
    receipt_hint: "From the message about the money you sent, like UK23AB45CD.",
    receipt_unless: "not for cash",
    receipt_missing: "Type the receipt, or tick that it was given back in cash.",
    receipt_known: "This receipt is known already: of another refund, or of a payment that came in. Look at the message about the money you sent.",
    receipt_wrong: "Letters and digits only, please: 4 to 24 of them.",
    in_cash: "Given back in cash",
    one_of_two: "A receipt or cash, please, not both.",
    mark: "Mark as sent",
    more_title: "Or",
    retry: "Try again",
    send: "Send it back the way it came",
    credit: "Keep as credit",
    credit_text: "The buyer agrees to buy with it later. You use it on the page of their next order.",
    give_up: "Give this refund up",
    give_up_text: "Nothing was sent, and the money counts for the order again.",
    not_sent: "It was not sent",
    not_sent_text: "Say this only when your statement does not have it: then you can try again.",
    done: "Done.",
    ask: "Send money back",
    ask_title: |number| format!("Send money back for order {number}"),
    there: |sum| format!("{sum} of this order's money is here."),
    nothing_there: "No money of this order is here. There is nothing to send back.",
    still_open: "This order waits for the rest of its money. Sending back gives it up: everything goes back and the order is closed.",
    all_of_it: |sum| format!("All of it: {sum}"),
    goods_title: "Goods that come back, or were never sent",
    pieces_of: |name| format!("Pieces of {name}"),
    bought: |bought, back, each| match back {
        0 => format!("{bought} bought, {each} each"),
        back => format!("{bought} bought, {back} back already, {each} each"),
    },
    restock: "Back on the shelf",
    delivery: |fee| format!("The delivery too: {fee}"),
    goodwill: "Goodwill",
    goodwill_hint: "An amount for nothing, on top. Leave it empty for none.",
    ask_reason: "Reason",
    reason_hint: "The buyer reads it in the mail about it.",
    ask_way: "How it goes back",
    by_itself: "As it came, where that is possible",
    by_hand: "I send it myself",
    look: "Show what goes back",
    look_again: "Reckon again",
    shares: "What goes back",
    share_goods: "Goods",
    share_delivery: "Delivery",
    share_goodwill: "Goodwill",
    share_discount: "Discount that had been taken off these goods",
    share_tax: "VAT inside",
    share_total: "Goes back",
    goes: |way| match way {
        RefundWay::Reversal => "M-Pesa sends it back to the phone it came from.",
        RefundWay::Card => "It goes back to the card.",
        RefundWay::Cash => "You give it back in cash and note it.",
        RefundWay::Manual | RefundWay::Credit => "You send it yourself and note the receipt.",
    },
    send_back: |sum| format!("Send back {sum}"),
    sums_moved: "The sum is another than you saw. Nothing was sent. Look at it again.",
    nothing_chosen: "Choose what goes back: all of it, goods, the delivery or an amount.",
    nothing_comes: "For this nothing can go back: no money of it is here.",
    all_or_nothing: "This order is not paid in full yet. Only all of it can go back.",
    too_many: "More than were bought and are not back yet.",
    no_delivery: "The delivery is back already.",
    too_much: "More than is here.",
    restock_too_many: "These pieces are on the shelf already, or never left it.",
};
