//! Reads the outlines of places once, and answers what a name may stand for.

use super::spelling::{key, words};
use std::{collections::HashMap, sync::LazyLock};

/// A place's number in the atlas; a place comes after what it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(usize);

/// A county, a town, a part of one, or an estate.
#[derive(Clone, Debug)]
pub struct Place {
    pub name: &'static str,
    /// What it lies in; none for a county.
    pub inside: Option<PlaceId>,
}

/// What a spelling stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    pub place: PlaceId,
    /// Something that stands there, and not the place's own name.
    pub is_landmark: bool,
    /// Also an ordinary word: it counts when nothing else was said.
    pub is_alone: bool,
}

/// Every place, and every spelling of it.
#[derive(Debug, Default)]
pub struct Atlas {
    places: Vec<Place>,
    senses: HashMap<String, Vec<Sense>>,
}

/// The places that the program knows.
pub fn atlas() -> &'static Atlas {
    static ATLAS: LazyLock<Atlas> =
        LazyLock::new(|| Atlas::read(&[include_str!("nairobi.txt"), include_str!("upcountry.txt")]));
    &ATLAS
}

impl Atlas {
    fn read(outlines: &[&'static str]) -> Self {
        let mut atlas = Self::default();
        for outline in outlines {
            // The places that the next line may lie in, outermost first.
            let mut around: Vec<PlaceId> = Vec::new();
            for line in outline.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
                let depth = (line.len() - line.trim_start().len()) / 2;
                around.truncate(depth);
                let place = PlaceId(atlas.places.len());
                atlas.add(place, line.trim(), around.last().copied());
                around.push(place);
            }
        }
        atlas
    }

    fn add(&mut self, place: PlaceId, line: &'static str, inside: Option<PlaceId>) {
        let (names, landmarks) = line.split_once(" + ").unwrap_or((line, ""));
        let (name, also) = names.split_once(" = ").unwrap_or((names, ""));
        self.places.push(Place { name, inside });
        self.call(place, name, false);
        for (list, is_landmark) in [(also, false), (landmarks, true)] {
            for spelling in list.split(", ").filter(|spelling| !spelling.is_empty()) {
                self.call(place, spelling, is_landmark);
            }
        }
    }

    fn call(&mut self, place: PlaceId, spelling: &str, is_landmark: bool) {
        let (spelling, is_alone) = spelling.strip_prefix('~').map_or((spelling, false), |bare| (bare, true));
        let senses = self.senses.entry(key(&words(spelling))).or_default();
        if !senses.iter().any(|sense| sense.place == place) {
            senses.push(Sense { place, is_landmark, is_alone });
        }
    }

    pub fn place(&self, id: PlaceId) -> &Place {
        &self.places[id.0]
    }

    /// What a run of words may stand for, in the order of the outlines.
    pub fn senses(&self, key: &str) -> &[Sense] {
        self.senses.get(key).map_or(&[], Vec::as_slice)
    }

    /// Every spelling with what it stands for.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, &[Sense])> {
        self.senses.iter().map(|(key, senses)| (key.as_str(), senses.as_slice()))
    }

    pub fn ids(&self) -> impl Iterator<Item = PlaceId> + use<> {
        (0..self.places.len()).map(PlaceId)
    }

    /// The place itself and all that it lies in, innermost first.
    pub fn around(&self, id: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        std::iter::successors(Some(id), |at| self.place(*at).inside)
    }

    /// Whether it is the other place or anywhere in it.
    pub fn lies_in(&self, inner: PlaceId, outer: PlaceId) -> bool {
        self.around(inner).any(|at| at == outer)
    }

    /// The outermost place around it.
    pub fn county(&self, id: PlaceId) -> PlaceId {
        self.around(id).last().unwrap_or(id)
    }

    /// `Kilimani, Nairobi`: a name that is understood wherever it is said.
    pub fn title(&self, id: PlaceId) -> String {
        let name = self.place(id).name;
        let county = self.place(self.county(id)).name.trim_end_matches(" County");
        // A place within a town other than the county's own is known by the town.
        let town = self.around(id).skip(1).map(|at| self.place(at).name).find(|at| *at == county);
        match town {
            Some(town) => format!("{name}, {town}"),
            None if name == county || name.ends_with("County") => name.to_owned(),
            None => {
                let above = self.place(id).inside.map_or(county, |at| self.place(at).name);
                format!("{name}, {}", above.trim_end_matches(" County"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_47_counties_are_there_and_no_place_is_written_badly() {
        let atlas = atlas();
        let counties: Vec<_> = atlas.ids().filter(|id| atlas.place(*id).inside.is_none()).collect();
        assert_eq!(counties.len(), 47);
        for id in atlas.ids() {
            let name = atlas.place(id).name;
            assert!(!name.contains(['=', '+', '~', '\t', ',']), "{name}");
            assert_eq!(atlas.place(id).inside.is_none(), name.ends_with(" County"), "{name}");
        }
        assert!(atlas.ids().count() > 350, "{}", atlas.ids().count());
    }

    #[test]
    fn only_these_spellings_stand_for_more_than_one_place() {
        let atlas = atlas();
        let mut shared: Vec<&str> =
            atlas.spellings().filter(|(_, senses)| senses.len() > 1).map(|(key, _)| key).collect();
        shared.sort_unstable();
        assert_eq!(shared, ["industrialarea", "kaloleni", "majengo", "makadara", "makongeni", "milimani", "rongai"]);
    }

    #[test]
    fn a_title_says_where_a_place_lies() {
        let titles = |key: &str| atlas().senses(key).iter().map(|sense| atlas().title(sense.place)).collect::<Vec<_>>();
        assert_eq!(titles("kilimani"), ["Kilimani, Nairobi"]);
        assert_eq!(titles("rongai"), ["Ongata Rongai, Kajiado", "Rongai, Nakuru"]);
        assert_eq!(titles("makongeni"), ["Makongeni, Nairobi", "Makongeni, Thika"]);
        assert_eq!(titles("mombasa"), ["Mombasa"]);
        assert_eq!(titles("uasingishu"), ["Uasin Gishu County"]);
    }
}
