//! One sentence about the money of an order, for the waiting page and for programs that ask.

use super::words;
use crate::text::{by_hand, cards};
use duka::kernel::{locale::Locale, money::Money};
use duka::pages::storefront::order::{OrderPage, PayStage, PaymentProgress};

/// What the buyer is told now, in one sentence without codes; `missing` is what is still to be paid.
pub fn payment_message(locale: Locale, stage: &PayStage, total: Money, missing: Money, phone: Option<&str>) -> String {
    let words = words(locale);
    match stage {
        PayStage::Waiting => (words.waiting_text)(phone.unwrap_or_default(), &missing),
        PayStage::ByHand => (by_hand::words(locale).waiting)(&missing),
        PayStage::Partly => (by_hand::words(locale).partly)(&missing),
        PayStage::Checking => words.checking_text.to_owned(),
        PayStage::Failed(outcome) => {
            let told = (words.outcome)(*outcome);
            let safe = if told.is_money_safe { words.no_money_moved } else { "" };
            format!("{}. {} {safe}", told.heading, told.text).trim_end().to_owned()
        }
        PayStage::CardOpen { .. } => (cards::words(locale).open_text)(&total),
        PayStage::CardChecking => cards::words(locale).checking_text.to_owned(),
        PayStage::CardFailed(outcome) => {
            let card = cards::words(locale);
            let told = (card.outcome)(*outcome);
            let safe = if told.is_money_safe { card.no_money_moved } else { "" };
            format!("{}. {} {safe}", told.heading, told.text).trim_end().to_owned()
        }
        PayStage::Paid { receipt: Some(receipt) } => format!("{}. {}", words.paid, (words.receipt)(receipt)),
        PayStage::Paid { receipt: None } => format!("{}. {}", words.paid, words.paid_text),
        PayStage::CashOnDelivery => (words.cod_text)(&missing),
        PayStage::Manual { name, .. } => (crate::text::hand::words(locale).manual_progress)(name, &total),
        PayStage::Closed => words.closed_text.to_owned(),
    }
}

/// The answer to whoever asks how an order stands: in the very words of its page, so that a waiting page
/// can tell news from what it already shows.
pub fn payment_progress(locale: Locale, page: &OrderPage) -> PaymentProgress {
    PaymentProgress {
        order_number: page.number.to_string(),
        status: page.status,
        payment_status: page.payment_status,
        message: payment_message(locale, &page.stage, page.total, page.missing, page.mpesa_phone.as_deref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::payments::providers::mpesa::outcome::StkOutcome;

    #[test]
    fn a_cancelled_prompt_says_that_nothing_was_paid() {
        let said = payment_message(
            Locale::En,
            &PayStage::Failed(StkOutcome::Cancelled),
            Money::shillings(500),
            Money::shillings(500),
            None,
        );
        assert_eq!(
            said,
            "You cancelled the request. Your order is kept. Send the prompt again when you are ready, and enter your M-Pesa PIN. No money left your M-Pesa."
        );
    }

    #[test]
    fn the_sum_and_the_phone_are_named_while_waiting() {
        let said = payment_message(
            Locale::En,
            &PayStage::Waiting,
            Money::shillings(1_250),
            Money::shillings(1_250),
            Some("0711 ••• 344"),
        );
        assert_eq!(said, "We sent a request for KSh 1,250 to 0711 ••• 344. Enter your M-Pesa PIN to pay.");
    }
}
