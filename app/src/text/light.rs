//! Words of the light mode: pictures on tap.

use duka::kernel::locale::Locale;

pub struct LightWords {
    /// The switch while pictures come by themselves.
    pub turn_on: &'static str,
    /// The switch while they wait.
    pub turn_off: &'static str,
    /// In a picture's place.
    pub show: &'static str,
    /// The same where there is little room.
    pub show_small: &'static str,
}

const EN: LightWords = LightWords {
    turn_on: "Light mode: pictures on tap",
    turn_off: "Show all pictures again",
    show: "Show picture",
    show_small: "Show",
};

const SW: LightWords = LightWords {
    turn_on: "Hali nyepesi: gusa ili kuona picha",
    turn_off: "Onyesha picha zote tena",
    show: "Onyesha picha",
    show_small: "Onyesha",
};

/// The words of a language.
pub const fn words(locale: Locale) -> &'static LightWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}
