//! Which columns of a list are a customer's, by what people call them in English and Swahili.

use super::BringRefusal;

/// What a list can say of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Phone,
    Name,
    FirstName,
    LastName,
    Email,
    Area,
    Tags,
}

const CALLED: &[(Part, &[&str])] = &[
    (
        Part::Phone,
        &["phone", "phone number", "mobile", "mobile number", "telephone", "simu", "namba ya simu", "nambari ya simu"],
    ),
    (Part::Name, &["name", "full name", "customer", "customer name", "jina", "jina kamili", "mteja"]),
    (Part::FirstName, &["first name", "jina la kwanza"]),
    (Part::LastName, &["last name", "surname", "jina la mwisho"]),
    (Part::Email, &["email", "e-mail", "email address", "barua pepe"]),
    (Part::Area, &["areas", "area", "estate", "default address city", "eneo", "maeneo", "mtaa"]),
    (Part::Tags, &["tags", "tag", "lebo"]),
];

/// Where each part stands; everything else in a list, also what somebody agreed to, is not looked at.
#[derive(Debug)]
pub(super) struct Columns {
    places: Vec<(Part, usize)>,
    pub width: usize,
}

impl Columns {
    pub(super) fn find(names: &[String]) -> Result<Self, BringRefusal> {
        let mut places: Vec<(Part, usize)> = Vec::new();
        for (nth, name) in names.iter().enumerate() {
            let Some(part) = part_called(name) else { continue };
            if places.iter().any(|(known, _)| *known == part) {
                return Err(BringRefusal::ColumnTwice(name.chars().take(60).collect()));
            }
            places.push((part, nth));
        }
        if !places.iter().any(|(part, _)| *part == Part::Phone) {
            return Err(BringRefusal::NoPhoneColumn);
        }
        Ok(Self { places, width: names.len() })
    }

    /// What a row says of it; empty where the list has no such column.
    pub(super) fn cell<'row>(&self, row: &'row [String], part: Part) -> &'row str {
        let place = self.places.iter().find(|(known, _)| *known == part).map(|(_, place)| *place);
        place.and_then(|place| row.get(place)).map_or("", String::as_str)
    }
}

fn part_called(name: &str) -> Option<Part> {
    let plain = name.trim().to_lowercase().replace('_', " ");
    CALLED.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(part, _)| *part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(names: &[&str]) -> Result<Columns, BringRefusal> {
        Columns::find(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn columns_are_known_by_their_names_in_both_languages() {
        let columns = find(&["Jina", "NAMBA YA SIMU", "first_name", "Spent"]).expect("columns");
        let row = ["Amina".to_owned(), "0711".to_owned()];
        assert_eq!(columns.cell(&row, Part::Name), "Amina");
        assert_eq!(columns.cell(&row, Part::Phone), "0711");
        assert_eq!((columns.cell(&row, Part::FirstName), columns.cell(&row, Part::Email)), ("", ""));
    }

    #[test]
    fn a_list_without_phones_or_with_two_of_a_kind_is_none() {
        assert_eq!(find(&["Name", "Email"]).err(), Some(BringRefusal::NoPhoneColumn));
        assert_eq!(find(&["Phone", "Mobile"]).err(), Some(BringRefusal::ColumnTwice("Mobile".to_owned())));
    }
}
