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
/// In an area's name, they leave the place what it is; `around` and `near` do not.
const SAME_PLACE: [&str; 5] = ["estate", "area", "mtaa", "the", "kenya"];
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
    let wholes = [key(&words), key(&without_fillers(&words))];
    if let Some(zone) = wholes.iter().find_map(|whole| own.called(whole)) {
        return Meant::Zone { zone, place: None };
    }
    if let Some(zone) = own.in_sentence(&words) {
        return Meant::Zone { zone, place: None };
    }
    let mut places = look_up(said);
    if places.is_empty() {
        // A merchant's own name may have such words in it: “Stage ya Bakers”.
        if let Some(zone) = wholes.iter().find_map(|whole| own.nearest(whole)) {
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
        // An agent is chosen from the list: nobody is sent to one for having named the place where it is.
        let zones = || zones.iter().enumerate().filter(|(_, zone)| zone.agent.is_none());
        let areas = zones().map(|(at, zone)| (&zone.area, at));
        let aliases = zones().flat_map(|(at, zone)| zone.aliases.iter().map(move |name| (name, at)));
        let names = areas.chain(aliases).map(|(name, at)| (key(&words(name)), at));
        Self { names: names.filter(|(name, _)| !name.is_empty()).collect() }
    }

    /// The area of exactly this name; every area's own spelling comes before any alias.
    fn called(&self, said: &str) -> Option<usize> {
        self.names.iter().find(|(name, _)| name == said).map(|(_, zone)| *zone)
    }

    /// The one area whose name stands in the sentence, when the name is not that of a place which the program knows, or
    /// only that of something which stands there: such a name is the merchant's word for just this.
    fn in_sentence(&self, words: &[String]) -> Option<usize> {
        let mut found: Vec<usize> = Vec::new();
        for length in 1..=5.min(words.len()) {
            for run in words.windows(length) {
                let run = key(run);
                if run.chars().count() >= SHORTEST_OWN && atlas().senses(&run).iter().all(|sense| sense.is_landmark) {
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

/// The places that an area of this name is named after: `Westlands & Parklands`, `Ruaka, Kiambu`.
fn named(name: &str) -> Vec<PlaceId> {
    let whole = called(name);
    if !whole.is_empty() {
        // Of two places of one name the nearer to Nairobi, which the atlas has first.
        return whole.into_iter().take(1).collect();
    }
    let mut places = Vec::new();
    for listed in name.split(['&', '/']) {
        let parts: Vec<&str> = listed.split(',').collect();
        for (at, part) in parts.iter().enumerate() {
            let senses = called(part);
            // What follows may only say where the one before lies, and what goes before is then the one that lies there.
            let is_only_where = at > 0 && called(parts[at - 1]).iter().any(|inner| is_within(*inner, part));
            let nearest = parts.get(at + 1).and_then(|outer| senses.iter().find(|place| is_within(**place, outer)));
            places.extend(nearest.or(senses.first()).filter(|_| !is_only_where));
        }
    }
    places
}

/// The places of exactly this name; nothing that merely stands in one.
fn called(name: &str) -> Vec<PlaceId> {
    let words = words(name);
    let bare: Vec<String> = words.iter().filter(|word| !SAME_PLACE.contains(&word.as_str())).cloned().collect();
    let mut senses = atlas().senses(&key(&words));
    if senses.is_empty() {
        senses = atlas().senses(&key(&bare));
    }
    senses.iter().filter(|sense| !sense.is_landmark).map(|sense| sense.place).collect()
}

/// Whether a place lies in another of this name, or in the county of this name.
fn is_within(place: PlaceId, outer: &str) -> bool {
    let county = atlas().place(atlas().county(place)).name.trim_end_matches(" County");
    key(&words(county)) == key(&words(outer))
        || called(outer).iter().any(|outer| *outer != place && atlas().lies_in(place, *outer))
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
        for (at, zone) in zones.iter().enumerate().filter(|(_, zone)| !zone.is_collection && !zone.takes_the_rest) {
            for name in std::iter::once(&zone.area).chain(&zone.aliases) {
                homes.extend(named(name).into_iter().map(|place| (place, at)));
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

    /// The areas that have a part of a wide place, such as a town, after which none is named; without the one that has
    /// the rest of it.
    fn parts(&self, place: PlaceId) -> Vec<usize> {
        if self.homes.iter().any(|(home, _)| *home == place) {
            return Vec::new();
        }
        let rest = self.zone_of(place);
        let inner = self.homes.iter().filter(|(home, zone)| Some(*zone) != rest && atlas().lies_in(*home, place));
        inner.map(|(_, zone)| *zone).collect()
    }

    /// A wide place is several areas when its estates are.
    fn choices(&self, place: PlaceId) -> Vec<Choice> {
        let (parts, rest) = (self.parts(place), self.zone_of(place));
        if parts.is_empty() {
            return rest.map(|zone| Choice { said: atlas().title(place), zone }).into_iter().collect();
        }
        let zones = parts.into_iter().chain(rest);
        zones.map(|zone| Choice { said: self.zones[zone].area.clone(), zone }).collect()
    }

    fn meant(&self, places: &[PlaceId]) -> Meant {
        let mut choices: Vec<Choice> = Vec::new();
        // One estate is not its whole town: who said the town is asked.
        let is_asked = places.iter().any(|place| !self.parts(*place).is_empty());
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
        if !is_asked && choices.iter().all(|choice| choice.zone == first.zone) && places.len() == 1 {
            let zone = first.zone;
            let is_said = self.homes.iter().any(|(home, at)| *at == zone && *home == places[0]);
            return Meant::Zone { zone, place: (!is_said).then(|| atlas().title(places[0])) };
        }
        if !is_asked && choices.len() == 1 {
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
    fn an_areas_own_name_comes_before_what_an_earlier_one_is_also_called() {
        let zones = [zone("Langata", &["Karen", "Kwa Mzee"]), zone("Karen", &[]), zone("Kwa Mzee", &[])];
        assert_eq!(find_zone(&zones, "karen"), only(1));
        assert_eq!(find_zone(&zones, "kwa mzee"), only(2));
        assert_eq!(find_zone(&zones, "langata"), only(0));
    }

    #[test]
    fn a_slip_in_a_merchants_own_name_is_forgiven_also_beside_a_word_that_says_nothing() {
        let zones = [zone("Kilimani", &["Stage ya Nakumatt"])];
        assert_eq!(find_zone(&zones, "stage ya nakumat"), only(0));
    }

    #[test]
    fn an_area_reaches_as_far_as_the_places_of_its_name_and_no_further() {
        let zones = [
            zone("Westlands & Parklands", &[]),
            zone("JKIA", &[]),
            zone("Ruaka, Kiambu", &[]),
            zone("Makongeni, Thika", &[]),
            Zone { takes_the_rest: true, ..zone("Outside Nairobi", &["Mombasa"]) },
        ];
        for (said, wanted) in [
            ("sarit", only(0)),
            ("Aga Khan Hospital", only(0)),
            ("JKIA", only(1)),
            ("JKIA, terminal 1A", only(1)),
            ("embakasi", at(4, "Embakasi, Nairobi")),
            ("Joyland", only(2)),
            ("Kiambu town", at(4, "Kiambu Town, Kiambu")),
            ("Makongeni Thika", only(3)),
            ("Makongeni Nairobi", at(4, "Makongeni, Nairobi")),
            ("Karen", at(4, "Karen, Nairobi")),
        ] {
            assert_eq!(find_zone(&zones, said), wanted, "{said}");
        }
        // Whom nobody else takes is not taken by an area that names Nairobi to say that it is elsewhere.
        let outside = [zone("Outside Nairobi", &[]), zone("Around Nairobi", &[])];
        assert_eq!(find_zone(&outside, "Karen"), Meant::NotThere { place: "Karen, Nairobi".into() });
    }

    #[test]
    fn a_town_is_never_the_one_estate_that_is_reached() {
        let mut zones = vec![zone("CBD", &[]), zone("Nyali", &[])];
        let nyali = Choice { said: "Nyali".into(), zone: 1 };
        assert_eq!(find_zone(&zones, "Mombasa"), Meant::Several(vec![nyali.clone()]));
        assert_eq!(find_zone(&zones, "Bamburi"), Meant::NotThere { place: "Bamburi, Mombasa".into() });
        zones.push(Zone { takes_the_rest: true, ..zone("Rest of Kenya", &[]) });
        let rest = Choice { said: "Rest of Kenya".into(), zone: 2 };
        assert_eq!(find_zone(&zones, "Mombasa"), Meant::Several(vec![nyali, rest]));
        assert_eq!(find_zone(&zones, "Rest of Kenya"), only(2));
        assert_eq!(find_zone(&zones, "City Mall Nyali"), only(1));
        // The county's area takes what is left of the town, and one that has the part too is not asked about.
        zones.push(zone("Mombasa County", &["Bamburi"]));
        assert_eq!(find_zone(&zones[2..], "Mombasa"), at(1, "Mombasa"));
        let Meant::Several(choices) = find_zone(&zones, "Mombasa") else { panic!("it was not asked about") };
        assert_eq!(choices.iter().map(|choice| choice.zone).collect::<Vec<_>>(), [1, 3]);
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
