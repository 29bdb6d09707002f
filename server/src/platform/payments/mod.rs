//! The money's doors in the dashboard.

mod credit;
mod inbox;

use crate::doors::{Doors, Who};
use duka::kernel::access::Permission;

pub fn doors(doors: Doors) -> Doors {
    let handle = Who::Member(Permission::HandleMoney);
    doors
        .page("/dashboard/payments/inbox", super::MEMBERS, inbox::list)
        .page("/dashboard/payments/inbox/{payment}", super::MEMBERS, inbox::one)
        .form("/dashboard/payments/inbox/{payment}/assign", handle, inbox::put_on_order)
        .form("/dashboard/payments/inbox/{payment}/credit", handle, inbox::keep_as_credit)
        .page("/dashboard/orders/{order}/credit", handle, credit::page)
        .form("/dashboard/orders/{order}/credit", handle, credit::pay)
        .form("/dashboard/payments/inbox/{payment}/refund", Who::Member(Permission::RefundMoney), inbox::send_back)
}
