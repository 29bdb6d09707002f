//! Delivery areas, in English.

use super::{DeliveryWords, kilograms};
use duka::delivery::offer::Rule;

pub static WORDS: DeliveryWords = DeliveryWords {
    rules: "More rules",
    aliases: "Other names",
    aliases_hint: "Nicknames, estates and landmarks that mean this area, one on each line. Common spellings are known already.",
    kind: "What it is",
    kinds: ["A place you deliver to", "Buyers collect from the shop", "Everywhere that is in no other area"],
    minimum: "Smallest order in KSh",
    minimum_hint: "Goods below this are not brought there.",
    free_from: "Free from KSh",
    free_from_hint: "Orders of this much and more pay no delivery.",
    cut_off: "Last order for today",
    cut_off_hint: "Later orders arrive the next day.",
    no_cut_off: "Any hour",
    band_by: "Fee goes by",
    measures: ["Weight of the goods", "Value of the goods"],
    bands: "Steps",
    bands_hint: "One on each line: from how much, and the fee. “2 kg = 350” is KSh 350 from 2 kg on; below the first step the fee above is paid. By weight, “5 kg = 650 + 150” adds KSh 150 for each further kilogram begun.",
    collected: "Collected from the shop",
    the_rest: "Everywhere else",
    from_minimum: |sum| format!("from {sum}"),
    free_above: |sum| format!("free from {sum}"),
    until: |hour| format!("today until {hour}"),
    in_steps: "fee in steps",
    try_link: "What would a place pay?",
    trial_title: "What would this place pay?",
    trial_lead: "Type a place as a buyer would. You see the area it is in, the fee and the rule that made it.",
    place: "Place",
    place_hint: "An estate, a town, a nickname or a landmark.",
    goods: "Goods in KSh",
    grams: "Weight in grams",
    grams_hint: "Only where the fee goes by weight.",
    not_reckoned: "Nothing was reckoned yet: something below needs another look.",
    reckon: "Show the fee",
    area: "Area",
    fee: "Fee",
    rule: "Rule",
    rule_of: |rule| match rule {
        Rule::Flat => "the area's own fee".to_owned(),
        Rule::Collected => "collected from the shop".to_owned(),
        Rule::Agent => "what the network takes for a parcel to the agent".to_owned(),
        Rule::FreeFrom(sum) => format!("free from {sum}"),
        Rule::Weight(grams) => format!("step by weight: from {}", kilograms(*grams)),
        Rule::Value(sum) => format!("step by value: from {sum}"),
    },
    arrives: "Arrives",
    within: |minutes| match minutes {
        ..=119 => format!("within {minutes} minutes"),
        120..=2880 => format!("within {} hours", minutes.div_ceil(60)),
        _ => format!("within {} days", minutes.div_ceil(1440)),
    },
    later: |days| if days == 1 { "tomorrow".to_owned() } else { format!("in {days} days") },
    ordered_before: |hour| format!("when ordered before {hour}"),
    below_minimum: |sum| format!("Goods there start at {sum}, so this order would be refused."),
    several: "This may be several places. The buyer is asked which:",
    not_there: |place| {
        format!(
            "You do not deliver to {place} yet. Add it to an area as another name, or add an area for everywhere else."
        )
    },
    unknown: "Nobody would know this place: the buyer is asked to write it again or to choose from the list. Add it to an area as another name if buyers use it.",
    understood: |place| format!("Understood as {place}"),
    back_to_areas: "Back to the areas",
};
