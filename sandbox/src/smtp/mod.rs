//! A mail server that takes everything and delivers nothing: what it takes is read on the phones page.
//!
//! It is written by hand: the servers one could link deliver, relay and store, and none lets a test refuse the next
//! recipient. Receiving alone is ten words of RFC 5321, spoken one line at a time.

mod dialogue;
mod letter;

use std::{io, time::Duration};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
};

use crate::world::Sandbox;

pub use letter::Letter;

/// Dialogues at once; others wait at the door.
const AT_ONCE: usize = 64;
/// The furthest a whole dialogue goes on.
const LONGEST: Duration = Duration::from_mins(10);

/// Takes connections until it is dropped; the dialogues end with it.
pub async fn serve(sandbox: Sandbox, tcp: TcpListener) {
    let room = Semaphore::new(AT_ONCE);
    let mut dialogues = JoinSet::new();
    let room = std::sync::Arc::new(room);
    loop {
        let Ok(place) = std::sync::Arc::clone(&room).acquire_owned().await else { return };
        while dialogues.try_join_next().is_some() {}
        let Ok((line, _)) = tcp.accept().await else {
            // Out of file handles, most likely: give the others a moment to close.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let sandbox = sandbox.clone();
        dialogues.spawn(async move {
            // Whoever hung up has been told all there was.
            let _ = tokio::time::timeout(LONGEST, speak(sandbox, line)).await;
            drop(place);
        });
    }
}

async fn speak(sandbox: Sandbox, line: TcpStream) -> io::Result<()> {
    line.set_nodelay(true)?;
    dialogue::hold(&sandbox, line).await
}
