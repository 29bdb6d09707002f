//! Safaricom's Daraja: prompts on the shopper's phone.

pub mod outcome;
