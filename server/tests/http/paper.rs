//! What a test's own process logs, caught at the level of whoever looks for a fault, and what must not stand in it.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};
use tracing_subscriber::fmt::MakeWriter;

/// Everything that was logged.
#[derive(Clone, Default)]
pub struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    /// From here on: what the test itself put into the database before is not the program's doing. Once in a process.
    pub fn begin() -> Self {
        let paper = Self::default();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(paper.clone())
            .try_init()
            .expect("the first of this process");
        paper
    }

    /// The log was caught, since all of these were said, and none of the secrets stands in it.
    #[track_caller]
    pub fn expect_silence(&self, said: &[&str], secrets: &[&str]) {
        let log = String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).to_lowercase();
        for said in said {
            assert!(log.contains(said), "the log was not caught: {said}");
        }
        for secret in secrets {
            let at = log.find(&secret.to_lowercase());
            let around = at.map(|at| {
                log[..at]
                    .chars()
                    .rev()
                    .take(200)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .chain(log[at..].chars().take(200))
                    .collect::<String>()
            });
            assert_eq!(around, None, "{secret} stands in the log");
        }
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Paper {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
