//! Personal data: registered where they stand, out on demand, gone on demand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod forgotten;
mod impersonal;
mod person;
mod registered;
mod rights;
