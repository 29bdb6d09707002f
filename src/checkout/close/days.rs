//! Which days are to be closed, and what a day came to.

use super::{ClosedDay, NoList, compare::Compared};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{currency::Currency, money::Money},
};
use chrono::{DateTime, NaiveDate, Utc};

/// Closed from this hour of the merchant's day on: what came just before midnight has been told of by then.
const HOUR: i32 = 3;
/// Days that are made up for after the program was away.
const MOST_DAYS: i32 = 14;

/// Begins the days that are over, once each.
pub(super) async fn begin_due(ctx: &Ctx) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "with today as (
             select ($2::timestamptz at time zone t.timezone - make_interval(hours => $3))::date as day
             from tenants t
             where t.id = $1
         ), last as (
             select max(c.day) as day
             from daily_closes c
             where c.tenant_id = $1
         )
         insert into daily_closes (tenant_id, day)
         select $1, due::date
         from today
         cross join last
         cross join generate_series(
             greatest(coalesce(last.day + 1, today.day - 1), today.day - $4::int)::timestamp,
             (today.day - 1)::timestamp,
             interval '1 day'
         ) due
         on conflict (tenant_id, day) do nothing",
        tx.tenant(),
        ctx.now(),
        HOUR,
        MOST_DAYS
    )
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}

/// Yesterday is reckoned again, or for the first time.
pub(super) async fn open_yesterday(ctx: &Ctx) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "insert into daily_closes (tenant_id, day)
         select $1, ($2::timestamptz at time zone t.timezone)::date - 1
         from tenants t
         where t.id = $1
         on conflict (tenant_id, day) do update set finished_at = null, updated_at = now()",
        tx.tenant(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}

pub(super) async fn list_open(ctx: &Ctx) -> Result<Vec<NaiveDate>, AppError> {
    let mut tx = ctx.tx().await?;
    Ok(sqlx::query_scalar!(
        "select day
         from daily_closes
         where tenant_id = $1
           and finished_at is null
         order by day
         limit 50",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What came in on a day, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sums {
    begins: DateTime<Utc>,
    currency: Currency,
    payments: i32,
    received: i64,
    order: i64,
    refund: i64,
    credit: i64,
    inbox: i64,
    returned: i64,
}

impl Sums {
    const fn difference(&self) -> i64 {
        self.received - self.order - self.refund - self.credit - self.inbox - self.returned
    }
}

async fn sum(tx: &mut TenantTx, day: NaiveDate) -> Result<Sums, AppError> {
    let row = sqlx::query!(
        r#"with bounds as (
               select $2::date::timestamp at time zone t.timezone as begins, ($2::date + 1)::timestamp at time zone t.timezone as ends
               from tenants t
               where t.id = $1
           ), received as (
               select p.id, coalesce(p.paid_amount_cents, p.amount_cents) as cents, p.currency
               from payments p
               cross join bounds
               where p.tenant_id = $1
                 and p.status = 'succeeded'
                 and p.completed_at >= bounds.begins
                 and p.completed_at < bounds.ends
           ), standing as (
               select e.place, sum(e.amount_cents) as cents, sum(greatest(e.amount_cents, 0)) as gained
               from received
               join ledger_entries e on e.tenant_id = $1 and e.payment_id = received.id
               group by e.place
           )
           select bounds.begins as "begins!",
                  (select count(*)::int from received) as "payments!",
                  (select coalesce(max(currency), 'KES') from received) as "currency!",
                  (select coalesce(sum(cents), 0)::bigint from received) as "received!",
                  coalesce(sum(s.cents) filter (where s.place = 'order'), 0)::bigint as "order!",
                  coalesce(sum(s.cents) filter (where s.place = 'refund'), 0)::bigint as "refund!",
                  coalesce(sum(s.cents) filter (where s.place = 'credit'), 0)::bigint as "credit!",
                  coalesce(sum(s.cents) filter (where s.place = 'inbox'), 0)::bigint as "inbox!",
                  coalesce(sum(s.gained) filter (where s.place = 'outside'), 0)::bigint as "returned!"
           from bounds
           left join standing s on true
           group by bounds.begins"#,
        tx.tenant(),
        day
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Sums {
        begins: row.begins,
        currency: Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("payments.currency", &row.currency))?,
        payments: row.payments,
        received: row.received,
        order: row.order,
        refund: row.refund,
        credit: row.credit,
        inbox: row.inbox,
        returned: row.returned,
    })
}

/// Writes down what the day came to.
pub(super) async fn finish(
    ctx: &Ctx,
    day: NaiveDate,
    booked: i32,
    compared: &Result<Compared, NoList>,
) -> Result<ClosedDay, AppError> {
    let mut tx = ctx.tx().await?;
    let sums = sum(&mut tx, day).await?;
    // A list that begins later than the day says nothing of the day as a whole.
    let list = compared.as_ref().ok().filter(|list| list.from <= sums.begins);
    sqlx::query!(
        "update daily_closes
         set finished_at = $3,
             payment_count = $4,
             received_cents = $5,
             order_cents = $6,
             refund_cents = $7,
             credit_cents = $8,
             inbox_cents = $9,
             returned_cents = $10,
             difference_cents = $11,
             currency = $12,
             booked_count = booked_count + $13,
             listed_from = $14,
             listed_until = $15,
             listed_count = $16,
             landed_count = landed_count + $17,
             list_problem = $18,
             updated_at = $3
         where tenant_id = $1
           and day = $2",
        tx.tenant(),
        day,
        ctx.now(),
        sums.payments,
        sums.received,
        sums.order,
        sums.refund,
        sums.credit,
        sums.inbox,
        sums.returned,
        sums.difference(),
        sums.currency.code(),
        booked,
        list.map(|list| list.from),
        list.map(|list| list.until),
        list.map_or(0, |list| list.listed),
        list.map_or(0, |list| list.landed),
        compared.as_ref().err().map(|why| why.as_str())
    )
    .execute(tx.conn())
    .await?;
    let gaps = sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from close_gaps
           where tenant_id = $1
             and day = $2
             and closed_at is null"#,
        tx.tenant(),
        day
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(ClosedDay {
        day,
        received: Money::new(sums.received, sums.currency),
        difference: Money::new(sums.difference(), sums.currency),
        gaps: u32::try_from(gaps).unwrap_or(u32::MAX),
    })
}
