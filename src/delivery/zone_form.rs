//! A delivery area as a merchant types it: where, for how much, how fast, and by which rules.

use super::bands::{Bands, Measure};
use crate::kernel::{
    currency::Currency,
    field_errors::{FieldErrors, FieldProblem, required_line},
    typed::Typed,
    whole_number::{parse_positive, parse_whole},
};

/// The fields of the form.
pub const FIELDS: [&str; 11] =
    ["area", "aliases", "kind", "fee", "minutes", "minimum", "free_from", "cut_off", "band_by", "bands", "default"];
pub const LONGEST_AREA: usize = 80;
/// As long as a form shows.
pub const LONGEST_ALIASES: u16 = 2_000;
pub const LONGEST_BANDS: u16 = 600;
const MOST_ALIASES: usize = 60;
/// In whole units; a fee above this is a slip of the finger.
const DEAREST: i64 = 100_000;
/// In whole units, for sums of goods.
const RICHEST: i64 = 10_000_000;
/// Two weeks.
const SLOWEST: i32 = 14 * 24 * 60;
/// The last hours of a day that can be chosen: from six to ten in the evening, by half hours.
const HALF_HOURS: std::ops::RangeInclusive<u16> = 12..=44;

/// What an area is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ZoneKind {
    /// A place that is delivered to.
    #[default]
    Place,
    /// The buyer comes to the shop.
    Collection,
    /// Every place that no other area stands for.
    Rest,
}

impl ZoneKind {
    pub const ALL: [Self; 3] = [Self::Place, Self::Collection, Self::Rest];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Place => "",
            Self::Collection => "collection",
            Self::Rest => "rest",
        }
    }
    fn parse(text: &str) -> Result<Self, FieldProblem> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text.trim()).ok_or(FieldProblem::UnknownChoice)
    }
}

/// An area with its fee, time and rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ZoneForm {
    pub area: String,
    pub aliases: Vec<String>,
    pub kind: ZoneKind,
    pub fee_cents: i64,
    /// None: within a day.
    pub minutes: Option<i32>,
    pub minimum_cents: i64,
    pub free_from_cents: Option<i64>,
    /// Minutes after midnight.
    pub cut_off: Option<u16>,
    pub bands: Option<Bands>,
    /// Preselected at checkout.
    pub is_default: bool,
}

impl ZoneForm {
    /// Reads the form; every mistake is named at once.
    pub fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let kind = errors.expect("kind", ZoneKind::parse(typed.get("kind"))).unwrap_or_default();
        let is_collection = kind == ZoneKind::Collection;
        let form = Self {
            area: errors.expect("area", required_line(typed.get("area"), LONGEST_AREA)).unwrap_or_default(),
            aliases: errors.expect("aliases", aliases(typed.get("aliases"))).unwrap_or_default(),
            kind,
            fee_cents: errors.expect("fee", fee(typed.get("fee"), is_collection)).unwrap_or_default(),
            minutes: errors.expect("minutes", parse_positive(typed.get("minutes"), SLOWEST)).unwrap_or_default(),
            minimum_cents: errors.expect("minimum", sum(typed.get("minimum"))).flatten().unwrap_or_default(),
            free_from_cents: errors.expect("free_from", sum(typed.get("free_from"))).flatten(),
            cut_off: errors.expect("cut_off", cut_off(typed.get("cut_off"))).flatten(),
            bands: errors.expect("bands", bands(typed, is_collection)).flatten(),
            is_default: typed.is_on("default"),
        };
        if errors.is_empty() { Ok(form) } else { Err(errors) }
    }

    /// As the form shows it.
    pub fn write(&self) -> Typed {
        let whole = |cents: i64| (cents / Currency::Kes.minor_per_whole()).to_string();
        let by = self.bands.as_ref().map_or(Measure::Weight, |bands| bands.by);
        Typed::default()
            .with("area", &*self.area)
            .with("aliases", self.aliases.join("\n"))
            .with("kind", self.kind.as_str())
            .with("fee", whole(self.fee_cents))
            .with("minutes", self.minutes.map(|minutes| minutes.to_string()).unwrap_or_default())
            .with("minimum", if self.minimum_cents == 0 { String::new() } else { whole(self.minimum_cents) })
            .with("free_from", self.free_from_cents.map(whole).unwrap_or_default())
            .with("cut_off", self.cut_off.map(clock).unwrap_or_default())
            .with("band_by", by.as_str())
            .with("bands", self.bands.as_ref().map(Bands::write).unwrap_or_default())
            .with("default", if self.is_default { "on" } else { "" })
    }
}

/// `16:30` of minutes after midnight.
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The hours that can be chosen as the last of a day.
pub fn last_hours() -> impl Iterator<Item = u16> {
    HALF_HOURS.map(|half| half * 30)
}

/// One on each line, or with commas between; said twice it is there once.
fn aliases(typed: &str) -> Result<Vec<String>, FieldProblem> {
    let mut names: Vec<String> = Vec::new();
    for name in typed.split(['\n', ',', ';']).filter(|name| !name.trim().is_empty()) {
        let name = required_line(name.trim(), LONGEST_AREA)?;
        if !names.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
            names.push(name);
        }
    }
    if names.len() > MOST_ALIASES { Err(FieldProblem::TooMany) } else { Ok(names) }
}

/// Whole shillings, as people write them; none when nothing was typed.
fn whole(typed: &str, most: i64) -> Result<Option<i64>, FieldProblem> {
    let shillings = parse_whole(&typed.replace("KSh", ""), most)?;
    Ok(shillings.map(|whole| whole * Currency::Kes.minor_per_whole()))
}

/// Nothing is free delivery only when it is said; nobody pays for coming to the shop.
fn fee(typed: &str, is_collection: bool) -> Result<i64, FieldProblem> {
    match whole(typed, DEAREST)? {
        Some(cents) if is_collection && cents > 0 => Err(FieldProblem::TooHigh),
        Some(cents) => Ok(cents),
        None if is_collection => Ok(0),
        None => Err(FieldProblem::Missing),
    }
}

/// No sum is the same as none at all.
fn sum(typed: &str) -> Result<Option<i64>, FieldProblem> {
    whole(typed, RICHEST).map(|cents| cents.filter(|cents| *cents > 0))
}

fn cut_off(typed: &str) -> Result<Option<u16>, FieldProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    last_hours().find(|minute| clock(*minute) == text).map(Some).ok_or(FieldProblem::UnknownChoice)
}

fn bands(typed: &Typed, is_collection: bool) -> Result<Option<Bands>, FieldProblem> {
    let steps = typed.get("bands");
    if steps.trim().is_empty() {
        return Ok(None);
    }
    let by = Measure::parse(typed.get("band_by")).unwrap_or(Measure::Weight);
    if is_collection { Err(FieldProblem::TooMany) } else { Bands::read(by, steps) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(area: &str, fee: &str, minutes: &str) -> Typed {
        Typed::default().with("area", area).with("fee", fee).with("minutes", minutes)
    }

    #[test]
    fn an_area_is_written_as_it_was_read() {
        let typed = form("Westlands", "1,150", "90")
            .with("default", "on")
            .with("aliases", "Westi, Sarit\nwesti")
            .with("minimum", "500")
            .with("free_from", "KSh 5,000")
            .with("cut_off", "16:30")
            .with("band_by", "value")
            .with("bands", "1,000 = 100");
        let read = ZoneForm::read(&typed).unwrap();
        assert_eq!((read.fee_cents, read.minutes, read.is_default), (115_000, Some(90), true));
        assert_eq!(read.aliases, ["Westi", "Sarit"]);
        assert_eq!((read.minimum_cents, read.free_from_cents, read.cut_off), (50_000, Some(500_000), Some(990)));
        assert_eq!(read.bands.as_ref().map(Bands::rows), Some(vec![vec![100_000, 10_000]]));
        assert_eq!(ZoneForm::read(&read.write()), Ok(read));
        assert_eq!(ZoneForm::read(&form("CBD", "0", "")).map(|zone| zone.fee_cents), Ok(0));
    }

    #[test]
    fn nobody_pays_for_coming_to_the_shop() {
        let shop = |fee: &str| ZoneForm::read(&form("Moi Avenue", fee, "").with("kind", "collection"));
        assert_eq!(shop("").map(|zone| (zone.fee_cents, zone.kind)), Ok((0, ZoneKind::Collection)));
        assert_eq!(shop("50"), Err(FieldErrors::one("fee", FieldProblem::TooHigh)));
        let steps = form("Moi Avenue", "", "").with("kind", "collection").with("bands", "2 = 300");
        assert_eq!(ZoneForm::read(&steps), Err(FieldErrors::one("bands", FieldProblem::TooMany)));
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let errors = ZoneForm::read(&form("a\u{1}", "-5", "0")).unwrap_err();
        let wanted =
            [("area", FieldProblem::Unreadable), ("fee", FieldProblem::NotWhole), ("minutes", FieldProblem::TooLow)];
        assert_eq!(errors.iter().collect::<Vec<_>>(), wanted);
        let errors = ZoneForm::read(&form(&"a".repeat(81), "", "99999999")).unwrap_err();
        let wanted =
            [("area", FieldProblem::TooLong), ("fee", FieldProblem::Missing), ("minutes", FieldProblem::TooHigh)];
        assert_eq!(errors.iter().collect::<Vec<_>>(), wanted);
        let typed = form("CBD", "1", "")
            .with("kind", "moon")
            .with("aliases", "a\u{1}")
            .with("minimum", "x")
            .with("free_from", "99999999")
            .with("cut_off", "25:00")
            .with("bands", "two");
        let wanted = [
            ("aliases", FieldProblem::Unreadable),
            ("bands", FieldProblem::Unreadable),
            ("cut_off", FieldProblem::UnknownChoice),
            ("free_from", FieldProblem::TooHigh),
            ("kind", FieldProblem::UnknownChoice),
            ("minimum", FieldProblem::NotWhole),
        ];
        assert_eq!(ZoneForm::read(&typed).unwrap_err().iter().collect::<Vec<_>>(), wanted);
    }
}
