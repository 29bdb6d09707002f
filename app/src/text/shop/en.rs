//! The shop in English.

use super::{OutcomeWords, ShopWords, TurnedAway, TurnedAwayWords, is_money_safe};
use crate::text::how_long;
use duka::kernel::{field_errors::FieldProblem, locale::Locale};
use duka::orders::status::OrderStatus;
use duka::pages::storefront::{listing::Sort, policy::PolicyKind};
use duka::payments::{method::PaymentMethod, providers::mpesa::outcome::StkOutcome};

pub static WORDS: ShopWords = ShopWords {
    other_language: "Kiswahili",
    skip: "Skip to content",
    cart: "Cart",
    search: "Search",
    search_hint: "Search products",
    categories: "Categories",
    home: "Home",

    contact_us: "Contact us",
    on_whatsapp: "Chat on WhatsApp",
    call: |phone| format!("Call {phone}"),
    delivery_heading: "Delivery",
    payment_heading: "Payment",
    find_order: "Find your order",
    powered_by: "Powered by Duka",
    footer_delivery: "You see the price for your area before you pay.",
    footer_payment: "M-Pesa, straight to the shop.",

    about_minutes: |minutes| how_long::about(Locale::En, minutes),
    delivery_to: |area| format!("Delivery to {area}"),
    delivery_price: |fee, time| if fee.is_zero() { format!("Free, {time}") } else { format!("{fee}, {time}") },
    delivery_free: "Free",
    more_areas: |count| format!("{count} areas in all; you choose yours at checkout"),
    pay_with_mpesa_or_cash: "A prompt comes to your phone when you order",
    ask_on_whatsapp: "Ask on WhatsApp",
    ask_about: |product, price, address| format!("Hello, I have a question about {product}, {price}: {address}"),
    share: "Show it to somebody",
    share_on_whatsapp: "Send on WhatsApp",

    see_all: "See all",
    newest: "In the shop now",
    shop_by_category: "Shop by category",
    how_it_works: "How it works",
    promise_delivery: |count| format!("Areas we deliver to: {count}. The price for yours is shown before you pay."),
    promise_pay: "Pay with M-Pesa",
    promise_pay_text: "A prompt comes to your phone. You pay exactly the total you saw.",
    promise_help: "A person answers",
    promise_help_text: "Questions, sizes, changes to an order: write to us on WhatsApp.",
    nothing_for_sale: "The shelves are being filled",
    nothing_for_sale_text: "There is nothing for sale yet. Write to us and we will tell you when there is.",
    home_description: |shop| format!("{shop}: order online, pay with M-Pesa, delivered to your door."),

    from_price: "from",
    was_price: "Before",
    now_price: "Now",
    sold_out: "Sold out",
    sold_out_text: "This is sold out. Ask us when it comes back.",
    in_stock: "In stock",
    only_left: |count| format!("Only {count} left"),
    quantity: "Quantity",
    choose: |option| option.to_owned(),
    add_to_cart: "Add to cart",
    added: "Added to your cart.",
    not_added: "Nothing was added: the network did not answer. Please try again.",
    view_cart: "View cart",
    about_product: "About this product",
    more_like_this: "More like this",
    pictures_of: |product| format!("Pictures of {product}"),
    where_you_are: "You are here",

    products: |count| if count == 1 { "1 product".to_owned() } else { format!("{count} products") },
    sort: "Sort by",
    sort_by: |sort| match sort {
        Sort::Newest => "Newest",
        Sort::PriceUp => "Price, low to high",
        Sort::PriceDown => "Price, high to low",
        Sort::Name => "Name",
        Sort::Best => "Best match",
    },
    only_in_stock: "In stock only",
    price_from: "From KSh",
    price_to: "To KSh",
    filter: "Sort and filter",
    apply: "Show",
    pages: "Pages",
    page_of: |page, count| format!("Page {page} of {count}"),
    next: "Next",
    previous: "Previous",
    empty_list: "Nothing matches",
    empty_list_text: "No product fits these choices.",
    show_all: "Show all",

    results_for: |words| format!("Results for “{words}”"),
    no_results: |words| format!("Nothing found for “{words}”"),
    no_results_text: "Try one word less, or look through the categories.",
    did_you_mean: "Did you mean",
    what_do_you_want: "What are you looking for?",

    your_cart: "Your cart",
    cart_empty: "Your cart is empty",
    cart_empty_text: "What you add stays here, also when you close the page.",
    continue_shopping: "Continue shopping",
    update: "Update",
    remove: "Remove",
    remove_what: |product| format!("Remove {product}"),
    quantity_of: |product| format!("Quantity of {product}"),
    each: |price| format!("{price} each"),
    subtotal: "Subtotal",
    delivery: "Delivery",
    total: "Total",
    vat_inside: |tax| format!("Includes {tax} VAT"),
    checkout: "Checkout",
    code: "Discount code",
    code_question: "Have a discount code?",
    use_code: "Use code",
    short: |left| format!("Only {left} left. Please lower the quantity."),
    gone: "Sold out meanwhile. Please remove it.",

    bad_quantity: "The quantity must be a whole number from 1 to 999. Your cart is unchanged.",
    short_stock: |product, left| {
        if left == 0 {
            format!("{product} is sold out. Your cart is unchanged.")
        } else {
            format!("There are only {left} of {product} left. Your cart is unchanged.")
        }
    },
    cart_full: |limit| {
        format!("A cart holds at most {limit} different products. Place this order first, then start another.")
    },
    unknown_variant: "That product is not sold here any more. Your cart is unchanged.",

    your_details: "Your details",
    name: "Name",
    phone: "Phone number",
    phone_hint: "Like 0712 345 678. We call or write about this order only.",
    email: "Email",
    optional: "optional",
    where_to: "Where to deliver",
    delivery_area: "Delivery area",
    update_delivery: "Update delivery price",
    street: "Street, building, floor",
    street_hint: "Like: Ngong Road, Greenhouse Mall, 3rd floor",
    instructions: "Instructions for the rider",
    instructions_hint: "A landmark, a gate, whom to call",
    how_to_pay: "How to pay",
    method,
    method_text,
    mpesa_phone: "M-Pesa number",
    mpesa_phone_hint: "Only if another phone pays",
    same_phone: |phone| format!("Leave it empty to use {phone}"),
    whatsapp_opt_in: "Send me updates about this order on WhatsApp",
    your_order: "Your order",
    place_order: "Place order",
    place_order_text: "Pay by M-Pesa and the prompt comes to your phone next.",
    back_to_cart: "Change the cart",
    please_check: "Please check these, nothing was ordered yet:",
    changed_heading: "Something changed while you were here",
    changed_text: "Nothing was ordered and no money moved. Check the new total below, then place the order again.",
    changed_total: |seen, now| format!("The total is now {now}. It was {seen}."),
    changed_price: |product, seen, now| format!("{product} now costs {now}. It was {seen}."),
    changed_stock: |product, wanted, left| {
        if left == 0 {
            format!("{product} is sold out. Please remove it from the cart.")
        } else {
            format!("Of {product} there are only {left} left, you wanted {wanted}.")
        }
    },
    below_minimum: |area, minimum| {
        format!("We deliver to {area} from {minimum}. Add something, or choose another area.")
    },
    minimum_of_area: |minimum| format!("Orders to this area start at {minimum}"),
    problem,
    policy: |kind| match kind {
        PolicyKind::Delivery => "How we deliver",
        PolicyKind::Returns => "Returns",
        PolicyKind::Privacy => "Your data",
    },

    order_number: |number| format!("Order {number}"),
    keep_link: "Keep this page: its address always shows where your order is.",
    placed_on: |when| format!("Placed {when}"),
    check_phone: "Check your phone",
    waiting_text: |phone, total| {
        if phone.is_empty() {
            format!("We sent a request for {total} to your phone. Enter your M-Pesa PIN to pay.")
        } else {
            format!("We sent a request for {total} to {phone}. Enter your M-Pesa PIN to pay.")
        }
    },
    waiting_steps: [
        "Unlock the phone. An M-Pesa message is on the screen.",
        "Check the amount and enter your M-Pesa PIN.",
        "Stay here. This page changes as soon as M-Pesa confirms.",
    ],
    waiting_how_long: "It usually takes less than a minute.",
    check_payment: "Check payment",
    nothing_came: "Nothing on the phone after a minute? Make sure it is on and has network, and close any other M-Pesa menu.",
    checking: "We are checking with M-Pesa",
    checking_text: "M-Pesa has not told us the result yet. Do not pay again; this page changes as soon as we know.",
    pay_now_text: |total| format!("We send a request for {total} to your phone. Enter your M-Pesa PIN to pay."),
    order_kept: "Your order is kept for you meanwhile.",
    held_until: |until| {
        format!("The goods are kept for you until {until}. If no money has come by then, the order is closed.")
    },
    no_money_moved: "No money left your M-Pesa.",
    pay_with_mpesa: "Pay with M-Pesa",
    send_again: "Send the prompt again",
    pause: |left| {
        let seconds = if left == 1 { "second" } else { "seconds" };
        format!("M-Pesa asks for a pause between prompts. You can send another in {left} {seconds}.")
    },
    outcome,
    paid: "Paid, thank you",
    paid_text: "We have your payment and are getting your order ready.",
    receipt: |receipt| format!("M-Pesa receipt {receipt}"),
    cod: "Order received",
    cod_text: |total| format!("You pay {total} when it is delivered. We call you before the rider leaves."),
    closed: "This order is closed",
    closed_text: "It was not paid in time or was cancelled. If you paid, write to us with the M-Pesa message; the money is found and goes back to you, or the order is opened again.",
    refunded: "Money returned",
    refunded_text: "We sent the money of this order back to you.",
    where_it_is: "Where it is",
    status,
    step_placed: "Ordered",
    step_ready: "Ready to collect",
    step_done: "done",
    deliver_to: "Delivery address",
    help_with_order: "Help with this order",
    help_message: |number| format!("Hello, it is about my order {number}."),

    find_order_text: "You need the order number and the phone number you ordered with.",
    order_number_label: "Order number",
    find: "Find order",
    find_miss: "We found no order with this number and this phone. Check both, or write to us.",

    not_found: "This page is not here",
    not_found_text: "It may have been sold or moved. Search for it, or start at the front page.",
    broken: "Something went wrong on our side",
    broken_text: "Nothing was ordered or paid by what you just did. Please try again; if it stays like this, write to the shop and give this number.",
    reference: |reference| format!("Number {reference}"),
    try_again: "Try again",
    unavailable: "Back in a moment",
    unavailable_text: "The shop cannot answer right now. What you ordered and paid is safe. Please try again in a minute.",
    remembered: "The shop is answering from memory. Prices and stock are checked again when you order; if ordering does not work yet, try again in a minute.",
    turned_away,
    unknown_field: |name| format!("This form has no field “{name}”."),
    no_such_order: "There is no such order.",
};

const fn turned_away(why: TurnedAway) -> TurnedAwayWords {
    let (heading, text) = match why {
        TurnedAway::Unreadable => (
            "This form could not be read",
            "Nothing was done. Please go back, look at the form again and send it once more.",
        ),
        TurnedAway::Foreign => (
            "This was sent from another site",
            "Nothing was done. If you meant to do it, open the page here and send the form from it.",
        ),
        TurnedAway::Silent => (
            "Your browser does not say which page this came from",
            "Nothing was done. Please open the page again and send the form from it.",
        ),
        TurnedAway::TooLarge => (
            "This is more than we can read",
            "Nothing was done. Please go back, write less or choose a smaller file, and send it again.",
        ),
    };
    TurnedAwayWords { heading, text }
}

fn method(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::MpesaStk => "M-Pesa, prompt on your phone",
        PaymentMethod::MpesaPaybill => "M-Pesa Paybill",
        PaymentMethod::MpesaTill => "M-Pesa Buy Goods",
        PaymentMethod::Cod => "Cash on delivery",
        PaymentMethod::Card => "Card",
        PaymentMethod::Manual => "Another way",
    }
}

fn method_text(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::MpesaStk => "You only enter your PIN",
        PaymentMethod::MpesaPaybill | PaymentMethod::MpesaTill => "You type the number and the amount",
        PaymentMethod::Cod => "Have the exact amount ready",
        PaymentMethod::Card => "Visa or Mastercard",
        PaymentMethod::Manual => "",
    }
}

fn problem(problem: FieldProblem) -> &'static str {
    match problem {
        FieldProblem::Missing => "Please fill this in.",
        FieldProblem::TooLong => "This is too long. Please shorten it.",
        FieldProblem::NotAPhone => "This is not a Kenyan mobile number. Write it like 0712 345 678.",
        FieldProblem::NotAnEmail => "This does not look like an email address. Correct it or leave it empty.",
        FieldProblem::NotAQuantity => "Write a whole number from 1 to 999.",
        FieldProblem::NotAPrice => "Write an amount in whole shillings.",
        FieldProblem::NotAWholeNumber => "Write a whole number.",
        FieldProblem::UnknownArea => "We do not deliver there. Please choose from the list.",
        FieldProblem::UnknownMethod => "The shop does not take this. Please choose another way to pay.",
        FieldProblem::NoCash => "This order cannot be paid in cash. Please choose another way to pay.",
        FieldProblem::NotByMpesa => {
            "M-Pesa moves whole shillings, at most KSh 250,000 at a time. Please choose another way to pay, or ask the shop."
        }
        FieldProblem::TooLow => "This is too low.",
        FieldProblem::TooHigh => "This is too high.",
        FieldProblem::Unreadable => "This holds characters that cannot be read.",
        // Only the dashboard's forms can have the others.
        _ => "Please look at this again.",
    }
}

fn status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending => "Received",
        OrderStatus::AwaitingPayment => "Waiting for payment",
        OrderStatus::Paid => "Paid",
        OrderStatus::Packing => "Being packed",
        OrderStatus::Dispatched => "On the way",
        OrderStatus::Delivered => "Delivered",
        OrderStatus::Cancelled => "Cancelled",
        OrderStatus::Refunded => "Money returned",
    }
}

fn outcome(outcome: StkOutcome) -> OutcomeWords {
    let (heading, text) = match outcome {
        StkOutcome::Paid => ("The payment arrived", "We are confirming it with M-Pesa. This page changes in a moment."),
        StkOutcome::LowBalance => (
            "Not enough money in your M-Pesa",
            "Top up your M-Pesa or pay from another number, then send the prompt again.",
        ),
        StkOutcome::TooSmall => (
            "The amount is too small for M-Pesa",
            "M-Pesa does not move so little. Add something to your order, or write to us.",
        ),
        StkOutcome::TooLarge => {
            ("The amount is too large for one M-Pesa payment", "Write to us, and we find another way to pay.")
        }
        StkOutcome::DailyLimit => {
            ("Your M-Pesa limit for today is reached", "Pay from another number, or send the prompt again tomorrow.")
        }
        StkOutcome::MerchantFull => {
            ("The shop's M-Pesa cannot take more right now", "This is on our side. Write to us, or try again later.")
        }
        StkOutcome::TooSoon => (
            "M-Pesa asks for a short pause",
            "This phone was asked a moment ago. Wait two minutes, then send the prompt again.",
        ),
        StkOutcome::Busy => (
            "M-Pesa is very busy",
            "We do not know the result yet. If M-Pesa sends you a confirmation, do not pay again; this page will show it.",
        ),
        StkOutcome::PhoneBusy => (
            "Your phone was busy with M-Pesa",
            "Another M-Pesa menu was open. Close it, wait a minute, then send the prompt again.",
        ),
        StkOutcome::Expired => (
            "The request ran out of time",
            "No PIN was entered in time. Have the phone at hand, then send the prompt again.",
        ),
        StkOutcome::PromptFailed => (
            "The request did not reach your phone",
            "M-Pesa could not show it. Check the network, then send the prompt again.",
        ),
        StkOutcome::Cancelled => (
            "You cancelled the request",
            "Your order is kept. Send the prompt again when you are ready, and enter your M-Pesa PIN.",
        ),
        StkOutcome::NoAnswer => (
            "Your phone did not answer",
            "It may be off or without network. If M-Pesa still sends you a confirmation, do not pay again; this page will show it. Otherwise send the prompt again.",
        ),
        StkOutcome::WrongPin => (
            "The PIN was not right",
            "Send the prompt again and enter your M-Pesa PIN carefully. M-Pesa blocks it after three wrong tries.",
        ),
        StkOutcome::BadSettings => (
            "The shop's M-Pesa is not set up right",
            "This is on our side. Write to us, and we find another way to pay.",
        ),
        StkOutcome::PinLocked => {
            ("Your M-Pesa PIN is blocked", "Unblock it with Safaricom, or pay from another number.")
        }
        StkOutcome::StillOpen => (
            "The request is still on your phone",
            "Enter your M-Pesa PIN there, or cancel it before you ask for a new one.",
        ),
        StkOutcome::Unknown => (
            "We are asking M-Pesa what happened",
            "Do not pay again yet. If M-Pesa sent you a confirmation, keep it; this page changes as soon as we know.",
        ),
    };
    OutcomeWords { heading, text, is_money_safe: is_money_safe(outcome) }
}
