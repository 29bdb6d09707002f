//! Which places somebody means who typed this: exactly, by a part of it, or but for a slip of the finger.

use super::{
    outline::{PlaceId, Sense, atlas},
    spelling::{distance, forgiven, is_filler, key, without_fillers, words},
};

/// The places that may be meant; several when only the person knows which, none when no name of ours was said.
pub type Found = Vec<PlaceId>;

/// The most words that a name has.
const LONGEST_NAME: usize = 5;
/// Inside a sentence, a shorter name is more often a word.
const SHORTEST_PART: usize = 3;

/// Towns abroad that people from there type: no estate of the same name is meant.
const ABROAD: [&str; 22] = [
    "uganda",
    "tanzania",
    "rwanda",
    "burundi",
    "ethiopia",
    "somalia",
    "southsudan",
    "congodrc",
    "kampala",
    "entebbe",
    "jinja",
    "arusha",
    "moshi",
    "mwanza",
    "daressalaam",
    "dodoma",
    "zanzibar",
    "kigali",
    "juba",
    "addisababa",
    "london",
    "dubai",
];

/// After the name of a town abroad: a road here that is named after it.
const ROADS: [&str; 4] = ["road", "street", "avenue", "ave"];

/// A run of words that is a name.
struct Part {
    from: usize,
    to: usize,
    senses: Vec<Sense>,
}

/// Finds what was named, letter by letter.
pub fn look_up(said: &str) -> Found {
    let words = words(said);
    if is_abroad(&words) {
        return Vec::new();
    }
    for whole in [words.clone(), without_fillers(&words)] {
        let senses = atlas().senses(&key(&whole));
        if !whole.is_empty() && !senses.is_empty() {
            return senses.iter().map(|sense| sense.place).collect();
        }
    }
    let parts = parts(&words);
    let found = settle(&parts);
    // `Kilimanni, Nairobi`: the town was understood and the estate was not.
    let rest: Vec<String> = words
        .iter()
        .enumerate()
        .filter(|(at, word)| !is_filler(word) && !parts.iter().any(|part| (part.from..part.to).contains(at)))
        .map(|(_, word)| word.clone())
        .collect();
    if !rest.is_empty() && !found.is_empty() && found.iter().all(|place| is_wide(*place)) {
        let inner: Found = near(&rest)
            .into_iter()
            .filter(|inner| found.iter().any(|outer| inner != outer && atlas().lies_in(*inner, *outer)))
            .collect();
        if !inner.is_empty() {
            return inner;
        }
    }
    found
}

/// Finds what was meant but for a slip; nothing when two places are as near.
pub fn look_up_near(said: &str) -> Found {
    let words = words(said);
    if is_abroad(&words) { Vec::new() } else { near(&without_fillers(&words)) }
}

fn near(words: &[String]) -> Found {
    let whole = nearest(&key(words));
    if !whole.is_empty() {
        return whole;
    }
    for length in (1..=LONGEST_NAME.min(words.len())).rev() {
        let mut found: Found = Vec::new();
        for run in words.windows(length) {
            let key = key(run);
            // Among other words, a short one is more likely a word than a slip.
            if key.chars().count() > 5 {
                found.extend(nearest(&key));
            }
        }
        found.sort_unstable();
        found.dedup();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn nearest(said: &str) -> Found {
    let most = forgiven(said.chars().count());
    if most == 0 {
        return Vec::new();
    }
    let mut best = most + 1;
    let mut found: Found = Vec::new();
    for (spelling, senses) in atlas().spellings() {
        // Phase 4 is no slip for phase 5.
        if !spelling.chars().filter(char::is_ascii_digit).eq(said.chars().filter(char::is_ascii_digit)) {
            continue;
        }
        // A nickname of four letters is everybody's neighbour.
        let within = most.min(forgiven(spelling.chars().count())).min(best);
        let Some(slips) = distance(said, spelling, within) else { continue };
        if within == 0 || slips > best {
            continue;
        }
        if slips < best {
            best = slips;
            found.clear();
        }
        found.extend(senses.iter().map(|sense| sense.place));
    }
    found.sort_unstable();
    found.dedup();
    if found.len() > 1 { Vec::new() } else { found }
}

/// The names in a sentence, the longest first, none within another.
fn parts(words: &[String]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for length in (1..=LONGEST_NAME.min(words.len())).rev() {
        for from in 0..=words.len() - length {
            let to = from + length;
            let is_taken = parts.iter().any(|part| from < part.to && part.from < to);
            let key = key(&words[from..to]);
            if is_taken || key.chars().count() < SHORTEST_PART {
                continue;
            }
            let senses: Vec<Sense> = atlas().senses(&key).iter().copied().filter(|sense| !sense.is_alone).collect();
            if !senses.is_empty() {
                parts.push(Part { from, to, senses });
            }
        }
    }
    parts
}

/// What the names say together.
fn settle(parts: &[Part]) -> Found {
    let atlas = atlas();
    // Of two places of one name, the one whose town was named too.
    let mut meant: Vec<Vec<Sense>> = parts
        .iter()
        .map(|part| {
            let named: Vec<Sense> = part
                .senses
                .iter()
                .copied()
                .filter(|sense| {
                    parts.iter().filter(|other| other.from != part.from).flat_map(|other| &other.senses).any(|other| {
                        atlas.lies_in(sense.place, other.place)
                            || atlas.county(sense.place) == atlas.county(other.place)
                    })
                })
                .collect();
            if named.is_empty() { part.senses.clone() } else { named }
        })
        .collect();
    // A named estate is believed before what stands near it; within a town that was named, what stands there says more.
    let named: Vec<PlaceId> =
        meant.iter().flatten().filter(|sense| !sense.is_landmark).map(|sense| sense.place).collect();
    keep_if_any(&mut meant, |senses| {
        senses.iter().any(|sense| !sense.is_landmark || named.iter().any(|outer| atlas.lies_in(sense.place, *outer)))
    });
    keep_if_any(&mut meant, |senses| !senses.iter().all(|sense| is_road(sense.place)));
    let all: Vec<PlaceId> = meant.iter().flatten().map(|sense| sense.place).collect();
    let mut found: Found = all
        .iter()
        .copied()
        .filter(|place| !all.iter().any(|inner| inner != place && atlas.lies_in(*inner, *place)))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Drops what fails, unless everything does.
fn keep_if_any(meant: &mut Vec<Vec<Sense>>, is_kept: impl Fn(&Vec<Sense>) -> bool) {
    if meant.iter().any(&is_kept) {
        meant.retain(is_kept);
    }
}

/// A road is long: beside an estate it only says how to get there.
fn is_road(place: PlaceId) -> bool {
    atlas().place(place).name.ends_with("Road")
}

fn is_wide(place: PlaceId) -> bool {
    let atlas = atlas();
    atlas.ids().any(|inner| atlas.place(inner).inside == Some(place))
}

/// Whether a town abroad is named, and neither a road of its name nor a place that is only in Kenya.
fn is_abroad(words: &[String]) -> bool {
    let is_road = |at: usize| words.get(at).is_some_and(|next| ROADS.contains(&next.as_str()));
    let is_named = (1..=3.min(words.len())).any(|length| {
        words
            .windows(length)
            .enumerate()
            .any(|(from, run)| ABROAD.contains(&key(run).as_str()) && !is_road(from + length))
    });
    // A name that several places have, such as Majengo, may well be one abroad too.
    is_named && !parts(words).iter().any(|part| matches!(part.senses[..], [sense] if !sense.is_landmark))
}
