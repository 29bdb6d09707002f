//! What a mail to a buyer about a refund says; their address stands with the order and nowhere else.

use super::letter::{About, Person};
use crate::{
    ctx::Platform,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{currency::Currency, email::Email, id::OrderId, money::Money, token::Token},
    vault::Purpose,
};
use uuid::Uuid;

/// A refund as its buyer is told of it.
#[derive(Clone, PartialEq, Eq)]
pub struct TellRefund {
    pub to: Person,
    pub order_number: i64,
    pub amount: Money,
    pub reason: String,
    /// Of the money that was sent.
    pub receipt: Option<String>,
    /// The shop's label in front of the platform's host.
    pub shop_slug: String,
    /// Opens the order's page.
    pub link: Token,
}

impl std::fmt::Debug for TellRefund {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TellRefund").field("order_number", &self.order_number).finish_non_exhaustive()
    }
}

/// None when nobody left an address, or it was taken away since.
pub(super) async fn find(
    platform: &Platform,
    tx: &mut TenantTx,
    refund: Uuid,
    is_sent: bool,
) -> Result<Option<(About, Email)>, AppError> {
    let row = sqlx::query!(
        r#"select r.amount_cents, r.currency, coalesce(r.reason, '') as "reason!", r.receipt, r.status,
                  o.id as order_id, o.order_number, o.customer_email, coalesce(o.customer_name, '') as "name!",
                  s.name as shop, s.slug
           from refunds r
           join orders o on o.tenant_id = $1 and o.id = r.order_id
           join stores s on s.tenant_id = $1 and s.id = o.store_id
           where r.tenant_id = $1
             and r.id = $2
             and r.given_up_at is null"#,
        tx.tenant(),
        refund
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row.filter(|row| !is_sent || row.status == "processed") else { return Ok(None) };
    let Some(address) = row.customer_email.as_deref().and_then(Email::parse) else { return Ok(None) };
    let currency = Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("refunds.currency", &row.currency))?;
    let link = platform.vault.key(tx).await?.token(Purpose::Order, OrderId::from(row.order_id).uuid());
    let told = TellRefund {
        to: Person { name: row.name, shop: row.shop },
        order_number: row.order_number,
        amount: Money::new(row.amount_cents, currency),
        reason: row.reason,
        receipt: row.receipt,
        shop_slug: row.slug,
        link,
    };
    Ok(Some((if is_sent { About::RefundSent(told) } else { About::RefundAsked(told) }, address)))
}
