//! What somebody types to find a customer: a number in any spelling, also a part of one, or words of a name.

/// The beginning or a part of a stored phone number (`+254711…`) that the typed words can mean; none when they are no
/// digits, or fewer than three.
pub fn part_of_phone(words: &str) -> Option<String> {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '+');
    if !words.chars().all(|c| c.is_ascii_digit() || is_sign(c)) {
        return None;
    }
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    let local = digits.strip_prefix("00").unwrap_or(&digits);
    let local = local.strip_prefix("254").or_else(|| local.strip_prefix('0')).unwrap_or(local);
    (3..=9).contains(&local.len()).then(|| local.to_owned())
}

/// First and last name as one.
pub fn whole_name(first: Option<&str>, last: Option<&str>) -> String {
    [first, last].into_iter().flatten().map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_by_its_beginning_or_end_in_any_spelling() {
        for (typed, part) in [
            ("0711 223", Some("711223")),
            ("+254 711-223", Some("711223")),
            ("254711223344", Some("711223344")),
            ("00254711", Some("711")),
            ("3344", Some("3344")),
            ("12", None),
            ("0711 223 344 55", None),
            ("Amina", None),
            ("7th street", None),
            ("", None),
        ] {
            assert_eq!(part_of_phone(typed).as_deref(), part, "{typed}");
        }
    }

    #[test]
    fn a_name_is_whole_with_one_part_too() {
        assert_eq!(whole_name(Some("Amina"), Some("Wanjiru Njeri")), "Amina Wanjiru Njeri");
        assert_eq!(whole_name(Some("Amina"), None), "Amina");
        assert_eq!(whole_name(None, Some(" ")), "");
    }
}
