//! What a mail that was asked for has to say: facts, found when it is sent, so that no secret waits in a row.

use super::{
    kind::MailKind,
    low_stock::{self, RunningOut},
    order::{self, OrderPage, TellFailure, TellParcel, TellRefund, Towards},
    sign_in_code::{self, SignInCode},
};
use crate::{
    ctx::Platform,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Role,
        email::Email,
        id::{MailId, TenantId},
        locale::Locale,
        money::Money,
        order_number::OrderNumber,
        phone::Phone,
        token::Token,
    },
    vault::Purpose,
};
use chrono::TimeDelta;
use uuid::Uuid;

/// How long a text message may wait.
const STALE: TimeDelta = TimeDelta::hours(24);

/// A mail or text message that can be written and sent.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: MailId,
    pub to: To,
    pub locale: Locale,
    pub about: About,
}

/// Where it goes.
#[derive(Clone, Debug)]
pub enum To {
    Mail(Email),
    Sms(Phone),
}

/// Who is spoken to. Prints nothing of them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// What they are called; empty when nobody said.
    pub name: String,
    /// The shop they belong to, or are asked to join.
    pub shop: String,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(•••)")
    }
}

/// What it is about.
#[derive(Clone, Debug)]
pub enum About {
    Welcome {
        to: Person,
    },
    ResetPassword {
        to: Person,
        link: Token,
    },
    ChangeEmail {
        to: Person,
        link: Token,
        is_own: bool,
    },
    EmailChanged {
        to: Person,
    },
    PasswordChanged {
        to: Person,
    },
    SecondFactorChanged {
        to: Person,
        is_on: bool,
    },
    Invite {
        to: Person,
        role: Role,
        link: Token,
    },
    /// The first of the goods, and how many more there are.
    LowStock {
        to: Person,
        goods: Vec<RunningOut>,
        more: u32,
    },
    /// To a buyer: their order was closed, since nobody paid it, or accepted it when it is to be paid in cash.
    OrderExpired {
        to: Person,
        number: OrderNumber,
        page: OrderPage,
        /// A part of it was paid, and is with the shop.
        is_part_paid: bool,
        is_cash: bool,
    },
    /// To a buyer: their order is paid, here is the receipt.
    OrderPaid {
        to: Person,
        number: OrderNumber,
        total: Money,
        page: OrderPage,
    },
    /// To a buyer: the shop has their order.
    OrderPlaced {
        to: Person,
        number: OrderNumber,
        total: Money,
        page: OrderPage,
    },
    /// To a buyer: it is on its way, or ready for who collects it. A rider's parcel has a code, made from this token.
    OrderOnItsWay {
        to: Person,
        number: OrderNumber,
        page: OrderPage,
        towards: Towards,
        code: Option<Token>,
    },
    /// To a buyer: it was brought, or handed over.
    OrderDelivered {
        to: Person,
        number: OrderNumber,
        page: OrderPage,
        is_collected: bool,
    },
    /// To a buyer: the shop has called it off, and nobody had paid.
    OrderCancelled {
        to: Person,
        number: OrderNumber,
        page: OrderPage,
        reason: String,
    },
    /// To a buyer: somebody else carries it, under this code.
    ParcelBooked(TellParcel),
    /// To a buyer: it could not be handed over.
    DeliveryFailed(TellFailure),
    /// To a buyer: the shop is sending money back.
    RefundAsked(TellRefund),
    /// To a buyer: it has.
    RefundSent(TellRefund),
    /// To a shopper who asked to come in.
    SignInCode(Person, SignInCode),
}

impl About {
    pub const fn person(&self) -> &Person {
        match self {
            Self::Welcome { to }
            | Self::ResetPassword { to, .. }
            | Self::ChangeEmail { to, .. }
            | Self::EmailChanged { to }
            | Self::PasswordChanged { to }
            | Self::SecondFactorChanged { to, .. }
            | Self::Invite { to, .. }
            | Self::LowStock { to, .. }
            | Self::OrderExpired { to, .. }
            | Self::OrderPaid { to, .. }
            | Self::OrderPlaced { to, .. }
            | Self::OrderOnItsWay { to, .. }
            | Self::OrderDelivered { to, .. }
            | Self::OrderCancelled { to, .. }
            | Self::SignInCode(to, _) => to,
            Self::ParcelBooked(told) => &told.to,
            Self::DeliveryFailed(told) => &told.to,
            Self::RefundAsked(told) | Self::RefundSent(told) => &told.to,
        }
    }

    /// The page of the order it is about, which is the shop's and not the platform's.
    pub const fn order_page(&self) -> Option<&OrderPage> {
        match self {
            Self::OrderExpired { page, .. }
            | Self::OrderPaid { page, .. }
            | Self::OrderPlaced { page, .. }
            | Self::OrderOnItsWay { page, .. }
            | Self::OrderDelivered { page, .. }
            | Self::OrderCancelled { page, .. } => Some(page),
            Self::ParcelBooked(told) => Some(&told.page),
            Self::DeliveryFailed(told) => Some(&told.page),
            Self::RefundAsked(told) | Self::RefundSent(told) => Some(&told.page),
            _ => None,
        }
    }

    /// Where its button leads, under the address of the platform, or of the shop of [`About::order_page`].
    pub fn path(&self) -> String {
        match self {
            Self::Welcome { .. } => "/dashboard".to_owned(),
            Self::ResetPassword { link, .. } => format!("/reset/{}", link.hex()),
            Self::ChangeEmail { link, .. } => format!("/email/{}", link.hex()),
            Self::Invite { link, .. } => format!("/invites/{}", link.hex()),
            Self::LowStock { .. } => "/dashboard/stock?filter=low".to_owned(),
            Self::OrderPaid { page, .. } => format!("/orders/{}/receipt", page.link.hex()),
            Self::EmailChanged { .. } | Self::PasswordChanged { .. } | Self::SecondFactorChanged { .. } => {
                "/forgot".to_owned()
            }
            _ => self.order_page().map_or_else(String::new, |page| format!("/orders/{}", page.link.hex())),
        }
    }
}

/// What a waiting mail has to say; none when it was sent or dropped, or is dropped now since what it tells is over.
pub async fn open(platform: &Platform, tenant: TenantId, mail: MailId) -> Result<Option<Letter>, AppError> {
    let mut tx = platform.db.tenant(tenant).await?;
    let found = sqlx::query!(
        "select kind, recipient, locale, subject_id, channel, created_at
         from mails
         where tenant_id = $1
           and id = $2
           and status = 'queued'",
        tx.tenant(),
        mail.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = found else { return Ok(None) };
    let kind = MailKind::parse(&row.kind).ok_or_else(|| AppError::broken(format!("{mail} is of no known kind")))?;
    let is_sms = row.channel == "sms";
    // A text that comes a day late only frightens.
    if is_sms && platform.clock.now() - row.created_at > STALE {
        end(&mut tx, mail, "dropped").await?;
        tx.commit().await?;
        return Ok(None);
    }
    let mut buyer = None;
    let mut to_buyer = |found: order::Found| {
        found.map(|(about, to)| {
            buyer = Some(to);
            about
        })
    };
    let about = match kind {
        MailKind::ResetPassword => proof(platform, &mut tx, row.subject_id, "reset_password").await?,
        MailKind::ChangeEmail => proof(platform, &mut tx, row.subject_id, "change_email").await?,
        MailKind::Invite => invite(platform, &mut tx, row.subject_id).await?,
        MailKind::LowStock => low_stock::find(&mut tx, row.subject_id, &row.recipient).await?,
        MailKind::OrderExpired => to_buyer(order::find_expired(platform, &mut tx, row.subject_id, is_sms).await?),
        MailKind::OrderPaid => to_buyer(order::find_paid(platform, &mut tx, row.subject_id, is_sms).await?),
        MailKind::OrderPlaced | MailKind::OrderOnItsWay | MailKind::OrderDelivered => {
            to_buyer(order::find_step(platform, &mut tx, row.subject_id, kind, is_sms).await?)
        }
        MailKind::OrderCancelled => to_buyer(order::find_cancelled(platform, &mut tx, row.subject_id, is_sms).await?),
        MailKind::ParcelBooked => to_buyer(order::find_parcel(platform, &mut tx, row.subject_id, is_sms).await?),
        MailKind::DeliveryFailed => to_buyer(order::find_failed(platform, &mut tx, row.subject_id, is_sms).await?),
        MailKind::RefundAsked => to_buyer(order::find_refund(platform, &mut tx, row.subject_id, false, is_sms).await?),
        MailKind::RefundSent => to_buyer(order::find_refund(platform, &mut tx, row.subject_id, true, is_sms).await?),
        MailKind::SignInCode => to_buyer(sign_in_code::find(platform, &mut tx, row.subject_id).await?),
        MailKind::Welcome => member(&mut tx, row.subject_id).await?.map(|found| About::Welcome { to: found.person }),
        MailKind::EmailChanged => {
            member(&mut tx, row.subject_id).await?.map(|found| About::EmailChanged { to: found.person })
        }
        MailKind::PasswordChanged => {
            member(&mut tx, row.subject_id).await?.map(|found| About::PasswordChanged { to: found.person })
        }
        MailKind::SecondFactorChanged => member(&mut tx, row.subject_id)
            .await?
            .map(|found| About::SecondFactorChanged { to: found.person, is_on: found.has_second_factor }),
    };
    let to = buyer.or_else(|| Email::parse(&row.recipient).map(To::Mail));
    let (Some(about), Some(to)) = (about, to) else {
        end(&mut tx, mail, "dropped").await?;
        tx.commit().await?;
        return Ok(None);
    };
    // The tenant's key may have been made just now.
    tx.commit().await?;
    Ok(Some(Letter { id: mail, to, locale: Locale::parse(&row.locale).unwrap_or_default(), about }))
}

/// Notes that the mail server took it. A second time changes nothing.
pub async fn note_sent(platform: &Platform, tenant: TenantId, mail: MailId) -> Result<(), AppError> {
    note(platform, tenant, mail, "sent").await
}

/// Notes that it will never be sent. A second time changes nothing.
pub async fn note_dropped(platform: &Platform, tenant: TenantId, mail: MailId) -> Result<(), AppError> {
    note(platform, tenant, mail, "dropped").await
}

async fn note(platform: &Platform, tenant: TenantId, mail: MailId, status: &str) -> Result<(), AppError> {
    let mut tx = platform.db.tenant(tenant).await?;
    end(&mut tx, mail, status).await?;
    tx.commit().await?;
    Ok(())
}

async fn end(tx: &mut TenantTx, mail: MailId, status: &str) -> Result<(), DbError> {
    sqlx::query!(
        "update mails
         set status = $3,
             sent_at = case when $3 = 'sent' then now() end,
             updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'queued'",
        tx.tenant(),
        mail.uuid(),
        status
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) struct Found {
    pub person: Person,
    has_second_factor: bool,
}

pub(super) async fn member(tx: &mut TenantTx, user: Uuid) -> Result<Option<Found>, DbError> {
    let row = sqlx::query!(
        r#"select coalesce(u.name, '') as "name!", u.mfa_enabled_at is not null as "has_second_factor!",
                  coalesce(s.name, t.name) as "shop!"
           from users u
           join tenants t on t.id = u.tenant_id
           left join lateral (
               select name
               from stores
               where tenant_id = $1
               order by created_at, id
               limit 1
           ) s on true
           where u.tenant_id = $1
             and u.id = $2"#,
        tx.tenant(),
        user
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Found {
        person: Person { name: row.name, shop: row.shop },
        has_second_factor: row.has_second_factor,
    }))
}

/// A link that proves something about an account, while it can still be used.
async fn proof(platform: &Platform, tx: &mut TenantTx, token: Uuid, purpose: &str) -> Result<Option<About>, AppError> {
    let found = sqlx::query!(
        r#"select k.user_id, coalesce(k.new_email = u.email, false) as "is_own!"
           from account_tokens k
           join users u on u.tenant_id = k.tenant_id and u.id = k.user_id and u.status = 'active'
           where k.tenant_id = $1
             and k.id = $2
             and k.purpose = $3
             and k.used_at is null
             and k.expires_at > $4"#,
        tx.tenant(),
        token,
        purpose,
        platform.clock.now()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(found) = found else { return Ok(None) };
    let Some(Found { person, .. }) = member(tx, found.user_id).await? else { return Ok(None) };
    let link = platform.vault.key(tx).await?.token(Purpose::AccountLink, token);
    Ok(Some(match purpose {
        "change_email" => About::ChangeEmail { to: person, link, is_own: found.is_own },
        _ => About::ResetPassword { to: person, link },
    }))
}

async fn invite(platform: &Platform, tx: &mut TenantTx, invite: Uuid) -> Result<Option<About>, AppError> {
    let row = sqlx::query!(
        r#"select i.role, coalesce(s.name, t.name) as "shop!"
           from staff_invites i
           join tenants t on t.id = i.tenant_id
           left join lateral (
               select name
               from stores
               where tenant_id = $1
               order by created_at, id
               limit 1
           ) s on true
           where i.tenant_id = $1
             and i.id = $2
             and i.accepted_at is null
             and i.revoked_at is null
             and i.expires_at > $3"#,
        tx.tenant(),
        invite,
        platform.clock.now()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let role = Role::parse(&row.role).ok_or_else(|| AppError::broken("an invite for a role that is none"))?;
    let link = platform.vault.key(tx).await?.token(Purpose::Invite, invite);
    Ok(Some(About::Invite { to: Person { name: String::new(), shop: row.shop }, role, link }))
}
