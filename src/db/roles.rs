//! The roles on a server that is not ours: made as far as the login may, and the rest is SQL for somebody mightier.

use super::migrate::{MigrateError, ROLES, ROLES_LOCK};
use sqlx::{Connection as _, Executor as _, PgConnection};

/// What there was to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// Nothing: this login can step into the owner, and the owner can write the schema.
    Already,
    /// The roles were made just now. Those that sign in have no password yet.
    Made,
    /// Something is left that this login may not do: the statements for who may. What is there already they leave as it
    /// is, and which of them were done in part is not told apart, since the server only warns of some that it skips.
    Left(&'static str),
}

/// Makes this database ready for the chapters, as far as the login of `url` may. Running it again changes nothing.
pub async fn prepare(url: &str) -> Result<Prepared, MigrateError> {
    let mut connection = PgConnection::connect(url).await?;
    let prepared = make(&mut connection).await;
    connection.close().await?;
    prepared
}

async fn make(connection: &mut PgConnection) -> Result<Prepared, MigrateError> {
    if is_ready(connection).await? {
        return Ok(Prepared::Already);
    }
    connection.execute(ROLES_LOCK).await?;
    let mut left = run(connection, &statements(ROLES)).await?;
    if !can_step_in(connection).await? {
        // Whoever may make roles may also take a seat in them, and more is allowed to who has one.
        left = match connection.execute("grant duka_owner to current_user").await {
            Ok(_) => run(connection, &left).await?,
            Err(fault) if is_refusal(&fault) => left,
            Err(fault) => return Err(fault.into()),
        };
    }
    let is_made = left.is_empty() && is_ready(connection).await?;
    Ok(if is_made { Prepared::Made } else { Prepared::Left(ROLES) })
}

/// Whether the chapters can be written: all roles are there, and this login can become their owner.
async fn is_ready(connection: &mut PgConnection) -> Result<bool, MigrateError> {
    let is_made: bool = sqlx::query_scalar(
        "select count(*) = 6
            and bool_and(r.rolcanlogin or r.rolname in ('duka_owner', 'duka_directory'))
            and coalesce(bool_and(has_schema_privilege(r.oid, 'public', 'create')) filter (where r.rolname = 'duka_owner'), false)
         from pg_roles r
         where r.rolname in ('duka_owner', 'duka_migrator', 'duka_app', 'duka_worker', 'duka_directory', 'duka_ops')",
    )
    .fetch_one(&mut *connection)
    .await?;
    Ok(is_made && can_step_in(connection).await?)
}

async fn can_step_in(connection: &mut PgConnection) -> Result<bool, MigrateError> {
    match connection.execute("set role duka_owner").await {
        Ok(_) => {
            connection.execute("reset role").await?;
            Ok(true)
        }
        Err(fault) if is_refusal(&fault) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

/// Runs them one by one; answers with those that were refused.
async fn run(connection: &mut PgConnection, wanted: &[&'static str]) -> Result<Vec<&'static str>, MigrateError> {
    let mut refused = Vec::new();
    for statement in wanted.iter().copied() {
        match connection.execute(statement).await {
            Ok(_) => {}
            Err(fault) if is_refusal(&fault) => refused.push(statement),
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(refused)
}

/// Not permitted, or about a role that could not be made.
fn is_refusal(fault: &sqlx::Error) -> bool {
    // insufficient_privilege, undefined_object, invalid_grant_operation, invalid_parameter_value (`set role`)
    let code = fault.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| ["42501", "42704", "0LP01", "22023"].contains(&&*code))
}

/// The statements of a file, each with its end: what stands between two `$$` is one.
fn statements(file: &'static str) -> Vec<&'static str> {
    let (mut found, mut start, mut end, mut is_body) = (Vec::new(), 0, 0, false);
    for line in file.split_inclusive('\n') {
        let begins = end;
        end += line.len();
        if line.trim_start().starts_with("--") && !is_body && file[start..begins].trim().is_empty() {
            start = end;
            continue;
        }
        if line.matches("$$").count() % 2 == 1 {
            is_body = !is_body;
        }
        if !is_body && line.trim_end().ends_with(';') {
            found.push(file[start..end].trim());
            start = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_apart_at_its_ends_and_a_body_stays_whole() {
        let file = "-- Says what it is.\n\ndo $$\nbegin\n    null; -- a word\nend\n$$;\n\n-- why\ncreate role a;\ngrant a\n  to b;\n";
        assert_eq!(
            statements(file),
            ["do $$\nbegin\n    null; -- a word\nend\n$$;", "create role a;", "grant a\n  to b;"]
        );
    }

    #[test]
    fn nothing_of_the_roles_is_lost() {
        let all = statements(ROLES);
        assert_eq!(all.iter().filter(|one| one.starts_with("do $$")).count(), 2);
        assert_eq!(all.iter().filter(|one| one.starts_with("alter role")).count(), 15);
        let ends = [all.first().copied(), all.last().copied()];
        let last = "grant usage on schema public to duka_app, duka_worker, duka_directory, duka_ops;";
        assert!(ends[0].is_some_and(|one| one.contains("create role %I")) && ends[1] == Some(last), "{ends:?}");
    }
}
