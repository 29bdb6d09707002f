//! Staff take something off one order that nobody has paid yet, and say why. Locks the order, then its payments.

use super::{
    locks::{LockedOrder, lock_order},
    totals::{Totals, sum_up},
};
use crate::{
    catalog::price_form::parse_price,
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        currency::Currency,
        field_errors::{FieldErrors, FieldProblem, required_text},
        id::{OrderId, PriceRuleId, ProductId, UserId, VariantId},
        money::{BasisPoints, Money},
        typed::Typed,
    },
    orders::status::{OrderStatus, PaymentState},
    pricing::{
        AmountOff,
        price_lines::{Cart, Line, price_lines},
        priced::{Priced, PricedLine},
        rule::{Rule, RuleKind},
        scope::Scope,
    },
};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

/// A discount that was given by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenDiscount {
    /// Off the goods, on top of what is off already.
    pub amount: Money,
    /// Why; the order's history keeps it.
    pub reason: String,
}

/// The fields of the form.
pub const FIELDS: [&str; 2] = ["amount", "reason"];
const LONGEST_REASON: usize = 200;

impl GivenDiscount {
    /// Reads the form; every mistake is named at once.
    pub fn read(typed: &Typed, currency: Currency) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let amount = errors.expect("amount", parse_price(typed.get("amount"), currency));
        let reason = errors.expect("reason", required_text(typed.get("reason"), LONGEST_REASON));
        match (amount, reason) {
            (Some(amount), Some(reason)) => Ok(Self { amount, reason }),
            _ => Err(errors),
        }
    }
}

/// What the order's lines are before it.
struct SoldLine {
    id: Uuid,
    gross: Money,
    net: Money,
}

/// Takes it off the order when that is still at `version`. Lines, tax and what is to be paid follow; the rest of the
/// order's discounts stays. Refused while a prompt is open and once money has come.
pub async fn discount_order(ctx: &Ctx, order: OrderId, version: i32, given: &GivenDiscount) -> Result<(), AppError> {
    ctx.require(Permission::EditDiscounts)?;
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let locked = lock_order(&mut tx, order).await?;
    let waits = matches!(locked.status, OrderStatus::Pending | OrderStatus::AwaitingPayment)
        && locked.payment_status == PaymentState::Unpaid;
    if !waits {
        return Err(AppError::Refused(Refusal::NothingToPay));
    }
    let terms = find_terms(&mut tx, order).await?;
    if terms.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    if terms.is_being_paid {
        return Err(AppError::Refused(Refusal::PromptStillOpen));
    }
    let lines = list_lines(&mut tx, &locked).await?;
    let priced = price(&lines, &terms, given.amount, now)?;
    if priced.goods().map_err(AppError::broken)?.minor() <= 0 {
        return Err(AppError::Invalid(FieldErrors::one("amount", FieldProblem::TooHigh)));
    }
    let totals = sum_up(&priced, terms.vat).map_err(AppError::broken)?;
    write(ctx, &mut tx, &locked, &totals, &given.reason, now).await?;
    write_lines(&mut tx, &lines, &priced, &totals).await?;
    let details = json!({ "amount_cents": given.amount.minor(), "total_cents": totals.total.minor() });
    tx.audit(ctx.actor, "order_discounted", "orders", order.uuid(), details).await?;
    Ok(tx.commit().await?)
}

struct Terms {
    version: i32,
    vat: Option<BasisPoints>,
    delivery: Money,
    is_being_paid: bool,
}

async fn find_terms(tx: &mut TenantTx, order: OrderId) -> Result<Terms, AppError> {
    let row = sqlx::query!(
        r#"select o.version, o.delivery_fee_cents, o.currency, s.vat_basis_points, s.is_vat_registered,
                  exists (
                      select from payments p
                      where p.tenant_id = $1
                        and p.order_id = o.id
                        and (p.status = 'succeeded' or p.status in ('initiated', 'pending') and p.method not in ('cod', 'manual'))
                  ) as "is_being_paid!"
           from orders o
           join stores s on s.tenant_id = $1 and s.id = o.store_id
           where o.tenant_id = $1
             and o.id = $2"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let currency = Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("orders.currency", &row.currency))?;
    Ok(Terms {
        version: row.version,
        vat: row.is_vat_registered.then(|| BasisPoints(u32::try_from(row.vat_basis_points).unwrap_or(0))),
        delivery: Money::new(row.delivery_fee_cents, currency),
        is_being_paid: row.is_being_paid,
    })
}

async fn list_lines(tx: &mut TenantTx, order: &LockedOrder) -> Result<Vec<SoldLine>, AppError> {
    let rows = sqlx::query!(
        "select id, quantity, unit_price_cents, line_total_cents
         from order_items
         where tenant_id = $1
           and order_id = $2
         order by position, id
         limit 100",
        tx.tenant(),
        order.id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let currency = order.total.currency();
    rows.into_iter()
        .map(|row| {
            let unit = Money::new(row.unit_price_cents, currency);
            Ok(SoldLine {
                id: row.id,
                gross: unit.times(u32::try_from(row.quantity).unwrap_or(0)).map_err(AppError::broken)?,
                net: Money::new(row.line_total_cents, currency),
            })
        })
        .collect()
}

/// One amount off what the lines cost by now, spread as any other.
fn price(lines: &[SoldLine], terms: &Terms, amount: Money, now: DateTime<Utc>) -> Result<Priced, AppError> {
    let currency = terms.delivery.currency();
    let as_sold: Vec<Line> = lines
        .iter()
        .map(|line| Line {
            variant: VariantId::from(line.id),
            product: ProductId::from(line.id),
            categories: Vec::new(),
            unit_price: line.net,
            quantity: 1,
        })
        .collect();
    let rule = Rule {
        id: PriceRuleId::from(Uuid::nil()),
        name: String::new(),
        kind: RuleKind::AmountOff(AmountOff { amount_cents: amount.minor(), is_each: false }),
        scope: Scope::Storewide,
        combines: true,
        needs_code: false,
        minimum: Money::zero(currency),
        most: None,
        total_cap: None,
        taken: 0,
        is_once: false,
        starts_at: None,
        ends_at: None,
        is_active: true,
        created_at: now,
    };
    let priced = price_lines(&Cart {
        currency,
        lines: &as_sold,
        delivery: terms.delivery,
        rules: &[rule],
        codes: &[],
        had: &[],
        now,
    })
    .map_err(AppError::broken)?;
    let subtotal = Money::sum(currency, lines.iter().map(|line| line.gross)).map_err(AppError::broken)?;
    let goods = priced.goods().map_err(AppError::broken)?;
    let full = lines.iter().zip(&priced.lines);
    Ok(Priced {
        lines: full
            .map(|(line, priced)| PricedLine { gross: line.gross, net: priced.net, shares: Vec::new() })
            .collect(),
        subtotal,
        off: subtotal.minus(goods).map_err(AppError::broken)?,
        ..priced
    })
}

/// The order, its history, and what is still to be asked for.
async fn write(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    totals: &Totals,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    sqlx::query!(
        "with lowered as (
             update orders
             set discount_cents = $3, total_cents = $4, tax_cents = $5, version = version + 1, updated_at = $6
             where tenant_id = $1
               and id = $2
         ), intent as (
             update payment_intents
             set amount_cents = $4, updated_at = $6
             where tenant_id = $1
               and order_id = $2
               and status = 'open'
         ), cash as (
             update payments
             set amount_cents = $4, updated_at = $6
             where tenant_id = $1
               and order_id = $2
               and method in ('cod', 'manual')
               and status in ('initiated', 'pending')
         )
         insert into order_status_history (tenant_id, order_id, from_status, to_status, changed_by, changed_at, note)
         values ($1, $2, $7, $7, $8, $6, $9)",
        tx.tenant(),
        order.id.uuid(),
        totals.discount.minor(),
        totals.total.minor(),
        totals.tax.minor(),
        now,
        order.status.as_str(),
        ctx.actor.user().map(UserId::uuid),
        reason
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn write_lines(tx: &mut TenantTx, lines: &[SoldLine], priced: &Priced, totals: &Totals) -> Result<(), AppError> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
    let nets: Vec<i64> = priced.lines.iter().map(|line| line.net.minor()).collect();
    let taxes: Vec<i64> = totals.line_taxes.iter().map(|tax| tax.minor()).collect();
    sqlx::query!(
        "update order_items i
         set line_total_cents = line.total_cents, tax_cents = line.tax_cents, updated_at = now()
         from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as line (id, total_cents, tax_cents)
         where i.tenant_id = $1
           and i.id = line.id",
        tx.tenant(),
        &ids,
        &nets,
        &taxes
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
