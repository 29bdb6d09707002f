//! Where an order goes, in English.

use super::PlaceWords;

pub static WORDS: PlaceWords = PlaceWords {
    place: "Or type where you are",
    place_hint: "Your estate, town or a landmark, like Rongai or Yaya Centre.",
    found: |said, area| format!("“{said}” is in our area {area}."),
    which: "Which of these do you mean?",
    choose: "Choose an area",
    not_there: |place| {
        format!(
            "We do not come to {place} yet. Choose an area you can reach, or ask us and we will see what we can do."
        )
    },
    unknown: "We do not know this place. Write your estate or town, or choose from the list.",
    nowhere: "This shop delivers nowhere just now, so it cannot take an order here. Your cart is kept. Ask the shop:",
    later: |days| if days == 1 { "tomorrow".to_owned() } else { format!("in {days} days") },
    more_areas_from: |count, least| {
        if least.is_zero() {
            format!("{count} areas in all, some of them free; you choose yours at checkout")
        } else {
            format!("{count} areas in all, from {least}; you choose yours at checkout")
        }
    },
    from_price: |price| format!("From {price}"),
    due: |due| {
        let day = match due.in_days {
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            _ => format!("on {}", due.day),
        };
        match &due.hour {
            Some(hour) => format!("{day}, about {hour}"),
            None => day,
        }
    },
    order_before: |hour| format!("if you order before {hour}"),
    holds_until: |hour| format!("This price is yours until {hour}."),
    collect: "You collect it at our shop, so we need no address. We tell you when it is ready.",
    collect_from_agent: "You pick it up from this agent, so we need no address. We send you the parcel's code once it is on its way; take your phone with you.",
    fee_changed: |area, seen, now| format!("Delivery to {area} is now {now}. It was {seen}."),
    arrival_changed: |area, time| format!("Delivery to {area} now arrives: {time}."),
    unpriced: |area, fee| {
        if fee.is_zero() { format!("Delivery to {area} is free.") } else { format!("Delivery to {area} costs {fee}.") }
    },
};
