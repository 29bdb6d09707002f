//! Mails from the row that asks for one to the mailbox that gets it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod sending;
mod world;
