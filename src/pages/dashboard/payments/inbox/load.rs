//! Loads the inbox: the payments, then the orders they may be for; three statements.

use super::{InboxPage, InboxRow, Suggestion};
use crate::{
    checkout::payable_orders::list_payable,
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        id::{CustomerId, OrderId, PaymentId},
        money::Money,
        phone::Phone,
    },
    orders::status::OrderStatus,
    pages::dashboard::{count, currency, page_count},
    payments::{
        matching::{OpenOrder, PaidIn, Proposal, Why, named_numbers, proposals_for},
        providers::mpesa::{PayerNumber, read_notification},
    },
};
use chrono::{DateTime, NaiveDateTime, Utc};
use uuid::Uuid;

const PER_PAGE: u32 = 20;
const LAST_PAGE: u32 = 500;

/// A payment as it lies in the inbox, with everything that says whose it is.
pub(super) struct Lying {
    pub row: InboxRow,
    name: String,
    payer: Option<PayerNumber>,
    known: Option<CustomerId>,
    at: DateTime<Utc>,
}

/// What the statement tells of one.
struct Told {
    id: Uuid,
    method: String,
    currency: String,
    received_cents: i64,
    left_cents: i64,
    mpesa_receipt: Option<String>,
    payer_name: Option<String>,
    phone: Option<String>,
    typed_account: Option<String>,
    came_at: DateTime<Utc>,
    came_on: NaiveDateTime,
    notice: Option<String>,
    customer_id: Option<Uuid>,
    is_trial: bool,
    count: i64,
    total_cents: i64,
}

pub async fn load(ctx: &Ctx, page: u32) -> Result<InboxPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let page = page.clamp(1, LAST_PAGE);
    let mut tx = ctx.tx().await?;
    let told = list(&mut tx, None, (page - 1) * PER_PAGE).await?;
    let (found, total) = told.first().map_or((0, 0), |first| (first.count, first.total_cents));
    let in_currency = told.first().map_or(Ok(Currency::Kes), |first| currency(&first.currency))?;
    let mut lying = told.into_iter().map(Lying::read).collect::<Result<Vec<_>, _>>()?;
    let named: Vec<i64> = lying.iter().flat_map(|one| named_numbers(one.typed())).collect();
    let orders = list_payable(&mut tx, &named).await?;
    suggest(&mut tx, &mut lying, &orders).await?;
    let count = count(found);
    Ok(InboxPage {
        rows: lying.into_iter().map(|one| one.row).collect(),
        page,
        page_count: page_count(count, PER_PAGE).min(LAST_PAGE),
        count,
        total: Money::new(total, in_currency),
        may_handle: ctx.actor.may(Permission::HandleMoney),
        may_refund: ctx.actor.may(Permission::RefundMoney),
    })
}

/// One payment of the inbox; none when it has no money there.
pub(super) async fn find(tx: &mut TenantTx, payment: PaymentId) -> Result<Option<InboxRow>, AppError> {
    let Some(told) = list(tx, Some(payment), 0).await?.pop() else { return Ok(None) };
    let mut lying = [Lying::read(told)?];
    let named = named_numbers(lying[0].typed());
    let orders = list_payable(tx, &named).await?;
    suggest(tx, &mut lying, &orders).await?;
    let [one] = lying;
    Ok(Some(one.row))
}

async fn list(tx: &mut TenantTx, only: Option<PaymentId>, skip: u32) -> Result<Vec<Told>, AppError> {
    Ok(sqlx::query_as!(
        Told,
        r#"with inbox as (
               select e.payment_id, sum(e.amount_cents)::bigint as left_cents
               from ledger_entries e
               where e.tenant_id = $1
                 and e.place = 'inbox'
                 and ($2::uuid is null or e.payment_id = $2)
               group by e.payment_id
               having sum(e.amount_cents) > 0
           )
           select p.id, p.method, p.currency, coalesce(p.paid_amount_cents, p.amount_cents) as "received_cents!",
                  i.left_cents as "left_cents!", p.mpesa_receipt, p.payer_name, p.phone, p.typed_account,
                  coalesce(p.completed_at, p.requested_at) as "came_at!",
                  (coalesce(p.completed_at, p.requested_at) at time zone t.timezone) as "came_on!",
                  (select c.raw_body
                   from mpesa_callbacks_raw c
                   where c.tenant_id = $1
                     and c.payment_id = p.id
                     and c.kind = 'c2b_confirmation'
                   order by c.received_at
                   limit 1) as notice,
                  k.customer_id as "customer_id?",
                  p.amount_cents = 100 and exists (
                      select
                      from mpesa_account_tests a
                      where a.tenant_id = $1
                        and a.status = 'succeeded'
                        and coalesce(p.completed_at, p.requested_at)
                            between a.requested_at - interval '5 minutes' and a.requested_at + interval '5 minutes'
                  ) as "is_trial!",
                  count(*) over () as "count!", (sum(i.left_cents) over ())::bigint as "total_cents!"
           from inbox i
           join payments p on p.tenant_id = $1 and p.id = i.payment_id
           join tenants t on t.id = $1
           left join known_payers k on k.tenant_id = $1 and k.payer_hash = p.payer_hash
           order by coalesce(p.completed_at, p.requested_at) desc, p.id
           limit $3 offset $4"#,
        tx.tenant(),
        only.map(PaymentId::uuid),
        i64::from(PER_PAGE),
        i64::from(skip)
    )
    .fetch_all(tx.conn())
    .await?)
}

impl Lying {
    fn read(told: Told) -> Result<Self, AppError> {
        let currency = currency(&told.currency)?;
        let number = told.phone.as_deref().and_then(Phone::parse);
        // The number with its middle hidden stands only in what the provider said.
        let notice = told.notice.and_then(|body| read_notification(body.as_bytes()).ok());
        let payer = number.map(PayerNumber::Whole).or_else(|| notice.and_then(|notice| notice.paid_by.number));
        let payer_phone = match &payer {
            Some(PayerNumber::Whole(phone)) => Some(phone.masked()),
            Some(PayerNumber::Masked(text)) => Some(with_dots(text)),
            Some(PayerNumber::Hashed(_)) | None => None,
        };
        Ok(Self {
            name: told.payer_name.clone().unwrap_or_default(),
            payer,
            known: told.customer_id.map(CustomerId::from),
            at: told.came_at,
            row: InboxRow {
                payment: told.id.into(),
                method: told.method,
                received: Money::new(told.received_cents, currency),
                left: Money::new(told.left_cents, currency),
                receipt: told.mpesa_receipt,
                payer_name: told.payer_name,
                payer_phone,
                typed_account: told.typed_account,
                is_trial: told.is_trial,
                came_on: told.came_on.into(),
                suggestions: Vec::new(),
            },
        })
    }

    fn typed(&self) -> &str {
        self.row.typed_account.as_deref().unwrap_or_default()
    }

    fn proposals(&self, orders: &[OpenOrder]) -> Vec<Proposal> {
        let paid = PaidIn {
            typed: self.typed(),
            amount_cents: self.row.left.minor(),
            payer: self.payer.as_ref(),
            name: &self.name,
            known: self.known,
            at: self.at,
        };
        proposals_for(&paid, orders)
    }
}

/// `2547 ***** 344` as the rest of the dashboard hides a number: `2547 ••• 344`.
fn with_dots(masked: &str) -> String {
    let shown = |part: &str| part.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let front = shown(masked.split('*').next().unwrap_or_default());
    let back = shown(masked.rsplit('*').next().unwrap_or_default());
    format!("{front} ••• {back}")
}

/// Gives each payment the orders it may be for.
async fn suggest(tx: &mut TenantTx, lying: &mut [Lying], orders: &[OpenOrder]) -> Result<(), AppError> {
    let proposals: Vec<Vec<Proposal>> = lying.iter().map(|one| one.proposals(orders)).collect();
    let mut wanted: Vec<Uuid> = proposals.iter().flatten().map(|proposal| proposal.order.uuid()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let statuses = list_statuses(tx, &wanted).await?;
    for (one, proposals) in lying.iter_mut().zip(proposals) {
        let left = one.row.left;
        one.row.suggestions = proposals
            .into_iter()
            .filter_map(|proposal| {
                let order = orders.iter().find(|order| order.id == proposal.order)?;
                let (_, status) = statuses.iter().find(|(id, _)| *id == order.id)?;
                Some(suggestion(order, *status, left, proposal.why))
            })
            .collect();
    }
    Ok(())
}

/// An order beside money: one tap gives it no more than it lacks.
pub(super) fn suggestion(order: &OpenOrder, status: OrderStatus, left: Money, why: Vec<Why>) -> Suggestion {
    Suggestion {
        order: order.id,
        number: order.number,
        status,
        customer_name: order.name.clone(),
        due: Money::new(order.due_cents, left.currency()),
        amount: Money::new(order.due_cents.min(left.minor()), left.currency()),
        why,
    }
}

pub(super) async fn list_statuses(tx: &mut TenantTx, orders: &[Uuid]) -> Result<Vec<(OrderId, OrderStatus)>, AppError> {
    let rows = sqlx::query!(
        "select id, status
         from orders
         where tenant_id = $1
           and id = any($2)
         limit 500",
        tx.tenant(),
        orders
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id.into(), OrderStatus::parse(&row.status)?))).collect())
}
