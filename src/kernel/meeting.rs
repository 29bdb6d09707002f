//! Two people edit the same thing: what the second must see, and a form in which nothing of either is lost.

use super::typed::Typed;
use serde::{Deserialize, Serialize};

/// A field that somebody else changed while it was being edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    /// What stood there when the form was opened.
    pub was: String,
    /// What stands there now.
    pub now: String,
    /// What this person typed; none when they left the field as it was.
    pub mine: Option<String>,
}

/// The form to show to the second person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meeting {
    /// What this person changed, over what stands there now.
    pub merged: Typed,
    pub changes: Vec<Change>,
}

/// Lays what was typed over what stands there now. `seen` is what the form showed when it was opened; all three are
/// compared in the fields named. What this person changed stays as typed; the rest is as it is now.
pub fn meet(fields: &[&str], seen: &Typed, now: &Typed, typed: &Typed) -> Meeting {
    let mut meeting = Meeting::default();
    for field in fields {
        let (was, is, mine) = (seen.get(field), now.get(field), typed.get(field));
        let is_mine = !same(mine, was);
        meeting.merged.set(field, if is_mine { mine } else { is });
        if !same(is, was) && !same(is, mine) {
            meeting.changes.push(Change {
                field: (*field).to_owned(),
                was: was.to_owned(),
                now: is.to_owned(),
                mine: is_mine.then(|| mine.to_owned()),
            });
        }
    }
    meeting
}

/// Whether what was typed stands there already, as when a form is sent twice: nothing is left to save.
pub fn stands(fields: &[&str], now: &Typed, typed: &Typed) -> bool {
    fields.iter().all(|field| same(now.get(field), typed.get(field)))
}

/// Browsers write line ends their own way, and nobody sees spaces at the end.
fn same(one: &str, other: &str) -> bool {
    one.trim_end().replace("\r\n", "\n") == other.trim_end().replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FIELDS: [&str; 3] = ["name", "phone", "area"];

    fn form(name: &str, phone: &str, area: &str) -> Typed {
        Typed::default().with("name", name).with("phone", phone).with("area", area)
    }

    #[test]
    fn both_peoples_changes_are_kept_and_the_colleagues_are_shown() {
        let seen = form("Duka", "0711", "CBD");
        let meeting = meet(&FIELDS, &seen, &form("Duka la Njeri", "0711", "CBD"), &form("Duka", "0722", "CBD"));
        assert_eq!(meeting.merged, form("Duka la Njeri", "0722", "CBD"));
        let change = Change { field: "name".into(), was: "Duka".into(), now: "Duka la Njeri".into(), mine: None };
        assert_eq!(meeting.changes, [change]);
    }

    #[test]
    fn where_both_changed_the_same_field_both_values_are_there() {
        let meeting = meet(&FIELDS, &form("Duka", "", ""), &form("Hers", "", ""), &form("Mine", "", ""));
        assert_eq!(meeting.merged.get("name"), "Mine");
        let change = Change { field: "name".into(), was: "Duka".into(), now: "Hers".into(), mine: Some("Mine".into()) };
        assert_eq!(meeting.changes, [change]);
    }

    #[test]
    fn the_same_change_twice_is_no_conflict_and_line_ends_are_no_change() {
        let twice = meet(&FIELDS, &form("Duka", "", ""), &form("New", "", ""), &form("New", "", ""));
        assert_eq!((twice.merged.get("name"), twice.changes.len()), ("New", 0));
        let ends = meet(&FIELDS, &form("a\nb", "", ""), &form("a\nb", "", ""), &form("a\r\nb ", "", ""));
        assert_eq!(ends.changes, []);
    }

    #[test]
    fn a_form_that_was_saved_stands_there_when_it_comes_again() {
        let saved = form("Duka", "", "a\nb");
        assert!(stands(&FIELDS, &saved, &form("Duka", "", "a\r\nb")));
        assert!(!stands(&FIELDS, &saved, &form("Duka", "0711", "a\nb")));
        assert!(!stands(&FIELDS, &saved, &form("", "", "a\nb")), "what is emptied is a change");
    }

    proptest! {
        /// Whoever saves the merged form loses nothing of their own, and nothing of the other's that they did not see.
        #[test]
        fn nothing_is_silently_lost(seen in "[ab]{0,2}", now in "[ab]{0,2}", typed in "[ab]{0,2}") {
            let meeting = meet(&["name"], &form(&seen, "", ""), &form(&now, "", ""), &form(&typed, "", ""));
            let merged = meeting.merged.get("name");
            prop_assert_eq!(merged, if typed == seen { now.as_str() } else { typed.as_str() });
            prop_assert_eq!(meeting.changes.is_empty(), now == seen || now == typed);
        }
    }
}
