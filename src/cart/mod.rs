//! What a shopper has picked; promises nothing, holds nothing, and becomes at most one order.

#[cfg(feature = "ssr")]
pub mod codes;
#[cfg(feature = "ssr")]
pub mod follow;
#[cfg(feature = "ssr")]
pub mod link_token;
#[cfg(feature = "ssr")]
mod queries;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod set_lines;
#[cfg(feature = "ssr")]
pub mod why_left;
