//! Words of the pages that say where a shop delivers, for how much and how fast.

use duka::kernel::{locale::Locale, money::Money};

pub struct AreaWords {
    /// Of the list of all areas.
    pub title: &'static str,
    /// What a shop's list is about.
    pub lead: fn(&str) -> String,
    pub none: &'static str,
    pub area: &'static str,
    pub fee: &'static str,
    pub arrives: &'static str,
    pub order_before: &'static str,
    /// An hour, and what becomes of an order after it.
    pub cut_off: fn(&str) -> String,
    pub minimum: &'static str,
    pub free: &'static str,
    pub free_from: fn(&Money) -> String,
    /// Other names of the area.
    pub also: fn(&str) -> String,
    pub goods: fn(&str) -> String,
    /// For search engines: shop, area, price with its time.
    pub description: fn(&str, &str, &str) -> String,
}

const EN: AreaWords = AreaWords {
    title: "Where we deliver",
    lead: |shop| format!("The areas that {shop} delivers to, with the fee and the time for each."),
    none: "No delivery areas are set up yet. Write to us and we will see what we can do.",
    area: "Area",
    fee: "Delivery fee",
    arrives: "Arrives in",
    order_before: "Order before",
    cut_off: |hour| format!("{hour}; later orders come a day later"),
    minimum: "Smallest order",
    free: "Free delivery",
    free_from: |sum| format!("from {sum}"),
    also: |names| format!("Also: {names}"),
    goods: |area| format!("In stock, delivered to {area}"),
    description: |shop, area, price| format!("{shop} delivers to {area}: {price}. Order online, pay with M-Pesa."),
};

const SW: AreaWords = AreaWords {
    title: "Tunakoleta",
    lead: |shop| format!("Mitaa ambayo {shop} huleta bidhaa, pamoja na gharama na muda wa kila mtaa."),
    none: "Bado hakuna mitaa ya kuletewa. Tuandikie, tutaona tunachoweza kufanya.",
    area: "Mtaa",
    fee: "Gharama ya kuletewa",
    arrives: "Hufika baada ya",
    order_before: "Agiza kabla ya",
    cut_off: |hour| format!("{hour}; oda za baadaye hufika siku inayofuata"),
    minimum: "Oda ndogo zaidi",
    free: "Kuletewa bure",
    free_from: |sum| format!("kuanzia {sum}"),
    also: |names| format!("Pia: {names}"),
    goods: |area| format!("Zilizopo, unaletewa {area}"),
    description: |shop, area, price| format!("{shop} inaleta bidhaa {area}: {price}. Agiza mtandaoni, lipa na M-Pesa."),
};

/// The words of a language.
pub const fn words(locale: Locale) -> &'static AreaWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}
