//! One's own account: what to call the person, how to reach them, which language they read.

use super::person::oneself;
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem, optional_text},
        locale::Locale,
        phone::Phone,
        typed::Typed,
    },
};
use serde_json::json;

/// The account page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub version: i32,
    pub email: String,
    /// A link that was sent there was opened.
    pub is_email_proved: bool,
    pub name: String,
    /// As stored; empty when there is none.
    pub phone: String,
    pub locale: Locale,
    pub has_second_factor: bool,
    /// Browsers that are signed in.
    pub sessions: i64,
}

/// The fields that can be changed.
pub const FIELDS: [&str; 3] = ["name", "phone", "locale"];
const LONGEST_NAME: usize = 80;

impl Profile {
    /// As the form has it.
    pub fn typed(&self) -> Typed {
        let phone = Phone::parse(&self.phone).map(|phone| phone.display()).unwrap_or_default();
        Typed::default().with("name", &self.name).with("phone", phone).with("locale", self.locale.tag())
    }
}

pub async fn load(ctx: &Ctx) -> Result<Profile, AppError> {
    let user = oneself(ctx)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select u.version, u.email, coalesce(u.name, '') as "name!", coalesce(u.phone, '') as "phone!", u.locale,
                  u.mfa_enabled_at is not null as "has_second_factor!", u.email_proved_at is not null as "is_email_proved!",
                  (select count(*)
                   from sessions k
                   where k.tenant_id = $1
                     and k.user_id = u.id
                     and k.ended_at is null
                     and k.expires_at > now()
                     and k.last_seen_at > now() - make_interval(mins => $3)) as "sessions!"
           from users u
           where u.tenant_id = $1
             and u.id = $2"#,
        tx.tenant(),
        user.uuid(),
        super::session::IDLE_MINUTES
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Profile {
        version: row.version,
        email: row.email,
        is_email_proved: row.is_email_proved,
        name: row.name,
        phone: row.phone,
        locale: Locale::parse(&row.locale).unwrap_or_default(),
        has_second_factor: row.has_second_factor,
        sessions: row.sessions,
    })
}

/// Saves what was typed over `version`.
pub async fn save(ctx: &Ctx, version: i32, typed: &Typed) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let mut errors = FieldErrors::none();
    let name = errors.expect("name", optional_text(typed.get("name"), LONGEST_NAME)).flatten();
    let phone = match typed.get("phone").trim() {
        "" => None,
        text => errors.expect("phone", Phone::parse(text).ok_or(FieldProblem::NotAPhone)),
    };
    let locale = errors.expect("locale", Locale::parse(typed.get("locale")).ok_or(FieldProblem::UnknownChoice));
    let (true, Some(locale)) = (errors.is_empty(), locale) else { return Err(AppError::Invalid(errors)) };
    let before = load(ctx).await?;
    let mut tx = ctx.tx().await?;
    let saved = sqlx::query!(
        "update users
         set name = $4, phone = $5, locale = $6, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2
           and version = $3",
        tx.tenant(),
        user.uuid(),
        version,
        name,
        phone.as_ref().map(Phone::as_str),
        locale.tag()
    )
    .execute(tx.conn())
    .await?;
    if saved.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    let mut fields = Vec::new();
    if before.name != name.unwrap_or_default() {
        fields.push("name");
    }
    if before.phone != phone.as_ref().map(Phone::as_str).unwrap_or_default() {
        fields.push("phone");
    }
    if before.locale != locale {
        fields.push("locale");
    }
    tx.audit(ctx.actor, "profile_changed", "users", user.uuid(), json!({ "fields": fields })).await?;
    Ok(tx.commit().await?)
}
