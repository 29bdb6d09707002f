//! A merchant's discounts: the list, a form for each kind, the codes, and what a cart would pay.

mod codes;
mod form;
mod list;
mod trial;

pub use codes::codes;
pub use form::{choose, edit, new};
pub use list::list;
pub use trial::trial;

pub const ADDRESS: &str = "/dashboard/discounts";
