//! Whether an order can be paid in the way that was chosen, and how its payment is written.

use super::{open_cart::Opening, place_order::Refused};
use crate::{
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        money::Money,
    },
    payments::method::{LEAST_BY_CARD, PaymentMethod, fits_mpesa},
};

/// How the order's payment is written: the word of `payments.method`, and the merchant's number.
pub(super) struct Payable {
    pub method: &'static str,
    pub short_code: Option<String>,
}

/// `amount` is what is paid now.
pub(super) fn payable(method: PaymentMethod, opening: &Opening, amount: Money) -> Result<Payable, Refused> {
    let refuse = |problem| Refused::Invalid(FieldErrors::one("payment_method", problem));
    match method {
        PaymentMethod::Cod => Ok(Payable { method: "cod", short_code: None }),
        PaymentMethod::Manual if opening.takes_manual && !amount.is_zero() => {
            Ok(Payable { method: "manual", short_code: None })
        }
        PaymentMethod::MpesaStk | PaymentMethod::MpesaPaybill | PaymentMethod::MpesaTill => {
            let party = opening
                .mpesa
                .as_ref()
                .filter(|party| method == PaymentMethod::MpesaStk || method.as_str() == party.method)
                .ok_or_else(|| refuse(FieldProblem::UnknownMethod))?;
            if amount.is_zero() {
                return Err(refuse(FieldProblem::TooLow));
            }
            if !fits_mpesa(amount) {
                return Err(refuse(FieldProblem::NotByMpesa));
            }
            Ok(Payable { method: party.method, short_code: Some(party.short_code.clone()) })
        }
        PaymentMethod::Card if !opening.takes_cards => Err(refuse(FieldProblem::UnknownMethod)),
        PaymentMethod::Card if amount.minor() < LEAST_BY_CARD.minor() => Err(refuse(FieldProblem::TooLow)),
        PaymentMethod::Card => Ok(Payable { method: "card", short_code: None }),
        PaymentMethod::Manual => Err(refuse(FieldProblem::UnknownMethod)),
    }
}
