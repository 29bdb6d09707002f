//! A line to Postgres on which every answer takes longer by as much as a test asks for.

use sqlx::{ConnectOptions as _, postgres::PgConnectOptions};
use std::{str::FromStr as _, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// Open as long as it is kept.
pub struct SlowLine {
    /// The same database by way of the line.
    pub address: String,
    carrying: JoinHandle<()>,
}

impl SlowLine {
    /// `later` is added to every answer.
    pub async fn later(url: &str, later: Duration) -> Self {
        let postgres = PgConnectOptions::from_str(url).unwrap();
        let far = format!("{}:{}", postgres.get_host(), postgres.get_port());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let here = listener.local_addr().unwrap();
        let carrying = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = far.clone();
                tokio::spawn(async move {
                    if let Ok(far) = TcpStream::connect(&*far).await {
                        carry(near, far, later).await;
                    }
                });
            }
        });
        let address = postgres.host("127.0.0.1").port(here.port()).to_url_lossy().to_string();
        Self { address, carrying }
    }
}

impl Drop for SlowLine {
    fn drop(&mut self) {
        self.carrying.abort();
    }
}

async fn carry(near: TcpStream, far: TcpStream, later: Duration) {
    let ((mut near_reads, mut near_writes), (mut far_reads, mut far_writes)) = (near.into_split(), far.into_split());
    let asking = tokio::spawn(async move { copy(&mut near_reads, &mut far_writes).await });
    let mut answer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = far_reads.read(&mut answer).await {
        tokio::time::sleep(later).await;
        if near_writes.write_all(&answer[..length]).await.is_err() {
            break;
        }
    }
    asking.abort();
}
