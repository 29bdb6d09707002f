//! Which of a merchant's areas somebody means who typed where they live.

use super::{
    places::{
        PlaceId, atlas, look_up, look_up_near,
        spelling::{distance, forgiven, key, without_fillers, words},
    },
    zones::Zone,
};

/// What was typed, understood as far as it can be. Areas are places in the list that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// This area; with the place, when the area's own name does not say it.
    Zone { zone: usize, place: Option<String> },
    /// One of these; only the person knows which.
    Several(Vec<Choice>),
    /// A place in Kenya to which the merchant does not deliver yet.
    NotThere { place: String },
    /// No name that is known.
    Unknown,
}

/// Something to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Typed instead, it means this area alone.
    pub said: String,
    pub zone: usize,
}

/// More than fit beneath a field; the list has them all.
const MOST_CHOICES: usize = 8;
/// A name of the merchant's own is looked for in a sentence from this many letters on.
const SHORTEST_OWN: usize = 4;
/// How a merchant says that an area is the whole country.
const EVERYWHERE: [&str; 8] =
    ["kenya", "countrywide", "nationwide", "allofkenya", "anywhereinkenya", "kenyanzima", "wholeofkenya", "allkenya"];

/// Finds the area. Exact names come before names in a sentence, and those before slips of the finger.
pub fn find_zone(zones: &[Zone], said: &str) -> Meant {
    let words = words(said);
    if words.is_empty() {
        return Meant::Unknown;
    }
    let own = Own::of(zones);
    for whole in [key(&words), key(&without_fillers(&words))] {
        if let Some(zone) = own.called(&whole) {
            return Meant::Zone { zone, place: None };
        }
    }
    if let Some(zone) = own.in_sentence(&words) {
        return Meant::Zone { zone, place: None };
    }
    let mut places = look_up(said);
    if places.is_empty() {
        if let Some(zone) = own.nearest(&key(&without_fillers(&words))) {
            return Meant::Zone { zone, place: None };
        }
        places = look_up_near(said);
    }
    Reach::of(zones).meant(&places)
}

/// The names that the merchant has given to areas.
struct Own {
    names: Vec<(String, usize)>,
}

impl Own {
    fn of(zones: &[Zone]) -> Self {
        let names = zones.iter().enumerate().flat_map(|(at, zone)| {
            std::iter::once(&zone.area).chain(&zone.aliases).map(move |name| (key(&words(name)), at))
        });
        Self { names: names.filter(|(name, _)| !name.is_empty()).collect() }
    }

    /// The area of exactly this name; an area's own spelling before another's alias, as the list has them.
    fn called(&self, said: &str) -> Option<usize> {
        self.names.iter().find(|(name, _)| name == said).map(|(_, zone)| *zone)
    }

    /// The one area whose name stands in the sentence, when the name is not that of a place which the program knows:
    /// such a name is the merchant's word for just this.
    fn in_sentence(&self, words: &[String]) -> Option<usize> {
        let mut found: Vec<usize> = Vec::new();
        for length in 1..=5.min(words.len()) {
            for run in words.windows(length) {
                let run = key(run);
                if run.chars().count() >= SHORTEST_OWN && atlas().senses(&run).is_empty() {
                    found.extend(self.called(&run));
                }
            }
        }
        found.dedup();
        (found.len() == 1).then(|| found[0])
    }

    /// The one area whose name is this but for a slip.
    fn nearest(&self, said: &str) -> Option<usize> {
        let most = forgiven(said.chars().count());
        let mut near: Vec<(usize, usize)> = self
            .names
            .iter()
            .filter(|(name, _)| atlas().senses(name).is_empty() && forgiven(name.chars().count()) > 0)
            .filter_map(|(name, zone)| Some((distance(said, name, most).filter(|slips| *slips > 0)?, *zone)))
            .collect();
        near.sort_unstable();
        let (slips, zone) = *near.first()?;
        near.iter().all(|(other, at)| *other > slips || *at == zone).then_some(zone)
    }
}

/// How far each area reaches on the map of places.
struct Reach<'a> {
    zones: &'a [Zone],
    /// A place that an area is named after, with the area.
    homes: Vec<(PlaceId, usize)>,
    everywhere: Option<usize>,
    rest: Option<usize>,
}

impl<'a> Reach<'a> {
    fn of(zones: &'a [Zone]) -> Self {
        let mut homes = Vec::new();
        for (at, zone) in zones.iter().enumerate().filter(|(_, zone)| !zone.is_collection) {
            for name in std::iter::once(&zone.area).chain(&zone.aliases) {
                // Of two places of one name the nearer to Nairobi, which the atlas has first.
                homes.extend(look_up(name).first().map(|place| (*place, at)));
            }
        }
        let everywhere = zones.iter().position(|zone| EVERYWHERE.contains(&key(&words(&zone.area)).as_str()));
        Self { zones, homes, everywhere, rest: zones.iter().position(|zone| zone.takes_the_rest) }
    }

    /// The area of a place: the one named after it, else after what it lies in, else the one for everything else.
    fn zone_of(&self, place: PlaceId) -> Option<usize> {
        atlas()
            .around(place)
            .find_map(|at| self.homes.iter().find(|(home, _)| *home == at).map(|(_, zone)| *zone))
            .or(self.rest)
            .or(self.everywhere)
    }

    /// A wide place, such as a town, is several areas when its estates are.
    fn choices(&self, place: PlaceId) -> Vec<Choice> {
        let is_home = self.homes.iter().any(|(home, _)| *home == place);
        let inner = self.homes.iter().filter(|(home, _)| *home != place && atlas().lies_in(*home, place));
        let mut choices: Vec<Choice> = if is_home {
            Vec::new()
        } else {
            inner.map(|(_, zone)| Choice { said: self.zones[*zone].area.clone(), zone: *zone }).collect()
        };
        if choices.is_empty() {
            choices.extend(self.zone_of(place).map(|zone| Choice { said: atlas().title(place), zone }));
        }
        choices
    }

    fn meant(&self, places: &[PlaceId]) -> Meant {
        let mut choices: Vec<Choice> = Vec::new();
        for choice in places.iter().flat_map(|place| self.choices(*place)) {
            if !choices.iter().any(|one| one.said == choice.said) {
                choices.push(choice);
            }
        }
        let Some(first) = choices.first() else {
            return match places.first() {
                Some(place) => Meant::NotThere { place: atlas().title(*place) },
                None => Meant::Unknown,
            };
        };
        if choices.iter().all(|choice| choice.zone == first.zone) && places.len() == 1 {
            let zone = first.zone;
            let is_said = self.homes.iter().any(|(home, at)| *at == zone && *home == places[0]);
            return Meant::Zone { zone, place: (!is_said).then(|| atlas().title(places[0])) };
        }
        if choices.len() == 1 {
            return Meant::Zone { zone: first.zone, place: Some(first.said.clone()) };
        }
        choices.truncate(MOST_CHOICES);
        Meant::Several(choices)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::zones::tests::zone, *};

    /// A shop in Nairobi that goes to some estates, to Thika, to all of Mombasa, and knows a hospital by its own name.
    fn shop() -> Vec<Zone> {
        vec![
            zone("CBD", &[]),
            zone("Westlands", &[]),
            zone("Kilimani", &["Mama Lucy"]),
            zone("Kahawa West", &[]),
            zone("Kahawa Sukari", &[]),
            zone("Rongai", &[]),
            zone("Thika", &[]),
            zone("Mombasa", &[]),
            Zone { is_collection: true, ..zone("Collect at Biashara Street", &[]) },
        ]
    }

    fn only(zone: usize) -> Meant {
        Meant::Zone { zone, place: None }
    }

    fn at(zone: usize, place: &str) -> Meant {
        Meant::Zone { zone, place: Some(place.into()) }
    }

    #[test]
    fn what_was_typed_means_an_area_of_the_shop() {
        let zones = shop();
        for (said, wanted) in [
            ("westi", only(1)),
            ("near Sarit, Westlands", only(1)),
            ("opposite mama lucy hospital", only(2)),
            ("mama lucie", only(2)),
            ("yaya", only(2)),
            ("rongai", only(5)),
            ("Nyali", at(7, "Nyali, Mombasa")),
            ("Makongeni, Thika", at(6, "Makongeni, Thika")),
            ("Mombasa", only(7)),
            ("collect at biashara street", only(8)),
            ("Biashara street", only(0)),
        ] {
            assert_eq!(find_zone(&zones, said), wanted, "{said}");
        }
    }

    #[test]
    fn a_wide_name_is_asked_about_and_each_answer_means_one_area() {
        let zones = shop();
        let Meant::Several(choices) = find_zone(&zones, "Kahawa") else { panic!("it was not asked about") };
        assert_eq!(
            choices.iter().map(|choice| (&*choice.said, choice.zone)).collect::<Vec<_>>(),
            [("Kahawa West", 3), ("Kahawa Sukari", 4)]
        );
        for choice in &choices {
            assert_eq!(find_zone(&zones, &choice.said), only(choice.zone));
        }
        let Meant::Several(all) = find_zone(&zones, "Nairobi") else { panic!("it was not asked about") };
        assert_eq!(all.len(), 5);
    }

    #[test]
    fn a_place_that_is_not_reached_is_called_by_its_name_and_a_word_is_not() {
        let zones = shop();
        assert_eq!(find_zone(&zones, "lodwar"), Meant::NotThere { place: "Lodwar, Turkana".into() });
        assert_eq!(find_zone(&zones, "Ruaka"), Meant::NotThere { place: "Ruaka, Kiambu".into() });
        for said in ["", "Atlantis", "Kampala", "nyumbani"] {
            assert_eq!(find_zone(&zones, said), Meant::Unknown, "{said}");
        }
        assert_eq!(find_zone(&[], "CBD"), Meant::NotThere { place: "CBD, Nairobi".into() });
    }

    #[test]
    fn the_rest_of_the_country_goes_to_its_own_area_and_nobody_elses_word_does() {
        let mut zones = shop();
        zones.push(Zone { takes_the_rest: true, ..zone("Anywhere else", &[]) });
        assert_eq!(find_zone(&zones, "lodwar"), at(9, "Lodwar, Turkana"));
        assert_eq!(find_zone(&zones, "westlands"), only(1));
        assert_eq!(find_zone(&zones, "anywhere else"), only(9));
        assert_eq!(find_zone(&zones, "Atlantis"), Meant::Unknown);
        assert_eq!(find_zone(&zones, "Kampala"), Meant::Unknown);
        // Two places of one name lie in two areas now.
        let Meant::Several(choices) = find_zone(&zones, "Makongeni") else { panic!("it was not asked about") };
        assert_eq!(
            choices.iter().map(|choice| (&*choice.said, choice.zone)).collect::<Vec<_>>(),
            [("Makongeni, Nairobi", 9), ("Makongeni, Thika", 6)]
        );
        for choice in &choices {
            assert_eq!(find_zone(&zones, &choice.said), at(choice.zone, &choice.said));
        }
    }

    #[test]
    fn an_area_may_be_a_county_a_town_or_the_country() {
        let zones = [zone("Kiambu County", &[]), zone("Nairobi", &[]), zone("Karen", &[]), zone("Countrywide", &[])];
        assert_eq!(find_zone(&zones, "thika"), at(0, "Thika, Kiambu"));
        assert_eq!(find_zone(&zones, "buru"), at(1, "Buruburu, Nairobi"));
        assert_eq!(find_zone(&zones, "Karen, Nairobi"), only(2));
        assert_eq!(find_zone(&zones, "Nairobi"), only(1));
        assert_eq!(find_zone(&zones, "Kisumu"), at(3, "Kisumu"));
    }
}
