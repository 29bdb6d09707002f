//! Kenyan phone numbers and Nairobi time, as the providers write them.

use chrono::{DateTime, Datelike, FixedOffset, Utc};
use rand::RngExt;

/// The time of the sandbox.
#[expect(clippy::disallowed_methods, reason = "the one place that asks this machine for the time")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The same moment on a clock in Nairobi (UTC+3, no summer time).
pub fn in_nairobi(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&FixedOffset::east_opt(3 * 3600).unwrap_or_else(|| unreachable!("three hours is a valid offset")))
}

/// `YYYYMMDDHHmmss` in Nairobi, as M-Pesa writes times.
pub fn stamp(at: DateTime<Utc>) -> String {
    in_nairobi(at).format("%Y%m%d%H%M%S").to_string()
}

/// Any Kenyan spelling of a mobile number as `2547XXXXXXXX` or `2541XXXXXXXX`; `None` when it is none.
pub fn phone(typed: &str) -> Option<String> {
    let digits: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '(' | ')' | '\u{a0}' | '\u{2011}'))
        .collect();
    let digits = digits.strip_prefix('+').or_else(|| digits.strip_prefix("00")).unwrap_or(&digits);
    let local = match digits.len() {
        12 => digits.strip_prefix("254")?,
        10 => digits.strip_prefix('0')?,
        9 => digits,
        _ => return None,
    };
    let valid = local.starts_with(['7', '1']) && local.bytes().all(|b| b.is_ascii_digit());
    valid.then(|| format!("254{local}"))
}

/// `0711 223 344`, as people write it.
pub fn phone_for_people(msisdn: &str) -> String {
    match (msisdn.get(3..6), msisdn.get(6..9), msisdn.get(9..)) {
        (Some(a), Some(b), Some(c)) => format!("0{a} {b} {c}"),
        _ => msisdn.to_owned(),
    }
}

/// `KSh 1,250` for whole shillings.
pub fn shillings(amount: u32) -> String {
    let digits = amount.to_string();
    let mut out = String::from("KSh ");
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A receipt number: year, month and day as one character each, then seven by chance.
pub fn receipt(at: DateTime<Utc>) -> String {
    let day = in_nairobi(at);
    let year = letter(u32::try_from(day.year() - 2017).unwrap_or(0) + 11);
    let month = letter(day.month0());
    let date = match day.day() {
        d @ 1..=9 => char::from_digit(d, 10).unwrap_or('1'),
        d => letter(d - 10),
    };
    format!("{year}{month}{date}{}", from_alphabet(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 7))
}

/// `0` is `A`; starts over after `Z`.
fn letter(place: u32) -> char {
    char::from(b'A' + u8::try_from(place % 26).unwrap_or(0))
}

/// `length` characters of `alphabet` by chance.
pub fn from_alphabet(alphabet: &[u8], length: usize) -> String {
    let mut chance = rand::rng();
    (0..length).map(|_| char::from(alphabet[chance.random_range(0..alphabet.len())])).collect()
}

/// First, middle and last name of whoever has this number; the same each time.
pub fn names(phone: &str) -> [&'static str; 3] {
    const FIRST: [&str; 8] = ["AMINA", "BRIAN", "CHEBET", "DAVID", "ESTHER", "FAITH", "GEORGE", "HALIMA"];
    const MIDDLE: [&str; 4] = ["WANJIRU", "OCHIENG", "MUTHONI", "KIPTOO"];
    const LAST: [&str; 8] = ["OTIENO", "KAMAU", "HASSAN", "MWANGI", "NJOROGE", "ODHIAMBO", "KIPLAGAT", "MUTUA"];
    let sum: usize = phone.bytes().enumerate().map(|(place, digit)| (place + 1) * usize::from(digit)).sum();
    [FIRST[sum % 8], MIDDLE[sum / 8 % 4], LAST[sum / 32 % 8]]
}

/// The shape of M-Pesa's ids of conversations.
pub fn conversation_id(at: DateTime<Utc>) -> String {
    format!("AG_{}_2010{}", in_nairobi(at).format("%Y%m%d"), from_alphabet(b"0123456789abcdef", 16))
}

/// The shape of M-Pesa's merchant request and request ids.
pub fn request_id() -> String {
    let hex = |length| from_alphabet(b"0123456789abcdef", length);
    format!("{}-{}-{}-{}", hex(4), hex(4), hex(4), hex(17))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn every_kenyan_spelling_of_a_number_is_the_same_number() {
        for typed in [
            "0711223344",
            "711223344",
            "+254711223344",
            "254711223344",
            "00254711223344",
            "0711 223 344",
            "0711-223-344",
            "(0711) 223.344",
            "+254\u{a0}711 223 344",
        ] {
            assert_eq!(phone(typed).as_deref(), Some("254711223344"), "{typed}");
        }
        assert_eq!(phone("0110223344").as_deref(), Some("254110223344"));
    }

    #[test]
    fn what_is_no_kenyan_mobile_number_is_refused() {
        for typed in ["", "0211223344", "07112233445", "071122334", "+1 202 555 0100", "07112233a4", "25471122334"] {
            assert_eq!(phone(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_receipt_begins_with_its_nairobi_day() {
        let late_evening_utc = Utc.with_ymd_and_hms(2026, 4, 1, 22, 0, 0).unwrap();
        let receipt = receipt(late_evening_utc);
        assert_eq!(&receipt[..3], "UD2");
        assert_eq!(receipt.len(), 10);
        assert!(receipt.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
        let last_day = Utc.with_ymd_and_hms(2025, 12, 31, 9, 0, 0).unwrap();
        assert_eq!(&super::receipt(last_day)[..3], "TLV");
    }

    #[test]
    fn sums_and_numbers_read_as_people_write_them() {
        assert_eq!(shillings(1), "KSh 1");
        assert_eq!(shillings(1250), "KSh 1,250");
        assert_eq!(shillings(250_000), "KSh 250,000");
        assert_eq!(phone_for_people("254711223344"), "0711 223 344");
    }

    #[test]
    fn times_are_written_in_nairobi() {
        assert_eq!(stamp(Utc.with_ymd_and_hms(2026, 4, 2, 11, 30, 5).unwrap()), "20260402143005");
    }
}
