//! The providers that move money; each speaks its own wire inside its own folder.

pub mod mpesa;
pub mod paystack;
