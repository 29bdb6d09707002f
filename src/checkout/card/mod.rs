//! Paying by card: the provider's page, what became of it, and the provider's events.
//!
//! Nothing that a browser or an event says is believed: the shopper's return, an event and the clock all lead to the one
//! question in `ask`, and its answer to the one way in which payments end, `settle_payment`.

mod ask;
mod begin;
mod events;
mod open_page;
mod schedule;

pub use ask::{Heard, ask_about_open, returned};
pub use begin::begin;
pub(super) use events::read_card_event;
pub use events::{EventReceived, receive_event};
pub use open_page::{Opened, open_page};
pub use schedule::check_card;

use crate::kernel::id::PaymentId;

/// What the provider calls a payment: ours, made once, of letters, digits and a dash.
pub fn reference_of(payment: PaymentId) -> String {
    format!("d-{}", payment.uuid().simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_only_what_the_provider_takes() {
        let payment = PaymentId::mint();
        let reference = reference_of(payment);
        assert_eq!(reference.len(), 34);
        assert!(reference.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        assert_eq!(reference, reference_of(payment));
    }
}
