//! The only place with sentences for people, in every language the pages speak.

pub mod shop;
