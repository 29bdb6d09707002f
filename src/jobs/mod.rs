//! Work after the answer: what can be asked for, and the worker that does it.
//!
//! The queue is graphile_worker's, in its own schema; the app role reaches it through one
//! function and sees nothing of it. The tenant of a job is written by the database from the
//! transaction that asked, so a payload cannot claim another.

pub mod kinds;
pub mod worker;
