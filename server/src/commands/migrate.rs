//! `duka migrate`: the schema up to date.

use crate::{boot, config::Config};
use anyhow::bail;
use duka::db::{migrate::newest_chapter, roles::Prepared};

/// Says at which level the schema is when it is done, or prints the SQL that somebody else has to run first.
pub async fn run() -> anyhow::Result<()> {
    match boot::migrate(&Config::read()?).await? {
        Prepared::Already => {}
        Prepared::Made => println!(
            "made the roles; duka_migrator, duka_app, duka_worker and duka_ops sign in once they have a password (`alter role … password '…'`)"
        ),
        Prepared::Left(sql) => {
            println!("{sql}");
            bail!(
                "DUKA_OWNER_DATABASE_URL is a login that may not make all of the roles, so no schema was written: run the SQL above in this database as its superuser, then `duka migrate` again"
            )
        }
    }
    println!("the schema is at {}", newest_chapter());
    Ok(())
}
