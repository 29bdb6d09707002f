//! The money of a range of days as a file for the accountant: a line per payment, by where its money stands.
//!
//! A few hundred payments at a time are in memory. Nobody's phone or name is in it.

use crate::{
    catalog::import::harmless,
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{access::Permission, field_errors::FieldErrors, field_errors::FieldProblem, order_number::OrderNumber},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

/// Payments of one statement.
const AT_ONCE: i64 = 300;
/// A year and a day more.
const LONGEST: TimeDelta = TimeDelta::days(366);

/// The columns, in English in every file: programs read them.
const HEADER: [&str; 14] = [
    "day",
    "time",
    "order",
    "method",
    "state",
    "asked",
    "received",
    "receipt",
    "on_orders",
    "in_refunds",
    "in_credit",
    "in_inbox",
    "returned",
    "known_by",
];

/// Days from and to, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Range {
    /// Two days as forms write them; at most a year.
    pub fn parse(from: &str, to: &str) -> Result<Self, AppError> {
        let mut errors = FieldErrors::none();
        let day = |text: &str| text.trim().parse::<NaiveDate>().map_err(|_| FieldProblem::NotAMoment);
        let (from, to) = (errors.expect("from", day(from)), errors.expect("to", day(to)));
        let (Some(from), Some(to)) = (from, to) else { return Err(AppError::Invalid(errors)) };
        if to < from {
            return Err(AppError::Invalid(FieldErrors::one("to", FieldProblem::EndsTooEarly)));
        }
        if to - from > LONGEST {
            return Err(AppError::Invalid(FieldErrors::one("to", FieldProblem::TooHigh)));
        }
        Ok(Self { from, to })
    }
}

/// A file under way.
#[derive(Debug)]
pub struct PaymentsFile {
    ctx: Ctx,
    range: Range,
    after: Option<(DateTime<Utc>, Uuid)>,
    is_begun: bool,
}

/// Begins it, and writes down that somebody took it out.
pub async fn export(ctx: &Ctx, range: Range) -> Result<PaymentsFile, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let facts = json!({ "from": range.from, "to": range.to });
    tx.audit(ctx.actor, "payments_exported", "tenants", ctx.tenant.uuid(), facts).await?;
    tx.commit().await?;
    Ok(PaymentsFile { ctx: ctx.clone(), range, after: None, is_begun: false })
}

impl PaymentsFile {
    /// The next part of the file; none when it is whole.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        let mut part = csv::Writer::from_writer(Vec::new());
        if !self.is_begun {
            part.write_record(HEADER).map_err(AppError::broken)?;
        }
        let mut tx = self.ctx.tx().await?;
        let lines = load(&mut tx, self.range, self.after).await?;
        drop(tx);
        if lines.is_empty() && self.is_begun {
            return Ok(None);
        }
        self.is_begun = true;
        for line in lines {
            self.after = Some((line.at, line.id));
            part.write_record(line.cells.iter().map(|cell| harmless(cell).into_owned())).map_err(AppError::broken)?;
        }
        part.into_inner().map(Some).map_err(AppError::broken)
    }
}

struct Line {
    at: DateTime<Utc>,
    id: Uuid,
    cells: [String; 14],
}

/// `1250.00`, as every spreadsheet reads it.
fn sum(cents: i64) -> String {
    format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

async fn load(tx: &mut TenantTx, range: Range, after: Option<(DateTime<Utc>, Uuid)>) -> Result<Vec<Line>, AppError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query!(
        r#"select p.id, p.requested_at, p.requested_at at time zone t.timezone as "on!", o.order_number as "order_number?", o.number_prefix as "number_prefix?", p.method, p.status,
                  p.amount_cents, case when p.status = 'succeeded' then coalesce(p.paid_amount_cents, p.amount_cents) else 0 end as "received!",
                  coalesce(p.mpesa_receipt, '') as "receipt!", coalesce(p.result_source, '') as "source!",
                  places.on_orders as "on_orders!", places.in_refunds as "in_refunds!", places.in_credit as "in_credit!",
                  places.in_inbox as "in_inbox!", places.returned as "returned!"
           from payments p
           join tenants t on t.id = $1
           left join orders o on o.tenant_id = $1 and o.id = p.order_id
           cross join lateral (
               select coalesce(sum(e.amount_cents) filter (where e.place = 'order'), 0)::bigint as on_orders,
                      coalesce(sum(e.amount_cents) filter (where e.place = 'refund'), 0)::bigint as in_refunds,
                      coalesce(sum(e.amount_cents) filter (where e.place = 'credit'), 0)::bigint as in_credit,
                      coalesce(sum(e.amount_cents) filter (where e.place = 'inbox'), 0)::bigint as in_inbox,
                      coalesce(sum(e.amount_cents) filter (where e.place = 'outside' and e.amount_cents > 0 and e.reason <> 'told_twice'), 0)::bigint as returned
               from ledger_entries e
               where e.tenant_id = $1
                 and e.payment_id = p.id
           ) places
           where p.tenant_id = $1
             and p.requested_at >= $2::date::timestamp at time zone t.timezone
             and p.requested_at < ($3::date + 1)::timestamp at time zone t.timezone
             and ($4::timestamptz is null or (p.requested_at, p.id) > ($4, $5::uuid))
           order by p.requested_at, p.id
           limit $6"#,
        tx.tenant(),
        range.from,
        range.to,
        after_at,
        after_id,
        AT_ONCE
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            at: row.requested_at,
            id: row.id,
            cells: [
                row.on.format("%Y-%m-%d").to_string(),
                row.on.format("%H:%M").to_string(),
                OrderNumber::maybe(row.number_prefix.as_deref(), row.order_number)
                    .map(String::from)
                    .unwrap_or_default(),
                row.method,
                row.status,
                sum(row.amount_cents),
                sum(row.received),
                row.receipt,
                sum(row.on_orders),
                sum(row.in_refunds),
                sum(row.in_credit),
                sum(row.in_inbox),
                sum(row.returned),
                row.source,
            ],
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_two_days_in_order_and_at_most_a_year() {
        assert!(Range::parse("2026-11-01", "2026-11-30").is_ok());
        assert!(Range::parse("2026-11-01", "2026-11-01").is_ok());
        for (from, to, field) in [
            ("", "2026-11-30", "from"),
            ("2026-11-01", "30.11.2026", "to"),
            ("2026-11-30", "2026-11-01", "to"),
            ("2024-01-01", "2026-11-01", "to"),
        ] {
            let Err(AppError::Invalid(errors)) = Range::parse(from, to) else { panic!("{from} {to} was taken") };
            assert!(errors.of(field).is_some(), "{from} {to}");
        }
    }

    #[test]
    fn sums_are_written_as_spreadsheets_read_them() {
        assert_eq!([sum(125_000), sum(4_205), sum(0), sum(-50)], ["1250.00", "42.05", "0.00", "-0.50"]);
    }
}
