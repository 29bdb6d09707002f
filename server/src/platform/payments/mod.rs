//! The money's doors: every payment, one of them, the accountant's file, the inbox, the days that were closed.

mod close;
mod credit;
mod inbox;
mod list;

use crate::doors::{Doors, Who};
use duka::kernel::access::Permission;

pub fn doors(doors: Doors) -> Doors {
    let handle = Who::Member(Permission::HandleMoney);
    doors
        .page("/dashboard/payments/inbox", super::MEMBERS, inbox::list)
        .page("/dashboard/payments/inbox/{payment}", super::MEMBERS, inbox::one)
        .form("/dashboard/payments/inbox/{payment}/assign", handle, inbox::put_on_order)
        .form("/dashboard/payments/inbox/{payment}/credit", handle, inbox::keep_as_credit)
        .form("/dashboard/payments/inbox/{payment}/take-back", handle, list::take_credit_back)
        .page("/dashboard/orders/{order}/credit", handle, credit::page)
        .form("/dashboard/orders/{order}/credit", handle, credit::pay)
        .form("/dashboard/payments/inbox/{payment}/refund", Who::Member(Permission::RefundMoney), inbox::send_back)
        .page("/dashboard/payments", super::MEMBERS, list::page)
        .page("/dashboard/payments/file", handle, list::file)
        .page("/dashboard/payments/close", super::MEMBERS, close::page)
        .page("/dashboard/payments/close/{day}", super::MEMBERS, close::day)
        .form("/dashboard/payments/close/gaps/{gap}", handle, close::close)
        .page("/dashboard/payments/{payment}", super::MEMBERS, list::payment)
}
