//! The money's pages in the dashboard, each as it is loaded.

pub mod inbox;
