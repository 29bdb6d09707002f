//! A database of the test's own with the whole schema, and the ways into it.

use duka::db::testing::TestDb;
use sqlx::{Connection as _, PgConnection};

/// The logins whose walls are tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login {
    App,
    Worker,
}

impl Login {
    pub const ALL: [Self; 2] = [Self::App, Self::Worker];

    pub const fn role(self) -> &'static str {
        match self {
            Self::App => "duka_app",
            Self::Worker => "duka_worker",
        }
    }
}

/// One clone of the migrated template, gone with the test.
pub struct Database {
    db: TestDb,
}

impl Database {
    pub async fn fresh() -> Self {
        Self { db: TestDb::new().await }
    }

    /// As superuser: to look at the schema, to break it, and to put rows in.
    pub async fn superuser(&self) -> PgConnection {
        self.db.superuser().await
    }

    /// As the program itself signs in.
    pub async fn sign_in(&self, login: Login) -> sqlx::Result<PgConnection> {
        PgConnection::connect(&self.db.url(login.role())).await
    }
}
