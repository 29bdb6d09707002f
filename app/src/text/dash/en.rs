//! The dashboard in English.

use super::{AdjustReason, DashWords, FieldProblem, OrderStatus, PaymentState, PaymentStatus, Role, StkOutcome};
use crate::text::how_long;
use duka::error::{AppError, Refusal};
use duka::kernel::locale::Locale;

pub const WORDS: DashWords = DashWords {
    skip: "Skip to the page",
    sections: "Sections",
    more: "More",
    today: "Today",
    orders: "Orders",
    products: "Products",
    discounts: "Discounts",
    customers: "Customers",
    add_product: "Add a product",
    categories: "Categories",
    product_files: "Files",
    settings: "Settings",
    open_shop: "See the shop",
    sign_in: "Sign in",
    sign_out: "Sign out",
    role: |role| match role {
        Role::Owner => "Owner",
        Role::Staff => "Staff",
        Role::Viewer => "Viewer",
    },
    loading: "Loading…",

    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    weekdays_short: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    months_short: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ago: |minutes| match minutes {
        0..2 => "just now".into(),
        2..60 => format!("{minutes} min ago"),
        60..1440 => format!("{} h ago", minutes / 60),
        1440..2880 => "1 day ago".into(),
        _ => format!("{} days ago", minutes / 1440),
    },

    money_today: "Received today",
    yesterday: "yesterday",
    visits: "Visits",
    carts: "Carts",
    orders_placed: "Orders",
    last_seven_days: "Last seven days",
    week_summary: |week, before| format!("{week} in seven days, {before} the week before"),
    week_before: "Week before",
    as_table: "As a table",
    day: "Day",
    money: "Received",
    needs_you: "Needs you",
    to_pack: "To pack",
    nothing_to_pack: "Nothing to pack. New paid orders appear here.",
    low_stock: "Low stock",
    nothing_low: "Nothing is running out.",
    money_unplaced: "Money without an order",
    awaiting_payment: "Awaiting payment",
    pieces_left: |left| if left <= 0 { "sold out".into() } else { format!("{left} left") },
    items: |count| if count == 1 { "1 item".into() } else { format!("{count} items") },
    see_all: "See all",
    cash_on_delivery: "Cash on delivery",

    search: "Search",
    search_products_hint: "Name or SKU",
    status: "Status",
    all: "All",
    products_found: |count| if count == 1 { "1 product".into() } else { format!("{count} products") },
    no_products: "No products yet",
    no_products_text: "Add the first one, or bring many in from a file; they show up here.",
    no_products_here: "No product fits. Try a part of the name or the SKU.",
    clear_search: "Show all",
    order: "Order",
    total: "Total",
    page_of: |page, of| format!("Page {page} of {of}"),
    pages: "Pages",
    previous: "Previous",
    next: "Next",

    order_number: |number| format!("Order {number}"),
    all_orders: "All orders",
    next_step: "Next step",
    no_next_step: |status| match status {
        OrderStatus::AwaitingPayment => "The money is not all here yet. Packing opens when it is.",
        OrderStatus::Delivered => "Delivered. Nothing is left to do.",
        OrderStatus::Cancelled => "Cancelled. Nothing is left to do.",
        OrderStatus::Refunded => "Refunded. Nothing is left to do.",
        _ => "You can look at this order, not move it.",
    },
    move_to: |from, to| match (from, to) {
        (OrderStatus::Pending, OrderStatus::Packing) => "Accept and pack",
        (OrderStatus::Dispatched, OrderStatus::Packing) => "Back to packing",
        (_, OrderStatus::Packing) => "Start packing",
        (_, OrderStatus::Dispatched) => "Mark as dispatched",
        (_, OrderStatus::Delivered) => "Mark as delivered",
        (_, to) => (WORDS.order_status)(to),
    },
    collect_to: |to| match to {
        OrderStatus::Dispatched => Some("Ready to collect"),
        OrderStatus::Delivered => Some("It was collected"),
        _ => None,
    },
    note: "Note",
    note_optional: "Note (optional)",
    lines: "Items",
    each: |price| format!("{price} each"),
    subtotal: "Subtotal",
    delivery: "Delivery",
    discount: "Discount",
    give_discount: "Give a discount",
    by_credit: "Paid with credit",
    still_missing: "Still missing",
    deposit: "Deposit that accepts it",
    to_send_back: "Paid too much, to send back",
    use_credit: |credit| format!("Pay with the customer's credit, {credit}"),
    tax_inside: |tax| format!("VAT inside the total: {tax}"),
    deliver_to: "Deliver to",
    comes_for_it: "Comes to the shop for it",
    to_agent: "Parcel to the agent",
    call: "Call",
    whatsapp: "WhatsApp",
    promised: "Promised",
    about_minutes: |minutes| if minutes == 0 { String::new() } else { how_long::about(Locale::En, minutes) },
    deliveries: "Deliveries",
    payments: "Payments",
    written: "Pages",
    no_payments: "Nobody has tried to pay yet.",
    attempt: |number| format!("Try {number}"),
    receipt: "Receipt",
    refunds: "Refunds",
    send_money_back: "Send money back",
    timeline: "Timeline",
    notes_and_tags: "Notes and tags",
    cancel_order: "Cancel the order",
    packing_slip: "Packing slip",
    placed_by_shopper: "by the shopper",
    by: |name| format!("by {name}"),
    by_itself: "automatically",

    order_status: |status| match status {
        OrderStatus::Pending => "New, cash",
        OrderStatus::AwaitingPayment => "Awaiting payment",
        OrderStatus::Paid => "To pack",
        OrderStatus::Packing => "Packing",
        OrderStatus::Dispatched => "Dispatched",
        OrderStatus::Delivered => "Delivered",
        OrderStatus::Cancelled => "Cancelled",
        OrderStatus::Refunded => "Refunded",
    },
    payment_state: |state| match state {
        PaymentState::Unpaid => "Unpaid",
        PaymentState::Paid => "Paid",
        PaymentState::Partial => "Partly paid",
        PaymentState::Refunded => "Refunded",
    },
    payment_status: |status| match status {
        PaymentStatus::Initiated => "Expected",
        PaymentStatus::Pending => "Waiting for the PIN",
        PaymentStatus::Succeeded => "Paid",
        PaymentStatus::Failed => "Not paid",
    },
    record_money: "Money received",
    payment_link: "Payment link",
    rider_link: "Rider's link",
    see_receipt: "Receipt",
    payment_method: |method| match method {
        "mpesa" => "M-Pesa",
        "mpesa_till" => "M-Pesa till",
        "mpesa_paybill" => "M-Pesa paybill",
        "cod" => "Cash on delivery",
        "card" => "Card",
        "manual" => "Own way",
        _ => "—",
    },
    card_failed: "The card brought no money.",
    shopper_says: |receipt| format!("The shopper says: receipt {receipt}"),
    shopper_says_more: "Its money is not here. Look for it in the inbox and in your M-Pesa statement.",
    failure: |outcome| match outcome {
        Some(StkOutcome::Cancelled) => "The shopper cancelled on the phone.",
        Some(StkOutcome::LowBalance) => "Not enough money on the shopper's M-Pesa.",
        Some(StkOutcome::WrongPin | StkOutcome::PinLocked) => "The PIN was wrong.",
        Some(StkOutcome::NoAnswer | StkOutcome::Expired) => "Nobody answered the prompt in time.",
        Some(StkOutcome::PhoneBusy | StkOutcome::Busy | StkOutcome::TooSoon) => "The phone or M-Pesa was busy.",
        Some(StkOutcome::DailyLimit | StkOutcome::TooLarge | StkOutcome::TooSmall) => {
            "The sum is outside the shopper's M-Pesa limits."
        }
        Some(StkOutcome::MerchantFull | StkOutcome::BadSettings) => {
            "Your M-Pesa account did not take it. Check its settings."
        }
        _ => "M-Pesa could not finish it. No money moved.",
    },

    price: "Price",
    price_in: |sign| format!("Price in {sign}"),
    save_price: "Save price",
    stock: "Stock",
    in_stock: |stock| format!("{stock} in stock"),
    held: |held| format!("{held} promised"),
    low: "Low",
    sold_out: "Sold out",
    change_by: "Change by",
    change_hint: "10 puts ten in, -2 takes two out.",
    reason: "Reason",
    adjust_reason: |reason| match reason {
        AdjustReason::Restock => "New goods came in",
        AdjustReason::Adjustment => "Counted again",
    },
    save_stock: "Save stock",
    edit: "Edit",
    all_variants: |count| format!("All {count} kinds"),
    see_in_shop: "See it in the shop",
    product_status: |status| match status {
        "draft" => "Draft",
        "archived" => "Archived",
        _ => "On sale",
    },
    only_form: "One kind",
    view_only: "You can look, not change.",

    saving: "Saving…",
    saved: "Saved",
    show_current: "Show what it is now",
    not_saved: "Not saved.",
    problem: |problem| match problem {
        FieldProblem::Missing => "Please fill this in.",
        FieldProblem::TooLong => "This is too long.",
        FieldProblem::NotAPhone => "This is not a Kenyan mobile number.",
        FieldProblem::NotAnEmail => "This is not an e-mail address.",
        FieldProblem::NotAQuantity => "A number from 1 to 999, please.",
        FieldProblem::NotAPrice => "Whole shillings above zero, please, like 1,250.",
        FieldProblem::NotAWholeNumber => "A whole number of pieces, please, like 10 or -2.",
        FieldProblem::UnknownArea => "Choose an area from the list.",
        FieldProblem::UnknownMethod => "Choose a way to pay from the list.",
        FieldProblem::TooLow => "New goods can only add. To take out, choose “Counted again”.",
        FieldProblem::TooHigh => "This is more than a shop can have.",
        // Only still pages can have the others.
        _ => "Please look at this again.",
    },
    error: |error| match error {
        AppError::NotFound => "This is not here any more. Nothing was changed.".into(),
        AppError::Invalid(_) => "Something in the form needs another look. Nothing was changed.".into(),
        AppError::Refused(Refusal::ShortStock { left: 0 }) => {
            "Nothing was changed: every piece is promised to an order.".into()
        }
        AppError::Refused(Refusal::ShortStock { left }) => {
            format!("Nothing was changed: at most {left} can be taken, what is promised to orders stays.")
        }
        AppError::Refused(Refusal::NoSuchMove { from, to }) => match (OrderStatus::parse(from), OrderStatus::parse(to))
        {
            (Some(from), Some(to)) => format!(
                "Nothing was changed: an order cannot go from “{}” to “{}”.",
                (WORDS.order_status)(from),
                (WORDS.order_status)(to)
            ),
            _ => "Nothing was changed: the order does not have that step.".into(),
        },
        AppError::Refused(_) => "That is not possible now. Nothing was changed.".into(),
        AppError::ChangedMeanwhile => {
            "Somebody else changed this a moment ago, so yours was not saved. Look at it and try again.".into()
        }
        AppError::SignedOut => "You are signed out. Sign in to go on.".into(),
        AppError::NotPermitted => "Your role does not allow this. Ask the owner.".into(),
        AppError::TooMany { retry_after_seconds } => {
            format!("Too many tries. Wait {retry_after_seconds} seconds, then try again.")
        }
        AppError::TryAgain { .. } => "That did not go through. Nothing was changed. Try again in a moment.".into(),
        AppError::Broken { reference } if reference.len() == 10 && reference.bytes().all(|b| b.is_ascii_hexdigit()) => {
            format!("Something broke on our side. If it happens again, tell us the reference {reference}.")
        }
        AppError::Broken { .. } => "Something broke on our side. Please try again.".into(),
    },
    not_found: "Not here",
    not_found_text: "There is nothing under this address. It may have been moved, or it belongs to somebody else.",
    try_again: "Try again",
    back_to_today: "Back to today",

    sign_in_title: "Sign in to your shop",
    email: "Email",
    password: "Password",
    sign_in_wrong: "E-mail or password does not fit. Check both and try again.",
    sign_in_throttled: |seconds| {
        if seconds <= 90 {
            format!("Too many tries. Wait {seconds} seconds, then try again.")
        } else {
            format!("Too many tries. Wait {} minutes, then try again.", seconds.div_ceil(60))
        }
    },
    sign_in_choose: "You belong to more than one shop. Which one?",
    which_store: "Shop",
    other_language: "Kiswahili",

    platform_title: "Your shop, on every phone in Kenya",
    platform_lead: "Duka gives every merchant an online shop: pages that load on a cheap phone on a bad network, M-Pesa at checkout, delivery priced by estate.",
    platform_points: [
        ("M-Pesa first", "The prompt is on the shopper's phone within seconds, and the answer comes in plain words."),
        ("Light pages", "A product page is smaller than one photo. It works without scripts, too."),
        ("Delivery by estate", "Shoppers see what delivery to their area costs before they order."),
        ("Run it with one thumb", "Today's money, what to pack and what is running out, on one screen."),
    ],
    platform_shops: "Walk through a shop",
    platform_shops_text: "Put something in the cart and pay. In the demo, any Kenyan number can.",
    platform_merchant: "You have a shop here?",
    platform_merchant_text: "See today's money and what to pack.",
};
