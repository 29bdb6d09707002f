//! What a placement begins with: the cart, the order that it may have become, the area, and what the store sells on.

use crate::{
    db::{DbError, TenantTx},
    delivery::{
        cash_rules::CashRules,
        partners::agents::AgentRow,
        quote::Whither,
        zones::{Zone, ZoneRow},
    },
    error::AppError,
    kernel::{
        currency::Currency,
        id::{CartId, OrderId, StoreId},
        money::BasisPoints,
        token::Token,
    },
    payments::rules::StoredRules,
};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use sqlx::types::Json;

/// What the statement that opens a placement finds.
pub(super) struct Opening {
    pub cart: CartId,
    pub is_open: bool,
    /// A link of it was made: who holds that has the cart in their hand as well.
    pub is_shared: bool,
    pub order: Option<(OrderId, i64)>,
    pub currency: Currency,
    pub vat: Option<BasisPoints>,
    pub hold: TimeDelta,
    /// What the merchant's clock shows.
    pub local: NaiveDateTime,
    pub zone: Option<Zone>,
    pub mpesa: Option<MpesaParty>,
    pub takes_cards: bool,
    pub cash: CashRules,
    /// Whether the merchant has a way of their own.
    pub takes_manual: bool,
}

pub(super) struct MpesaParty {
    /// The word of `payments.method`.
    pub method: &'static str,
    pub short_code: String,
}

/// Finds the cart, its order if it has become one, the area that is asked for, and what the store sells on.
pub(super) async fn open(
    tx: &mut TenantTx,
    store: StoreId,
    cart: &Token,
    whither: &Whither<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Opening>, AppError> {
    let (quoted, area) = match whither {
        Whither::Quoted(quote) => (Some(quote.zone.uuid()), ""),
        // The database has no text with a zero in it, so no area is called so.
        Whither::Area(area) if !area.contains('\0') => (None, area.trim()),
        Whither::Area(_) | Whither::Typed(_) => (None, ""),
    };
    let row = sqlx::query!(
        r#"select c.id as cart_id, c.status as cart_status, c.expires_at > now() as "is_fresh!",
                  c.link_hash is not null as "is_shared!",
                  o.id as "order_id?", o.total_cents as "order_total?",
                  s.default_currency, s.vat_basis_points, s.is_vat_registered, s.hold_minutes,
                  to_jsonb(z) as "zone: Json<ZoneRow>", to_jsonb(g) as "agent: Json<AgentRow>", $6::timestamptz at time zone t.timezone as "local!",
                  m.kind as "mpesa_kind?", m.short_code as "mpesa_short_code?",
                  exists (select from card_accounts k where k.tenant_id = $1 and k.is_active) as "takes_cards!",
                  (select jsonb_build_object('takes_cash', r.takes_cash, 'everywhere', r.cash_everywhere, 'most_cents', r.cash_most_cents,
                              'least_delivered', r.cash_least_delivered, 'most_refused', r.cash_most_refused,
                              'deposit_cents', r.cash_deposit_cents, 'deposit_from_cents', r.cash_deposit_from_cents,
                              'deposit_new_only', r.cash_deposit_new_only,
                              'manual_name', r.manual_name, 'manual_instructions', r.manual_instructions,
                              'zones', (select coalesce(jsonb_agg(a.zone_id), '[]') from cash_areas a where a.tenant_id = $1 and a.store_id = $2))
                   from payment_rules r
                   where r.tenant_id = $1
                     and r.store_id = $2) as "rules: Json<StoredRules>"
           from carts c
           join stores s on s.tenant_id = $1 and s.id = $2
           join tenants t on t.id = $1
           left join orders o on o.tenant_id = $1 and o.cart_id = c.id
           left join lateral (
               select dz.id, dz.city_area, dz.fee_cents, dz.min_order_cents, dz.eta_minutes, dz.free_from_cents, dz.band_by, dz.bands,
                      dz.cut_off_minute, dz.is_collection, dz.takes_the_rest
               from delivery_zones dz
               where dz.tenant_id = $1
                 and dz.is_active
                 and (dz.id = $5
                      or $5::uuid is null and (lower(dz.city_area) = lower($4) or lower($4) = any(select lower(unnest(dz.aliases)))))
               order by lower(dz.city_area) = lower($4) desc
               limit 1
           ) z on true
           left join lateral (
               select a.id, a.title, a.fee_cents
               from partner_agents a
               join delivery_partners p on p.tenant_id = $1 and p.id = a.partner_id and p.is_active
               where a.tenant_id = $1
                 and a.is_active
                 and a.fee_cents is not null
                 and (a.id = $5 or $5::uuid is null and lower(a.title) = lower($4))
               order by a.id
               limit 1
           ) g on z.id is null
           left join mpesa_accounts m on m.tenant_id = $1 and m.is_active
           where c.tenant_id = $1
             and c.cart_token = $3
             and (c.store_id = $2 or c.store_id is null)"#,
        tx.tenant(),
        store.uuid(),
        cart.hash_hex(),
        area,
        quoted,
        now
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let currency = Currency::parse(&row.default_currency)
        .ok_or_else(|| DbError::corrupt("stores.default_currency", &row.default_currency))?;
    let mpesa = row.mpesa_short_code.map(|short_code| MpesaParty {
        method: if row.mpesa_kind.as_deref() == Some("till") { "mpesa_till" } else { "mpesa_paybill" },
        short_code,
    });
    Ok(Some(Opening {
        cart: row.cart_id.into(),
        is_open: row.cart_status == "open" && row.is_fresh,
        is_shared: row.is_shared,
        order: row.order_id.map(|order| (order.into(), row.order_total.unwrap_or(0))),
        currency,
        vat: row.is_vat_registered.then(|| BasisPoints(u32::try_from(row.vat_basis_points).unwrap_or(0))),
        hold: TimeDelta::minutes(i64::from(row.hold_minutes)),
        zone: row.zone.map(|zone| zone.0.zone(currency)).or(row.agent.map(|agent| agent.0.zone(currency))),
        local: row.local,
        mpesa,
        takes_cards: row.takes_cards,
        cash: row.rules.as_ref().map(|rules| rules.cash()).unwrap_or_default(),
        takes_manual: row.rules.is_some_and(|rules| rules.0.manual().is_some()),
    }))
}
