//! Cards in English.

use super::{CardOutcome, CardWords, OutcomeWords, brand};

pub static WORDS: CardWords = CardWords {
    pay_by_card: "Pay by card",
    pay_text: |total| format!("You pay {total} on the card company's own page and come back here."),
    another_way: "Or pay another way",

    open: "Your card payment is not finished",
    open_text: |total| {
        format!("The card company has not received {total} yet. Go on where you were, or pay another way below.")
    },
    go_on: "Go on to the card page",
    check_now: "I have paid, check now",

    checking: "We are checking with the card company",
    checking_text: "The card company has not told us the result yet. Do not pay again; this page changes as soon as we know.",

    outcome,
    no_money_moved: "No money left your card.",
    paid_with: |word, digits| format!("Paid with {} ending in {digits}", brand(word)),

    failure: |outcome| match outcome {
        CardOutcome::Paid => "Paid.",
        CardOutcome::Declined => "The shopper's bank declined the card.",
        CardOutcome::Abandoned => "The shopper left the card page and never came back.",
        CardOutcome::NotReached => "The card company could not be reached. No money moved.",
        CardOutcome::BadSettings => "The card company does not take your keys. Check them under Settings, Cards.",
        CardOutcome::NotTaken => "The card company does not take such a payment. No money moved.",
        CardOutcome::Reversed => "The card company gave the money back.",
    },
};

fn outcome(outcome: CardOutcome) -> OutcomeWords {
    let (heading, text) = match outcome {
        CardOutcome::Paid => ("Paid, thank you", "We have your payment and are getting your order ready."),
        CardOutcome::Declined => (
            "The card was declined",
            "Your bank did not allow this payment. Try another card, ask your bank, or pay another way below.",
        ),
        CardOutcome::Abandoned => {
            ("The card payment was not finished", "Nobody finished it in time. Start again, or pay another way below.")
        }
        CardOutcome::NotReached => (
            "Cards cannot be taken right now",
            "We could not reach the card company. Your order is saved: try again in a minute, or pay another way below.",
        ),
        CardOutcome::BadSettings => (
            "The shop cannot take cards right now",
            "Something has to be mended on the shop's side. Please pay another way below, or write to us.",
        ),
        CardOutcome::NotTaken => (
            "This cannot be paid by card",
            "The card company does not take a payment like this. Please pay another way below.",
        ),
        CardOutcome::Reversed => (
            "The card company gave the money back",
            "The payment was undone before it reached us. Start again, or pay another way below.",
        ),
    };
    OutcomeWords { heading, text, is_money_safe: outcome.is_money_safe() }
}
