//! The doors of orders: the list and what is done with many, what the team writes, its parcel, calling off, paper, entering one, why some came to nothing.

mod cancel;
mod entry;
mod left;
mod list;
mod notes;
mod paper;
mod parcel;

use crate::doors::{Doors, Who};
use duka::kernel::access::Permission;

pub fn doors(doors: Doors) -> Doors {
    let mover = Who::Member(Permission::MoveOrders);
    doors
        .page("/dashboard/orders", super::MEMBERS, list::page)
        .page("/dashboard/orders/news", super::MEMBERS, list::news)
        .form("/dashboard/orders/move", mover, list::move_chosen)
        .page("/dashboard/orders/slips", super::MEMBERS, paper::slips)
        .page("/dashboard/orders/picking", super::MEMBERS, paper::picking)
        .page("/dashboard/orders/left", super::MEMBERS, left::page)
        .page("/dashboard/orders/new", mover, entry::page)
        .form("/dashboard/orders/new", mover, entry::fill)
        .page("/dashboard/orders/{order}/notes", super::MEMBERS, notes::page)
        .form("/dashboard/orders/{order}/notes", mover, notes::write)
        .form("/dashboard/orders/{order}/tags", mover, notes::tag)
        .page("/dashboard/orders/{order}/parcel", super::MEMBERS, parcel::page)
        .form("/dashboard/orders/{order}/parcel", mover, parcel::write_down)
        .form("/dashboard/orders/{order}/parcel/book", mover, parcel::book)
        .form("/dashboard/orders/{order}/parcel/state", mover, parcel::say)
        .page("/dashboard/orders/{order}/cancel", mover, cancel::page)
        .form("/dashboard/orders/{order}/cancel", mover, cancel::cancel)
        .page("/dashboard/orders/{order}/cancel/refund", Who::Sure(Permission::RefundMoney), cancel::page_with_money)
        .form("/dashboard/orders/{order}/cancel/refund", Who::Sure(Permission::RefundMoney), cancel::cancel_with_money)
}
