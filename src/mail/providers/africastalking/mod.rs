//! Africa's Talking: one text message to one phone, and what became of it.

mod client;
mod report;
mod wire;

pub use client::{AfricasTalking, SmsCredentials};
pub use report::{Report, fields, read_report};
pub use wire::{NotTaken, Taken};
