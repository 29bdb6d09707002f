//! The still pages in English.

use super::StillWords;
use duka::error::Refusal;
use duka::kernel::field_errors::FieldProblem;

pub const WORDS: StillWords = StillWords {
    save: "Save",
    saved: "Saved.",
    cancel: "Cancel",
    back: "Back",
    optional: "optional",
    secret_kept: "Set. It is never shown; type here only to replace it.",
    secret_missing: "Not set yet.",
    look_again: "Not saved yet: something below needs another look.",
    changed_meanwhile: "Not saved yet: somebody changed this while you were writing. Look at what is different; what you typed is still here.",
    it_was: "It was",
    it_is_now: "It is now",
    you_typed: "You typed",
    nothing: "nothing",
    ticked: "ticked",
    save_anyway: "Save what stands here",
    signed_out: "You are signed out, so nothing was saved. Sign in on the page that opens beside this one, then load this page again: your browser sends once more what you typed.",
    not_done: "This was not done",
    not_permitted: "This is not open to you",
    not_permitted_text: "Your role does not allow this. An owner of the shop can do it, or change your role.",
    sign_in: "Sign in",
    unknown_field: |name| format!("This form has no field “{name}”."),
    refused: |refusal| {
        Some(match refusal {
            Refusal::NotAccepted => "Accept the order first. Nothing was recorded or sent.",
            Refusal::LastOwner => "A shop needs an owner. Make somebody else one first; nothing was changed.",
            Refusal::NotReady => "Something is missing before the shop can open. Nothing was changed.",
            Refusal::TooManyVariants { .. } => {
                "That would make more than 250 variants. Nothing was made or changed; use fewer values, or two products."
            }
            Refusal::TooManyCategories { .. } => "A shop can have 500 categories. Nothing was added.",
            Refusal::MoneyIsNotThere => {
                "That money has been moved meanwhile, or was never that much. Load the page again."
            }
            Refusal::GapClosed => "Somebody else has closed this meanwhile.",
            Refusal::ReceiptUsed => "That receipt has been used already.",
            Refusal::RefundOnItsWay => {
                "M-Pesa has this refund and has not said yet what became of it. Nothing was changed."
            }
            Refusal::RefundEnded => "This refund has ended already. Nothing was changed.",
            Refusal::NotOursToKeep => {
                "This money was too much and is the buyer's: send it back, or keep it as their credit."
            }
            Refusal::NobodyToCredit => "No customer is known for this. Send it back instead.",
            Refusal::OnlyByHand => "This cannot go back by itself. Send it yourself and note the receipt.",
            Refusal::AccountTestOpen => "A prompt is still open. Answer it on the phone, or wait three minutes.",
            Refusal::CountEnded => "This count was applied or put away already. Nothing was changed.",
            Refusal::PromptStillOpen => {
                "The shopper is paying right now. Nothing was changed; try again in a few minutes."
            }
            Refusal::NothingToPay => "This order is paid, accepted or closed already. Nothing was changed.",
            _ => return None,
        })
    },
    problem: |problem| {
        Some(match problem {
            FieldProblem::Missing => "Please fill this in.",
            FieldProblem::TooLong => "This is too long.",
            FieldProblem::TooShort => "This is too short.",
            FieldProblem::TooLow => "This is too little.",
            FieldProblem::TooHigh => "This is too much.",
            FieldProblem::NotWhole => "A whole number, please, like 10.",
            FieldProblem::Unreadable => "This holds characters that cannot be read.",
            FieldProblem::UnknownField => "This form has no such field.",
            FieldProblem::UnknownChoice => "Choose one from the list.",
            FieldProblem::NoSuchProduct => "One of these is no product of yours. Type addresses or SKUs, one per line.",
            FieldProblem::NotAnAddress => "Small letters, digits and single dashes, please, like mama-njeri.",
            FieldProblem::ReservedAddress => "This address is not for shops. Choose another.",
            FieldProblem::Taken => "Somebody has this already. Choose another.",
            FieldProblem::TooCommon => {
                "This is easy to guess. Three or four words that do not belong together are good."
            }
            FieldProblem::WrongPassword => "This is not your password.",
            FieldProblem::WrongCode => "This code does not fit, or was used already. Wait for the next one.",
            FieldProblem::NotAColour => "A colour like #14532d, please.",
            FieldProblem::TooPale => "White words on this colour cannot be read. Choose a darker one.",
            FieldProblem::NotADomain => "A domain like duka.co.ke, please, without www and slashes.",
            FieldProblem::NotANumber => "Digits only, please: 5 to 7 of them.",
            FieldProblem::NotAKey => "This is no such key. A public key begins with pk_, a secret one with sk_.",
            FieldProblem::TwoWorlds => {
                "One key is for real money and the other for trying. Take both from the same place."
            }
            FieldProblem::NotATaxNumber => "A PIN like P051234567X, please.",
            FieldProblem::NoTaxNumber => {
                "Whoever is registered for VAT has a KRA PIN. Type it here, or take the tick away."
            }
            FieldProblem::NotAPicture => "A JPEG, PNG or WebP picture, please.",
            FieldProblem::TooHeavy => "This picture is too large: 8 MB at most.",
            FieldProblem::LastOwner => "A shop needs an owner. Make somebody else one first.",
            FieldProblem::NotByMpesa => {
                "M-Pesa moves whole shillings, at most KSh 250,000 at a time. Choose another way to pay."
            }
            FieldProblem::NotAPercentage => "A number up to 100, please, like 12.5.",
            FieldProblem::NotAMoment => "A day and an hour, please, like 2026-12-24T08:00.",
            FieldProblem::EndsTooEarly => "It ends before it begins. Choose a later end.",
            FieldProblem::NotACode => "Letters and digits only, please: 3 to 24 of them.",
            FieldProblem::NotTicked => "Please tick this to go on.",
            FieldProblem::BelowPrice => "The price before must be above the price now.",
            FieldProblem::TwiceHere => "Another line here has this too. Each needs its own.",
            FieldProblem::SkuTaken => "Another product has this SKU. Choose another.",
            FieldProblem::InsideItself => "A category cannot stand inside itself or inside one of its own.",
            FieldProblem::TooDeep => "Categories can stand five deep, not deeper.",
            FieldProblem::TooMany => "These are too many.",
            _ => return None,
        })
    },
};
