//! Somebody of the team as the verbs of their account see them, held still while one of these runs.

use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::{Actor, Permission, Role},
        email::Email,
        id::UserId,
        locale::Locale,
    },
    mail::{
        kind::MailKind,
        outbox::{NewMail, post},
    },
};
use uuid::Uuid;

/// An active user, and what a new password must not be made of.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub user: UserId,
    pub role: Role,
    pub email: Email,
    pub name: String,
    pub locale: Locale,
    pub store_name: String,
    pub password_hash: Option<String>,
    pub has_second_factor: bool,
}

impl Person {
    pub const fn actor(&self) -> Actor {
        Actor::Member { user: self.user, role: self.role }
    }

    /// Words that anybody would try first for this person's password.
    pub fn about(&self) -> [&str; 3] {
        [self.email.as_str(), &self.name, &self.store_name]
    }

    pub async fn mail(&self, tx: &mut TenantTx, kind: MailKind, subject: Uuid) -> Result<(), DbError> {
        post(tx, &NewMail { kind, to: &self.email, locale: self.locale, subject }).await?;
        Ok(())
    }
}

/// Who asks, for verbs about one's own account.
pub(super) fn oneself(ctx: &Ctx) -> Result<UserId, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    ctx.actor.user().ok_or(AppError::SignedOut)
}

/// The person, locked until the transaction ends: two verbs about one account follow each other.
pub(super) async fn hold(tx: &mut TenantTx, user: UserId) -> Result<Person, AppError> {
    let row = sqlx::query!(
        r#"select u.email, u.role, u.locale, u.password_hash, coalesce(u.name, '') as "name!",
                  u.mfa_enabled_at is not null as "has_second_factor!",
                  coalesce((select s.name from stores s where s.tenant_id = $1 order by s.created_at, s.id limit 1), '')
                      as "store_name!"
           from users u
           where u.tenant_id = $1
             and u.id = $2
             and u.status = 'active'
           for update of u"#,
        tx.tenant(),
        user.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Person {
        user,
        role: Role::parse(&row.role).ok_or_else(|| DbError::corrupt("users.role", &row.role))?,
        email: Email::parse(&row.email).ok_or_else(|| DbError::corrupt("users.email", &"no e-mail"))?,
        name: row.name,
        locale: Locale::parse(&row.locale).unwrap_or_default(),
        store_name: row.store_name,
        password_hash: row.password_hash,
        has_second_factor: row.has_second_factor,
    })
}
