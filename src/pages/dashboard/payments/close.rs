//! The days that were closed, and one of them with its sums and gaps.

use super::{
    super::{count, currency},
    list::today,
};
use crate::{
    checkout::close::gaps::GapKind,
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        id::{CloseGapId, PaymentId},
        local_time::{LocalDay, LocalTime},
        money::Money,
    },
};
use chrono::{Days, NaiveDate};

/// Days on one page: two months.
const DAYS: u64 = 62;

/// A closed day.
#[derive(Clone, Debug)]
pub struct CloseRow {
    pub date: NaiveDate,
    pub day: LocalDay,
    /// None while it is reckoned.
    pub closed_on: Option<LocalTime>,
    pub payments: u32,
    pub received: Money,
    pub on_orders: Money,
    pub in_refunds: Money,
    pub in_credit: Money,
    pub in_inbox: Money,
    pub returned: Money,
    pub difference: Money,
    pub open_gaps: u32,
    pub booked: u32,
    pub landed: u32,
    /// Up to when the provider's list was read; none when it was not compared.
    pub listed_until: Option<LocalTime>,
    pub listed: u32,
    /// A word of `daily_closes.list_problem`.
    pub list_problem: Option<String>,
}

impl CloseRow {
    pub const fn is_zero(&self) -> bool {
        self.difference.is_zero() && self.open_gaps == 0
    }
}

#[derive(Clone, Debug)]
pub struct ClosePage {
    /// Newest first.
    pub days: Vec<CloseRow>,
    /// The page before this one begins with this day; none when there is nothing older.
    pub older: Option<NaiveDate>,
    pub is_newest: bool,
    /// Of all days.
    pub open_gaps: Vec<GapRow>,
    pub may_close: bool,
    pub today: NaiveDate,
}

/// A receipt on which the list and we differ.
#[derive(Clone, Debug)]
pub struct GapRow {
    pub id: CloseGapId,
    pub kind: GapKind,
    pub date: NaiveDate,
    pub day: LocalDay,
    /// Whether its day has a page: the days before today have, once their night has come.
    pub has_page: bool,
    pub receipt: String,
    pub payment: Option<PaymentId>,
    pub ours: Option<Money>,
    pub listed: Option<Money>,
    pub closed_on: Option<LocalTime>,
    /// None when the list came to agree.
    pub closed_by: Option<String>,
    pub note: Option<String>,
}

#[derive(Clone, Debug)]
pub struct DayPage {
    pub close: CloseRow,
    pub gaps: Vec<GapRow>,
    pub may_close: bool,
}

/// The days up to `before`, which itself is not among them; none is up to now.
pub async fn load(ctx: &Ctx, before: Option<NaiveDate>) -> Result<ClosePage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let today = today(ctx, &mut tx).await?;
    let end = before.unwrap_or(today).min(today);
    let begin = end.checked_sub_days(Days::new(DAYS)).unwrap_or(end);
    let days = list_days(&mut tx, begin, end).await?;
    let open_gaps = list_gaps(&mut tx, None).await?;
    let has_older = sqlx::query_scalar!(
        r#"select exists (select 1 from daily_closes where tenant_id = $1 and day < $2) as "is_there!""#,
        tx.tenant(),
        begin
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(ClosePage {
        days,
        older: has_older.then_some(begin),
        is_newest: end == today,
        open_gaps,
        may_close: ctx.actor.may(Permission::HandleMoney),
        today,
    })
}

/// One day.
pub async fn load_day(ctx: &Ctx, day: NaiveDate) -> Result<DayPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let after = day.succ_opt().ok_or(AppError::NotFound)?;
    let close = list_days(&mut tx, day, after).await?.pop().ok_or(AppError::NotFound)?;
    let gaps = list_gaps(&mut tx, Some(day)).await?;
    Ok(DayPage { close, gaps, may_close: ctx.actor.may(Permission::HandleMoney) })
}

async fn list_days(tx: &mut TenantTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<CloseRow>, AppError> {
    let rows = sqlx::query!(
        r#"select c.day, c.finished_at at time zone t.timezone as finished_on, c.payment_count, c.received_cents, c.order_cents,
                  c.refund_cents, c.credit_cents, c.inbox_cents, c.returned_cents, c.difference_cents, c.currency, c.booked_count,
                  c.landed_count, c.listed_count, c.list_problem, c.listed_until at time zone t.timezone as listed_until,
                  (select count(*)
                   from close_gaps g
                   where g.tenant_id = $1
                     and g.day = c.day
                     and g.closed_at is null) as "open_gaps!"
           from daily_closes c
           join tenants t on t.id = $1
           where c.tenant_id = $1
             and c.day >= $2
             and c.day < $3
           order by c.day desc
           limit 100"#,
        tx.tenant(),
        from,
        until
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let currency = currency(&row.currency)?;
            let money = |cents| Money::new(cents, currency);
            Ok(CloseRow {
                date: row.day,
                day: row.day.into(),
                closed_on: row.finished_on.map(LocalTime::from),
                payments: count(row.payment_count.into()),
                received: money(row.received_cents),
                on_orders: money(row.order_cents),
                in_refunds: money(row.refund_cents),
                in_credit: money(row.credit_cents),
                in_inbox: money(row.inbox_cents),
                returned: money(row.returned_cents),
                difference: money(row.difference_cents),
                open_gaps: count(row.open_gaps),
                booked: count(row.booked_count.into()),
                landed: count(row.landed_count.into()),
                listed_until: row.listed_until.map(LocalTime::from),
                listed: count(row.listed_count.into()),
                list_problem: row.list_problem,
            })
        })
        .collect()
}

/// All of a day, or the open ones of all days.
async fn list_gaps(tx: &mut TenantTx, day: Option<NaiveDate>) -> Result<Vec<GapRow>, AppError> {
    let rows = sqlx::query!(
        r#"select g.id, g.kind, g.day, g.receipt, g.payment_id, g.ours_cents, g.listed_cents, g.currency, g.note,
                  g.closed_at at time zone t.timezone as closed_on, coalesce(nullif(u.name, ''), u.email) as closed_by,
                  exists (select from daily_closes c where c.tenant_id = $1 and c.day = g.day) as "has_page!"
           from close_gaps g
           join tenants t on t.id = $1
           left join users u on u.tenant_id = $1 and u.id = g.closed_by
           where g.tenant_id = $1
             and case when $2::date is null then g.closed_at is null else g.day = $2 end
           order by g.closed_at is not null, g.day desc, g.created_at, g.id
           limit 200"#,
        tx.tenant(),
        day
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let currency = currency(&row.currency)?;
            let money = |cents| Money::new(cents, currency);
            Ok(GapRow {
                id: row.id.into(),
                kind: GapKind::parse(&row.kind).ok_or_else(|| DbError::corrupt("close_gaps.kind", &row.kind))?,
                date: row.day,
                day: row.day.into(),
                has_page: row.has_page,
                receipt: row.receipt,
                payment: row.payment_id.map(Into::into),
                ours: row.ours_cents.map(money),
                listed: row.listed_cents.map(money),
                closed_on: row.closed_on.map(LocalTime::from),
                closed_by: row.closed_by,
                note: row.note,
            })
        })
        .collect()
}

/// The day a gap is of; none while that day has no page.
pub async fn find_day(ctx: &Ctx, gap: CloseGapId) -> Result<Option<NaiveDate>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    sqlx::query_scalar!(
        r#"select c.day as "day?"
           from close_gaps g
           left join daily_closes c on c.tenant_id = $1 and c.day = g.day
           where g.tenant_id = $1
             and g.id = $2"#,
        tx.tenant(),
        gap.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)
}
