//! A merchant's words for a customer: read from one line, small letters, each once.

use crate::kernel::field_errors::FieldProblem;

/// More than anybody reads.
pub const MOST: usize = 20;
const LONGEST: usize = 30;

/// Reads words between commas.
pub fn parse(typed: &str) -> Result<Vec<String>, FieldProblem> {
    let mut tags: Vec<String> = Vec::new();
    for word in typed.split(',') {
        let tag = word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if tag.is_empty() || tags.contains(&tag) {
            continue;
        }
        if tag.chars().count() > LONGEST {
            return Err(FieldProblem::TooLong);
        }
        if tag.chars().any(char::is_control) {
            return Err(FieldProblem::Unreadable);
        }
        tags.push(tag);
    }
    if tags.len() > MOST { Err(FieldProblem::TooMany) } else { Ok(tags) }
}

/// As one line, the way it is typed.
pub fn line(tags: &[String]) -> String {
    tags.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_small_and_each_there_once() {
        assert_eq!(parse(" VIP,  Kitenge  lover,vip,, "), Ok(vec!["vip".to_owned(), "kitenge lover".to_owned()]));
        assert_eq!(parse(""), Ok(Vec::new()));
    }

    #[test]
    fn tags_that_nobody_would_read_are_refused() {
        assert_eq!(parse(&"x".repeat(31)), Err(FieldProblem::TooLong));
        let many: Vec<String> = (0..21).map(|nth| format!("t{nth}")).collect();
        assert_eq!(parse(&many.join(",")), Err(FieldProblem::TooMany));
    }
}
