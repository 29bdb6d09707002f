//! A database that is far away: every answer comes a fifth of a second late.

use super::story::Story;
use duka::{ctx::Platform, db::Db};
use sqlx::{ConnectOptions as _, postgres::PgConnectOptions};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

const LATE: Duration = Duration::from_millis(200);

impl Story {
    /// The same shop, whose program's database is far away.
    pub async fn far_away(&self) -> Self {
        let near = (*self.everything.connect_options()).clone();
        let here = delay(&near).await;
        let url = near.host("127.0.0.1").port(here).username("duka_app").password("duka-test").to_url_lossy();
        let platform = Platform { db: Db::open(url.as_str(), 12).unwrap(), ..(*self.platform).clone() };
        let mut far = self.clone();
        far.platform = Arc::new(platform);
        far
    }
}

/// Listens, and forwards to Postgres: questions at once, answers late.
async fn delay(near: &PgConnectOptions) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let postgres = format!("{}:{}", near.get_host(), near.get_port());
    tokio::spawn(async move {
        while let Ok((shopper, _)) = listener.accept().await {
            let Ok(server) = TcpStream::connect(&postgres).await else { continue };
            let (mut from_program, mut to_program) = shopper.into_split();
            let (mut from_server, mut to_server) = server.into_split();
            tokio::spawn(async move { tokio::io::copy(&mut from_program, &mut to_server).await });
            tokio::spawn(async move {
                let mut bytes = vec![0; 64 * 1024];
                while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
                    tokio::time::sleep(LATE).await;
                    if to_program.write_all(&bytes[..count]).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    port
}
