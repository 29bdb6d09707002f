//! A signed-in member of a merchant's team.

use crate::{
    db::{DbError, TenantTx},
    kernel::{
        access::{Actor, Role},
        id::{SessionId, StoreId, UserId},
        locale::Locale,
    },
};
use chrono::{DateTime, TimeDelta, Utc};

/// For so long a password that was given counts for dangerous pages too.
const SURE_FOR: TimeDelta = TimeDelta::minutes(15);

/// Who is there, and in which store's dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub session: SessionId,
    /// What to call the person; the e-mail when nobody gave a name.
    pub name: String,
    pub email: String,
    pub role: Role,
    pub locale: Locale,
    /// The store whose dashboard it is: the one chosen, or the first.
    pub store: StoreId,
    pub store_name: String,
    pub store_slug: String,
    /// Whether the merchant is suspended: the shop is closed, the team may still enter.
    pub is_suspended: bool,
    /// Whether the store is open to shoppers.
    pub is_open: bool,
    /// When the password was last given in this session.
    pub confirmed_at: DateTime<Utc>,
    /// Whether a code is asked for beside the password.
    pub has_second_factor: bool,
}

impl Member {
    pub const fn actor(&self) -> Actor {
        Actor::Member { user: self.user, role: self.role }
    }

    /// Was the password given so lately that dangerous pages may open?
    pub fn is_sure(&self, now: DateTime<Utc>) -> bool {
        now - self.confirmed_at < SURE_FOR
    }
}

/// The member behind a session that is neither ended, nor over, nor asleep; disabled users are nobody.
pub(super) async fn find(tx: &mut TenantTx, session: SessionId, idle_minutes: i32) -> Result<Option<Member>, DbError> {
    let row = sqlx::query!(
        r#"select u.id, coalesce(nullif(u.name, ''), u.email) as "name!", u.email, u.role, u.locale,
                  u.mfa_enabled_at is not null as "has_second_factor!", k.confirmed_at,
                  s.id as "store!", s.name as "store_name!", s.slug as "store_slug!", s.is_live as "is_open!",
                  t.status = 'suspended' as "is_suspended!"
           from sessions k
           join tenants t on t.id = $1 and t.status <> 'closed'
           join users u on u.tenant_id = $1 and u.id = k.user_id and u.status = 'active'
           join lateral (
               select id, name, slug, is_live
               from stores
               where tenant_id = $1
               order by (id = k.store_id) desc nulls last, created_at, id
               limit 1
           ) s on true
           where k.tenant_id = $1
             and k.id = $2
             and k.ended_at is null
             and k.expires_at > now()
             and k.last_seen_at > now() - make_interval(mins => $3)"#,
        tx.tenant(),
        session.uuid(),
        idle_minutes
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let role = Role::parse(&row.role).ok_or_else(|| DbError::corrupt("users.role", &row.role))?;
    Ok(Some(Member {
        user: row.id.into(),
        session,
        name: row.name,
        email: row.email,
        role,
        locale: Locale::parse(&row.locale).unwrap_or_default(),
        store: row.store.into(),
        store_name: row.store_name,
        store_slug: row.store_slug,
        is_suspended: row.is_suspended,
        is_open: row.is_open,
        confirmed_at: row.confirmed_at,
        has_second_factor: row.has_second_factor,
    }))
}
