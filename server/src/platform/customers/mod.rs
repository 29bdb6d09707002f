//! The doors of those who buy: the list, its groups, one person, what they said, their data.

mod bring_in;
mod groups;
mod list;
mod privacy;
mod profile;
mod take_out;

use crate::doors::{Doors, Who};
use duka::kernel::access::Permission;

pub fn doors(doors: Doors) -> Doors {
    let edit = Who::Member(Permission::EditCustomers);
    // Somebody's whole life in a shop is as dear as its money.
    let sure = Who::Sure(Permission::ManageData);
    doors
        .page("/dashboard/customers", super::MEMBERS, list::page)
        .page("/dashboard/customers/export", sure, take_out::page)
        .form("/dashboard/customers/export", sure, take_out::file)
        .page("/dashboard/customers/import", edit, bring_in::page)
        .form("/dashboard/customers/import", edit, bring_in::try_it)
        .form("/dashboard/customers/import/apply", edit, bring_in::apply)
        .page("/dashboard/customers/groups", super::MEMBERS, groups::page)
        .form("/dashboard/customers/groups", edit, groups::add)
        .page("/dashboard/customers/groups/{group}", edit, groups::one)
        .form("/dashboard/customers/groups/{group}", edit, groups::change)
        .form("/dashboard/customers/groups/{group}/remove", edit, groups::remove)
        .page("/dashboard/customers/{customer}", super::MEMBERS, profile::page)
        .form("/dashboard/customers/{customer}", edit, profile::change)
        .form("/dashboard/customers/{customer}/said", edit, profile::said)
        .form("/dashboard/customers/{customer}/places/{place}", edit, profile::place)
        .page("/dashboard/customers/{customer}/data", sure, privacy::page)
        .form("/dashboard/customers/{customer}/data/copy", sure, privacy::copy)
        .form("/dashboard/customers/{customer}/data/erase", sure, privacy::erase)
        .form("/dashboard/customers/{customer}/data/keep", sure, privacy::keep)
}
