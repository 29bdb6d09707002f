//! Words that every domain shares; pure, for browser and server alike, but for the server's clock, tokens and ways out.

pub mod access;
pub mod acts;
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
pub mod order_number;
#[cfg(feature = "ssr")]
pub mod outgoing;
pub mod outside_json;
pub mod phone;
pub mod quantity;
pub mod slug;
#[cfg(feature = "ssr")]
pub mod table;
#[cfg(feature = "ssr")]
pub mod token;
pub mod typed;
