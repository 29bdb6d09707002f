//! Shops over HTTP: the real router on a real database, asked as a browser asks.

mod browse;
mod cart;
mod counted;
mod keep;
mod platform;
mod refusals;
mod silence;
mod trips;
mod walls;
mod world;
