//! Asks the card provider for the page of a payment that was written down, once, and remembers where it is.
//!
//! As with prompts the claim initiated → pending is committed before the provider is called. Unlike with prompts no
//! money can move before the shopper has the page: an attempt without one ends at once, and the order stays payable.

use super::{
    super::{
        locks::audit_payment,
        record_step::record,
        settle_payment::{Source, settle_card},
    },
    reference_of,
};
use crate::{
    analytics::event::{Around, Step, Visitor},
    ctx::Ctx,
    db::DbError,
    error::AppError,
    jobs::kinds::Job,
    kernel::{currency::Currency, id::PaymentId, money::Money},
    payments::{
        card_account::{CardAccount, find_in_use},
        providers::paystack::{CardCredentials, PageRefused, PageRequest, outcome::CardOutcome},
    },
};
use chrono::TimeDelta;
use serde_json::json;

/// The first question comes when a quick person could have paid; their return usually brings it sooner.
pub(super) const FIRST_CHECK: TimeDelta = TimeDelta::seconds(60);

/// Where the shopper goes from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The provider's page.
    Page(String),
    /// The order's own page, which says how it stands.
    Order,
}

/// `order_address` is the order's page, absolute; the shopper is led back to it.
pub async fn open_page(
    ctx: &Ctx,
    payment: PaymentId,
    order_address: &str,
    visitor: Visitor,
) -> Result<Opened, AppError> {
    let Some(claimed) = claim(ctx, payment).await? else { return already(ctx, payment).await };
    let Some(credentials) = claimed.credentials else {
        settle_card(ctx, payment, CardOutcome::BadSettings, Source::Operator).await?;
        return Ok(Opened::Order);
    };
    record(ctx, claimed.started, Around { visitor, ..claimed.around });
    let reference = reference_of(payment);
    let request = PageRequest {
        amount: claimed.amount,
        email: claimed.email.unwrap_or_else(|| made_up_email(&ctx.platform.base_url, claimed.order_number)),
        return_address: format!("{order_address}?card={reference}"),
        order_number: claimed.order_number,
        reference,
    };
    match ctx.platform.paystack.open_page(&credentials, request).await {
        Ok(page) => {
            remember(ctx, payment, &page.address).await?;
            Ok(Opened::Page(page.address))
        }
        Err(refused) => {
            tracing::warn!(payment.id = %payment, error.message = %refused, "the card provider gave no page to pay on");
            let outcome = match refused {
                PageRefused::NotReached(_) => CardOutcome::NotReached,
                PageRefused::BadSettings(_) => CardOutcome::BadSettings,
                PageRefused::BadRequest(_) => CardOutcome::NotTaken,
            };
            settle_card(ctx, payment, outcome, Source::Operator).await?;
            Ok(Opened::Order)
        }
    }
}

struct Claimed {
    amount: Money,
    order_number: i64,
    email: Option<String>,
    credentials: Option<CardCredentials>,
    started: Step,
    around: Around,
}

async fn claim(ctx: &Ctx, payment: PaymentId) -> Result<Option<Claimed>, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let key = ctx.key(&mut tx).await?;
    let account: Option<CardAccount> = find_in_use(&mut tx, &key).await?;
    let row = sqlx::query!(
        r#"with claimed as (
               update payments
               set status = 'pending', claimed_at = $3, next_check_at = $4, provider_reference = $5, card_account_id = $6,
                   updated_at = $3
               where tenant_id = $1
                 and id = $2
                 and status = 'initiated'
                 and method = 'card'
               returning order_id, amount_cents, currency
           )
           select c.amount_cents, c.currency, o.id, o.order_number, o.customer_email, o.customer_id, o.cart_id,
                  o.delivery_city_area
           from claimed c
           join orders o on o.tenant_id = $1 and o.id = c.order_id"#,
        tx.tenant(),
        payment.uuid(),
        now,
        now + FIRST_CHECK,
        reference_of(payment),
        account.as_ref().map(|account| account.id.uuid())
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let currency =
        Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("payments.currency", &row.currency))?;
    // Whoever asks for the page may die before the answer: then the clock ends what has none.
    tx.enqueue(&Job::CheckCard(payment), Some(now + FIRST_CHECK), Some(&format!("card:{payment}"))).await?;
    tx.commit().await?;
    Ok(Some(Claimed {
        amount: Money::new(row.amount_cents, currency),
        order_number: row.order_number,
        email: row.customer_email,
        credentials: account.map(|account| account.credentials),
        started: Step::PaymentStarted { order: row.id.into(), amount_cents: row.amount_cents },
        around: Around {
            customer: row.customer_id.map(Into::into),
            cart: row.cart_id.map(Into::into),
            area: row.delivery_city_area,
            ..Around::default()
        },
    }))
}

/// Pressed again, or from another tab: the page that is there already.
async fn already(ctx: &Ctx, payment: PaymentId) -> Result<Opened, AppError> {
    let mut tx = ctx.tx().await?;
    let page = sqlx::query_scalar!(
        "select card_page
         from payments
         where tenant_id = $1
           and id = $2
           and status = 'pending'",
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .flatten();
    Ok(page.map_or(Opened::Order, Opened::Page))
}

async fn remember(ctx: &Ctx, payment: PaymentId, address: &str) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update payments
         set card_page = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'pending'",
        tx.tenant(),
        payment.uuid(),
        address
    )
    .execute(tx.conn())
    .await?;
    audit_payment(&mut tx, payment, "requested", json!({})).await?;
    Ok(tx.commit().await?)
}

/// The provider wants an address and the shop may know none: one under our own name, which nobody reads.
fn made_up_email(base_url: &str, order_number: i64) -> String {
    let host = base_url.split("://").nth(1).unwrap_or_default().split([':', '/']).next().unwrap_or_default();
    let host = if host.contains('.') { host.to_owned() } else { "orders.example.com".to_owned() };
    format!("order-{order_number}@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_up_under_our_own_name() {
        assert_eq!(made_up_email("https://duka.example", 1001), "order-1001@duka.example");
        assert_eq!(made_up_email("https://pay.duka.example:8443", 7), "order-7@pay.duka.example");
        assert_eq!(made_up_email("http://localhost:3000", 1001), "order-1001@orders.example.com");
    }
}
