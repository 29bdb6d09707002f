//! Loads the checkout: frame, lines, and terms, from which follows the total that will be charged; three statements.

use super::{CheckoutPage, CheckoutValues};
use crate::{
    checkout::{cash_history, totals::sum_up},
    ctx::Ctx,
    db::TenantTx,
    delivery::{
        cash_rules::{CashRules, NoCash, may_pay_cash},
        zones::{USUAL_MINUTES, Zone, choose},
    },
    error::AppError,
    kernel::{
        currency::Currency,
        field_errors::FieldErrors,
        id::{CartId, StoreId, ZoneId},
        money::{BasisPoints, Money},
        phone::Phone,
        token::Token,
    },
    pages::storefront::{
        cart::list_lines,
        frame::{ShopFrame, Visit, load_frame},
        parts::AreaFee,
        rows::currency,
        savings::Savings,
    },
    payments::{
        method::{LEAST_BY_CARD, PaymentMethod, Takes},
        rules::StoredRules,
    },
};
use serde::Deserialize;
use sqlx::types::Json;

/// What a store sells on: its money, its tax, its ways to be paid, where it delivers.
struct Terms {
    currency: Currency,
    vat: Option<BasisPoints>,
    /// How the M-Pesa account in use takes money without a prompt; none when there is no account.
    by_hand: Option<PaymentMethod>,
    takes_cards: bool,
    cash: CashRules,
    /// What the merchant's own way is called.
    manual: Option<String>,
    zones: Vec<Zone>,
    /// In the order of `zones`.
    zone_ids: Vec<ZoneId>,
}

#[derive(Debug, Deserialize)]
struct ZoneRow {
    id: ZoneId,
    area: String,
    aliases: Vec<String>,
    group: String,
    fee_cents: i64,
    min_order_cents: i64,
    eta_minutes: Option<i32>,
    is_default: bool,
}

impl ZoneRow {
    fn zone(self, currency: Currency) -> Zone {
        Zone {
            area: self.area,
            aliases: self.aliases,
            group: self.group,
            fee: Money::new(self.fee_cents, currency),
            minimum: Money::new(self.min_order_cents, currency),
            eta_minutes: u32::try_from(self.eta_minutes.unwrap_or(USUAL_MINUTES)).unwrap_or(0),
            is_default: self.is_default,
        }
    }
}

/// A checkout, with the cart that it is of.
#[derive(Clone, Debug)]
pub struct LoadedCheckout {
    pub frame: ShopFrame,
    pub page: CheckoutPage,
    pub cart: CartId,
}

/// The checkout of a cart, priced for `area` or the default one and for its buyer once they have said who they are; none when the cart is empty.
/// Nothing is held by looking at it.
pub async fn load(
    ctx: &Ctx,
    visit: &Visit,
    cart: &Token,
    area: Option<&str>,
    buyer: Option<&Phone>,
) -> Result<Option<LoadedCheckout>, AppError> {
    let mut tx = ctx.tx().await?;
    let Some(loaded) = list_lines(&mut tx, visit.store, cart, buyer, ctx.now()).await? else { return Ok(None) };
    let (frame, standing) = load_frame(&mut tx, visit).await?;
    let terms = find_terms(&mut tx, visit.store).await?;
    let Terms { currency, vat, by_hand, takes_cards, cash, manual, zones, zone_ids } = terms;
    let chosen = choose(&zones, area);
    let delivery = zones.get(chosen).map_or(Money::zero(currency), |zone| zone.fee);
    let priced = loaded.price(currency, delivery, standing.rules, ctx.now())?;
    let totals = sum_up(&priced, vat).map_err(AppError::broken)?;
    let history = match buyer {
        Some(buyer) if cash.asks_for_history() => Some(cash_history::of_phone(&mut tx, buyer).await?),
        _ => None,
    };
    let no_cash = match zone_ids.get(chosen) {
        Some(zone) => may_pay_cash(&cash, totals.total, *zone, history.as_ref()).err(),
        None => (!cash.takes_cash).then_some(NoCash::NotTaken),
    };
    // There is nothing to be paid over nothing.
    let is_something = !totals.total.is_zero();
    let methods = PaymentMethod::offered(&Takes {
        by_hand: by_hand.filter(|_| is_something),
        cash: no_cash.is_none(),
        card: takes_cards && totals.total.minor() >= LEAST_BY_CARD.minor(),
        manual: manual.is_some() && is_something,
    });
    let areas = zones
        .into_iter()
        .map(|zone| AreaFee {
            area: zone.area,
            group: zone.group,
            fee: zone.fee,
            eta_minutes: zone.eta_minutes,
            minimum: zone.minimum,
        })
        .collect();
    let page = CheckoutPage {
        lines: loaded.lines,
        areas,
        chosen,
        subtotal: totals.subtotal,
        savings: Savings::of(&priced),
        delivery: priced.full_delivery,
        total: totals.total,
        tax: totals.tax,
        methods,
        no_cash: no_cash.filter(|why| *why != NoCash::NotTaken),
        manual_name: manual,
        idempotency_key: Token::random().hex(),
        values: CheckoutValues::default(),
        is_known: false,
        errors: FieldErrors::none(),
        changes: Vec::new(),
    };
    Ok(Some(LoadedCheckout { frame, page, cart: loaded.cart }))
}

async fn find_terms(tx: &mut TenantTx, store: StoreId) -> Result<Terms, AppError> {
    let row = sqlx::query!(
        r#"select s.default_currency, s.vat_basis_points, s.is_vat_registered,
                  (select m.kind from mpesa_accounts m where m.tenant_id = $1 and m.is_active) as mpesa_kind,
                  exists (select 1 from card_accounts k where k.tenant_id = $1 and k.is_active) as "takes_cards!",
                  coalesce((
                      select jsonb_agg(to_jsonb(zone) order by zone.position, zone.area)
                      from (
                          select z.id, z.city_area as area, z.aliases, z.fee_cents, z.min_order_cents, z.eta_minutes, z.is_default, z.position,
                                 case when count(*) over (partition by z.name) > 1 then z.name else '' end as "group"
                          from delivery_zones z
                          where z.tenant_id = $1
                            and z.is_active
                          order by z.position, z.city_area
                          limit 300
                      ) zone
                  ), '[]') as "zones!: Json<Vec<ZoneRow>>",
                  (select jsonb_build_object('takes_cash', r.takes_cash, 'everywhere', r.cash_everywhere, 'most_cents', r.cash_most_cents,
                              'least_delivered', r.cash_least_delivered, 'most_refused', r.cash_most_refused,
                              'manual_name', r.manual_name, 'manual_instructions', r.manual_instructions,
                              'zones', (select coalesce(jsonb_agg(a.zone_id), '[]') from cash_areas a where a.tenant_id = $1 and a.store_id = $2))
                   from payment_rules r
                   where r.tenant_id = $1
                     and r.store_id = $2) as "rules: Json<StoredRules>"
           from stores s
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid()
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
        zone_ids: row.zones.0.iter().map(|zone| zone.id).collect(),
        zones: row.zones.0.into_iter().map(|zone| zone.zone(currency)).collect(),
    })
}
