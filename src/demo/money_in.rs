//! How made-up money arrives: by hand, or with a receipt like M-Pesa's.

use super::past_rows::{AuditRow, Past};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The rider brought the money of an open cash payment.
pub(super) fn take_cash(past: &mut Past, place: usize, at: DateTime<Utc>) {
    let payment = &mut past.payments[place];
    (payment.status, payment.result_source, payment.completed_at) = ("succeeded", Some("cash"), Some(at));
    payment.paid_amount_cents = Some(payment.amount_cents);
    past.audits.push(AuditRow { payment_id: payment.id, event_type: "succeeded", created_at: at });
}

/// Ten letters and digits, like M-Pesa's.
pub(super) fn receipt(payment: Uuid) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    payment.as_bytes().iter().take(9).fold("T".to_owned(), |mut text, byte| {
        text.push(char::from(LETTERS[usize::from(byte % 32)]));
        text
    })
}
