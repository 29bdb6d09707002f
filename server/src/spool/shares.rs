//! How much of the spool each address and each caller has taken: while the database is away nobody knows whether an
//! address was ever given out, so that nobody may fill it alone.

use duka::checkout::receive_callback::Heard;
use std::collections::HashMap;

/// What may wait for one address: some hundreds of callbacks.
const MOST_FOR_TOKEN: usize = 1024 * 1024;
/// What may wait from one caller: half of it all, since one that makes addresses up has as many as it likes.
const MOST_FROM_SOURCE: usize = 32 * 1024 * 1024;
/// About what a line takes besides the body.
const LINE: usize = 300;

/// Bytes on disk, by the hash of the address and by who called.
#[derive(Debug, Default)]
pub(super) struct Shares {
    tokens: HashMap<Vec<u8>, usize>,
    sources: HashMap<String, usize>,
}

impl Shares {
    /// Notes one more when there is room for it, and says whether there is.
    pub(super) fn take(&mut self, heard: &Heard) -> bool {
        let bytes = weigh(heard);
        let for_token = self.tokens.get(&heard.token_hash).copied().unwrap_or(0);
        let from_source = self.sources.get(&heard.source).copied().unwrap_or(0);
        let has_room = for_token + bytes <= MOST_FOR_TOKEN && from_source + bytes <= MOST_FROM_SOURCE;
        if has_room {
            self.note(heard);
        }
        has_room
    }

    /// One that waits already.
    pub(super) fn note(&mut self, heard: &Heard) {
        let bytes = weigh(heard);
        *self.tokens.entry(heard.token_hash.clone()).or_default() += bytes;
        *self.sources.entry(heard.source.clone()).or_default() += bytes;
    }
}

/// What it takes on disk: the body is written in base64.
fn weigh(heard: &Heard) -> usize {
    LINE + heard.body.len().div_ceil(3) * 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use duka::{
        checkout::receive_callback::Call,
        kernel::{id::CallbackId, token::Token},
    };

    #[test]
    fn who_makes_up_addresses_fills_half_and_no_more() {
        let mut shares = Shares::default();
        let from = |source: &str| Heard {
            id: CallbackId::mint(),
            call: Call::Pay,
            token_hash: Token::random().hash(),
            body: vec![b'x'; 65_536],
            source: source.to_owned(),
            at: DateTime::UNIX_EPOCH,
        };
        let taken = (0..1_000).filter(|_| shares.take(&from("203.0.113.7"))).count();
        assert_eq!(taken, MOST_FROM_SOURCE / weigh(&from("203.0.113.7")));
        assert!(shares.take(&from("196.201.214.200")), "the provider calls from elsewhere");
    }
}
