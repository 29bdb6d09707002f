//! Tries a statement as somebody, says what came of it, and always undoes it.

use super::seed::Tenant;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::fmt;

/// What came of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// So many rows were touched.
    Rows(u64),
    /// The role lacks the right.
    NoRight,
    /// Row security refused the new row.
    Walled,
    /// The foreign key found no such parent, or a child is still there.
    NoParent,
    /// Such a row exists already.
    Taken,
    Failed(String),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows(1) => f.write_str("1 row"),
            Self::Rows(rows) => write!(f, "{rows} rows"),
            Self::NoRight => f.write_str("permission denied"),
            Self::Walled => f.write_str("refused by row security"),
            Self::NoParent => f.write_str("refused by a foreign key"),
            Self::Taken => f.write_str("refused as a duplicate"),
            Self::Failed(error) => f.write_str(error),
        }
    }
}

impl From<sqlx::Error> for Outcome {
    fn from(error: sqlx::Error) -> Self {
        let Some(refusal) = error.as_database_error() else { return Self::Failed(error.to_string()) };
        match refusal.code().as_deref() {
            Some("42501") if refusal.message().contains("row-level security") => Self::Walled,
            Some("42501") => Self::NoRight,
            Some("23503") => Self::NoParent,
            Some("23505") => Self::Taken,
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// Whose rows a transaction asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    Tenant(Tenant),
    /// Nothing was set, as on a fresh connection.
    Nobody,
    /// The empty string, which is what a connection that was once inside a tenant has afterwards.
    Emptied,
}

/// Runs one statement inside a tenant and rolls back.
pub async fn attempt(connection: &mut PgConnection, inside: Inside, statement: &str) -> sqlx::Result<Outcome> {
    let mut tx = connection.begin().await?;
    enter(&mut tx, inside).await?;
    let outcome = match sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut *tx).await {
        Ok(done) => Outcome::Rows(done.rows_affected()),
        Err(error) => error.into(),
    };
    tx.rollback().await?;
    Ok(outcome)
}

/// The rows of one tenant and of all others that can be seen, or why none can.
pub async fn count(
    connection: &mut PgConnection,
    inside: Inside,
    relation: &str,
    key: &str,
    tenant: Tenant,
) -> sqlx::Result<Result<(i64, i64), Outcome>> {
    let mut tx = connection.begin().await?;
    enter(&mut tx, inside).await?;
    let owned = tenant.literal();
    let statement = format!(
        "select count(*) filter (where {key} = {owned}), count(*) filter (where {key} is distinct from {owned}) \
         from {relation}"
    );
    let counted = sqlx::query_as(AssertSqlSafe(statement)).fetch_one(&mut *tx).await.map_err(Outcome::from);
    tx.rollback().await?;
    Ok(counted)
}

async fn enter(connection: &mut PgConnection, inside: Inside) -> sqlx::Result<()> {
    let tenant = match inside {
        Inside::Tenant(tenant) => tenant.id(),
        Inside::Emptied => "",
        Inside::Nobody => return Ok(()),
    };
    sqlx::query(AssertSqlSafe(format!("set local app.tenant_id = '{tenant}'"))).execute(connection).await?;
    Ok(())
}
