//! A merchant writes down what they know of a customer: a name, an e-mail, tags.

use super::tags;
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        email::Email,
        field_errors::{FieldErrors, FieldProblem, optional_line, required_line},
        id::CustomerId,
        typed::Typed,
    },
};
use serde_json::json;

/// The fields of the form.
pub const FIELDS: &[&str] = &["name", "email", "tags"];

/// What a merchant may change of a customer; the phone is who they are.
struct Written {
    name: String,
    email: Option<Email>,
    tags: Vec<String>,
}

impl Written {
    fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        typed.expect_only(FIELDS, &mut errors);
        let name = errors.expect("name", required_line(typed.get("name"), 100));
        let email = errors.expect(
            "email",
            optional_line(typed.get("email"), 254).and_then(|line| match line {
                None => Ok(None),
                Some(line) => Email::parse(&line).map(Some).ok_or(FieldProblem::NotAnEmail),
            }),
        );
        let tags = errors.expect("tags", tags::parse(typed.get("tags")));
        match (name, email, tags) {
            (Some(name), Some(email), Some(tags)) if errors.is_empty() => Ok(Self { name, email, tags }),
            _ => Err(errors),
        }
    }
}

/// Writes it over `version`. Somebody who was erased is not found.
pub async fn change_customer(ctx: &Ctx, customer: CustomerId, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditCustomers)?;
    let written = Written::read(typed).map_err(AppError::Invalid)?;
    let (first, last) = written.name.split_once(' ').unwrap_or((&written.name, ""));
    let mut tx = ctx.tx().await?;
    let before = sqlx::query!(
        "select version, first_name, last_name, email, tags
         from customers
         where tenant_id = $1
           and id = $2
           and phone is not null
         for no key update",
        tx.tenant(),
        customer.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if before.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let last = Some(last.trim()).filter(|last| !last.is_empty());
    let email = written.email.as_ref().map(Email::as_str);
    let changed: Vec<&str> = [
        ("name", before.first_name.as_deref() != Some(first) || before.last_name.as_deref() != last),
        ("email", before.email.as_deref() != email),
        ("tags", before.tags != written.tags),
    ]
    .into_iter()
    .filter_map(|(field, is_other)| is_other.then_some(field))
    .collect();
    if changed.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update customers
         set first_name = $3, last_name = $4, email = $5, tags = $6, version = version + 1, updated_at = $7
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        customer.uuid(),
        first,
        last,
        email,
        &written.tags,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "customer_changed", "customers", customer.uuid(), json!({ "fields": changed })).await?;
    tx.commit().await?;
    Ok(())
}
