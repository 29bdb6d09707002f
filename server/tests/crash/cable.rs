//! The cable between the program and Postgres, which a test can pull and plug in again.

use sqlx::{ConnectOptions as _, postgres::PgConnectOptions};
use std::{net::SocketAddr, str::FromStr as _, sync::Arc};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Forwards connections to Postgres while it is plugged in; dropping it cuts them.
pub struct Cable {
    here: SocketAddr,
    postgres: Arc<str>,
    /// Sent to or dropped, everything that runs through the cable ends.
    plug: Option<watch::Sender<()>>,
}

impl Cable {
    /// To the server that this address names.
    pub async fn to(url: &str) -> Self {
        let postgres = PgConnectOptions::from_str(url).unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let here = listener.local_addr().unwrap();
        let mut cable =
            Self { here, postgres: format!("{}:{}", postgres.get_host(), postgres.get_port()).into(), plug: None };
        cable.carry(listener);
        cable
    }

    /// The same database by way of the cable.
    pub fn through(&self, url: &str) -> String {
        PgConnectOptions::from_str(url).unwrap().host("127.0.0.1").port(self.here.port()).to_url_lossy().to_string()
    }

    /// Connections break and new ones are refused, as when the server's machine has gone.
    pub async fn pull(&mut self) {
        let plug = self.plug.take().expect("it is plugged in");
        plug.send_replace(());
        // Whoever forwards lets go of the receiver when everything of theirs is closed.
        plug.closed().await;
    }

    /// The server is back at the same address.
    pub async fn plug_in(&mut self) {
        let listener = TcpListener::bind(self.here).await.unwrap();
        self.carry(listener);
    }

    fn carry(&mut self, listener: TcpListener) {
        let (plug, pulled) = watch::channel(());
        self.plug = Some(plug);
        let postgres = self.postgres.clone();
        tokio::spawn(async move {
            let mut until = pulled.clone();
            loop {
                let accepted = tokio::select! {
                    _ = until.changed() => return,
                    accepted = listener.accept() => accepted,
                };
                let Ok((mut near, _)) = accepted else { continue };
                let (postgres, mut until) = (postgres.clone(), pulled.clone());
                tokio::spawn(async move {
                    let Ok(mut far) = TcpStream::connect(&*postgres).await else { return };
                    tokio::select! {
                        _ = until.changed() => {}
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                    }
                });
            }
        });
    }
}
