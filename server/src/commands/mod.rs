//! The verbs of the command line, one file each.

pub mod callbacks;
pub mod customer;
pub mod doctor;
pub mod export;
pub mod import;
pub mod job;
pub mod keys;
pub mod migrate;
pub mod seed;
pub mod serve;
pub mod tenant;

use crate::{boot::Installation, config::Config};
use duka::{
    ctx::Ctx,
    db::directory::ShopHost,
    kernel::{access::Actor, id::StoreId},
};
use std::io::{self, Write};

/// Opens the installation, does something with it, and closes it whatever came of that.
async fn with_installation<T>(work: impl AsyncFnOnce(&Installation) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let installation = Installation::open(Config::read()?, false).await?;
    let done = work(&installation).await;
    let closed = installation.close().await;
    let done = done?;
    closed?;
    Ok(done)
}

/// The store of that address label, and the program's own surroundings in its tenant.
async fn store(installation: &Installation, slug: &str) -> anyhow::Result<(Ctx, StoreId)> {
    let found = installation.app.db.find_shop(&ShopHost::Subdomain(slug.to_lowercase())).await?;
    let (tenant, store) = found.ok_or_else(|| anyhow::anyhow!("there is no store `{slug}`"))?;
    Ok((Ctx::new(installation.app.clone(), tenant, Actor::Program), store))
}

/// Prints what may be long.
fn print_long(text: &str) -> io::Result<()> {
    write_long(&mut io::stdout().lock(), text)
}

/// Whoever reads may have read enough and be gone, as `head` is: no fault of anybody's.
fn write_long(out: &mut impl Write, text: &str) -> io::Result<()> {
    match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Gone(io::ErrorKind);

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_who_has_read_enough_is_no_fault_and_one_who_may_not_write_is() {
        assert!(write_long(&mut Gone(io::ErrorKind::BrokenPipe), "a\nb\n").is_ok());
        assert!(write_long(&mut Gone(io::ErrorKind::PermissionDenied), "a\nb\n").is_err());
        let mut kept = Vec::new();
        write_long(&mut kept, "a\nb\n").unwrap();
        assert_eq!(kept, b"a\nb\n");
    }
}
