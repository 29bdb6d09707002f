//! The team's own words on an order: few, short, and the same word however it is typed.

use crate::kernel::field_errors::FieldProblem;

/// The most tags on one order.
pub const MOST_TAGS: usize = 10;
/// The most characters of one tag.
pub const LONGEST_TAG: usize = 30;

/// Reads `gift, Urgent` as `gift` and `urgent`: parted by commas, in small letters, sorted, each once.
pub fn read_tags(typed: &str) -> Result<Vec<String>, FieldProblem> {
    let mut tags = Vec::new();
    for part in typed.split([',', '\n']) {
        let Some(tag) = one_tag(part)? else { continue };
        if !tags.contains(&tag) {
            tags.push(tag);
        }
        if tags.len() > MOST_TAGS {
            return Err(FieldProblem::TooMany);
        }
    }
    tags.sort();
    Ok(tags)
}

/// One tag as it is stored; none when nothing is left of it.
pub fn one_tag(typed: &str) -> Result<Option<String>, FieldProblem> {
    let tag = typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    match tag.chars().count() {
        0 => Ok(None),
        n if n > LONGEST_TAG => Err(FieldProblem::TooLong),
        _ if tag.chars().any(char::is_control) => Err(FieldProblem::Unreadable),
        _ => Ok(Some(tag)),
    }
}

/// As a form shows them.
pub fn write_tags(tags: &[String]) -> String {
    tags.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_the_same_however_it_is_typed() {
        let read = |typed: &str| read_tags(typed).map(|tags| write_tags(&tags));
        assert_eq!(read(" Urgent,gift ,  URGENT,, call   first "), Ok("call first, gift, urgent".into()));
        assert_eq!(read(" , "), Ok(String::new()));
    }

    #[test]
    fn tags_are_few_and_short() {
        let many = |count: usize| (0..count).map(|at| format!("t{at}")).collect::<Vec<_>>().join(",");
        assert_eq!(read_tags(&many(MOST_TAGS)).map(|tags| tags.len()), Ok(MOST_TAGS));
        assert_eq!(read_tags(&many(MOST_TAGS + 1)), Err(FieldProblem::TooMany));
        assert_eq!(read_tags(&"x".repeat(LONGEST_TAG)).map(|tags| tags.len()), Ok(1));
        assert_eq!(read_tags(&"x".repeat(LONGEST_TAG + 1)), Err(FieldProblem::TooLong));
        assert_eq!(read_tags("a\u{7}b"), Err(FieldProblem::Unreadable));
    }
}
