//! Paying by hand, for shoppers, in English.

use super::HandWords;
use duka::delivery::cash_rules::NoCash;

pub static WORDS: HandWords = HandWords {
    no_cash: |why, area| match why {
        NoCash::NotTaken => "This shop does not take cash.".to_owned(),
        NoCash::NotThere => format!("Cash is not taken in {area}. Pay with M-Pesa, or choose another area."),
        NoCash::TooMuch { most } => format!("Cash is taken for orders up to {most}."),
        NoCash::NotYet { least: 1 } => {
            "Cash is for buyers who have received an order from us before. Pay this one another way.".to_owned()
        }
        NoCash::NotYet { least } => {
            format!("Cash is for buyers who have received {least} orders from us before. Pay this one another way.")
        }
        NoCash::CameBack => {
            "An earlier cash order with this number came back to us. Please pay this one before it leaves.".to_owned()
        }
    },
    manual_text: "You send the money yourself, and we confirm it",
    manual_heading: |name, total| format!("Pay {total} by {name}"),
    manual_reference: |number| format!("Give {number} as the reference, so that we find your payment."),
    manual_wait: "We look for the money by hand, so it can take some hours. This page says so when it has come; your order is kept for three days.",
    or_by_prompt: "Or pay now with M-Pesa:",
    deposit: |deposit| format!("You confirm it with {deposit} by M-Pesa now; you pay the rest when it is delivered"),
    deposit_first: |deposit| format!("{deposit} confirms your order. You pay the rest when it is delivered."),
    manual_progress: |name, total| format!("Pay {total} by {name}. We confirm it by hand when it has come."),
};
