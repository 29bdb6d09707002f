//! Dispatch in English.

use super::DispatchWords;
use crate::text::rider;
use duka::delivery::parcel::ParcelStatus;
use duka::kernel::locale::Locale;
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::deliveries::board::BoardState;

pub static WORDS: DispatchWords = DispatchWords {
    title: "Deliveries",
    states: "Where parcels are",
    state: |state| match state {
        BoardState::Ready => "Ready",
        BoardState::Out => "Out",
        BoardState::Failed => "Failed",
    },
    areas: "Areas",
    all_areas: "All areas",
    no_area: "Without an area",
    none: |state| match state {
        BoardState::Ready => "Nothing is packed and waiting. Pack an order, and it shows up here.",
        BoardState::Out => "Nothing is on its way.",
        BoardState::Failed => "No delivery failed. Well done.",
    },
    collect: |sum| format!("Collect {sum}"),
    paid: "Paid",
    collected: "the buyer collects it",
    try_of: |attempt, rider| match rider {
        "" => format!("try {attempt}"),
        rider => format!("{rider}, try {attempt}"),
    },
    give_chosen: "Give what is ticked to a rider",
    give_chosen_text: "Each parcel gets a link of its own; the next page sends all of them to the rider in one message.",
    given_title: |given, all| {
        if given == all {
            format!("{given} of {all} given to the rider")
        } else {
            format!("{given} of {all} given to the rider. The others stay as they were")
        }
    },
    given: "with the rider now",
    changed: "somebody changed it meanwhile; look at it again",
    not_now: "it cannot go out now: it is not packed, or a rider has it already",
    see_stops: "Send the links to the rider",
    not_booked: |many| match many {
        "1" => "1 parcel was not booked".to_owned(),
        many => format!("{many} parcels were not booked"),
    },
    not_booked_title: "Parcels that were not booked",
    not_booked_lead: "Pickup Mtaani has not taken these parcels, and nobody has done anything about them since. The oldest stand first.",
    not_booked_none: "Every parcel that was to be booked is booked, or goes another way.",
    labels: &[
        ("rider", "Rider"),
        ("name", "Rider's name"),
        ("phone", "Rider's phone"),
        ("cost", "The rider gets (KSh)"),
    ],
    somebody_new: "Somebody new",
    name_hint: "The buyer is told the first name.",
    cost_hint: "For one parcel. Only the team sees it; “Fees and costs” sets it against the fee.",
    give: "Give to the rider",
    order_title: |number| format!("Delivery of order {number}"),
    stands: |status| match status {
        OrderStatus::Pending | OrderStatus::AwaitingPayment => {
            Some("This order is not accepted or paid yet. Nothing goes out before that.")
        }
        OrderStatus::Paid => Some("Pack it first: press “Start packing” on its page."),
        OrderStatus::Delivered => Some("It is delivered. Nothing is left to do."),
        OrderStatus::Cancelled | OrderStatus::Refunded => Some("This order is closed. Nothing goes out any more."),
        OrderStatus::Packing | OrderStatus::Dispatched => None,
    },
    fee: |fee| format!("The buyer pays {fee} for delivery."),
    collected_text: "The buyer comes to the shop for it, so no rider is needed. Say on the order when it is ready, and when it was collected.",
    by_courier: "Send it with a courier, a bus or an agent instead",
    with_rider: |rider| format!("{rider} has it."),
    link: "Link for the rider",
    link_hint: "Press and hold to copy it. Whoever has it sees the buyer's name, place and phone, and can collect the money.",
    link_until: |until| format!("It works until {until}, and ends when the parcel is handed over or comes back."),
    no_link: "The link is too old. Make another.",
    locked: "Five wrong codes were typed. Ask the rider and the buyer what happened, then make another link: it lets the rider try again.",
    send: "Send it on WhatsApp",
    call: "Call the rider",
    message: |number, area, link| format!("Order {number}, {area}: {link}"),
    new_link: "Make another link",
    new_link_text: "The one before stops working at once.",
    failed_title: "It was not handed over",
    failed_press: "Write it down",
    failure_labels: &[("reason", "Why"), ("note", "More about it")],
    failure: |failure| (rider::words(Locale::En).failure)(failure),
    again_title: "Try again",
    again_text: "The next try has its own link and its own code; what this rider gets counts too.",
    back_title: "The parcel is back in the shop",
    back_text: "The order goes back to packing. From there it can go out again, or be cancelled so that its goods go back on the shelf.",
    back: "It is back",
    is_back: "A try failed, and the parcel is back. Give it to a rider again, or cancel the order: its goods go back on the shelf, and what was paid goes back to the buyer.",
    call_off: "Cancel the order",
    tries: "Tries",
    no_tries: "Nobody has carried it yet.",
    attempt: |attempt| format!("Try {attempt}"),
    parcel: |status| match status {
        ParcelStatus::Pending | ParcelStatus::Accepted => "waiting",
        ParcelStatus::InTransit => "on its way",
        ParcelStatus::Delivered => "delivered",
        ParcelStatus::Failed => "not handed over",
    },
    cost: |cost| format!("costs {cost}"),
    stops_of: |rider| format!("What {rider} has"),
    stops_lead: "Every stop has its own link, which ends with its parcel. One message sends all of them.",
    no_stops: "Nothing is with this rider now.",
    send_all: "Send all links on WhatsApp",
    hello: |shop| format!("From {shop}:"),
    open_link: "Open its page",
    too_old: "The link is too old: make another on the order's page.",
    to_board: "Deliveries",
    figures: "Fees and costs",
    figures_lead: "What buyers paid for delivery and what you paid riders and delivery partners, for parcels that went out in the last 30 days. Orders that were cancelled count only with their cost.",
    figures_none: "Nothing went out in the last 30 days.",
    by_area: "By area",
    by_order: "The last orders",
    area: "Area",
    orders: "Orders",
    order: "Order",
    failed: "Failed tries",
    tried: "Tries",
    charged: "Buyers paid",
    you_paid: "You paid",
    left: "Left",
};
