//! A name server and a web server that stand in for the internet a merchant's domain is on.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, UdpSocket},
};

/// Texts and addresses by name, answered over UDP as a real name server would.
#[derive(Clone, Default)]
pub struct Names {
    texts: Arc<Mutex<HashMap<String, String>>>,
    addresses: Arc<Mutex<HashMap<String, Vec<[u8; 4]>>>>,
}

impl Names {
    pub fn put(&self, name: &str, text: &str) {
        self.texts.lock().unwrap().insert(name.to_owned(), text.to_owned());
    }

    /// The machines that the name leads to.
    pub fn lead(&self, name: &str, addresses: &[[u8; 4]]) {
        self.addresses.lock().unwrap().insert(name.to_owned(), addresses.to_vec());
    }

    /// Answers for as long as the test runs.
    pub async fn serve(&self) -> SocketAddr {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let names = self.clone();
        tokio::spawn(async move {
            let mut asked = [0u8; 1500];
            while let Ok((length, from)) = socket.recv_from(&mut asked).await {
                if let Some(answer) = names.answer(&asked[..length]) {
                    let _ = socket.send_to(&answer, from).await;
                }
            }
        });
        address
    }

    /// RFC 1035, as far as one question of one type needs it.
    fn answer(&self, asked: &[u8]) -> Option<Vec<u8>> {
        let mut name = Vec::new();
        let mut at = 12;
        while *asked.get(at)? != 0 {
            let length = usize::from(asked[at]);
            name.push(String::from_utf8_lossy(asked.get(at + 1..at + 1 + length)?).to_lowercase());
            at += 1 + length;
        }
        let question = asked.get(12..at + 5)?;
        let name = name.join(".");
        let (text, leads) =
            (self.texts.lock().unwrap().get(&name).cloned(), self.addresses.lock().unwrap().get(&name).cloned());
        let is_known = leads.is_some();
        let (kind, records): (u8, Vec<Vec<u8>>) = match asked.get(at + 1..at + 3)? {
            [0, 16] => (16, text.iter().map(|text| in_two_strings(text)).collect()),
            [0, 1] => (1, leads.unwrap_or_default().iter().map(|address| address.to_vec()).collect()),
            _ => (0, Vec::new()),
        };
        let mut answer = asked.get(..2)?.to_vec();
        // An answer with authority; "no such name" where there is none.
        let code = if is_known || !records.is_empty() { 0 } else { 3 };
        answer.extend([0x84, code, 0, 1, 0, u8::try_from(records.len()).unwrap(), 0, 0, 0, 0]);
        answer.extend(question);
        for record in records {
            answer.extend([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 60]);
            answer.extend(u16::try_from(record.len()).unwrap().to_be_bytes());
            answer.extend(record);
        }
        Some(answer)
    }
}

/// A text as long proofs come.
fn in_two_strings(text: &str) -> Vec<u8> {
    let (first, second) = text.split_at(text.len() / 2);
    let part = |part: &str| [&[u8::try_from(part.len()).unwrap()][..], part.as_bytes()].concat();
    [part(first), part(second)].concat()
}

/// A web server that answers every request with one text.
pub async fn web(status: &'static str, text: String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (text, mut asked) = (text.clone(), [0u8; 1024]);
            tokio::spawn(async move {
                let _ = stream.read(&mut asked).await;
                let answer =
                    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}", text.len());
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    address
}
