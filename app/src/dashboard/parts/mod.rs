//! Pieces that several of the dashboard's pages use.

pub mod badge;
pub mod failed;
pub mod icon;
pub mod notice;
pub mod pager;
pub mod saving;
pub mod search;
pub mod send;
pub mod thumb;
pub mod week_chart;
