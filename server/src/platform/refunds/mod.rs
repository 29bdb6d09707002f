//! The doors of money that goes back: asking for it, the list, one refund.

mod ask;
mod list;

use crate::doors::{Doors, Who};
use duka::kernel::access::Permission;

pub fn doors(doors: Doors) -> Doors {
    let (handle, refund) = (Who::Member(Permission::HandleMoney), Who::Member(Permission::RefundMoney));
    doors
        .page("/dashboard/orders/{order}/refund", Who::Sure(Permission::RefundMoney), ask::page)
        .form("/dashboard/orders/{order}/refund", Who::Sure(Permission::RefundMoney), ask::send)
        .page("/dashboard/payments/refunds", super::MEMBERS, list::page)
        .page("/dashboard/payments/refunds/{refund}", super::MEMBERS, list::one)
        .form("/dashboard/payments/refunds/{refund}/sent", handle, list::mark_sent)
        .form("/dashboard/payments/refunds/{refund}/credit", handle, list::keep_as_credit)
        .form("/dashboard/payments/refunds/{refund}/retry", refund, list::retry)
        .form("/dashboard/payments/refunds/{refund}/send", refund, list::send)
        .form("/dashboard/payments/refunds/{refund}/give-up", refund, list::give_up)
        .form("/dashboard/payments/refunds/{refund}/not-sent", refund, list::say_not_sent)
}
