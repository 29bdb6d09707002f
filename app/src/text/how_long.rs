//! How long something takes, as people say it. In Swahili `kama saa 3` is also nine in the morning, so hours stand
//! behind a word that only a stretch of time has.

use duka::kernel::locale::Locale;

/// `about 45 minutes`, `about 1½ hours`, `about 2 days`.
pub fn about(locale: Locale, minutes: u32) -> String {
    match (locale, minutes) {
        (Locale::En, 0..60) => format!("about {minutes} minutes"),
        (Locale::En, 60..75) => "about 1 hour".to_owned(),
        (Locale::En, 75..105) => "about 1½ hours".to_owned(),
        (Locale::En, 105..1_440) => format!("about {} hours", (minutes + 30) / 60),
        (Locale::En, 1_440..2_160) => "about 1 day".to_owned(),
        (Locale::En, _) => format!("about {} days", (minutes + 720) / 1_440),
        (Locale::Sw, 0..60) => format!("kama dakika {minutes}"),
        (Locale::Sw, 60..75) => "ndani ya saa 1 hivi".to_owned(),
        (Locale::Sw, 75..105) => "ndani ya saa 1½ hivi".to_owned(),
        (Locale::Sw, 105..1_440) => format!("ndani ya saa {} hivi", (minutes + 30) / 60),
        (Locale::Sw, 1_440..2_160) => "kama siku 1".to_owned(),
        (Locale::Sw, _) => format!("kama siku {}", (minutes + 720) / 1_440),
    }
}
