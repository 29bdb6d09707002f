//! Which addresses a shop may have: the shape, what the platform keeps for itself, what nobody should have to read.

use crate::kernel::{field_errors::FieldProblem, slug::Slug};

/// Shorter ones are taken for abbreviations of somebody else's name.
pub const SHORTEST: usize = 3;
/// What still can be read out over the phone.
pub const LONGEST: usize = 40;

/// Kept, whole: names of services that browsers, mail programs and people look for at such an address.
const SERVICES: &[&str] = &[
    "www",
    "www1",
    "www2",
    "web",
    "api",
    "app",
    "apps",
    "admin",
    "administrator",
    "root",
    "mail",
    "email",
    "smtp",
    "imap",
    "pop",
    "pop3",
    "mx",
    "ns1",
    "ns2",
    "dns",
    "ftp",
    "ssh",
    "vpn",
    "cdn",
    "static",
    "assets",
    "media",
    "img",
    "images",
    "files",
    "autoconfig",
    "autodiscover",
    "wpad",
    "isatap",
    "localhost",
    "localdomain",
    "broadcasthost",
    "internal",
    "test",
    "testing",
    "staging",
    "dev",
    "demo",
    "beta",
    "sandbox",
    "null",
    "undefined",
    "postmaster",
    "hostmaster",
    "webmaster",
    "abuse",
    "security",
    "noreply",
    "no-reply",
    "ssl",
    "status",
    "metrics",
    "health",
    "healthz",
    "readyz",
    "sitemap",
    "robots",
    "favicon",
    "well-known",
];

/// Kept, whole: the platform's own pages, now and later, and the languages in addresses.
const PAGES: &[&str] = &[
    "dashboard",
    "sign-in",
    "sign-up",
    "sign-out",
    "signin",
    "signup",
    "signout",
    "login",
    "logout",
    "register",
    "forgot",
    "invites",
    "invite",
    "account",
    "accounts",
    "settings",
    "hooks",
    "hook",
    "webhooks",
    "callback",
    "callbacks",
    "checkout",
    "cart",
    "orders",
    "pay",
    "payment",
    "payments",
    "billing",
    "help",
    "support",
    "contact",
    "about",
    "blog",
    "docs",
    "news",
    "jobs",
    "legal",
    "terms",
    "privacy",
    "shop",
    "shops",
    "store",
    "stores",
    "search",
    "msaada",
    "ingia",
    "jisajili",
];

/// Kept, as any word of an address: a shop that speaks in the name of these would be believed.
const TRUSTED_NAMES: &[&str] = &[
    "duka",
    "mpesa",
    "safaricom",
    "daraja",
    "fuliza",
    "airtel",
    "telkom",
    "equity",
    "kcb",
    "paystack",
    "pesapal",
    "whatsapp",
    "facebook",
    "google",
    "kra",
    "itax",
    "ecitizen",
    "huduma",
    "serikali",
    "polisi",
    "official",
    "verify",
    "verified",
    "password",
];

/// Refused as a word, and where the words are written together: what is aimed at people, in English.
const RUDE_EN: &[&str] = &[
    "fuck",
    "fucking",
    "fucker",
    "motherfucker",
    "shit",
    "bullshit",
    "cunt",
    "bitch",
    "whore",
    "slut",
    "nigger",
    "nigga",
    "faggot",
    "retard",
    "porn",
    "porno",
    "rape",
    "rapist",
    "pedo",
    "hitler",
];

/// The same in Swahili and Sheng.
const RUDE_SW: &[&str] =
    &["malaya", "kuma", "kumamako", "mkundu", "matako", "mboro", "tombana", "tomba", "umbwa", "shoga", "msenge"];

/// Rude words that stand inside many harmless ones: refused only as a word of their own.
const ONLY_ALONE: &[&str] = &["rape", "pedo", "kuma", "matako", "tomba", "umbwa", "shoga"];

/// Reads an address as typed, or says why no shop may have it. Whether somebody has it already is not known here.
pub fn parse(typed: &str) -> Result<Slug, FieldProblem> {
    let text = typed.trim().to_lowercase();
    match text.chars().count() {
        0 => return Err(FieldProblem::Missing),
        n if n > LONGEST => return Err(FieldProblem::TooLong),
        _ => {}
    }
    // Labels of that form are another alphabet in disguise.
    if text.starts_with("xn--") {
        return Err(FieldProblem::ReservedAddress);
    }
    let slug = Slug::parse(&text).ok_or(FieldProblem::NotAnAddress)?;
    if text.len() < SHORTEST {
        return Err(FieldProblem::TooShort);
    }
    if is_kept(&text) { Err(FieldProblem::ReservedAddress) } else { Ok(slug) }
}

fn is_kept(address: &str) -> bool {
    // Digits alone are read as a number of something, or as part of an address of a machine.
    if address.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return true;
    }
    if SERVICES.contains(&address) || PAGES.contains(&address) {
        return true;
    }
    [address.to_owned(), as_meant(address)].iter().any(|text| says_kept(text))
}

fn says_kept(address: &str) -> bool {
    let joined = address.replace('-', "");
    if TRUSTED_NAMES.contains(&joined.as_str())
        || SERVICES.contains(&joined.as_str())
        || PAGES.contains(&joined.as_str())
    {
        return true;
    }
    let words: Vec<&str> = address.split('-').collect();
    // `m-pesa-shop` is `mpesa-shop`: pairs of words count as one, too.
    let pairs: Vec<String> = words.windows(2).map(<[&str]>::concat).collect();
    let mut said = words.iter().copied().chain(pairs.iter().map(String::as_str));
    if said.any(|word| TRUSTED_NAMES.contains(&word) && !(word == "duka" && words.len() > 1)) {
        return true;
    }
    let rude = || RUDE_EN.iter().chain(RUDE_SW);
    words.iter().any(|word| rude().any(|bad| bad == word))
        || rude().any(|bad| *bad == joined)
        || rude().filter(|bad| !ONLY_ALONE.contains(bad)).any(|bad| joined.contains(bad))
}

/// Digits that stand for letters, read as these.
fn as_meant(address: &str) -> String {
    address
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_shops_are_addresses() {
        for typed in [
            "mama-njeri",
            " Mama-Njeri ",
            "duka-la-njeri",
            "kilimani-electronics",
            "7-eleven-kenya",
            "grapes",
            "shitanda-hardware-x",
            "kumasi-fabrics",
            "scunthorpe-x",
            "phone-shop-254",
            // Coconuts.
            "nazi-safi",
            "abc",
        ] {
            let is_free = parse(typed).is_ok();
            // Two names of the list hold a rude word in their middle and are the price of the rule.
            let is_priced = typed.starts_with("shitanda") || typed.starts_with("scunthorpe");
            assert_eq!(is_free, !is_priced, "{typed}");
        }
    }

    #[test]
    fn what_the_platform_keeps_is_refused() {
        for typed in [
            "www",
            "api",
            "admin",
            "mail",
            "dashboard",
            "sign-in",
            "sign-up",
            "hooks",
            "static",
            "sandbox",
            "duka",
            "mpesa",
            "safaricom",
            "m-pesa",
            "mpesa-shop",
            "m-pesa-shop",
            "my-safaricom",
            "saf-aricom",
            "mp3sa",
            "254712345678",
            "12-34",
            "xn--mama",
            "d-u-k-a",
            "log-in",
        ] {
            assert_eq!(parse(typed), Err(FieldProblem::ReservedAddress), "{typed}");
        }
    }

    #[test]
    fn what_nobody_should_have_to_read_is_refused() {
        for typed in
            ["fuck-shop", "f-u-c-k", "shopfucking", "malaya", "duka-la-malaya", "kuma", "sh1t-shop", "rape-shop"]
        {
            assert_eq!(parse(typed), Err(FieldProblem::ReservedAddress), "{typed}");
        }
    }

    #[test]
    fn the_shape_has_named_problems() {
        for (typed, problem) in [
            ("", FieldProblem::Missing),
            ("ab", FieldProblem::TooShort),
            ("a b", FieldProblem::NotAnAddress),
            ("-abc", FieldProblem::NotAnAddress),
            ("a--b", FieldProblem::NotAnAddress),
            ("café", FieldProblem::NotAnAddress),
            ("ab\u{0}c", FieldProblem::NotAnAddress),
        ] {
            assert_eq!(parse(typed), Err(problem), "{typed:?}");
        }
        assert_eq!(parse(&"a".repeat(41)), Err(FieldProblem::TooLong));
        assert!(parse(&"a".repeat(40)).is_ok());
    }
}
