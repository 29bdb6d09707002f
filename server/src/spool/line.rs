//! One line of the spool: what a provider told us, with a sum by which a whole line is told from a torn one.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use duka::{
    checkout::receive_callback::{Call, Heard},
    kernel::{id::CallbackId, token::hex},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Digits of the sum in front of each line.
const SUM: usize = 16;

/// A line's content. The token itself is never in it: its hash finds what it is for.
#[derive(Serialize, Deserialize)]
struct Written {
    id: CallbackId,
    kind: String,
    token_hash: String,
    at: DateTime<Utc>,
    source: String,
    body: String,
}

/// The line, with its end.
pub(super) fn write(heard: &Heard) -> serde_json::Result<String> {
    let content = serde_json::to_string(&Written {
        id: heard.id,
        kind: heard.call.kind().to_owned(),
        token_hash: BASE64_STANDARD.encode(&heard.token_hash),
        at: heard.at,
        source: heard.source.clone(),
        body: BASE64_STANDARD.encode(&heard.body),
    })?;
    Ok(format!("{} {content}\n", sum_of(&content)))
}

/// None when the line is not as it was written: the machine stopped in the middle of it.
pub(super) fn read(line: &str) -> Option<Heard> {
    let (sum, content) = line.split_at_checked(SUM)?;
    let content = content.strip_prefix(' ')?;
    if sum != sum_of(content) {
        return None;
    }
    let written: Written = serde_json::from_str(content).ok()?;
    Some(Heard {
        id: written.id,
        call: Call::of_kind(&written.kind)?,
        token_hash: BASE64_STANDARD.decode(written.token_hash).ok()?,
        at: written.at,
        source: written.source,
        body: BASE64_STANDARD.decode(written.body).ok()?,
    })
}

fn sum_of(content: &str) -> String {
    hex(&Sha256::digest(content)[..SUM / 2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::kernel::token::Token;

    fn heard(body: &[u8]) -> Heard {
        Heard {
            id: CallbackId::mint(),
            call: Call::Pay,
            token_hash: Token::random().hash(),
            body: body.to_vec(),
            source: "196.201.214.200".to_owned(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_was_written_is_read_to_the_byte() {
        for body in [&b"{\"Body\":1}"[..], b"", b"\xff\xfe\x00\n\r\n", "na Ksh 1,000 \u{2028}".as_bytes()] {
            let heard = heard(body);
            let line = write(&heard).unwrap();
            assert_eq!(line.matches('\n').count(), 1, "{line}");
            assert_eq!(read(line.trim_end()), Some(heard));
        }
    }

    #[test]
    fn a_torn_or_changed_line_is_known_for_what_it_is() {
        let line = write(&heard(b"{\"Body\":1}")).unwrap();
        let line = line.trim_end();
        for end in [0, 1, 10, SUM, SUM + 1, line.len() / 2, line.len() - 1] {
            assert_eq!(read(&line[..end]), None, "{end} letters");
        }
        assert_eq!(read(&line.replacen("196.", "197.", 1)), None);
    }
}
