//! A shopper who comes back: lets themself in by a code to the phone of an order, and sees and decides what is their own.

pub mod ask_code;
pub mod give_code;
pub mod own_copy;
pub mod own_places;
pub mod session;
