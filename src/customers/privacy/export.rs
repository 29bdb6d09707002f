//! Everything that a merchant keeps of a person, in one JSON document.

use super::{
    person::{PERSON, Person, rows_of},
    register::{self, Field},
};
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::{Actor, Permission},
        phone::Phone,
    },
};
use serde_json::{Map, Value, json};
use sqlx::{AssertSqlSafe, Row as _};

/// Rows of one table in one document; nobody has so many.
const MOST_ROWS: usize = 20_000;

/// By table, the fields under their exported names. None when the merchant knows nobody of that number.
pub async fn export(ctx: &Ctx, phone: &Phone) -> Result<Option<Value>, AppError> {
    ctx.require(Permission::ManageData)?;
    copy_of(ctx, phone).await
}

/// The same for who may because it is themself.
pub(in crate::customers) async fn copy_of(ctx: &Ctx, phone: &Phone) -> Result<Option<Value>, AppError> {
    let fields = register::fields().map_err(AppError::broken)?;
    let mut tx = ctx.tx().await?;
    let Some(person) = Person::find(&mut tx, phone).await? else { return Ok(None) };
    let mut document = Map::new();
    document.insert("phone".to_owned(), phone.as_str().into());
    document.insert("made_at".to_owned(), ctx.now().to_rfc3339().into());
    for table in register::tables(&fields) {
        let of: Vec<&Field> = fields.iter().filter(|field| field.table == table && field.export.is_some()).collect();
        let Some(first) = of.first() else { continue };
        let pairs: Vec<String> =
            of.iter().filter_map(|field| field.export.map(|name| format!("'{name}', t.{}", field.column))).collect();
        let statement = format!(
            "{PERSON}
             select jsonb_build_object('id', t.id, {}) as found
             from {table} t, p
             where {}
             order by t.created_at, t.id
             limit {}",
            pairs.join(", "),
            rows_of(first),
            MOST_ROWS + 1
        );
        let tenant = tx.tenant();
        let rows = person.bind(sqlx::query(AssertSqlSafe(statement)), tenant).fetch_all(tx.conn()).await?;
        if rows.len() > MOST_ROWS {
            return Err(AppError::broken(format!("more than {MOST_ROWS} rows of {table} for one person")));
        }
        let found = rows.iter().map(|row| row.try_get::<Value, _>("found")).collect::<Result<Vec<_>, _>>()?;
        document.insert(table.to_owned(), found.into());
    }
    let (table, id) = person.subject();
    match ctx.actor {
        Actor::Program => tx.audit_operator("customer_exported", table, id, json!({})).await?,
        actor => tx.audit(actor, "customer_exported", table, id, json!({})).await?,
    }
    tx.commit().await?;
    Ok(Some(Value::Object(document)))
}
