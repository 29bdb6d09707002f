//! The visits of the past as events: many who looked, fewer who put something in a cart, and those who bought.

use super::{
    PAST_DAYS, SeedError,
    chance::{Chance, fixed_id},
    goods::{Goods, read_areas, read_goods},
};
use crate::{ctx::Ctx, db::TenantTx, kernel::token::hex};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Visits of a day that did not end in an order.
const LOOKERS: i64 = 22;
/// Rows per statement.
const CHUNK: usize = 1_500;
const SEARCHES: [&str; 8] = ["kitenge", "kiondo", "phone cover", "charger", "earrings", "solar", "blender", "gift"];

#[derive(Clone, Debug, Serialize)]
struct EventRow {
    id: Uuid,
    event_type: &'static str,
    session_id: Option<String>,
    device: Option<&'static str>,
    city_area: Option<String>,
    product_id: Option<Uuid>,
    order_id: Option<Uuid>,
    amount_cents: Option<i64>,
    properties: Value,
    occurred_at: DateTime<Utc>,
}

/// Events of one visit, one after the other.
struct Visit<'a> {
    events: &'a mut Vec<EventRow>,
    slug: &'a str,
    session: String,
    device: &'static str,
    area: Option<String>,
    at: DateTime<Utc>,
}

/// How many events were written; 0 when they were there before.
pub(super) async fn write_visits(ctx: &Ctx, slug: &str) -> Result<usize, SeedError> {
    let mut tx = ctx.tx().await?;
    if is_written(&mut tx, slug).await? {
        return Ok(0);
    }
    let goods = read_goods(&mut tx).await?;
    let areas: Vec<String> = read_areas(&mut tx).await?.into_iter().map(|area| area.area).collect();
    let mut chance = Chance::new(&format!("visits/{slug}"));
    let mut events = Vec::new();
    look_around(&mut events, slug, &goods, &areas, ctx.now(), &mut chance);
    buyers(&mut tx, &mut events, slug, &mut chance).await?;
    for some in events.chunks(CHUNK) {
        insert(&mut tx, some).await?;
    }
    tx.commit().await?;
    Ok(events.len())
}

async fn is_written(tx: &mut TenantTx, slug: &str) -> Result<bool, SeedError> {
    let found = sqlx::query_scalar!(
        r#"select exists (
               select from events
               where tenant_id = $1
                 and id = $2
           ) as "exists!""#,
        tx.tenant(),
        fixed_id(&format!("events/{slug}/0"))
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(found)
}

impl Visit<'_> {
    fn note(
        &mut self,
        event_type: &'static str,
        product: Option<Uuid>,
        order: Option<Uuid>,
        amount_cents: Option<i64>,
        properties: Value,
    ) {
        let id = fixed_id(&format!("events/{}/{}", self.slug, self.events.len()));
        self.events.push(EventRow {
            id,
            event_type,
            session_id: Some(self.session.clone()),
            device: Some(self.device),
            city_area: self.area.clone(),
            product_id: product,
            order_id: order,
            amount_cents,
            properties,
            occurred_at: self.at,
        });
    }

    fn wait(&mut self, chance: &mut Chance) {
        self.at += TimeDelta::seconds(chance.between(6, 95));
    }
}

fn device(chance: &mut Chance) -> &'static str {
    match chance.between(0, 99) {
        ..80 => "phone",
        80..95 => "desktop",
        _ => "tablet",
    }
}

fn session(slug: &str, what: &str) -> String {
    hex(&Sha256::digest(format!("demo visit/{slug}/{what}"))[..16])
}

fn look_around(
    events: &mut Vec<EventRow>,
    slug: &str,
    goods: &[Goods],
    areas: &[String],
    now: DateTime<Utc>,
    chance: &mut Chance,
) {
    for day in 0..=PAST_DAYS {
        // A shop that grows: from two thirds of the visits to all of them.
        let visits = LOOKERS * (2 * PAST_DAYS + day) / (3 * PAST_DAYS) + chance.between(-3, 3);
        for n in 0..visits.max(1) {
            let at = now - TimeDelta::days(PAST_DAYS - day) - TimeDelta::minutes(chance.between(30, 14 * 60));
            let area = (!areas.is_empty() && chance.percent(20)).then(|| chance.pick(areas).clone());
            let mut visit = Visit {
                events: &mut *events,
                slug,
                session: session(slug, &format!("{day}/{n}")),
                device: device(chance),
                area,
                at,
            };
            visit.note("page_view", None, None, None, json!({}));
            if chance.percent(12) {
                visit.wait(chance);
                visit.note(
                    "search",
                    None,
                    None,
                    None,
                    json!({ "words": chance.pick(&SEARCHES), "found": chance.between(0, 9) }),
                );
            }
            for _ in 0..*chance.pick(&[0, 0, 1, 1, 1, 2, 2, 3]) {
                if goods.is_empty() {
                    break;
                }
                let one = &goods[chance.front_index(goods.len())];
                visit.wait(chance);
                visit.note("product_view", Some(one.product), None, None, json!({}));
                if chance.percent(14) {
                    visit.wait(chance);
                    visit.note("add_to_cart", Some(one.product), None, Some(one.price_cents), json!({}));
                    if chance.percent(35) {
                        visit.wait(chance);
                        visit.note("checkout_start", None, None, Some(one.price_cents), json!({}));
                    }
                }
            }
            if chance.percent(3) {
                visit.note("whatsapp_click", None, None, None, json!({}));
            }
        }
    }
}

/// Everybody who ordered was there first, and paid or did not.
async fn buyers(
    tx: &mut TenantTx,
    events: &mut Vec<EventRow>,
    slug: &str,
    chance: &mut Chance,
) -> Result<(), SeedError> {
    let orders = sqlx::query!(
        r#"select o.id, o.order_number, o.placed_at, o.subtotal_cents, o.total_cents, o.delivery_city_area, o.paid_at, o.payment_method,
                  array(select i.product_id from order_items i where i.tenant_id = $1 and i.order_id = o.id order by i.position) as "products!: Vec<Uuid>",
                  array(select i.line_total_cents from order_items i where i.tenant_id = $1 and i.order_id = o.id order by i.position) as "amounts!: Vec<i64>",
                  array(select p.requested_at from payments p where p.tenant_id = $1 and p.order_id = o.id and p.status = 'failed' order by p.attempt_no) as "failures!: Vec<DateTime<Utc>>"
           from orders o
           where o.tenant_id = $1
           order by o.order_number
           limit 1000"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    for order in orders {
        let steps = i64::try_from(order.products.len()).unwrap_or(1) * 2 + 2;
        let at = order.placed_at - TimeDelta::seconds(95 * (steps + 1));
        let mut visit = Visit {
            events: &mut *events,
            slug,
            session: session(slug, &order.order_number.to_string()),
            device: device(chance),
            area: order.delivery_city_area,
            at,
        };
        visit.note("page_view", None, None, None, json!({}));
        for (product, amount) in order.products.iter().zip(&order.amounts) {
            visit.wait(chance);
            visit.note("product_view", Some(*product), None, None, json!({}));
            visit.wait(chance);
            visit.note("add_to_cart", Some(*product), None, Some(*amount), json!({}));
        }
        visit.wait(chance);
        visit.note("checkout_start", None, None, Some(order.subtotal_cents), json!({}));
        let (id, total) = (Some(order.id), Some(order.total_cents));
        let is_cash = order.payment_method.as_deref() == Some("cod");
        for at in order.failures {
            visit.at = at;
            visit.note("payment_started", None, id, total, json!({}));
            visit.at = at + TimeDelta::seconds(12);
            visit.note("payment_failed", None, id, total, json!({}));
        }
        let Some(paid_at) = order.paid_at else { continue };
        if !is_cash {
            visit.at = paid_at - TimeDelta::seconds(10);
            visit.note("payment_started", None, id, total, json!({}));
        }
        visit.at = paid_at;
        visit.note("payment_succeeded", None, id, total, json!({}));
        visit.note("order_completed", None, id, total, json!({}));
    }
    Ok(())
}

async fn insert(tx: &mut TenantTx, events: &[EventRow]) -> Result<(), SeedError> {
    let rows = serde_json::to_value(events).map_err(|fault| SeedError::App(crate::error::AppError::broken(fault)))?;
    sqlx::query!(
        "insert into events (tenant_id, id, event_type, session_id, device, city_area, product_id, order_id, amount_cents, properties,
                             channel, occurred_at, created_at, updated_at)
         select $1, r.id, r.event_type, r.session_id, r.device, r.city_area, r.product_id, r.order_id, r.amount_cents, r.properties,
                'web', r.occurred_at, r.occurred_at, r.occurred_at
         from jsonb_to_recordset($2) as r (id uuid, event_type text, session_id text, device text, city_area text, product_id uuid,
                                           order_id uuid, amount_cents bigint, properties jsonb, occurred_at timestamptz)",
        tx.tenant(),
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
