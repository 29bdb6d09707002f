//! Everything that a dump of the database would hold, to look for what must not be in it.

use sqlx::{AssertSqlSafe, PgConnection};

/// Every row of every table, as text in small letters; bytes are hexadecimal digits.
pub async fn dump(connection: &mut PgConnection) -> String {
    let tables: Vec<String> = sqlx::query_scalar(
        "select format('%I.%I', n.nspname, c.relname)
         from pg_class c
         join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r'
           and n.nspname not in ('pg_catalog', 'information_schema')
           and n.nspname not like 'pg\\_%'
         order by 1",
    )
    .fetch_all(&mut *connection)
    .await
    .unwrap();
    let mut whole = String::new();
    for table in tables {
        let statement = format!("select coalesce(string_agg(t::text, E'\\n'), '') from {table} t");
        whole += &sqlx::query_scalar::<_, String>(AssertSqlSafe(statement)).fetch_one(&mut *connection).await.unwrap();
        whole.push('\n');
    }
    whole.to_lowercase()
}
