//! Databases before they are ours: making one, and what a login may do that the program's own must not.

use super::{Db, DbError};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

/// Makes an empty database unless there is one of that name; `superuser_url` leads to any database of the cluster.
pub async fn make_database(superuser_url: &str, name: &str) -> Result<(), DbError> {
    let mut connection = PgConnection::connect(superuser_url).await?;
    let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(name)
        .fetch_one(&mut connection)
        .await?;
    if !exists {
        let quoted: String = sqlx::query_scalar("select quote_ident($1)").bind(name).fetch_one(&mut connection).await?;
        connection
            .execute(AssertSqlSafe(format!("create database {quoted} encoding 'UTF8' template template0")))
            .await?;
    }
    connection.close().await?;
    Ok(())
}

impl Db {
    /// What this login may do that the program's own must not; empty is good.
    pub async fn excess_powers(&self) -> Result<Vec<String>, DbError> {
        let powers = sqlx::query_scalar(
            "select 'is a superuser' from pg_roles where rolname = current_user and rolsuper
             union all
             select 'bypasses row security' from pg_roles where rolname = current_user and rolbypassrls
             union all
             select 'owns tables'
             where exists (
                 select from pg_class c
                 where c.relnamespace = 'public'::regnamespace
                   and c.relkind in ('r', 'p')
                   and pg_has_role(current_user, c.relowner, 'member')
             )",
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(powers)
    }

    /// The number of the newest chapter that the database has; 0 when none is recorded.
    pub async fn schema_level(&self) -> Result<i64, DbError> {
        Ok(sqlx::query_scalar("select duka_schema_level()").fetch_one(&self.pool).await?)
    }
}
