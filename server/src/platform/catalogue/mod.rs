//! The catalogue's doors: a product, its variants, the categories.

mod categories;
mod product;
mod variants;

use crate::doors::{Doors, Who};
use duka::kernel::access::Permission;

pub fn doors(doors: Doors) -> Doors {
    let may = Who::Member(Permission::EditProducts);
    doors
        .page("/dashboard/products/{product}", may, product::page)
        .form("/dashboard/products/{product}", may, product::save)
        .form("/dashboard/products/{product}/preview", may, product::preview)
        .form("/dashboard/products/{product}/duplicate", may, product::duplicate)
        .form("/dashboard/products/{product}/status", may, product::set_status)
        .page("/dashboard/products/{product}/variants", may, variants::page)
        .form("/dashboard/products/{product}/variants", may, variants::save)
        .form("/dashboard/products/{product}/variants/options", may, variants::make)
        .page("/dashboard/categories", may, categories::page)
        .form("/dashboard/categories", may, categories::add)
        .page("/dashboard/categories/{category}", may, categories::category)
        .form("/dashboard/categories/{category}", may, categories::save)
        .form("/dashboard/categories/{category}/place", may, categories::place)
        .form("/dashboard/categories/{category}/shown", may, categories::set_shown)
}
