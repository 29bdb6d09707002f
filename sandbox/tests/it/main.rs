//! The sandbox over real HTTP, as a shop program meets it.

mod controls;
mod phones;
mod push;
mod query;
mod shop;
mod token;
