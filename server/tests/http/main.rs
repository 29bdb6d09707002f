//! Shops over HTTP: the real router on a real database, asked as a browser asks.

mod browse;
mod cart;
mod cart_link;
mod counted;
mod keep;
mod left;
mod light;
mod limits;
mod listed;
mod lists;
mod many;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
mod paper;
mod platform;
mod refusals;
mod secure;
mod silence;
mod slow;
mod suggest;
mod trips;
mod walls;
mod weighed;
#[allow(dead_code, reason = "another program of tests uses the rest of it")]
mod world;
