//! What a place would pay: typed as a buyer would type it, with the area, the fee and the rule that made it.

use super::currency;
use crate::{
    ctx::Ctx,
    delivery::{
        find_zone::{Meant, find_zone},
        offer::{Basket, Offer, offer},
        zones::{Zone, ZoneRow},
    },
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        money::Money,
        typed::Typed,
        whole_number::parse_whole,
    },
};
use sqlx::types::Json;

/// The fields of the form.
pub const FIELDS: [&str; 3] = ["place", "goods", "grams"];
/// Whole shillings, or grams; what is above is a slip of the finger.
const MOST: i64 = 100_000_000;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trial {
    /// Nothing was asked.
    Nothing,
    Area(Told),
    /// The buyer would be asked which.
    Several(Vec<Told>),
    NotThere(String),
    Unknown,
}

/// What the buyer would be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub area: String,
    /// The place that was understood, where the area's name does not say it.
    pub place: Option<String>,
    pub offer: Offer,
}

/// Looks the place up and prices delivery of so many goods, as a checkout would at this moment. One statement.
pub async fn reckon(ctx: &Ctx, typed: &Typed) -> Result<Trial, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut errors = FieldErrors::none();
    let goods = errors.expect("goods", number(typed.get("goods"))).unwrap_or_default();
    let grams = errors.expect("grams", number(typed.get("grams"))).unwrap_or_default();
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let said = typed.get("place").trim();
    if said.is_empty() {
        return Ok(Trial::Nothing);
    }
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select coalesce((select s.default_currency from stores s where s.tenant_id = $1 order by s.created_at, s.id limit 1), 'KES') as "currency!",
                  $2::timestamptz at time zone t.timezone as "local!",
                  coalesce((
                      select jsonb_agg(to_jsonb(zone) order by zone.position, zone.city_area)
                      from (
                          select z.id, z.city_area, z.aliases, z.fee_cents, z.min_order_cents, z.eta_minutes, z.free_from_cents, z.band_by, z.bands,
                                 z.cut_off_minute, z.is_default, z.is_collection, z.takes_the_rest, z.position
                          from delivery_zones z
                          where z.tenant_id = $1
                            and z.is_active
                          order by z.position, z.city_area
                          limit 300
                      ) zone
                  ), '[]') as "zones!: Json<Vec<ZoneRow>>"
           from tenants t
           where t.id = $1"#,
        tx.tenant(),
        ctx.now()
    )
    .fetch_one(tx.conn())
    .await?;
    let currency = currency(&row.currency)?;
    let zones: Vec<Zone> = row.zones.0.into_iter().map(|zone| zone.zone(currency)).collect();
    let basket = Basket { goods: Money::new(goods * currency.minor_per_whole(), currency), grams };
    let told = |zone: usize, place: Option<String>| {
        zones.get(zone).map(|zone| Told { area: zone.area.clone(), place, offer: offer(zone, &basket, row.local) })
    };
    Ok(match find_zone(&zones, said) {
        Meant::Zone { zone, place } => told(zone, place).map_or(Trial::Unknown, Trial::Area),
        Meant::Several(choices) => {
            Trial::Several(choices.into_iter().filter_map(|choice| told(choice.zone, Some(choice.said))).collect())
        }
        Meant::NotThere { place } => Trial::NotThere(place),
        Meant::Unknown => Trial::Unknown,
    })
}

/// Whole shillings or grams; nothing is none.
fn number(typed: &str) -> Result<i64, FieldProblem> {
    Ok(parse_whole(&typed.replace("KSh", ""), MOST)?.unwrap_or_default())
}
