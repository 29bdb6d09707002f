//! The areas a merchant delivers to, with fee, time and the least an order there must come to.

use crate::kernel::money::Money;

/// An area delivered to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its one spelling.
    pub area: String,
    /// Other spellings, and estates that mean it.
    pub aliases: Vec<String>,
    /// What several areas are called together; empty for one that stands alone.
    pub group: String,
    pub fee: Money,
    pub minimum: Money,
    pub eta_minutes: u32,
    /// Preselected at checkout.
    pub is_default: bool,
}

/// An area whose time nobody said is reached within a day.
pub const USUAL_MINUTES: i32 = 24 * 60;

impl Zone {
    /// Whether somebody who says `area` means this one.
    pub fn is_called(&self, area: &str) -> bool {
        let said = area.trim().to_lowercase();
        self.area.to_lowercase() == said || self.aliases.iter().any(|alias| alias.to_lowercase() == said)
    }
}

/// Which area is meant: the one of that name, else the preselected one, else the first.
pub fn choose(zones: &[Zone], area: Option<&str>) -> usize {
    let asked =
        area.filter(|area| !area.trim().is_empty()).and_then(|area| zones.iter().position(|zone| zone.is_called(area)));
    asked.or_else(|| zones.iter().position(|zone| zone.is_default)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(area: &str, aliases: &[&str], is_default: bool) -> Zone {
        Zone {
            area: area.into(),
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
            group: String::new(),
            fee: Money::shillings(150),
            minimum: Money::shillings(0),
            eta_minutes: 120,
            is_default,
        }
    }

    #[test]
    fn an_area_is_found_by_any_of_its_names_and_otherwise_the_default_is_meant() {
        let zones = [zone("CBD", &["Town"], false), zone("Westlands", &[], true), zone("Kilimani", &["Yaya"], false)];
        assert_eq!(choose(&zones, Some(" kilimani ")), 2);
        assert_eq!(choose(&zones, Some("town")), 0);
        assert_eq!(choose(&zones, Some("Mombasa")), 1);
        assert_eq!(choose(&zones, Some("")), 1);
        assert_eq!(choose(&zones, None), 1);
        assert_eq!(choose(&zones[..1], None), 0);
        assert_eq!(choose(&[], None), 0);
    }
}
