//! What a payer may have meant by what stands in the account field: digits with at most one letter behind them.

use super::reference::Reference;

/// Longer than any reference with a word before it; the field itself takes twenty.
const LONGEST: usize = 60;
/// Stands where a letter is that no digit is taken for.
pub(super) const STRANGE: u8 = b'?';

/// What people write before the number. Longer ones first, since the first that fits is taken off.
const PREFIXES: [&str; 19] = [
    "ORDERNUMBER",
    "ORDERNO",
    "ORDER",
    "ACCOUNT",
    "INVOICE",
    "NUMBER",
    "NAMBA",
    "ODER",
    "ODA",
    "DUKA",
    "ORD",
    "OD",
    "ACC",
    "INV",
    "REF",
    "NUM",
    "AC",
    "NO",
    "NR",
];

/// Every way to read it, the whole first. None has more than one strange letter.
pub(super) fn readings(typed: &str) -> Vec<Vec<u8>> {
    let upper: String = typed.chars().take(LONGEST).collect::<String>().to_uppercase();
    let words: Vec<&str> =
        upper.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).take(6).collect();
    let mut found: Vec<Vec<u8>> = Vec::new();
    for length in (1..=words.len()).rev() {
        for run in words.windows(length) {
            if let Some(reading) = read(&run.concat())
                && !found.contains(&reading)
            {
                found.push(reading);
            }
        }
    }
    found
}

fn read(joined: &str) -> Option<Vec<u8>> {
    let bare = without_words(joined);
    let last = bare.len().checked_sub(1)?;
    let reading: Vec<u8> = bare
        .bytes()
        .enumerate()
        .map(|(at, letter)| if at == last && Reference::is_letter(letter) { letter } else { digit(letter) })
        .collect();
    let (digits, strange) = reading.iter().fold((0, 0), |(digits, strange), letter| match letter {
        b'0'..=b'9' => (digits + 1, strange),
        &STRANGE => (digits, strange + 1),
        _ => (digits, strange),
    });
    // A word such as LOLO is no number, although every letter could be a digit.
    let has_digit = bare.bytes().any(|letter| letter.is_ascii_digit());
    (has_digit && digits >= 1 && strange <= 1 && reading.len() <= 20).then_some(reading)
}

/// Takes off "ORDER", "No." and names before the number.
fn without_words(joined: &str) -> &str {
    let mut bare = joined;
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| bare.strip_prefix(prefix)).filter(|rest| !rest.is_empty())
    {
        bare = rest;
    }
    let letters = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
    let is_name = letters >= 3 && bare.bytes().take(letters).any(|letter| digit(letter) == STRANGE);
    match bare.get(letters..) {
        Some(rest) if is_name && !rest.is_empty() => rest,
        _ => bare,
    }
}

/// The digit that a letter is taken for.
const fn digit(letter: u8) -> u8 {
    match letter {
        b'0'..=b'9' => letter,
        b'O' | b'Q' | b'D' => b'0',
        b'I' | b'L' => b'1',
        b'Z' => b'2',
        b'E' => b'3',
        b'A' => b'4',
        b'S' => b'5',
        b'G' => b'6',
        b'T' => b'7',
        b'B' => b'8',
        _ => STRANGE,
    }
}

#[cfg(test)]
mod tests {
    use super::readings;

    fn first(typed: &str) -> String {
        readings(typed).first().map(|reading| String::from_utf8_lossy(reading).into_owned()).unwrap_or_default()
    }

    #[test]
    fn spaces_dashes_case_words_and_look_alikes_do_not_matter() {
        for typed in [
            "1042R",
            " 1042r ",
            "10-42 R",
            "1 0 4 2 R",
            "ORDER 1042R",
            "order1042r",
            "Ord. No. 1042R",
            "#1042R",
            "IO42R",
            "l042r",
            "10A2R",
            "1O4ZR",
            "Amina1042R",
            "acc: 1042R",
            "1042.R",
        ] {
            assert_eq!(first(typed), "1042R", "{typed}");
        }
        assert_eq!(first("SIS8"), "5158");
    }

    #[test]
    fn a_name_beside_the_number_does_not_hide_it() {
        for typed in ["Amina 1042R", "1042R Amina", "Amina W 1042 R"] {
            assert!(readings(typed).contains(&b"1042R".to_vec()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_has_no_reading() {
        for typed in ["", "   ", "AMINA", "LOLO", "rent", "?", "💚💚", "ＡＢＣ"] {
            assert_eq!(readings(typed), Vec::<Vec<u8>>::new(), "{typed}");
        }
        assert!(readings(&"9".repeat(5_000)).is_empty());
    }
}
