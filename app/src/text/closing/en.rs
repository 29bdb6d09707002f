//! Payments and the daily close in English.

use super::ClosingWords;
use duka::checkout::close::gaps::GapKind;

pub const WORDS: ClosingWords = ClosingWords {
    payments: "Payments",
    lead: "Every payment, whether it came or not. Open one to see where its money is.",
    shown: ["All", "Received", "Open", "Not paid", "In the inbox"],
    method: "Paid by",
    all_methods: "Any way",
    method_named: |method| match method {
        "mpesa_paybill" => "M-Pesa paybill",
        "mpesa_till" => "M-Pesa till",
        "card" => "Card",
        "cod" => "Cash on delivery",
        "manual" => "Another way",
        _ => "—",
    },
    day: "Day",
    words_hint: "M-Pesa code, order number or end of the phone",
    show: "Show",
    found: |count| if count == 1 { "1 payment".into() } else { format!("{count} payments") },
    nothing: "Nobody has paid yet.",
    nothing_here: "No payment fits here.",
    show_all: "Show all",
    order: |number| format!("Order {number}"),
    no_order: "No order yet",
    phone_end: |end| format!("phone ends in {end}"),
    export: "For the accountant",
    export_text: "A file with a line for each payment and where its money is. It opens in any spreadsheet.",
    from: "From",
    to: "Up to",
    too_long: "A year at the most.",
    download: "Download",
    payment: "Payment",
    status: "State",
    asked: "Asked for",
    received: "Received",
    receipt: "M-Pesa code",
    phone: "Phone",
    typed_account: "Account that was typed",
    asked_on: "Begun",
    received_on: "Ended",
    known_by: "Known by",
    source: |source| match source {
        "callback" => "M-Pesa's answer",
        "query" | "reconciler" => "asking M-Pesa",
        "c2b" => "M-Pesa's notice",
        "pull" => "M-Pesa's list",
        "receipt" => "the code that the buyer typed",
        "operator" => "somebody of the team",
        "card" => "the card company",
        "cash" => "cash in hand",
        _ => "—",
    },
    why_failed: "Why not",
    reason: |reason| match reason {
        "amount_mismatch" => "M-Pesa named another sum than was asked for. It waits for somebody to look.",
        "expired" => "Nobody paid in time.",
        "paid_otherwise" => "Paid another way: the money stands as a payment of its own.",
        "told_twice" => "Told of twice: the money stands with the prompt that brought it.",
        _ => "",
    },
    stands: "Where the money is",
    stands_nowhere: "No money has come.",
    sent_back_whole: "All of it has been sent back.",
    place: |place| match place {
        "outside" => "the payer",
        "inbox" => "Inbox",
        "order" => "Order",
        "credit" => "Customer's credit",
        "refund" => "Refund, on its way back",
        "nowhere" => "nowhere",
        _ => "—",
    },
    take_back: "Put it back into the inbox",
    moves: "How it got there",
    move_said: |from, to| format!("{from} → {to}"),
    why: |why| match why {
        "received" => "came in",
        "assigned" => "its order was found",
        "excess" => "more than the order lacked",
        "too_late" => "the order could not take it any more",
        "order_closed" => "the order was closed",
        "told_twice" => "it had been counted with its prompt",
        "credited" => "turned into credit",
        "credit_used" => "bought with credit",
        "credit_taken_back" => "the credit was taken back",
        "refund_asked" => "a refund was asked for",
        "refund_sent" => "sent back",
        "refund_given_up" => "the refund was given up",
        "reversed" => "M-Pesa took it back",
        _ => "moved",
    },
    by_itself: "by itself",
    steps: "Step by step",
    step: |event| match event {
        "initiated" => "Written down",
        "requested" => "The prompt was sent",
        "callback_received" => "M-Pesa answered",
        "reconciled" => "On M-Pesa's own list",
        "succeeded" => "Received",
        "failed" => "Not paid",
        "overpaid" => "More than the order could take",
        "mismatched" => "Another sum than was asked for",
        "assigned" => "Put on its order",
        "refunded" => "Sent back",
        "asked" => "M-Pesa or the card company was asked",
        "answered" => "The card company said how it stands",
        "credited" => "Turned into credit",
        "credit_taken_back" => "The credit was taken back",
        "refund_asked" => "A refund was asked for",
        "refund_failed" => "A refund did not go through",
        _ => "Something happened",
    },
    attempt: |number| format!("Try {number}"),
    close: "Daily close",
    close_lead: "Every night the day before is closed: each shilling that came must be somewhere, and M-Pesa's own list must say the same.",
    no_days: "No day was closed yet. The first one is closed tonight.",
    zero: "Comes to zero",
    not_zero: "Does not come to zero",
    being_closed: "Is being closed",
    gaps_open: |count| if count == 1 { "1 gap".into() } else { format!("{count} gaps") },
    payments_of: |count| if count == 1 { "1 payment".into() } else { format!("{count} payments") },
    older: "Older days",
    newer: "Newest days",
    open_gaps: "Gaps that wait for somebody",
    open_gaps_text: "On these, M-Pesa's list and your payments do not agree, or a card's bank asks for money back. Look, then close each with what you found.",
    sums: "Where the day's money was when it was closed",
    on_orders: "On orders",
    in_refunds: "On its way back",
    in_credit: "Customers' credit",
    in_inbox: "In the inbox",
    returned: "Sent back",
    difference: "Nowhere",
    adds_up: "Every shilling has a place.",
    adds_not_up: |money| {
        format!("{money} came and is nowhere. Nothing was changed; please tell whoever runs Duka for you.")
    },
    closed_at: |at| format!("Closed {at}"),
    compared: |count, until| format!("Compared with M-Pesa's list up to {until}: {count} on it."),
    not_compared: "Not compared with M-Pesa's list.",
    list_problem: |problem| match problem {
        "no_account" => "There is no M-Pesa account to ask for a list.",
        "not_registered" => "The M-Pesa account has not asked for its list yet: see Settings, M-Pesa.",
        "refused" => "M-Pesa does not give this account its list: see Settings, M-Pesa.",
        _ => "M-Pesa did not give its list that night. It is asked again the next one.",
    },
    landed: |count| {
        if count == 1 {
            "1 payment was only on the list and has been taken.".into()
        } else {
            format!("{count} payments were only on the list and have been taken.")
        }
    },
    booked: |count| {
        if count == 1 {
            "1 payment from before was given its place.".into()
        } else {
            format!("{count} payments from before were given their places.")
        }
    },
    gaps: "Gaps",
    no_gaps: "None: the list and your payments agree.",
    gap: |kind| match kind {
        GapKind::NotListed => "Not on M-Pesa's list",
        GapKind::NotTaken => "On M-Pesa's list, could not be taken",
        GapKind::Amount => "Different sums",
        GapKind::Disputed => "A card's bank asks for it back",
    },
    gap_help: |kind| match kind {
        GapKind::NotListed => {
            "You have this payment and M-Pesa's list does not. Look for the code in M-Pesa's own portal before you send goods. Where M-Pesa told no code, the order and the number of the try stand here."
        }
        GapKind::NotTaken => {
            "M-Pesa has this money and Duka could not take it. Look for the code in M-Pesa's own portal."
        }
        GapKind::Amount => "M-Pesa's list is usually right. Look for the code in M-Pesa's own portal.",
        GapKind::Disputed => {
            "The buyer says to their bank that this payment is wrong. Answer it on Paystack's own pages within the days that they give you, and before you send goods."
        }
    },
    ours: "Here",
    listed: "On the list",
    note: "What you found",
    note_hint: "For whoever asks later.",
    close_gap: "Close the gap",
    closed_by: |who, at| format!("Closed by {who}, {at}"),
    agreed: |at| format!("The list agrees since {at}"),
    gap_is_closed: "Somebody else has closed this gap meanwhile; their note stays. Yours was not saved.",
    closed: "The gap is closed.",
    see_payment: "See the payment",
};
