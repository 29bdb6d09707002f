//! How names of places are compared: without case, marks and blanks, and how far two spellings are from each other.

/// More than anybody types for an area; the rest is not read.
const LONGEST: usize = 120;
const MOST_WORDS: usize = 14;

/// What people say around a name without meaning another place.
const FILLERS: [&str; 31] = [
    "estate", "area", "the", "near", "next", "to", "opposite", "behind", "karibu", "na", "mtaa", "wa", "ya", "stage",
    "kenya", "at", "in", "around", "along", "off", "huko", "kule", "hapa", "nyuma", "mbele", "beside", "by", "my",
    "am", "kaunti", "county",
];

/// The words of what somebody typed, as they are compared.
pub fn words(said: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in said.chars().take(LONGEST) {
        match letter {
            '\'' | '’' | '‘' | '`' | 'ʼ' | '´' => {}
            _ if letter.is_alphanumeric() => word.extend(plain(letter)),
            _ => end(&mut word, &mut words),
        }
    }
    end(&mut word, &mut words);
    words.truncate(MOST_WORDS);
    words
}

/// One way to write what is written in several.
fn end(word: &mut String, words: &mut Vec<String>) {
    if word.is_empty() {
        return;
    }
    let one = std::mem::take(word);
    let short = match one.as_str() {
        "rd" => "road",
        "est" => "estate",
        "st" => "street",
        "center" | "ctr" => "centre",
        "opp" => "opposite",
        "i" | "one" | "moja" => "1",
        "ii" | "two" | "mbili" => "2",
        "iii" | "three" | "tatu" => "3",
        "iv" | "four" | "nne" => "4",
        "v" | "five" | "tano" => "5",
        _ => "",
    };
    words.push(if short.is_empty() { one } else { short.to_owned() });
}

fn plain(letter: char) -> impl Iterator<Item = char> {
    let bare = match letter {
        'á' | 'à' | 'â' | 'ä' | 'Á' | 'À' => 'a',
        'é' | 'è' | 'ê' | 'É' | 'È' => 'e',
        'í' | 'ì' | 'ï' | 'ĩ' | 'Ĩ' => 'i',
        'ó' | 'ò' | 'ö' => 'o',
        'ú' | 'ù' | 'ü' | 'ũ' | 'Ũ' => 'u',
        other => other,
    };
    bare.to_lowercase()
}

/// Words run together: `Buru Buru` and `buruburu` are one.
pub fn key(words: &[String]) -> String {
    words.concat()
}

/// The words that may be names.
pub fn without_fillers(words: &[String]) -> Vec<String> {
    words.iter().filter(|word| !is_filler(word)).cloned().collect()
}

pub fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// How many slips of the finger a name of this length forgives.
pub const fn forgiven(letters: usize) -> usize {
    match letters {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    }
}

/// Letters added, left out, changed or swapped between two spellings; none when there are more than `most`, or when two
/// slips would also change the first letter.
pub fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut row = vec![at + 1];
        for (to, meant) in other.iter().enumerate() {
            let changed = last[to] + usize::from(letter != meant);
            let mut least = changed.min(last[to + 1] + 1).min(row[to] + 1);
            if at > 0 && to > 0 && *letter == other[to - 1] && one[at - 1] == *meant {
                least = least.min(before[to - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    let slips = last[other.len()];
    let is_far = slips > most || (slips > 1 && one.first() != other.first());
    (!is_far).then_some(slips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_blanks_and_short_forms_make_no_difference() {
        for (one, other) in [
            ("Lang'ata", "LANGATA"),
            ("Buru-Buru", "buruburu"),
            ("Umoja II", "umoja 2"),
            ("Thika Rd.", "thika road"),
            ("Mũrang’a", "muranga"),
            ("  Nyayo   Est ", "Nyayo Estate"),
        ] {
            assert_eq!(key(&words(one)), key(&words(other)), "{one}");
        }
        assert_eq!(words(&"a ".repeat(500)).len(), MOST_WORDS);
    }

    #[test]
    fn slips_are_counted_once_each_and_a_swap_is_one() {
        for (one, other, most, wanted) in [
            ("kilimani", "kilimani", 0, Some(0)),
            ("kilmani", "kilimani", 2, Some(1)),
            ("kilimnai", "kilimani", 2, Some(1)),
            ("kliimnai", "kilimani", 2, Some(2)),
            ("dilimnai", "kilimani", 2, None),
            ("kayole", "kasarani", 2, None),
            ("ruiru", "ruai", 1, None),
        ] {
            assert_eq!(distance(one, other, most), wanted, "{one} {other}");
        }
    }
}
