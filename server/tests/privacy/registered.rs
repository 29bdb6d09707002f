//! Every column that could hold something of a person is in the register, or is told why not.

use super::impersonal::{BY_NAME, COLUMNS};
use duka::{
    customers::privacy::register::{Field, fields},
    db::testing::TestDb,
};
use sqlx::{Connection as _, PgConnection};
use std::collections::BTreeSet;

type Column = (String, String);

async fn columns(connection: &mut PgConnection, only_words: bool) -> Vec<Column> {
    sqlx::query_as(
        "select c.relname::text, a.attname::text
         from pg_attribute a
         join pg_class c on c.oid = a.attrelid
         where c.relnamespace = 'public'::regnamespace
           and c.relkind in ('r', 'p')
           and not c.relispartition
           and c.relname <> '_sqlx_migrations'
           and a.attnum > 0
           and not a.attisdropped
           and (not $1 or format_type(a.atttypid, null) in ('text', 'text[]', 'jsonb', 'json', 'inet', 'cidr', 'bytea',
                                                             'character varying', 'tsvector'))
         order by 1, 2",
    )
    .bind(only_words)
    .fetch_all(connection)
    .await
    .unwrap()
}

fn is_by_name(column: &str) -> bool {
    BY_NAME.iter().any(|(name, _)| match name.strip_prefix('*') {
        Some(end) => column.ends_with(end),
        None => column == *name,
    })
}

/// What is wrong, a sentence each.
fn offences(words: &[Column], all: &[Column], fields: &[Field]) -> Vec<String> {
    let registered: BTreeSet<(&str, &str)> = fields.iter().map(|field| (field.table, field.column)).collect();
    let told: BTreeSet<(&str, &str)> = COLUMNS.iter().map(|(table, column, _)| (*table, *column)).collect();
    let there: BTreeSet<(&str, &str)> = all.iter().map(|(table, column)| (table.as_str(), column.as_str())).collect();
    let mut offences = Vec::new();
    for (table, column) in words.iter().map(|(table, column)| (table.as_str(), column.as_str())) {
        if !registered.contains(&(table, column)) && !told.contains(&(table, column)) && !is_by_name(column) {
            offences.push(format!(
                "{table}.{column}: register it in migrations/personal-data.tsv, or say why it is nobody's"
            ));
        }
    }
    for (table, column) in registered.union(&told).filter(|known| !there.contains(*known)) {
        offences.push(format!("{table}.{column}: there is no such column"));
    }
    for (table, column) in registered.intersection(&told) {
        offences.push(format!("{table}.{column}: it cannot be both personal and nobody's"));
    }
    if registered.len() != fields.len() {
        offences.push("a column is registered twice".to_owned());
    }
    offences
}

#[tokio::test]
async fn every_column_with_words_is_registered_or_told() {
    let db = TestDb::new().await;
    let mut connection = db.superuser().await;
    let (words, all) = (columns(&mut connection, true).await, columns(&mut connection, false).await);
    let fields = fields().unwrap();
    assert_eq!(offences(&words, &all, &fields), Vec::<String>::new());
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_new_column_and_a_line_about_nothing_are_noticed() {
    let db = TestDb::new().await;
    let mut connection = db.superuser().await;
    sqlx::query("alter table orders add column gift_note text").execute(&mut connection).await.unwrap();
    sqlx::query("alter table customers rename column location_notes to whereabouts")
        .execute(&mut connection)
        .await
        .unwrap();
    let (words, all) = (columns(&mut connection, true).await, columns(&mut connection, false).await);
    let found = offences(&words, &all, &fields().unwrap()).join("\n");
    assert!(found.contains("orders.gift_note: register it"), "{found}");
    assert!(found.contains("customers.whereabouts: register it"), "{found}");
    assert!(found.contains("customers.location_notes: there is no such column"), "{found}");
    connection.close().await.unwrap();
}
