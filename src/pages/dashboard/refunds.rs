//! The list of refunds: what waits for whom, what went wrong, what has been sent.

use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        id::{OrderId, RefundId},
        local_time::LocalTime,
        money::Money,
        order_number::OrderNumber,
    },
    pages::dashboard::{count, page_count},
    payments::refund::{RefundFailure, RefundKind, RefundStatus, RefundWay},
};
use chrono::{DateTime, Utc};

const PER_PAGE: u32 = 25;

/// Which refunds are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Not ended: to be sent, on their way, failed.
    #[default]
    Open,
    Ended,
    All,
}

impl Shown {
    pub const ALL: [Self; 3] = [Self::Open, Self::Ended, Self::All];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Ended => "ended",
            Self::All => "all",
        }
    }
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|shown| shown.as_str() == text).unwrap_or_default()
    }
}

/// One refund and what this person may do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRow {
    pub refund: RefundId,
    pub order: Option<(OrderId, OrderNumber)>,
    pub buyer: String,
    /// Where a person would send it: as people read it.
    pub phone: Option<String>,
    pub amount: Money,
    pub kind: RefundKind,
    pub way: RefundWay,
    pub status: RefundStatus,
    pub failure: Option<RefundFailure>,
    pub is_given_up: bool,
    /// Given to the provider, which has not said what became of it.
    pub is_on_its_way: bool,
    /// Waits for the job that gives it to the provider, or is there already.
    pub is_handed_over: bool,
    pub reason: String,
    pub receipt: Option<String>,
    pub asked_on: LocalTime,
    pub asked_by: Option<String>,
    pub ended_on: Option<LocalTime>,
    pub may: May,
}

/// What may be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct May {
    pub mark_sent: bool,
    pub credit: bool,
    pub retry: bool,
    pub give_up: bool,
    /// The provider was silent for long: a person says that nothing was sent.
    pub say_not_sent: bool,
    /// It can be given to the provider.
    pub send: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundsPage {
    pub shown: Shown,
    pub rows: Vec<RefundRow>,
    pub page: u32,
    pub page_count: u32,
    /// The sum of what has not ended.
    pub open: Money,
}

/// Newest first.
pub async fn load(ctx: &Ctx, shown: Shown, page: u32) -> Result<RefundsPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let page = page.clamp(1, 10_000);
    let (rows, found) = list(&mut tx, ctx, shown, page).await?;
    let open_cents = sqlx::query_scalar!(
        r#"select coalesce(sum(amount_cents), 0)::bigint as "cents!"
           from refunds
           where tenant_id = $1
             and status <> 'processed'
             and given_up_at is null"#,
        tx.tenant()
    )
    .fetch_one(tx.conn())
    .await?;
    let page_count = page_count(found, PER_PAGE);
    Ok(RefundsPage { shown, rows, page: page.min(page_count), page_count, open: Money::kes(open_cents) })
}

/// One of them, for the page that asks for its receipt.
pub async fn find(ctx: &Ctx, refund: RefundId) -> Result<RefundRow, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let (rows, _) = select(&mut tx, ctx, Shown::All, Some(refund), 1).await?;
    rows.into_iter().next().ok_or(AppError::NotFound)
}

async fn list(tx: &mut TenantTx, ctx: &Ctx, shown: Shown, page: u32) -> Result<(Vec<RefundRow>, u32), AppError> {
    select(tx, ctx, shown, None, page).await
}

async fn select(
    tx: &mut TenantTx,
    ctx: &Ctx,
    shown: Shown,
    only: Option<RefundId>,
    page: u32,
) -> Result<(Vec<RefundRow>, u32), AppError> {
    let rows = sqlx::query!(
        r#"select r.id, r.amount_cents, r.currency, r.kind, r.way, r.status, r.failure, r.receipt,
                  coalesce(r.reason, '') as "reason!", r.claimed_at, r.given_up_at is not null as "is_given_up!", r.provider_reference is not null as "is_taken!",
                  (r.created_at at time zone t.timezone) as "asked_on!",
                  (coalesce(r.processed_at, r.given_up_at) at time zone t.timezone) as ended_on,
                  coalesce(nullif(u.name, ''), u.email) as asked_by,
                  o.id as "order_id?", o.order_number as "order_number?", o.number_prefix as "number_prefix?", coalesce(o.customer_name, '') as "buyer!",
                  o.customer_id is not null as "has_customer!",
                  coalesce(p.phone, o.customer_phone) as phone,
                  coalesce(p.method in ('mpesa_till', 'mpesa_paybill')
                           and p.mpesa_receipt is not null
                           and coalesce(p.paid_amount_cents, p.amount_cents) = r.amount_cents, false) as "is_whole!",
                  coalesce(p.method = 'card' and p.provider_reference is not null, false) as "is_card!",
                  coalesce((
                      select m.initiator_name is not null and m.initiator_password_sealed is not null
                             and m.consumer_key_sealed is not null and m.consumer_secret_sealed is not null
                      from mpesa_accounts m
                      where m.tenant_id = $1
                        and case when p.short_code is null then m.is_active else p.short_code in (m.short_code, m.till_number) end
                      order by m.is_active desc, m.proved_at desc nulls last, m.id desc
                      limit 1
                  ), false) as "has_operator!",
                  count(*) over () as "found!"
           from refunds r
           join tenants t on t.id = $1
           left join orders o on o.tenant_id = $1 and o.id = r.order_id
           left join payments p on p.tenant_id = $1 and p.id = r.payment_id
           left join users u on u.tenant_id = $1 and u.id = r.requested_by
           where r.tenant_id = $1
             and ($2::uuid is null or r.id = $2)
             and case $3::text
                     when '' then r.status <> 'processed' and r.given_up_at is null
                     when 'ended' then r.status = 'processed' or r.given_up_at is not null
                     else true
                 end
           order by r.created_at desc, r.id desc
           limit $4
           offset $5"#,
        tx.tenant(),
        only.map(RefundId::uuid),
        shown.as_str(),
        i64::from(PER_PAGE),
        i64::from(PER_PAGE) * i64::from(page.saturating_sub(1))
    )
    .fetch_all(tx.conn())
    .await?;
    let found = rows.first().map_or(0, |row| count(row.found));
    let rows = rows
        .into_iter()
        .map(|row| {
            let status = RefundStatus::parse(&row.status).ok_or_else(|| corrupt("refunds.status", &row.status))?;
            let way = RefundWay::parse(&row.way).ok_or_else(|| corrupt("refunds.way", &row.way))?;
            let kind = RefundKind::parse(&row.kind).ok_or_else(|| corrupt("refunds.kind", &row.kind))?;
            let currency = Currency::parse(&row.currency).ok_or_else(|| corrupt("refunds.currency", &row.currency))?;
            let standing = Standing {
                status,
                way,
                kind,
                is_given_up: row.is_given_up,
                claimed_at: row.claimed_at,
                is_taken: row.is_taken,
                failure: row.failure.as_deref().and_then(RefundFailure::parse),
                has_customer: row.has_customer,
                can_send: row.is_whole && row.has_operator || row.is_card,
            };
            Ok(RefundRow {
                refund: row.id.into(),
                order: row
                    .order_id
                    .map(Into::into)
                    .zip(OrderNumber::maybe(row.number_prefix.as_deref(), row.order_number)),
                buyer: row.buyer,
                phone: row.phone.as_deref().and_then(crate::kernel::phone::Phone::parse).map(|phone| phone.display()),
                amount: Money::new(row.amount_cents, currency),
                kind,
                way,
                status,
                failure: row.failure.as_deref().and_then(RefundFailure::parse),
                is_given_up: row.is_given_up,
                is_on_its_way: status == RefundStatus::Pending && row.claimed_at.is_some(),
                is_handed_over: way.is_automatic() && (row.kind != "excess" || row.claimed_at.is_some()),
                reason: row.reason,
                receipt: row.receipt,
                asked_on: row.asked_on.into(),
                asked_by: row.asked_by,
                ended_on: row.ended_on.map(LocalTime::from),
                may: standing.may(ctx, ctx.now()),
            })
        })
        .collect::<Result<_, AppError>>()?;
    Ok((rows, found))
}

fn corrupt(column: &'static str, word: &str) -> DbError {
    DbError::corrupt(column, &word)
}

struct Standing {
    status: RefundStatus,
    way: RefundWay,
    kind: RefundKind,
    is_given_up: bool,
    claimed_at: Option<DateTime<Utc>>,
    /// The provider has given it a number.
    is_taken: bool,
    failure: Option<RefundFailure>,
    has_customer: bool,
    /// A provider can send it.
    can_send: bool,
}

impl Standing {
    /// The verbs decide; these are the buttons that would not be refused now.
    fn may(&self, ctx: &Ctx, now: DateTime<Utc>) -> May {
        use crate::checkout::refunds::by_hand::{can_retry, patience};
        let is_open = self.status != RefundStatus::Processed && !self.is_given_up;
        let is_claimed = self.status == RefundStatus::Pending && self.claimed_at.is_some();
        let is_silent = is_claimed && self.claimed_at.is_some_and(|at| now - at >= patience(self.way, self.is_taken));
        let in_hand = is_open && (!is_claimed || is_silent);
        let (handles, refunds) = (ctx.actor.may(Permission::HandleMoney), ctx.actor.may(Permission::RefundMoney));
        May {
            mark_sent: handles && in_hand,
            credit: handles && in_hand && self.has_customer,
            retry: refunds
                && is_open
                && self.status == RefundStatus::Failed
                && self.way.is_automatic()
                && can_retry(self.failure),
            give_up: refunds && in_hand && self.kind != RefundKind::Excess,
            say_not_sent: refunds && is_silent,
            send: refunds && self.status == RefundStatus::Pending && !is_claimed && self.can_send,
        }
    }
}
