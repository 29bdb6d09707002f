//! One SMTP dialogue: bounded lines, one mail after another, a time limit on every wait.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    time::timeout,
};

use super::Letter;
use crate::{
    recorder::{FaultKind, HANG, SLOW},
    world::{Provider, Sandbox},
};

/// Octets of a command; RFC 5321 asks for 512.
const LONGEST_COMMAND: usize = 2_000;
/// Octets of a mail.
const LARGEST: usize = 1024 * 1024;
/// Recipients of one mail.
const MOST_RECIPIENTS: usize = 100;
/// Commands that are no good, before the line is cut.
const MOST_MISTAKES: u32 = 20;
/// How long the other side may think.
const PATIENCE: Duration = Duration::from_mins(1);

/// Sender and recipients of the mail that is being told.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

struct Dialogue<'a> {
    sandbox: &'a Sandbox,
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    envelope: Envelope,
    has_greeted: bool,
}

/// What was read.
enum Line {
    Text(Vec<u8>),
    TooLong,
    /// The other side hung up.
    End,
}

/// Speaks until the other side says QUIT, hangs up or falls silent.
pub async fn hold(sandbox: &Sandbox, tcp: TcpStream) -> io::Result<()> {
    let (reader, writer) = tcp.into_split();
    let mut dialogue =
        Dialogue { sandbox, reader: BufReader::new(reader), writer, envelope: Envelope::default(), has_greeted: false };
    dialogue.say("220 sandbox ESMTP, nothing is delivered").await?;
    let mut mistakes = 0;
    while mistakes < MOST_MISTAKES {
        let line = match dialogue.line(LONGEST_COMMAND).await? {
            Line::Text(line) => String::from_utf8_lossy(&line).into_owned(),
            Line::TooLong => {
                mistakes += 1;
                dialogue.say("500 This line is too long").await?;
                continue;
            }
            Line::End => return Ok(()),
        };
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "QUIT" => return dialogue.say("221 Bye").await,
            verb => {
                if !dialogue.answer(verb, rest.trim()).await? {
                    mistakes += 1;
                }
            }
        }
    }
    dialogue.say("421 Too many mistakes").await
}

impl Dialogue<'_> {
    async fn say(&mut self, text: &str) -> io::Result<()> {
        let sending = async {
            self.writer.write_all(format!("{text}\r\n").as_bytes()).await?;
            self.writer.flush().await
        };
        timeout(PATIENCE, sending).await.map_err(io::Error::from)?
    }

    /// A line without its end; what is too long is read away to its end, so that the next line is the next line.
    async fn line(&mut self, longest: usize) -> io::Result<Line> {
        let mut line = Vec::new();
        let mut is_too_long = false;
        loop {
            let room = u64::try_from(longest).unwrap_or(u64::MAX);
            let mut bounded = (&mut self.reader).take(room);
            let read = timeout(PATIENCE, bounded.read_until(b'\n', &mut line)).await.map_err(io::Error::from)??;
            if read == 0 {
                return Ok(Line::End);
            }
            if line.ends_with(b"\n") {
                break;
            }
            is_too_long = true;
            line.clear();
        }
        if is_too_long {
            return Ok(Line::TooLong);
        }
        line.pop();
        if line.ends_with(b"\r") {
            line.pop();
        }
        Ok(Line::Text(line))
    }

    /// Answers a command; `false` when it made no sense.
    async fn answer(&mut self, verb: &str, rest: &str) -> io::Result<bool> {
        match verb {
            "EHLO" => {
                self.has_greeted = true;
                self.envelope = Envelope::default();
                self.say(&format!("250-sandbox\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE {LARGEST}")).await?;
            }
            "HELO" => {
                self.has_greeted = true;
                self.envelope = Envelope::default();
                self.say("250 sandbox").await?;
            }
            "NOOP" => self.say("250 OK").await?,
            "RSET" => {
                self.envelope = Envelope::default();
                self.say("250 OK").await?;
            }
            "MAIL" => return self.sender(rest).await,
            "RCPT" => return self.recipient(rest).await,
            "DATA" => return self.data().await,
            "VRFY" => self.say("252 Send it and see").await?,
            _ => {
                self.say("502 This is not spoken here").await?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn sender(&mut self, rest: &str) -> io::Result<bool> {
        if !self.has_greeted || self.envelope.from.is_some() {
            self.say("503 Not now").await?;
            return Ok(false);
        }
        let Some((from, parameters)) = path(rest, "FROM:") else {
            self.say("501 MAIL FROM:<somebody@somewhere>, please").await?;
            return Ok(false);
        };
        let size = parameters.split(' ').find_map(|word| word.to_ascii_uppercase().strip_prefix("SIZE=")?.parse().ok());
        if size.is_some_and(|size: usize| size > LARGEST) {
            self.say("552 A mail has at most 1 MiB").await?;
            return Ok(true);
        }
        self.envelope.from = Some(from);
        self.say("250 OK").await?;
        Ok(true)
    }

    async fn recipient(&mut self, rest: &str) -> io::Result<bool> {
        if self.envelope.from.is_none() {
            self.say("503 Not now").await?;
            return Ok(false);
        }
        let Some((to, _)) = path(rest, "TO:").filter(|(to, _)| !to.is_empty()) else {
            self.say("501 RCPT TO:<somebody@somewhere>, please").await?;
            return Ok(false);
        };
        if self.envelope.to.len() >= MOST_RECIPIENTS {
            self.say("452 Too many recipients").await?;
            return Ok(true);
        }
        let fault = self.sandbox.world().faults.entry(Provider::Mail).or_default().take(false);
        match fault {
            None | Some(FaultKind::ExpiredToken) => {}
            Some(FaultKind::Slow) => tokio::time::sleep(SLOW).await,
            Some(FaultKind::Refuse) => {
                self.say("451 Not now, try later").await?;
                return Ok(true);
            }
            Some(FaultKind::Broken) => {
                self.say("550 There is nobody of this name here").await?;
                return Ok(true);
            }
            Some(FaultKind::Garbage) => {
                self.say("<!doctype html><title>Welcome</title>").await?;
                return Ok(true);
            }
            Some(FaultKind::Hang) => {
                tokio::time::sleep(HANG).await;
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
        }
        self.envelope.to.push(to);
        self.say("250 OK").await?;
        Ok(true)
    }

    async fn data(&mut self) -> io::Result<bool> {
        if self.envelope.to.is_empty() {
            self.say("503 Not now").await?;
            return Ok(false);
        }
        self.say("354 Go on, end with a dot").await?;
        let mut bytes = Vec::new();
        let mut is_too_large = false;
        loop {
            match self.line(LARGEST).await? {
                Line::End => return Ok(true),
                Line::TooLong => is_too_large = true,
                Line::Text(line) if line == b"." => break,
                Line::Text(line) => {
                    // A line that begins with a dot has been given one more.
                    let line = line.strip_prefix(b".").unwrap_or(&line);
                    is_too_large |= bytes.len() + line.len() > LARGEST;
                    if !is_too_large {
                        bytes.extend_from_slice(line);
                        bytes.extend_from_slice(b"\r\n");
                    }
                }
            }
        }
        let envelope = std::mem::take(&mut self.envelope);
        if is_too_large {
            self.say("552 A mail has at most 1 MiB").await?;
            return Ok(true);
        }
        let letter = Letter::read(&bytes);
        {
            let mut world = self.sandbox.world();
            let mailbox = world.requests.entry(Provider::Mail).or_default();
            for to in &envelope.to {
                mailbox.add(letter.received(to));
            }
        }
        self.say("250 OK, it is on the phones page").await?;
        Ok(true)
    }
}

/// `FROM:<somebody@somewhere> SIZE=5` as address and parameters.
fn path<'a>(rest: &'a str, word: &str) -> Option<(String, &'a str)> {
    let (head, tail) = rest.split_at_checked(word.len())?;
    if !head.eq_ignore_ascii_case(word) {
        return None;
    }
    let (address, parameters) = tail.trim_start().strip_prefix('<')?.split_once('>')?;
    let is_plain = !address.contains(|letter: char| letter.is_control() || letter.is_whitespace() || letter == '<');
    is_plain.then(|| (address.to_owned(), parameters))
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn an_address_stands_in_angles_with_parameters_behind_it() {
        assert_eq!(path("FROM:<a@b.test> SIZE=5", "FROM:"), Some(("a@b.test".into(), " SIZE=5")));
        assert_eq!(path("to: <a@b.test>", "TO:"), Some(("a@b.test".into(), "")));
        assert_eq!(path("FROM:<>", "FROM:"), Some((String::new(), "")));
        for wrong in ["FROM:a@b.test", "TO:<a@b.test", "FROM", "", "FROM:<a b>"] {
            assert_eq!(path(wrong, "FROM:"), None, "{wrong}");
        }
    }
}
