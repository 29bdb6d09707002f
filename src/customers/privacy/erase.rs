//! A person's data gone: what the register says is emptied, blotted or removed; amounts, tax and numbers stay.

use super::{
    person::{PERSON, Person, rows_of},
    register::{self, Erase, Field},
};
use crate::{
    db::{Db, DbError, TenantTx},
    error::AppError,
    kernel::{id::TenantId, phone::Phone},
};
use serde_json::{Map, Value, json};
use sqlx::{AssertSqlSafe, Row as _};

/// What stands where a word must stand.
const DASH: &str = "—";
/// Shorter words would blot out what is not the person's.
const SHORTEST: usize = 3;

/// What one run did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    pub changed: u64,
    pub removed: u64,
}

/// Erases, in one transaction, by a login that may change ledgers. None when the merchant knows nobody of that number,
/// as after the first time.
pub async fn erase(operator: &Db, tenant: TenantId, phone: &Phone) -> Result<Option<Erased>, AppError> {
    let mut tx = operator.tenant(tenant).await?;
    let done = take_away(&mut tx, phone).await?;
    if done.is_some() {
        tx.commit().await?;
    }
    Ok(done)
}

/// The same inside of a transaction, which is the caller's to commit.
pub(in crate::customers) async fn take_away(tx: &mut TenantTx, phone: &Phone) -> Result<Option<Erased>, AppError> {
    let fields = register::fields().map_err(AppError::broken)?;
    let Some(person) = Person::find(tx, phone).await? else { return Ok(None) };
    // First of all: afterwards nobody knows any more what to blot out.
    let words = words_of(tx, &person).await?;
    let (mut done, mut counts) = (Erased { changed: 0, removed: 0 }, Map::new());
    // What is blotted out is found by what is emptied later.
    for field in fields.iter().filter(|field| field.is_shoppers() && field.erase == Erase::Blot) {
        let changed = blot(tx, &person, field, words.as_deref()).await?;
        done.changed += changed;
        note(&mut counts, field.table, changed);
    }
    for table in register::tables(&fields) {
        let of: Vec<&Field> = fields.iter().filter(|field| field.table == table).collect();
        if of.iter().any(|field| field.erase == Erase::Delete) {
            let removed = remove(tx, &person, of[0]).await?;
            done.removed += removed;
            note(&mut counts, table, removed);
        } else {
            let changed = empty(tx, &person, &of).await?;
            done.changed += changed;
            note(&mut counts, table, changed);
        }
    }
    let (table, id) = person.subject();
    tx.audit_operator("customer_erased", table, id, json!({ "rows": counts })).await?;
    Ok(Some(done))
}

fn note(counts: &mut Map<String, Value>, table: &str, rows: u64) {
    if rows > 0 {
        let before = counts.get(table).and_then(Value::as_u64).unwrap_or(0);
        counts.insert(table.to_owned(), (before + rows).into());
    }
}

/// The person's names, addresses and e-mails as one pattern; none when nothing of them is known.
async fn words_of(tx: &mut TenantTx, person: &Person) -> Result<Option<String>, DbError> {
    let statement = format!(
        "{PERSON}, said (word) as (
             select unnest(array[c.email, c.first_name, c.last_name, c.location_notes])
             from customers c, p
             where c.tenant_id = $1 and c.id = any (p.customers)
             union
             select unnest(array[o.customer_name, o.customer_email, o.notes, o.shipping_address ->> 'name',
                                 o.shipping_address ->> 'street', o.shipping_address ->> 'instructions'])
             from orders o, p
             where o.tenant_id = $1 and o.id = any (p.orders)
             union
             select unnest(array[a.street_address, a.instructions])
             from customer_addresses a, p
             where a.tenant_id = $1 and a.customer_id = any (p.customers)
         )
         select distinct trim(word) as word
         from said
         where length(trim(word)) >= {SHORTEST}
           -- bare numbers and JSON's own words are nobody's name, and cutting them out would break what they stand in
           and (word ~ '[[:alpha:]]' or trim(word) like '+%')
           and lower(trim(word)) not in ('true', 'false', 'null')"
    );
    let tenant = tx.tenant();
    let rows = person.bind(sqlx::query(AssertSqlSafe(statement)), tenant).fetch_all(tx.conn()).await?;
    let mut words = rows.iter().map(|row| row.try_get::<String, _>("word")).collect::<Result<Vec<_>, _>>()?;
    // The longest first: a whole name before its parts.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    Ok((!quoted.is_empty()).then(|| format!(r"(?<!\w)({})(?!\w)", quoted.join("|"))))
}

/// A word that stands for itself in a pattern.
fn quoted(word: &str) -> String {
    word.chars().fold(String::new(), |mut pattern, letter| {
        if letter.is_whitespace() {
            pattern.push_str(r"\s+");
        } else {
            if !letter.is_alphanumeric() {
                pattern.push('\\');
            }
            pattern.push(letter);
        }
        pattern
    })
}

/// Blots out the phone in a way that leaves JSON what it is, the names a provider adds, and the person's words.
async fn blot(tx: &mut TenantTx, person: &Person, field: &Field, words: Option<&str>) -> Result<u64, DbError> {
    let Field { table, column, .. } = field;
    let kind = columns(tx, table).await?.into_iter().find(|known| known.name == *column);
    let cast = kind.map(|known| known.kind).unwrap_or_default();
    let statement = format!(
        r#"{PERSON}, blotted as (
             select t.id, regexp_replace(regexp_replace(regexp_replace(regexp_replace(t.{column}::text,
                              '(254[ .-]?|0)' || p.digits || '(?!\d)', '\1000000000', 'g'),
                              '(?<!\d)' || p.digits || '(?!\d)', '100000000', 'g'),
                              '"(FirstName|MiddleName|LastName)"(\s*:\s*)"[^"]*"', '"\1"\2""', 'gi'),
                              coalesce($9::text, '(?!x)x'), '{DASH}', 'gi') as made
             from {table} t, p
             where {} and t.{column} is not null
         )
         update {table} t
         set {column} = blotted.made::{cast}, updated_at = now()
         from blotted
         where t.tenant_id = $1
           and t.id = blotted.id
           and t.{column}::text <> blotted.made"#,
        rows_of(field)
    );
    let tenant = tx.tenant();
    let query = person.bind(sqlx::query(AssertSqlSafe(statement)), tenant).bind(words.map(str::to_owned));
    Ok(query.execute(tx.conn()).await?.rows_affected())
}

async fn remove(tx: &mut TenantTx, person: &Person, field: &Field) -> Result<u64, DbError> {
    let statement = format!("{PERSON} delete from {} t using p where {}", field.table, rows_of(field));
    let tenant = tx.tenant();
    Ok(person.bind(sqlx::query(AssertSqlSafe(statement)), tenant).execute(tx.conn()).await?.rows_affected())
}

/// Empties the fields of one table, or puts a dash there.
async fn empty(tx: &mut TenantTx, person: &Person, fields: &[&Field]) -> Result<u64, DbError> {
    let Some(first) = fields.first() else { return Ok(0) };
    let known = columns(tx, first.table).await?;
    let mut sets = Vec::new();
    for field in fields {
        let Some(column) = known.iter().find(|column| column.name == field.column) else { continue };
        match field.erase {
            Erase::Empty => sets.push((field.column, column.nothing())),
            Erase::Word => sets.push((field.column, format!("'{DASH}'"))),
            Erase::Blot | Erase::Delete | Erase::Keep => {}
        }
    }
    if sets.is_empty() {
        return Ok(0);
    }
    let assignments: Vec<String> = sets.iter().map(|(column, value)| format!("{column} = {value}")).collect();
    let differs: Vec<String> =
        sets.iter().map(|(column, value)| format!("t.{column} is distinct from {value}")).collect();
    let statement = format!(
        "{PERSON}
         update {} t
         set {}, updated_at = now()
         from p
         where {}
           and ({})",
        first.table,
        assignments.join(", "),
        rows_of(first),
        differs.join(" or ")
    );
    let tenant = tx.tenant();
    Ok(person.bind(sqlx::query(AssertSqlSafe(statement)), tenant).execute(tx.conn()).await?.rows_affected())
}

/// A column as the database has it.
struct Column {
    name: String,
    kind: String,
    may_be_null: bool,
}

impl Column {
    /// What stands there when nothing does.
    fn nothing(&self) -> String {
        match (self.may_be_null, self.kind.as_str()) {
            (true, kind) => format!("null::{kind}"),
            (false, "jsonb") => "'{}'::jsonb".to_owned(),
            (false, "text[]") => "'{}'::text[]".to_owned(),
            (false, "boolean") => "false".to_owned(),
            (false, _) => "''".to_owned(),
        }
    }
}

async fn columns(tx: &mut TenantTx, table: &str) -> Result<Vec<Column>, DbError> {
    let rows: Vec<(String, String, bool)> = sqlx::query_as(
        "select attname::text, format_type(atttypid, atttypmod), not attnotnull
         from pg_attribute
         where attrelid = to_regclass('public.' || $1)
           and attnum > 0
           and not attisdropped",
    )
    .bind(table)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|(name, kind, may_be_null)| Column { name, kind, may_be_null }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_pattern() {
        assert_eq!(quoted("A. (B)"), r"A\.\s+\(B\)");
    }
}
