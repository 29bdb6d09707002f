//! One file per page: arranges parts, decides nothing.

pub mod account;
pub mod account_own;
pub mod area;
pub mod bare;
pub mod blog;
pub mod cart;
pub mod cart_link;
pub mod category;
pub mod checkout;
pub mod closed;
pub mod find_order;
pub mod home;
pub mod not_found;
pub mod offline;
pub mod order;
pub mod policy;
pub mod product;
pub mod receipt;
pub mod remembered;
pub mod retired;
pub mod rider;
pub mod rider_ends;
pub mod search;
pub mod turned_away;
pub mod visit_cost;
pub mod written;
