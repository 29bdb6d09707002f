//! The money's doors: every payment, one of them, the accountant's file, the days that were closed.

mod close;
mod list;

use crate::doors::{Doors, Who};
use duka::kernel::access::Permission;

pub fn doors(doors: Doors) -> Doors {
    let handle = Who::Member(Permission::HandleMoney);
    doors
        .page("/dashboard/payments", super::MEMBERS, list::page)
        .page("/dashboard/payments/file", handle, list::file)
        .page("/dashboard/payments/close", super::MEMBERS, close::page)
        .page("/dashboard/payments/close/{day}", super::MEMBERS, close::day)
        .form("/dashboard/payments/close/gaps/{gap}", handle, close::close)
        .page("/dashboard/payments/{payment}", super::MEMBERS, list::payment)
}
