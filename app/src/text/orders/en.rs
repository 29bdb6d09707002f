//! Orders in English.

use super::OrdersWords;
use duka::orders::{channel::Channel, status::OrderStatus};

const fn status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending => "new",
        OrderStatus::AwaitingPayment => "awaiting payment",
        OrderStatus::Paid => "to pack",
        OrderStatus::Packing => "packing",
        OrderStatus::Dispatched => "dispatched",
        OrderStatus::Delivered => "delivered",
        OrderStatus::Cancelled => "cancelled",
        OrderStatus::Refunded => "refunded",
    }
}

pub const WORDS: OrdersWords = OrdersWords {
    search_hint: "Number, name, phone or M-Pesa receipt",
    found: |count| if count == 1 { "1 order".into() } else { format!("{count} orders") },
    found_many: |count| format!("{count} orders or more"),
    none: "No orders yet",
    none_text: "Share your shop's address on WhatsApp. The first order shows up here the moment it is placed.",
    none_here: "No order fits. Try the number, a name, a phone number or the M-Pesa receipt.",
    order: "Order",
    customer: "Customer",
    area: "Area",
    payment: "Payment",
    placed: "Placed",
    more_filters: "More filters",
    paid: "Money",
    channel: "Where from",
    channels: |channel| match channel {
        Channel::Web => "The shop's pages",
        Channel::Whatsapp => "WhatsApp",
        Channel::Phone => "By phone",
        Channel::Market => "At the market",
        Channel::Chat => "By chat",
    },
    from_day: "From",
    to_day: "To",
    tag: "Tag",
    any: "Any",
    show: "Show",
    notes_count: |count| if count == 1 { "1 note".into() } else { format!("{count} notes") },
    news: "Something has changed: an order came, was paid or moved.",
    show_news: "Show it",
    enter_order: "Enter an order",
    choose: |number| format!("Choose order {number}"),
    with_chosen: "With the chosen orders",
    move_to: |to| match to {
        OrderStatus::Packing => "Accept and pack",
        OrderStatus::Dispatched => "Dispatched",
        OrderStatus::Delivered => "Delivered",
        other => status(other),
    },
    print_slips: "Packing slips",
    print_picking: "Picking list",
    moved_title: |moved, all| {
        if moved == all {
            format!("{moved} of {all} moved")
        } else {
            format!("{moved} of {all} moved. The others stay as they were")
        }
    },
    moved: |to| format!("now {}", status(to)),
    there: |to| format!("was {} already", status(to)),
    not_paid: "Stays: the buyer has not paid yet.",
    gone: "Stays: somebody else changed it a moment ago. Look at it again.",
    unknown_order: "An order that is not here",
    nothing_chosen: "Nothing was moved: tick the orders first.",
    too_many: "Nothing was moved: at most 50 orders at once.",
    unreadable: "Nothing was moved: the list could not be read. Load it again.",
    notes_title: |number| format!("Notes on order {number}"),
    notes: "Notes",
    no_notes: "Nothing is written here yet.",
    notes_lead: "Only your team sees this. A note stays as it was written.",
    new_note: "New note",
    write: "Add the note",
    tags: "Tags",
    tags_hint: "Your own words, with commas between: gift, call first. At most 10.",
    too_many_notes: "This order has as many notes as one can have. Nothing was written.",
    too_many_tags: "At most 10 tags, please.",
    tag_too_long: "A tag has at most 30 letters.",
    cancel_title: |number| format!("Cancel order {number}"),
    cancel_lead: "The order is closed, and nobody can pay it any more.",
    parcel_elsewhere: |carrier, code| {
        format!(
            "{carrier} has its parcel under {code}. That is not cancelled with the order: tell them too, or you pay for it."
        )
    },
    cannot_cancel: |status| match status {
        OrderStatus::Dispatched => {
            "This order is on its way. When the goods have come back, put it back to packing; then it can be cancelled."
        }
        OrderStatus::Delivered => "This order was delivered. To take goods back, send money back instead.",
        _ => "This order is closed already.",
    },
    owner_only: "Money was paid for this order, and sending it back is the owner's to do. Ask the owner to cancel it.",
    goods_return: "Its goods are free for others at once.",
    goods_title: "Goods that go back on the shelf",
    pieces: |pieces, name| format!("{pieces} × {name}"),
    reason: "Reason",
    reason_hint: "It stands in the order's story; only your team reads it.",
    reason_hint_money: "It stands in the order's story, and in the mail to the buyer about their money.",
    goes_back: |sum| format!("{sum} was paid and goes back to the buyer."),
    nothing_goes_back: "Nothing was paid, so nothing goes back.",
    cancel: "Cancel the order",
    cancel_and_refund: |sum| format!("Cancel, and send back {sum}"),
    cancel_moved: "Somebody changed this order, or money came or went. Nothing was cancelled. Look at it again.",
    restock_wrong: "These pieces are on the shelf already, or never left it.",
    slips_title: "Packing slips",
    picking_title: "Picking list",
    print_text: "Print this with your browser's menu; only the list itself comes out on paper.",
    slip_of: |number| format!("Order {number}"),
    collect: |sum| format!("Collect {sum}"),
    nothing_to_collect: "Paid. Nothing to collect.",
    for_orders: |numbers| format!("For orders {numbers}"),
    pieces_in_all: |pieces| if pieces == 1 { "1 piece in all".into() } else { format!("{pieces} pieces in all") },
    nothing_to_print: "Tick orders in the list first, at most 50 of them.",
    back_to_list: "Back to the list",
};
