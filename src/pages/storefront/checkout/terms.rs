//! What a store sells on, read in one statement: its money, its tax, its ways to be paid, where it delivers.

use crate::{
    checkout::known_buyer::{KnownBuyer, KnownRow},
    db::TenantTx,
    delivery::{
        cash_rules::CashRules,
        partners::agents::AgentRow,
        zones::{Zone, ZoneRow},
    },
    error::AppError,
    kernel::{currency::Currency, id::StoreId, money::BasisPoints, token::Token},
    pages::storefront::rows::currency,
    payments::{method::PaymentMethod, rules::StoredRules},
};
use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::types::Json;

/// What a store sells on: its money, its tax, its ways to be paid, where it delivers.
pub(super) struct Terms {
    pub currency: Currency,
    pub vat: Option<BasisPoints>,
    /// How the M-Pesa account in use takes money without a prompt; none when there is no account.
    pub by_hand: Option<PaymentMethod>,
    pub takes_cards: bool,
    pub cash: CashRules,
    /// What the merchant's own way is called.
    pub manual: Option<String>,
    /// Areas, then the agents of partners.
    pub zones: Vec<Zone>,
    /// What the merchant's clock shows.
    pub local: NaiveDateTime,
    /// Who placed the order that this browser has placed before.
    pub known: Option<KnownBuyer>,
}

/// `placed` is the order that this browser has placed before.
pub(super) async fn find_terms(
    tx: &mut TenantTx,
    store: StoreId,
    placed: Option<&Token>,
    now: DateTime<Utc>,
) -> Result<Terms, AppError> {
    let row = sqlx::query!(
        r#"select s.default_currency, s.vat_basis_points, s.is_vat_registered, $3::timestamptz at time zone t.timezone as "local!",
                  (select m.kind from mpesa_accounts m where m.tenant_id = $1 and m.is_active) as mpesa_kind,
                  exists (select 1 from card_accounts k where k.tenant_id = $1 and k.is_active) as "takes_cards!",
                  coalesce((
                      select jsonb_agg(to_jsonb(zone) order by zone.position, zone.city_area)
                      from (
                          select z.id, z.city_area, z.aliases, z.fee_cents, z.min_order_cents, z.eta_minutes, z.free_from_cents, z.band_by, z.bands,
                                 z.cut_off_minute, z.is_default, z.is_collection, z.takes_the_rest, z.position,
                                 case when count(*) over (partition by z.name) > 1 then z.name else '' end as "group"
                          from delivery_zones z
                          where z.tenant_id = $1
                            and z.is_active
                          order by z.position, z.city_area
                          limit 300
                      ) zone
                  ), '[]') as "zones!: Json<Vec<ZoneRow>>",
                  coalesce((
                      select jsonb_agg(to_jsonb(agent) order by agent.area, agent.title)
                      from (
                          select a.id, a.title, a.area, a.fee_cents
                          from partner_agents a
                          join delivery_partners p on p.tenant_id = $1 and p.id = a.partner_id and p.is_active
                          where a.tenant_id = $1
                            and a.is_active
                            and a.fee_cents is not null
                          order by a.area, a.title
                          limit 300
                      ) agent
                  ), '[]') as "agents!: Json<Vec<AgentRow>>",
                  (select jsonb_build_object('takes_cash', r.takes_cash, 'everywhere', r.cash_everywhere, 'most_cents', r.cash_most_cents,
                              'least_delivered', r.cash_least_delivered, 'most_refused', r.cash_most_refused,
                              'deposit_cents', r.cash_deposit_cents, 'deposit_from_cents', r.cash_deposit_from_cents,
                              'deposit_new_only', r.cash_deposit_new_only,
                              'manual_name', r.manual_name, 'manual_instructions', r.manual_instructions,
                              'zones', (select coalesce(jsonb_agg(a.zone_id), '[]') from cash_areas a where a.tenant_id = $1 and a.store_id = $2))
                   from payment_rules r
                   where r.tenant_id = $1
                     and r.store_id = $2) as "rules: Json<StoredRules>",
                  (select jsonb_build_object('phone', o.customer_phone, 'name', o.customer_name, 'email', o.customer_email,
                              'area', o.delivery_city_area, 'place', o.shipping_address ->> 'place',
                              'street', o.shipping_address ->> 'street', 'instructions', o.notes)
                   from orders o
                   where o.tenant_id = $1
                     and o.token_hash = $4
                     and o.customer_phone is not null) as "known: Json<KnownRow>"
           from stores s
           join tenants t on t.id = $1
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid(),
        now,
        placed.map(Token::hash)
    )
    .fetch_one(tx.conn())
    .await?;
    let currency = currency(&row.default_currency)?;
    Ok(Terms {
        currency,
        vat: row.is_vat_registered.then(|| BasisPoints(u32::try_from(row.vat_basis_points).unwrap_or(0))),
        by_hand: row.mpesa_kind.as_deref().map(PaymentMethod::by_hand),
        takes_cards: row.takes_cards,
        cash: row.rules.as_ref().map(|rules| rules.cash()).unwrap_or_default(),
        manual: row.rules.and_then(|rules| rules.0.manual()).map(|(name, _)| name),
        local: row.local,
        known: row.known.and_then(|known| known.0.buyer()),
        zones: {
            let areas = row.zones.0.into_iter().map(|zone| zone.zone(currency));
            areas.chain(row.agents.0.into_iter().map(|agent| agent.zone(currency))).collect()
        },
    })
}
