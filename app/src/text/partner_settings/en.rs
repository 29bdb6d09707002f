//! The settings page for delivery partners in English.

use super::PartnerSettingsWords;

pub static WORDS: PartnerSettingsWords = PartnerSettingsWords {
    entry: ("Delivery partners", "Agents of Pickup Mtaani where buyers pick up"),
    lead: "With your Pickup Mtaani account shoppers choose an agent at the checkout and pay what the network takes, and you book parcels from the order. Your key stands in your account at new.pickupmtaani.com/api; nobody can read it here, not even you.",
    labels: &[("business", "Business number"), ("sender", "Where you hand parcels in"), ("api_key", "API key")],
    business_hint: "The number of your business with them, digits only",
    sender_hint: "Fees are reckoned from this agent. When you change it they are asked for anew.",
    sender_later: "Once the key is saved, choose here the agent where you hand parcels in.",
    no_sender: "Not chosen yet",
    in_use: |priced, all| {
        let others = if priced < all { "; for the others we do not know the fee yet" } else { "" };
        format!("Shoppers can choose among {priced} of {all} agents{others}.")
    },
    without_sender: "The key works. Choose where you hand parcels in: until then shoppers are offered no agents.",
    none: "Not set up: shoppers are offered no agents.",
    stopped: "Stopped: shoppers are offered no agents. Save to offer them again.",
    problem: |word| match word {
        "not_accepted" => "Pickup Mtaani does not take this key. Copy it again from your account there.",
        _ => {
            "Pickup Mtaani could not be reached just now. What is saved stays, and shoppers are offered the agents and fees we know; check again in a minute."
        }
    },
    check: "Check again and read the agents",
    check_text: "Agents and fees are read by themselves every day. Nothing is booked or paid by checking.",
    listed: |when| format!("Agents were last read on {when}."),
    heard: |when| format!("Pickup Mtaani last told us of a parcel on {when}."),
    not_heard: "Pickup Mtaani has not told us of a parcel yet. Where parcels are is asked every hour as well.",
    by_hand: "Buses, couriers and desks need no account: their parcels are written down by hand on the order.",
    stop: "Stop offering agents",
    stop_text: "Parcels on their way are still followed.",
};
