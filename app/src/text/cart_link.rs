//! Words of going on with a cart on another phone.

use duka::kernel::{locale::Locale, order_number::OrderNumber};

pub struct CartLinkWords {
    /// The button in the cart, and the page that it leads to.
    pub another_phone: &'static str,
    pub lead: &'static str,
    pub link: &'static str,
    pub by_whatsapp: &'static str,
    pub by_sms: &'static str,
    /// Of the shop and the link.
    pub message: fn(&str, &str) -> String,
    /// Of an order's number, the shop and the link.
    pub order_message: fn(OrderNumber, &str, &str) -> String,
    pub for_yourself: &'static str,
    pub gone: &'static str,
    pub gone_text: &'static str,
    pub ordered: &'static str,
    pub ordered_text: &'static str,
    pub has_own: &'static str,
    /// How many pieces are in the cart of the link.
    pub has_own_text: fn(u32) -> String,
    pub use_it: &'static str,
    pub keep_own: &'static str,
}

const EN: CartLinkWords = CartLinkWords {
    another_phone: "Continue on another phone",
    lead: "Open this link on the other phone and the same cart is there. It works for seven days; a new link ends this one.",
    link: "Link to your cart",
    by_whatsapp: "Send it to yourself on WhatsApp",
    by_sms: "Send it by SMS",
    message: |shop, link| format!("My cart at {shop}: {link}"),
    order_message: |number, shop, link| format!("My order {number} at {shop}: {link}"),
    for_yourself: "Whoever has the link can see and change your cart. Send it only to yourself or to whoever shops with you.",
    gone: "This link opens no cart any more",
    gone_text: "Its seven days are over, a newer one took its place, or it is not complete. Nothing was changed and nothing was charged. Ask for a new link in the cart on the phone that it came from.",
    ordered: "This cart has been ordered",
    ordered_text: "The order was placed on another phone that has the cart, and only once. Nothing was ordered or charged now. If it is yours, find it by its number and your phone.",
    has_own: "This phone has a cart already",
    has_own_text: |pieces| match pieces {
        1 => "The link opens another cart with 1 item. Which one do you want to go on with?".to_owned(),
        pieces => format!("The link opens another cart with {pieces} items. Which one do you want to go on with?"),
    },
    use_it: "Use the cart of the link",
    keep_own: "Keep the cart of this phone",
};

const SW: CartLinkWords = CartLinkWords {
    another_phone: "Endelea kwenye simu nyingine",
    lead: "Fungua kiungo hiki kwenye simu nyingine na utapata kikapu hiki hiki. Kinafanya kazi kwa siku saba; kiungo kipya kinafuta hiki.",
    link: "Kiungo cha kikapu chako",
    by_whatsapp: "Jitumie kwa WhatsApp",
    by_sms: "Tuma kwa SMS",
    message: |shop, link| format!("Kikapu changu kwa {shop}: {link}"),
    order_message: |number, shop, link| format!("Oda yangu {number} kwa {shop}: {link}"),
    for_yourself: "Mwenye kiungo hiki anaweza kuona na kubadilisha kikapu chako. Jitumie mwenyewe au umtumie tu unayenunua naye.",
    gone: "Kiungo hiki hakifungui kikapu tena",
    gone_text: "Muda wake umeisha, kimebadilishwa na kipya, au hakijakamilika. Hakuna kilichobadilika na hujatozwa chochote. Omba kiungo kipya kwenye kikapu cha simu kilikotoka.",
    ordered: "Kikapu hiki kimeshaagizwa",
    ordered_text: "Oda imeshawekwa kwenye simu nyingine yenye kikapu hiki, mara moja tu. Sasa hivi hakuna kilichoagizwa wala kutozwa. Ikiwa ni yako, itafute kwa nambari yake na simu yako.",
    has_own: "Simu hii tayari ina kikapu",
    has_own_text: |pieces| {
        format!("Kiungo hiki kinafungua kikapu kingine chenye bidhaa {pieces}. Ungependa kuendelea na kipi?")
    },
    use_it: "Tumia kikapu cha kiungo",
    keep_own: "Baki na kikapu cha simu hii",
};

/// The words of a language.
pub const fn words(locale: Locale) -> &'static CartLinkWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}
