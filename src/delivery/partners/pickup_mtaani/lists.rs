//! Who takes parcels where: areas, the places in each, the agents in each place; bounded.

use super::{
    super::contract::{Agent, Fault},
    answers::read_list,
    client::{Account, PickupMtaani},
    wire::{number_of, text_of},
};
use serde_json::Value;
use std::collections::HashSet;

/// More than anybody would choose among.
pub const MOST_AGENTS: usize = 300;
const MOST_AREAS: usize = 100;
const MOST_LOCATIONS: usize = 300;
/// What is kept of a name.
const LONGEST: usize = 80;

impl PickupMtaani {
    /// Every agent with its area, by as many questions as there are places. All or nothing: half a list would take the
    /// other half away.
    pub async fn agents(&self, account: &Account) -> Result<Vec<Agent>, Fault> {
        let mut agents: Vec<Agent> = Vec::new();
        let mut known: HashSet<i64> = HashSet::new();
        let mut asked = 0;
        let areas = self.ask(account, "/locations/areas", &[]).await?;
        for (area, area_name) in named(&areas, "name")?.into_iter().take(MOST_AREAS) {
            let places = self.ask(account, "/locations", &[("areaId", area.to_string())]).await?;
            for (place, location) in named(&places, "name")? {
                if asked >= MOST_LOCATIONS || agents.len() >= MOST_AGENTS {
                    return Ok(agents);
                }
                asked += 1;
                let found = self.ask(account, "/agents", &[("locationId", place.to_string())]).await?;
                for (number, name) in named(&found, "business_name")? {
                    if agents.len() < MOST_AGENTS && known.insert(number) {
                        agents.push(Agent { number, name, location: location.clone(), area: area_name.clone() });
                    }
                }
            }
        }
        Ok(agents)
    }
}

/// Numbers and names of a list; what has no number or name is left out.
fn named(answer: &Value, name: &str) -> Result<Vec<(i64, String)>, Fault> {
    let items = read_list(answer).map_err(|_| Fault::NotReached("a list that cannot be read".to_owned()))?;
    let pair = |item: &Value| Some((number_of(item, "id")?, clean(&text_of(item, name)?)?));
    Ok(items.iter().filter_map(pair).collect())
}

/// A name as people read it: one line, no signs that cannot be seen.
fn clean(name: &str) -> Option<String> {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    Some(words.join(" ").chars().take(LONGEST).collect::<String>()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned_and_what_has_none_is_left_out() {
        let answer: Value = serde_json::from_str(include_str!("samples/agents.json")).unwrap();
        assert_eq!(
            named(&answer, "business_name"),
            Ok(vec![(307, "Mama Shiru Cyber".to_owned()), (308, "Jirani Mini Mart".to_owned())])
        );
        let areas: Value = serde_json::from_str(include_str!("samples/areas.json")).unwrap();
        assert_eq!(named(&areas, "name"), Ok(vec![(1, "CBD".to_owned()), (4, "Rongai".to_owned())]));
        assert!(named(&serde_json::json!({ "data": "none" }), "name").is_err());
    }
}
