//! Just enough HTTP to ask our own servers on this machine.

use std::io::{Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use anyhow::{Context as _, bail};

const PATIENCE: Duration = Duration::from_secs(20);
/// No page or picture of ours comes near.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// `name=value` of each cookie that it sets.
    pub cookies: Vec<String>,
    pub body: Vec<u8>,
}

/// Asks `address` (host and port) for a path, under the name `host`.
pub fn get(address: &str, host: &str, path: &str) -> anyhow::Result<Answer> {
    // Version 1.0: the answer then ends with the connection and is not cut into chunks.
    let request = format!("GET {path} HTTP/1.0\r\nHost: {host}\r\nAccept: text/html,image/webp,*/*\r\n\r\n");
    send(address, &request).with_context(|| format!("http://{host}{path}"))
}

/// Sends a form, written as it travels, to a path of `address` under the name `host`.
pub fn post(address: &str, host: &str, path: &str, form: &str) -> anyhow::Result<Answer> {
    let request = format!(
        "POST {path} HTTP/1.0\r\nHost: {host}\r\nOrigin: http://{host}\r\nAccept: text/html\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    send(address, &request).with_context(|| format!("http://{host}{path}"))
}

fn send(address: &str, request: &str) -> anyhow::Result<Answer> {
    let place = address.to_socket_addrs().with_context(|| format!("{address} is no address"))?.next();
    let place = place.with_context(|| format!("{address} is no address"))?;
    let mut stream = TcpStream::connect_timeout(&place, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.take(MOST_BYTES).read_to_end(&mut bytes)?;
    parse(&bytes)
}

fn parse(bytes: &[u8]) -> anyhow::Result<Answer> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { bail!("the answer has no head") };
    let head = String::from_utf8_lossy(&bytes[..end]);
    let status =
        head.split_whitespace().nth(1).and_then(|word| word.parse().ok()).context("the answer has no status")?;
    let cookies = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .filter_map(|(_, value)| Some(value.split(';').next()?.trim().to_owned()))
        .collect();
    Ok(Answer { status, cookies, body: bytes[end + 4..].to_vec() })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_answer_is_its_status_and_what_follows_the_head() {
        let answer = parse(b"HTTP/1.0 404 Not Found\r\nA: b\r\n\r\nno\r\n\r\nsuch").unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (404, b"no\r\n\r\nsuch".as_slice()));
        assert!(answer.cookies.is_empty() && parse(b"nonsense").is_err());
        let answer = parse(b"HTTP/1.0 303 See Other\r\nset-cookie: a=b; Path=/\r\nSet-Cookie: c=d\r\n\r\n").unwrap();
        assert_eq!(answer.cookies, ["a=b", "c=d"]);
    }
}
