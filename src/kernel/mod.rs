//! Words that every domain shares; pure, for browser and server alike.

pub mod access;
#[cfg(feature = "ssr")]
pub mod clock;
pub mod colour;
pub mod currency;
pub mod email;
pub mod field_errors;
pub mod id;
pub mod local_time;
pub mod locale;
pub mod meeting;
pub mod money;
pub mod phone;
pub mod quantity;
pub mod slug;
#[cfg(feature = "ssr")]
pub mod token;
pub mod typed;
