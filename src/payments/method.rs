//! The ways a shopper can pay, as forms spell them.

use crate::kernel::money::Money;
use serde::{Deserialize, Serialize};

/// The card provider takes nothing below.
pub const LEAST_BY_CARD: Money = Money::shillings(3);
/// The largest sum that M-Pesa moves at once.
const MOST_BY_MPESA: Money = Money::shillings(250_000);

/// Whether M-Pesa can move this sum at once: whole shillings, and not too many.
pub const fn fits_mpesa(amount: Money) -> bool {
    amount.is_whole() && amount.minor() <= MOST_BY_MPESA.minor()
}

/// What `payment_method` may say in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// A prompt on the shopper's phone.
    MpesaStk,
    MpesaPaybill,
    MpesaTill,
    /// Cash when it is delivered.
    Cod,
    Card,
    /// A way of the merchant's own, such as a bank: staff say when the money has come.
    Manual,
}

/// Which ways an order can be paid in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// How the shop's M-Pesa account takes money without a prompt; none when it has no account.
    pub by_hand: Option<PaymentMethod>,
    pub cash: bool,
    pub card: bool,
    /// A way of the merchant's own.
    pub manual: bool,
}

impl PaymentMethod {
    pub const ALL: [Self; 6] =
        [Self::MpesaStk, Self::MpesaPaybill, Self::MpesaTill, Self::Cod, Self::Card, Self::Manual];

    /// What a shop takes, in the order in which it is offered.
    pub fn offered(takes: &Takes) -> Vec<Self> {
        let mpesa = takes.by_hand.map(|by_hand| [Self::MpesaStk, by_hand]);
        let others = [(takes.cash, Self::Cod), (takes.card, Self::Card), (takes.manual, Self::Manual)];
        mpesa
            .into_iter()
            .flatten()
            .chain(others.into_iter().filter(|(is_taken, _)| *is_taken).map(|(_, way)| way))
            .collect()
    }

    /// How money comes without a prompt to an account of this kind, the word of `mpesa_accounts.kind`.
    pub fn by_hand(kind: &str) -> Self {
        if kind == "till" { Self::MpesaTill } else { Self::MpesaPaybill }
    }

    /// Paid by the shopper's own doing: no prompt is sent, the money comes by itself.
    pub const fn is_by_hand(self) -> bool {
        matches!(self, Self::MpesaPaybill | Self::MpesaTill)
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MpesaStk => "mpesa_stk",
            Self::MpesaPaybill => "mpesa_paybill",
            Self::MpesaTill => "mpesa_till",
            Self::Cod => "cod",
            Self::Card => "card",
            Self::Manual => "manual",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == text)
    }
    /// What a word of `orders.payment_method` says first: M-Pesa begins with the prompt.
    pub fn from_order(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.of_order() == word)
    }
    /// The word of `orders.payment_method`.
    pub const fn of_order(self) -> &'static str {
        match self {
            Self::MpesaStk | Self::MpesaPaybill | Self::MpesaTill => "mpesa",
            Self::Cod => "cod",
            Self::Card => "card",
            Self::Manual => "manual",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prompt_comes_first_and_money_by_hand_goes_to_the_kind_of_account_there_is() {
        let offered = |kind: Option<&str>| {
            let by_hand = kind.map(PaymentMethod::by_hand);
            PaymentMethod::offered(&Takes { by_hand, cash: true, ..Takes::default() })
        };
        assert_eq!(
            offered(Some("paybill")),
            [PaymentMethod::MpesaStk, PaymentMethod::MpesaPaybill, PaymentMethod::Cod]
        );
        assert_eq!(offered(Some("till")), [PaymentMethod::MpesaStk, PaymentMethod::MpesaTill, PaymentMethod::Cod]);
        assert_eq!(offered(None), [PaymentMethod::Cod]);
        let read_back = PaymentMethod::ALL.map(|method| PaymentMethod::from_order(method.of_order()));
        assert_eq!(read_back[..3], [Some(PaymentMethod::MpesaStk); 3]);
        assert_eq!(read_back[3..], [PaymentMethod::Cod, PaymentMethod::Card, PaymentMethod::Manual].map(Some));
        let all = Takes { by_hand: Some(PaymentMethod::MpesaTill), cash: true, card: true, manual: true };
        assert_eq!(PaymentMethod::offered(&all)[2..], [PaymentMethod::Cod, PaymentMethod::Card, PaymentMethod::Manual]);
    }
}
