//! Shops over HTTP: the real router on a real database, asked as a browser asks.

mod browse;
mod cart;
mod keep;
mod platform;
mod silence;
mod walls;
mod world;
