//! By which single mistake a reading came about from a reference, if by any.

use super::{reading::STRANGE, reference::Reference};
use serde::{Deserialize, Serialize};

/// How what was typed differs from what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    Swapped,
    Missing,
    /// One too many, mostly a digit that was doubled.
    Extra,
    Wrong,
}

/// How a reading relates to one order's reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// To the letter.
    Exact,
    /// The number alone.
    NoLetter,
    /// The number with another letter, or with a digit in its place.
    WrongLetter,
    /// The letter fits and one thing is wrong.
    One(Edit),
    /// One thing is wrong, and no letter says so.
    OneWithoutLetter(Edit),
}

pub(super) fn slip(reading: &[u8], reference: Reference) -> Option<Slip> {
    let whole = reference.to_string().into_bytes();
    let number = &whole[..whole.len().saturating_sub(1)];
    if reading == whole {
        return Some(Slip::Exact);
    }
    if reading == number {
        return Some(Slip::NoLetter);
    }
    // One digit says nothing about another one.
    if number.len() < 2 || reading.len() < 2 {
        return None;
    }
    if reading.len() == whole.len() && reading.starts_with(number) {
        return Some(Slip::WrongLetter);
    }
    if reading.last() == whole.last() {
        return edit(&reading[..reading.len() - 1], number).map(Slip::One);
    }
    if let Some(swapped @ Edit::Swapped) = edit(reading, &whole) {
        return Some(Slip::One(swapped));
    }
    let ends_in_letter = reading.last().is_some_and(|last| !last.is_ascii_digit() && *last != STRANGE);
    if ends_in_letter { None } else { edit(reading, number).map(Slip::OneWithoutLetter) }
}

fn edit(typed: &[u8], meant: &[u8]) -> Option<Edit> {
    if typed.len() == meant.len() {
        let wrong: Vec<usize> = (0..typed.len()).filter(|at| typed[*at] != meant[*at]).collect();
        return match wrong[..] {
            [_] => Some(Edit::Wrong),
            [a, b] if b == a + 1 && typed[a] == meant[b] && typed[b] == meant[a] => Some(Edit::Swapped),
            _ => None,
        };
    }
    let without_one = |long: &[u8], short: &[u8]| {
        long.len() == short.len() + 1 && {
            let same = long.iter().zip(short).take_while(|(a, b)| a == b).count();
            long[same + 1..] == short[same..]
        }
    };
    if without_one(meant, typed) {
        Some(Edit::Missing)
    } else if without_one(typed, meant) {
        Some(Edit::Extra)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_single_mistake_is_known_by_its_name() {
        let reference = Reference::of(1_042);
        for (typed, expected) in [
            ("1042W", Some(Slip::Exact)),
            ("1042", Some(Slip::NoLetter)),
            ("1042K", Some(Slip::WrongLetter)),
            ("10427", Some(Slip::WrongLetter)),
            ("1024W", Some(Slip::One(Edit::Swapped))),
            ("104W2", Some(Slip::One(Edit::Swapped))),
            ("142W", Some(Slip::One(Edit::Missing))),
            ("10042W", Some(Slip::One(Edit::Extra))),
            ("1047W", Some(Slip::One(Edit::Wrong))),
            ("1?42W", Some(Slip::One(Edit::Wrong))),
            ("1024", Some(Slip::OneWithoutLetter(Edit::Swapped))),
            ("142", Some(Slip::OneWithoutLetter(Edit::Missing))),
            ("1047K", None),
            ("2401W", None),
            ("1", None),
            ("W", None),
        ] {
            assert_eq!(slip(typed.as_bytes(), reference), expected, "{typed}");
        }
    }
}
