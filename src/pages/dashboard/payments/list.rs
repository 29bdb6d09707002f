//! Every payment, newest first: filtered by state, method and day, found by receipt, order or the end of a phone number.

use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        id::{OrderId, PaymentId},
        local_time::LocalTime,
        money::Money,
        order_number::OrderNumber,
        phone::Phone,
    },
    pages::dashboard::{count, currency, looked_at, page_count},
    payments::status::PaymentStatus,
};
use chrono::NaiveDate;

const PER_PAGE: u32 = 25;
/// Nobody turns more pages than this; who looks for something old searches.
const LAST_PAGE: u32 = 400;
const WORDS_LENGTH: usize = 40;
/// Fewer digits fit too many phones.
const PHONE_END: usize = 3;

/// Which payments are listed; the words of the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    All,
    Received,
    /// Nobody knows yet.
    Open,
    Failed,
    /// Received, and some of it stands on no order.
    Inbox,
}

impl Shown {
    pub const ALL: [Self; 5] = [Self::All, Self::Received, Self::Open, Self::Failed, Self::Inbox];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Received => "received",
            Self::Open => "open",
            Self::Failed => "failed",
            Self::Inbox => "inbox",
        }
    }
    /// What cannot be read is everything.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|shown| shown.as_str() == text).unwrap_or_default()
    }
    fn statuses(self) -> Option<Vec<String>> {
        let of = |all: &[PaymentStatus]| Some(all.iter().map(|one| one.as_str().to_owned()).collect());
        match self {
            Self::All => None,
            Self::Received | Self::Inbox => of(&[PaymentStatus::Succeeded]),
            Self::Open => of(&[PaymentStatus::Initiated, PaymentStatus::Pending]),
            Self::Failed => of(&[PaymentStatus::Failed]),
        }
    }
}

/// The words of `payments.method`, in the order in which they are offered.
pub const METHODS: [&str; 5] = ["mpesa_paybill", "mpesa_till", "card", "cod", "manual"];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentFilter {
    pub shown: Shown,
    /// A word of [`METHODS`]; anything else is all of them.
    pub method: String,
    /// Of the merchant's calendar.
    pub day: Option<NaiveDate>,
    /// A receipt, an order's number, or the last digits of a phone number.
    pub words: String,
    /// From 1.
    pub page: u32,
}

#[derive(Clone, Debug)]
pub struct PaymentsPage {
    pub filter: PaymentFilter,
    pub rows: Vec<PaymentRow>,
    pub payment_count: u32,
    pub page_count: u32,
    /// Whether this person may take it all out as a file.
    pub may_export: bool,
    /// Today, by the merchant's calendar: where the form for a file begins.
    pub today: NaiveDate,
}

/// One payment.
#[derive(Clone, Debug)]
pub struct PaymentRow {
    pub id: PaymentId,
    pub status: PaymentStatus,
    pub method: String,
    /// What came; what was asked for while nothing has.
    pub amount: Money,
    pub order: Option<(OrderId, OrderNumber)>,
    pub receipt: Option<String>,
    /// The last three digits; who looks has the number on the order.
    pub phone_end: Option<String>,
    pub failure: Option<String>,
    /// Asked for, or, where nobody asked, come in. By the shop's clock.
    pub at: LocalTime,
}

/// The filter as the statements take it.
struct Search {
    statuses: Option<Vec<String>>,
    is_inbox: bool,
    method: Option<String>,
    receipt: Option<String>,
    number: Option<i64>,
    phone: Option<String>,
}

impl Search {
    fn of(filter: &PaymentFilter) -> Self {
        let words = filter.words.as_str();
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        let is_number = !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '#'));
        let phone = match Phone::parse(words) {
            Some(phone) => Some(phone.as_str().to_owned()),
            None => (is_number && digits.len() >= PHONE_END).then(|| format!("%{digits}")),
        };
        Self {
            statuses: filter.shown.statuses(),
            is_inbox: filter.shown == Shown::Inbox,
            method: METHODS.contains(&filter.method.as_str()).then(|| filter.method.clone()),
            receipt: (!words.is_empty()).then(|| words.replace(' ', "").to_uppercase()),
            number: words.trim_start_matches('#').parse().ok(),
            phone,
        }
    }
}

/// One page of the list.
pub async fn load(ctx: &Ctx, mut filter: PaymentFilter) -> Result<PaymentsPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    filter.words = looked_at(&filter.words, WORDS_LENGTH);
    filter.page = filter.page.clamp(1, LAST_PAGE);
    let search = Search::of(&filter);
    let mut tx = ctx.tx().await?;
    let (rows, found) = list(&mut tx, &filter, &search).await?;
    let today = today(ctx, &mut tx).await?;
    Ok(PaymentsPage {
        filter,
        rows,
        payment_count: found,
        page_count: page_count(found, PER_PAGE).min(LAST_PAGE),
        may_export: ctx.actor.may(Permission::HandleMoney),
        today,
    })
}

/// The day by the merchant's calendar.
pub(super) async fn today(ctx: &Ctx, tx: &mut TenantTx) -> Result<NaiveDate, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select ($2::timestamptz at time zone t.timezone)::date as "day!"
           from tenants t
           where t.id = $1"#,
        tx.tenant(),
        ctx.now()
    )
    .fetch_one(tx.conn())
    .await?)
}

async fn list(tx: &mut TenantTx, filter: &PaymentFilter, search: &Search) -> Result<(Vec<PaymentRow>, u32), AppError> {
    let rows = sqlx::query!(
        r#"select p.id, p.status, p.method, p.currency,
                  case when p.status = 'succeeded' then coalesce(p.paid_amount_cents, p.amount_cents) else p.amount_cents end as "cents!",
                  p.order_id, o.order_number as "order_number?", o.number_prefix as "number_prefix?", p.mpesa_receipt, right(p.phone, 3) as phone_end, p.failure_reason,
                  p.requested_at at time zone t.timezone as "at!", count(*) over () as "found!"
           from payments p
           join tenants t on t.id = $1
           left join orders o on o.tenant_id = $1 and o.id = p.order_id
           where p.tenant_id = $1
             and ($2::text[] is null or p.status = any($2))
             and ($3::text is null or p.method = $3)
             and ($4::date is null
                  or p.requested_at >= $4::date::timestamp at time zone t.timezone
                  and p.requested_at < ($4::date + 1)::timestamp at time zone t.timezone)
             and ($5::text is null
                  or p.mpesa_receipt = $5
                  or o.order_number = $6
                  or p.phone like $7)
             and (not $8
                  or exists (
                      select 1
                      from ledger_entries e
                      where e.tenant_id = $1
                        and e.payment_id = p.id
                        and e.place = 'inbox'
                      having sum(e.amount_cents) > 0
                  ))
           order by p.requested_at desc, p.id desc
           limit $9
           offset $10"#,
        tx.tenant(),
        search.statuses.as_deref(),
        search.method,
        filter.day,
        search.receipt,
        search.number,
        search.phone,
        search.is_inbox,
        i64::from(PER_PAGE),
        i64::from((filter.page - 1) * PER_PAGE)
    )
    .fetch_all(tx.conn())
    .await?;
    let found = rows.first().map_or(0, |row| count(row.found));
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok(PaymentRow {
                id: row.id.into(),
                status: PaymentStatus::parse(&row.status)
                    .ok_or_else(|| DbError::corrupt("payments.status", &row.status))?,
                method: row.method,
                amount: Money::new(row.cents, currency(&row.currency)?),
                order: row
                    .order_id
                    .map(Into::into)
                    .zip(OrderNumber::maybe(row.number_prefix.as_deref(), row.order_number)),
                receipt: row.mpesa_receipt,
                phone_end: row.phone_end,
                failure: row.failure_reason,
                at: row.at.into(),
            })
        })
        .collect::<Result<_, AppError>>()?;
    Ok((rows, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(words: &str) -> Search {
        Search::of(&PaymentFilter { words: words.to_owned(), ..PaymentFilter::default() })
    }

    #[test]
    fn a_receipt_a_number_and_the_end_of_a_phone_are_all_looked_for() {
        assert_eq!(search("ud2 3k7qx9p").receipt.as_deref(), Some("UD23K7QX9P"));
        assert_eq!(search("#1042").number, Some(1042));
        assert_eq!(search("344").phone.as_deref(), Some("%344"));
        assert_eq!(search("0711 223 344").phone.as_deref(), Some("+254711223344"));
        assert_eq!(search("44").phone, None);
        assert_eq!(search("50%").phone, None);
        assert_eq!(search("").receipt, None);
    }
}
