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

/// Texts by name, answered over UDP as a real name server would.
#[derive(Clone, Default)]
pub struct Names(Arc<Mutex<HashMap<String, String>>>);

impl Names {
    pub fn put(&self, name: &str, text: &str) {
        self.0.lock().unwrap().insert(name.to_owned(), text.to_owned());
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
        let is_txt = asked.get(at + 1..at + 3)? == [0, 16];
        let text = self.0.lock().unwrap().get(&name.join(".")).cloned().filter(|_| is_txt);
        let mut answer = asked.get(..2)?.to_vec();
        // An answer with authority; "no such name" where there is none.
        answer.extend([0x84, if text.is_some() { 0 } else { 3 }, 0, 1, 0, u8::from(text.is_some()), 0, 0, 0, 0]);
        answer.extend(question);
        if let Some(text) = text {
            // In two strings, as long proofs come.
            let (first, second) = text.split_at(text.len() / 2);
            let length = u16::try_from(text.len() + 2).unwrap().to_be_bytes();
            answer.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
            answer.extend(length);
            for part in [first, second] {
                answer.push(u8::try_from(part.len()).unwrap());
                answer.extend(part.bytes());
            }
        }
        Some(answer)
    }
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
