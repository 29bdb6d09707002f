//! The areas a merchant delivers to, with what decides their fee and time.

use super::bands::{Bands, Measure};
use crate::kernel::{
    currency::Currency,
    id::{PartnerAgentId, ZoneId},
    money::Money,
};
use serde::Deserialize;

/// An area delivered to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    pub id: ZoneId,
    /// Its one spelling.
    pub area: String,
    /// Other spellings, and estates that mean it.
    pub aliases: Vec<String>,
    /// What several areas are called together; empty for one that stands alone.
    pub group: String,
    /// When no other rule says otherwise.
    pub fee: Money,
    pub minimum: Money,
    pub eta_minutes: u32,
    /// Goods of this sum and more are brought for nothing.
    pub free_from: Option<Money>,
    pub bands: Option<Bands>,
    /// Minutes after midnight, by the merchant's clock; from then on it arrives a day later.
    pub cut_off: Option<u16>,
    /// Preselected at checkout.
    pub is_default: bool,
    /// The buyer comes to the shop.
    pub is_collection: bool,
    /// Stands for every place that no other area stands for.
    pub takes_the_rest: bool,
    /// No area, but the agent of a partner from whom the buyer picks it up.
    pub agent: Option<PartnerAgentId>,
}

/// An area as its row has it, collected as JSON.
#[derive(Clone, Debug, Deserialize)]
pub struct ZoneRow {
    pub id: ZoneId,
    pub city_area: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub group: String,
    pub fee_cents: i64,
    pub min_order_cents: i64,
    pub eta_minutes: Option<i32>,
    pub free_from_cents: Option<i64>,
    pub band_by: Option<Measure>,
    #[serde(default)]
    pub bands: Vec<Vec<i64>>,
    pub cut_off_minute: Option<i32>,
    #[serde(default)]
    pub is_default: bool,
    pub is_collection: bool,
    pub takes_the_rest: bool,
}

/// An area whose time nobody said is reached within a day.
pub const USUAL_MINUTES: i32 = 24 * 60;

impl ZoneRow {
    /// The area with its money in the shop's currency.
    pub fn zone(self, currency: Currency) -> Zone {
        Zone {
            id: self.id,
            area: self.city_area,
            aliases: self.aliases,
            group: self.group,
            fee: Money::new(self.fee_cents, currency),
            minimum: Money::new(self.min_order_cents, currency),
            eta_minutes: u32::try_from(self.eta_minutes.unwrap_or(USUAL_MINUTES)).unwrap_or(0),
            free_from: self.free_from_cents.map(|cents| Money::new(cents, currency)),
            bands: Bands::stored(self.band_by, &self.bands),
            cut_off: self.cut_off_minute.and_then(|minute| u16::try_from(minute).ok()),
            is_default: self.is_default,
            is_collection: self.is_collection,
            takes_the_rest: self.takes_the_rest,
            agent: None,
        }
    }
}

/// Which area is meant: the one of that name, else the preselected one, else the first that is delivered to.
pub fn choose(zones: &[Zone], area: Option<&str>) -> usize {
    area.and_then(|area| called(zones, area))
        .or_else(|| zones.iter().position(|zone| zone.is_default))
        .or_else(|| zones.iter().position(|zone| !zone.is_collection))
        .unwrap_or(0)
}

/// The area of this name: its own comes before what any other is also called.
fn called(zones: &[Zone], area: &str) -> Option<usize> {
    let said = area.trim().to_lowercase();
    if said.is_empty() {
        return None;
    }
    let own = zones.iter().position(|zone| zone.area.to_lowercase() == said);
    own.or_else(|| zones.iter().position(|zone| zone.aliases.iter().any(|alias| alias.to_lowercase() == said)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An area for KSh 150 within two hours, without any other rule.
    pub fn zone(area: &str, aliases: &[&str]) -> Zone {
        Zone {
            id: ZoneId::parse("00000000-0000-7000-8000-000000000001").expect("an id"),
            area: area.into(),
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
            group: String::new(),
            fee: Money::shillings(150),
            minimum: Money::shillings(0),
            eta_minutes: 120,
            free_from: None,
            bands: None,
            cut_off: None,
            is_default: false,
            is_collection: false,
            takes_the_rest: false,
            agent: None,
        }
    }

    #[test]
    fn an_area_is_found_by_any_of_its_names_and_otherwise_the_default_is_meant() {
        let default = Zone { is_default: true, ..zone("Westlands", &[]) };
        let zones = [zone("CBD", &["Town"]), default, zone("Kilimani", &["Yaya"])];
        assert_eq!(choose(&zones, Some(" kilimani ")), 2);
        assert_eq!(choose(&zones, Some("town")), 0);
        assert_eq!(choose(&zones, Some("Mombasa")), 1);
        assert_eq!(choose(&zones, Some("")), 1);
        assert_eq!(choose(&zones, None), 1);
        assert_eq!(choose(&zones[..1], None), 0);
        assert_eq!(choose(&[], None), 0);
    }

    #[test]
    fn an_areas_own_name_comes_before_what_an_earlier_one_is_also_called() {
        let zones = [zone("Langata", &["Karen", "Hardy"]), zone("Karen", &["Langata"])];
        assert_eq!(choose(&zones, Some("karen")), 1);
        assert_eq!(choose(&zones, Some("Langata")), 0);
        assert_eq!(choose(&zones, Some("hardy")), 0);
    }

    #[test]
    fn nobody_is_sent_to_the_shop_without_having_chosen_it() {
        let shop = Zone { is_collection: true, ..zone("Collect at the shop", &[]) };
        let zones = [shop, zone("CBD", &[])];
        assert_eq!(choose(&zones, None), 1);
        assert_eq!(choose(&zones[..1], None), 0);
        assert_eq!(choose(&zones, Some("collect at the shop")), 0);
    }
}
