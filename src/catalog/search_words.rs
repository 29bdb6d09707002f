//! Words to search by: folded, split, with what they are called in the other language; pure.

/// Longer words are nobody's.
const LONGEST_WORD: usize = 40;
/// Of what was typed; the rest is left out.
const MOST_WORDS: usize = 8;
/// A word is forgiven a mistake when it has so many letters.
const FORGIVEN: std::ops::RangeInclusive<usize> = 4..=20;

/// Words that only tie others together: `chaja ya simu` and `charger for a phone` ask for a charger and a phone, and no
/// name of goods needs to say the rest. Looked for when nothing else was typed.
const TIES: &[&str] = &[
    "ya", "wa", "la", "cha", "vya", "za", "na", "kwa", "kwenye", "ni", "au", "a", "an", "the", "of", "for", "and",
    "or", "with", "in", "to", "from",
];

/// What goods are called in Nairobi, in Swahili and in English: all words of a line mean the same.
const SAME: &[&[&str]] = &[
    &["viatu", "kiatu", "shoe", "shoes", "footwear"],
    &["sandals", "sandal", "ndara", "ndala", "malapa", "slippers", "slipper"],
    &["raba", "sneaker", "sneakers"],
    &["simu", "phone", "phones", "smartphone"],
    &["nguo", "clothes", "clothing", "apparel"],
    &["gauni", "dress", "dresses", "rinda"],
    &["shati", "shirt", "shirts"],
    &["suruali", "trousers", "trouser", "pants", "longi"],
    &["sketi", "skirt", "skirts"],
    &["sweta", "sweater", "sweaters", "jumper"],
    &["koti", "coat", "jacket", "jackets"],
    &["kofia", "hat", "hats", "cap", "caps"],
    &["soksi", "sock", "socks"],
    &["mshipi", "mkanda", "belt", "belts"],
    &["mkoba", "mikoba", "mfuko", "mifuko", "begi", "mabegi", "bag", "bags", "handbag"],
    &["kiondo", "vyondo", "basket", "baskets", "kikapu", "vikapu", "kapu", "makapu"],
    &["kitenge", "vitenge", "ankara"],
    &["leso", "khanga", "kanga"],
    &["shanga", "bead", "beads"],
    &["bangili", "bracelet", "bracelets", "bangle"],
    &["mkufu", "necklace", "necklaces"],
    &["hereni", "vipuli", "earring", "earrings"],
    &["pete", "ring", "rings"],
    &["saa", "watch", "watches", "clock"],
    &["miwani", "glasses", "sunglasses"],
    &["kitabu", "vitabu", "book", "books"],
    &["sufuria", "pot", "pots"],
    &["sahani", "plate", "plates"],
    &["kikombe", "vikombe", "cup", "cups", "mug", "mugs"],
    &["kijiko", "vijiko", "spoon", "spoons"],
    &["kisu", "visu", "knife", "knives"],
    &["kiti", "viti", "chair", "chairs"],
    &["meza", "table", "tables"],
    &["kitanda", "vitanda", "bed", "beds"],
    &["blanketi", "blanket", "blankets"],
    &["shuka", "sheet", "sheets", "bedsheet", "bedsheets"],
    &["taulo", "towel", "towels"],
    &["taa", "lamp", "lamps", "light", "lights"],
    &["redio", "radio"],
    &["runinga", "televisheni", "tv", "television"],
    &["chaja", "charger", "chargers"],
    &["waya", "cable", "cables", "wire"],
    &["betri", "battery", "batteries"],
    &["spika", "speaker", "speakers"],
    &["ngozi", "leather"],
    &["mbao", "wood", "wooden"],
    &["pamba", "cotton"],
    &["ofisi", "office"],
    &["sabuni", "soap", "soaps"],
    &["mafuta", "oil", "oils"],
    &["marashi", "perfume", "perfumes"],
    &["kahawa", "coffee"],
    &["chai", "tea"],
    &["sukari", "sugar"],
    &["unga", "flour"],
    &["mchele", "rice"],
    &["asali", "honey"],
    &["maziwa", "milk"],
    &["nyama", "meat"],
    &["samaki", "fish"],
    &["matunda", "tunda", "fruit", "fruits"],
    &["mboga", "vegetable", "vegetables"],
    &["mtoto", "watoto", "kid", "kids", "child", "children", "baby"],
    &["mwanaume", "wanaume", "men", "mens", "man"],
    &["mwanamke", "wanawake", "women", "womens", "ladies"],
    &["zawadi", "gift", "gifts"],
    &["mkeka", "mikeka", "mat", "mats"],
    &["zulia", "mazulia", "carpet", "carpets", "rug", "rugs"],
    &["mto", "mito", "pillow", "pillows", "cushion", "cushions"],
    &["pazia", "mapazia", "curtain", "curtains"],
    &["godoro", "magodoro", "mattress", "mattresses"],
    &["kabati", "makabati", "cupboard", "cupboards", "wardrobe", "wardrobes"],
    &["kioo", "vioo", "mirror", "mirrors"],
    &["mshumaa", "mishumaa", "candle", "candles"],
    &["ufagio", "broom", "brooms"],
    &["ndoo", "bucket", "buckets"],
    &["chupa", "bottle", "bottles"],
    &["jiko", "majiko", "stove", "stoves", "cooker", "cookers"],
    &["jikoni", "kitchen"],
    &["jembe", "majembe", "hoe", "hoes"],
    &["panga", "mapanga", "machete", "machetes"],
    &["kamba", "rope", "ropes"],
    &["mwavuli", "miavuli", "umbrella", "umbrellas"],
    &["kalamu", "pen", "pens"],
    &["daftari", "madaftari", "notebook", "notebooks"],
    &["mpira", "mipira", "ball", "balls"],
    &["baiskeli", "bicycle", "bicycles", "bike", "bikes"],
    &["kompyuta", "computer", "computers"],
    &["dawa", "medicine", "medicines"],
    &["maji", "water"],
    &["juisi", "juice", "juices"],
    &["mkate", "mikate", "bread"],
    &["yai", "mayai", "egg", "eggs"],
    &["kuku", "chicken"],
    &["ndizi", "banana", "bananas"],
    &["embe", "maembe", "mango", "mangoes", "mangos"],
    &["nyanya", "tomato", "tomatoes"],
    &["kitunguu", "vitunguu", "onion", "onions"],
    &["viazi", "potato", "potatoes"],
    &["ua", "maua", "flower", "flowers"],
];

/// What was typed, as questions to the index; `None` when there is no letter or digit in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// A whole SKU or barcode.
    pub code: String,
    /// The beginning of a name, folded.
    pub prefix: String,
    /// All words in the name.
    pub named: String,
    /// All words anywhere.
    pub anywhere: String,
    /// The same, each word with one mistake.
    pub misspelt: String,
}

impl Question {
    /// The longest search that is looked for, in characters.
    pub const LONGEST: usize = 100;

    /// The question that the words ask; none when there is no word in them.
    pub fn ask(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().take(Self::LONGEST).collect();
        let said = split(&typed);
        let mut words: Vec<&str> = said.iter().map(String::as_str).filter(|word| !TIES.contains(word)).collect();
        if words.is_empty() {
            words = said.iter().map(String::as_str).collect();
        }
        words.truncate(MOST_WORDS);
        if words.is_empty() {
            return None;
        }
        let all = |one: &dyn Fn(&str) -> String| words.iter().map(|word| one(word)).collect::<Vec<_>>().join(" & ");
        let or = |parts: Vec<String>| format!("({})", parts.join(" | "));
        Some(Self {
            code: format!("'={}'", code(&typed)),
            prefix: said.iter().take(MOST_WORDS).map(String::as_str).collect::<Vec<_>>().join(" "),
            named: all(&|word| or(meanings(word).into_iter().map(|same| begins("+", same, word)).collect())),
            anywhere: all(&|word| or(meanings(word).into_iter().map(|same| begins("", same, word)).collect())),
            misspelt: all(&|word| {
                let mut parts: Vec<String> = meanings(word).into_iter().map(|same| begins("", same, word)).collect();
                parts.extend(near(word).into_iter().map(|form| format!("'~{form}'")));
                or(parts)
            }),
        })
    }
}

/// What was typed may be the beginning of a word; what it means is whole.
fn begins(mark: &str, same: &str, typed: &str) -> String {
    if same == typed { format!("'{mark}{same}':*") } else { format!("'{mark}{same}'") }
}

/// The word itself first, then its other names.
fn meanings(word: &str) -> Vec<&str> {
    let others = SAME.iter().filter(|line| line.contains(&word)).flat_map(|line| line.iter().copied());
    std::iter::once(word).chain(others.filter(|other| *other != word)).collect()
}

/// Small letters without accents, split at everything that is neither letter nor digit.
pub fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if matches!(letter, '\'' | '’') {
            // ng'ombe is one word
            continue;
        }
        if letter.is_alphanumeric() {
            match plain(letter) {
                Some(plain) => word.push_str(plain),
                None => word.push(letter),
            }
        } else if !is_mark(letter) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    words.push(word);
    words.into_iter().filter(|word| !word.is_empty()).map(|word| word.chars().take(LONGEST_WORD).collect()).collect()
}

/// A SKU or barcode as one word, however it is hyphenated.
pub fn code(text: &str) -> String {
    split(text).concat().chars().take(2 * LONGEST_WORD).collect()
}

/// The word, and the word with each of its letters left out: two words that are one mistake apart (a letter too many,
/// too few, another, or two changed places) have one of these in common.
pub fn near(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if !FORGIVEN.contains(&letters.len()) || letters.iter().all(char::is_ascii_digit) {
        return Vec::new();
    }
    let without = |gone: usize| letters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, l)| *l).collect();
    let mut forms: Vec<String> = (0..letters.len()).map(without).collect();
    forms.push(word.to_owned());
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// Accents that stand as letters of their own after what they are on.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ī' | 'ĩ' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ť' | 'ţ' => "t",
        'ù'..='ü' | 'ū' | 'ũ' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_small_plain_and_apart() {
        assert_eq!(split("  Café-Crème, KIONDO! "), ["cafe", "creme", "kiondo"]);
        assert_eq!(split("Ng'ombe ng’ombe e\u{301}t"), ["ngombe", "ngombe", "et"]);
        assert_eq!(split("%_\\ \0 \u{7} ---"), Vec::<String>::new());
        assert_eq!(code("KIO-001/b"), "kio001b");
    }

    #[test]
    fn one_mistake_apart_means_a_form_in_common() {
        let meet = |one: &str, other: &str| near(one).iter().any(|form| near(other).contains(form));
        for typed in ["kiodno", "kondo", "kiiondo", "kiando", "iondo", "kiond", "ikondo", "kiondoo"] {
            assert!(meet(typed, "kiondo"), "{typed}");
        }
        for typed in ["kikoi", "viondoz", "kitenge"] {
            assert!(!meet(typed, "kiondo"), "{typed}");
        }
        assert_eq!(near("tv"), Vec::<String>::new());
        assert_eq!(near("254711"), Vec::<String>::new());
    }

    #[test]
    fn what_is_asked_holds_words_only() {
        let asked = Question::ask("viatu KIO-1").unwrap();
        assert_eq!(asked.code, "'=viatukio1'");
        assert_eq!(asked.prefix, "viatu kio 1");
        assert_eq!(asked.anywhere, "('viatu':* | 'kiatu' | 'shoe' | 'shoes' | 'footwear') & ('kio':*) & ('1':*)");
        assert!(asked.named.starts_with("('+viatu':* | '+kiatu'"), "{}", asked.named);
        assert!(asked.misspelt.contains("'~iatu'"), "{}", asked.misspelt);
        for typed in ["", "   ", "%_\\", "\0\u{1}", "'&|!:*<->()"] {
            assert_eq!(Question::ask(typed), None, "{typed:?}");
        }
        let long = Question::ask(&"a".repeat(10_000)).unwrap();
        assert!(long.anywhere.len() < 60 && long.code.len() < 90);
        let many = Question::ask(&"kiondo ".repeat(2_000)).unwrap();
        assert_eq!(many.prefix.split(' ').count(), MOST_WORDS);
    }

    #[test]
    fn goods_are_found_by_their_names_in_both_languages() {
        for (typed, meant) in
            [("mat", "mkeka"), ("hoe", "jembe"), ("jiko", "stove"), ("kapu", "basket"), ("pillow", "mto")]
        {
            assert!(meanings(typed).contains(&meant) && meanings(meant).contains(&typed), "{typed}");
        }
    }

    #[test]
    fn words_that_tie_others_together_are_not_looked_for() {
        let anywhere = |typed: &str| Question::ask(typed).unwrap().anywhere;
        assert_eq!(anywhere("Chaja ya simu"), anywhere("chaja simu"));
        assert_eq!(anywhere("viatu vya ngozi"), anywhere("viatu ngozi"));
        assert_eq!(anywhere("a charger for the phone"), anywhere("charger phone"));
        assert_eq!(anywhere("ya na"), "('ya':*) & ('na':*)", "when there is nothing else");
        assert_eq!(Question::ask("Mug ya chai").unwrap().prefix, "mug ya chai", "a name begins as it is written");
        assert_eq!(anywhere(&format!("{}kiondo", "ya ".repeat(20))), anywhere("kiondo"));
    }

    #[test]
    fn no_word_stands_in_two_lines() {
        let mut words: Vec<&str> = SAME.concat();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
        assert!(SAME.concat().iter().all(|word| split(word) == [*word]));
    }
}
