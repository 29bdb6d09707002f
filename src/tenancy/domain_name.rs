//! A domain of a merchant's own, as typed: `shop.njeri.co.ke`.

use crate::kernel::field_errors::FieldProblem;

/// The longest name that resolvers take.
const LONGEST: usize = 253;
/// Names that lead nowhere on the public internet, or somewhere inside a house.
const PRIVATE_ENDINGS: [&str; 10] =
    ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion", "invalid"];

/// Reads a domain in any alphabet as resolvers write it; `platform` is the platform's own host, whose names are not
/// for sale.
pub fn parse(typed: &str, platform: &str) -> Result<String, FieldProblem> {
    let text = typed.trim().trim_end_matches('.');
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    if text.chars().count() > LONGEST {
        return Err(FieldProblem::TooLong);
    }
    let name = idna::domain_to_ascii_strict(text).map_err(|_| FieldProblem::NotADomain)?.to_lowercase();
    let labels: Vec<&str> = name.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    // A last label of digits makes it an address of a machine.
    let is_name = labels.len() >= 2
        && name.len() <= LONGEST
        && labels.iter().all(|label| is_label(label))
        && last.len() >= 2
        && !last.bytes().all(|b| b.is_ascii_digit())
        && !PRIVATE_ENDINGS.contains(&last);
    if !is_name {
        return Err(FieldProblem::NotADomain);
    }
    let is_ours = name == platform || name.ends_with(&format!(".{platform}"));
    if is_ours { Err(FieldProblem::ReservedAddress) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_one_name_in_any_alphabet() {
        let read = |typed| parse(typed, "duka.example");
        assert_eq!(read(" Shop.Njeri.co.ke. "), Ok("shop.njeri.co.ke".into()));
        assert_eq!(read("bücher.ke"), Ok("xn--bcher-kva.ke".into()));
    }

    #[test]
    fn what_is_no_public_name_is_refused() {
        for typed in [
            "njeri",
            "localhost",
            "10.0.0.1",
            "[::1]",
            "a..ke",
            "-a.ke",
            "a_b.ke",
            "https://njeri.ke",
            "njeri.ke/x",
            "njeri.ke:80",
            "a b.ke",
            "shop.localhost",
            "printer.local",
            "x.internal",
            "a.b\u{0}.ke",
            "0x7f.1",
        ] {
            assert_eq!(parse(typed, "duka.example"), Err(FieldProblem::NotADomain), "{typed}");
        }
        assert_eq!(parse("", "duka.example"), Err(FieldProblem::Missing));
        assert_eq!(parse(&format!("{}.ke", "a".repeat(300)), "duka.example"), Err(FieldProblem::TooLong));
    }

    #[test]
    fn the_platforms_own_names_are_not_a_merchants() {
        for typed in ["duka.example", "x.duka.example", "DUKA.example"] {
            assert_eq!(parse(typed, "duka.example"), Err(FieldProblem::ReservedAddress), "{typed}");
        }
        assert_eq!(parse("myduka.example", "duka.example"), Ok("myduka.example".into()));
    }
}
