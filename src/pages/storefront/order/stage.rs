//! What the buyer is told about the money: decided from the order and the one try to pay that counts.

use super::PayStage;
use crate::{
    checkout::settle_payment::MISMATCH,
    orders::status::{OrderStatus, PaymentState},
    payments::{
        method::PaymentMethod,
        providers::{mpesa::outcome::StkOutcome, paystack::outcome::CardOutcome},
        status::PaymentStatus,
    },
};

/// As much of an order as decides it.
#[derive(Clone, Debug)]
pub(super) struct Owed {
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    pub method: PaymentMethod,
    /// A cash order waits for its deposit.
    pub waits_for_deposit: bool,
    /// The deposit of a cash order has come.
    pub has_deposit: bool,
    /// How the merchant's own way is called, and what to do.
    pub manual: (String, String),
}

impl Owed {
    /// Somebody has accepted it, so its goods wait for no money.
    fn is_cash_on_its_way(&self) -> bool {
        self.method == PaymentMethod::Cod && matches!(self.status, OrderStatus::Packing | OrderStatus::Dispatched)
    }
}

/// The try that counts: the one that brought the money, else the open one, else the last.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub method: Option<PaymentMethod>,
    pub status: PaymentStatus,
    /// The word of `payments.failure_reason`.
    pub failure: Option<String>,
    pub receipt: Option<String>,
    /// A callback said paid, and asking has not confirmed it.
    pub has_paid_callback: bool,
    /// The card provider's own word for where it stands.
    pub card_word: Option<String>,
    /// The card provider's page.
    pub page: Option<String>,
    /// What the card provider knows it by.
    pub reference: Option<String>,
}

impl Attempt {
    pub fn is_card(&self) -> bool {
        self.method == Some(PaymentMethod::Card)
    }
    pub fn is_prompt(&self) -> bool {
        matches!(self.method, Some(PaymentMethod::MpesaTill | PaymentMethod::MpesaPaybill))
    }
    pub fn is_open(&self) -> bool {
        (self.is_card() || self.is_prompt()) && self.status.is_open()
    }
    fn is_of_another_sum(&self) -> bool {
        self.failure.as_deref() == Some(MISMATCH)
    }
}

/// Where the money stands.
pub(super) fn stage(owed: Owed, attempt: Option<Attempt>) -> PayStage {
    let is_open = attempt.as_ref().is_some_and(Attempt::is_open);
    match (owed.status, owed.payment_status) {
        (_, PaymentState::Paid | PaymentState::Refunded) => {
            PayStage::Paid { receipt: attempt.and_then(|attempt| attempt.receipt) }
        }
        (OrderStatus::Cancelled | OrderStatus::Refunded, _) => PayStage::Closed,
        // The deposit has come: the rest is collected at the door.
        (_, PaymentState::Partial) if !is_open && (owed.has_deposit || owed.is_cash_on_its_way()) => {
            PayStage::CashOnDelivery
        }
        (_, PaymentState::Partial) if !is_open => PayStage::Partly,
        _ => match attempt {
            Some(card) if card.is_card() => of_card(card),
            Some(prompt) if prompt.is_open() => of_open_prompt(&prompt),
            ended => without_open(owed, ended.as_ref()),
        },
    }
}

/// What nobody has finished waits for the shopper; what the provider does not say, for the provider.
fn of_card(card: Attempt) -> PayStage {
    let waits_for_shopper = matches!(card.card_word.as_deref(), None | Some("abandoned"));
    if card.is_open() && waits_for_shopper && card.failure.is_none() {
        return PayStage::CardOpen { page: card.page, reference: card.reference };
    }
    // Money has left the card, of another sum: nobody is asked to pay a second time before a person has looked.
    if card.is_open() || card.is_of_another_sum() {
        return PayStage::CardChecking;
    }
    let outcome = card.failure.as_deref().and_then(CardOutcome::parse);
    PayStage::CardFailed(outcome.unwrap_or(CardOutcome::Abandoned))
}

fn of_open_prompt(prompt: &Attempt) -> PayStage {
    if prompt.has_paid_callback || prompt.is_of_another_sum() { PayStage::Checking } else { PayStage::Waiting }
}

/// Nothing is on its way: how the order is to be paid, or why the last prompt brought nothing.
fn without_open(owed: Owed, ended: Option<&Attempt>) -> PayStage {
    let has_asked_for_deposit = owed.waits_for_deposit && ended.is_some_and(Attempt::is_prompt);
    match (owed.method, ended) {
        (PaymentMethod::Cod, _) if !has_asked_for_deposit => PayStage::CashOnDelivery,
        (PaymentMethod::Manual, _) => PayStage::Manual { name: owed.manual.0, instructions: owed.manual.1 },
        (_, None) => PayStage::ByHand,
        (_, Some(ended)) => {
            let outcome = ended.failure.as_deref().and_then(StkOutcome::parse);
            PayStage::Failed(outcome.unwrap_or(StkOutcome::Unknown))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owed(method: PaymentMethod) -> Owed {
        Owed {
            status: OrderStatus::AwaitingPayment,
            payment_status: PaymentState::Unpaid,
            method,
            waits_for_deposit: false,
            has_deposit: false,
            manual: ("Bank".into(), "Pay in".into()),
        }
    }
    fn attempt(method: PaymentMethod, status: PaymentStatus, failure: Option<&str>) -> Attempt {
        Attempt {
            method: Some(method),
            status,
            failure: failure.map(str::to_owned),
            receipt: None,
            has_paid_callback: false,
            card_word: None,
            page: None,
            reference: None,
        }
    }

    #[test]
    fn a_prompt_is_waited_for_checked_or_has_failed() {
        let till = |status, failure| Some(attempt(PaymentMethod::MpesaTill, status, failure));
        let told = |attempt| stage(owed(PaymentMethod::MpesaStk), attempt);
        assert_eq!(told(till(PaymentStatus::Pending, None)), PayStage::Waiting);
        assert_eq!(told(till(PaymentStatus::Pending, Some(MISMATCH))), PayStage::Checking);
        let called_back =
            Attempt { has_paid_callback: true, ..attempt(PaymentMethod::MpesaTill, PaymentStatus::Pending, None) };
        assert_eq!(told(Some(called_back)), PayStage::Checking);
        assert_eq!(told(till(PaymentStatus::Failed, Some("cancelled"))), PayStage::Failed(StkOutcome::Cancelled));
        assert_eq!(told(till(PaymentStatus::Failed, None)), PayStage::Failed(StkOutcome::Unknown));
        assert_eq!(told(None), PayStage::ByHand);
    }

    #[test]
    fn nobody_is_asked_to_pay_by_card_again_while_money_may_have_left_it() {
        let card = |status, failure| attempt(PaymentMethod::Card, status, failure);
        let told = |attempt| stage(owed(PaymentMethod::Card), Some(attempt));
        let open = PayStage::CardOpen { page: None, reference: None };
        assert_eq!(told(card(PaymentStatus::Initiated, None)), open);
        let left = Attempt { card_word: Some("abandoned".into()), ..card(PaymentStatus::Pending, None) };
        assert_eq!(told(left), open);
        let underway = Attempt { card_word: Some("ongoing".into()), ..card(PaymentStatus::Pending, None) };
        assert_eq!(told(underway), PayStage::CardChecking);
        assert_eq!(told(card(PaymentStatus::Failed, Some(MISMATCH))), PayStage::CardChecking);
        let declined = card(PaymentStatus::Failed, Some("card_declined"));
        assert_eq!(told(declined), PayStage::CardFailed(CardOutcome::Declined));
        assert_eq!(told(card(PaymentStatus::Failed, None)), PayStage::CardFailed(CardOutcome::Abandoned));
    }

    #[test]
    fn cash_is_for_the_door_but_a_deposit_that_was_asked_for_and_did_not_come_is_told() {
        let cash = owed(PaymentMethod::Cod);
        assert_eq!(stage(cash.clone(), None), PayStage::CashOnDelivery);
        let waiting = Owed { status: OrderStatus::Pending, waits_for_deposit: true, ..cash.clone() };
        let failed = attempt(PaymentMethod::MpesaPaybill, PaymentStatus::Failed, Some("cancelled"));
        assert_eq!(stage(waiting, Some(failed)), PayStage::Failed(StkOutcome::Cancelled));
        let partly = Owed { payment_status: PaymentState::Partial, ..cash };
        assert_eq!(stage(partly.clone(), None), PayStage::Partly);
        let at_the_door = Owed { status: OrderStatus::Dispatched, ..partly.clone() };
        assert_eq!(stage(at_the_door, None), PayStage::CashOnDelivery, "a part in cash holds nothing up");
        assert_eq!(stage(Owed { has_deposit: true, ..partly }, None), PayStage::CashOnDelivery);
    }

    #[test]
    fn what_is_paid_or_closed_says_so_whatever_was_tried() {
        let tried = Attempt {
            receipt: Some("UKS1".into()),
            ..attempt(PaymentMethod::MpesaTill, PaymentStatus::Succeeded, None)
        };
        let paid = Owed { payment_status: PaymentState::Paid, ..owed(PaymentMethod::MpesaStk) };
        assert_eq!(stage(paid, Some(tried)), PayStage::Paid { receipt: Some("UKS1".into()) });
        let closed = Owed { status: OrderStatus::Cancelled, ..owed(PaymentMethod::Manual) };
        assert_eq!(stage(closed, None), PayStage::Closed);
        let own = PayStage::Manual { name: "Bank".into(), instructions: "Pay in".into() };
        assert_eq!(stage(owed(PaymentMethod::Manual), None), own);
    }
}
