//! Words for when there is no connection.

use duka::kernel::locale::Locale;

pub struct OfflineWords {
    pub title: &'static str,
    /// On the page that stands in for one that this phone has never seen, or must not keep, as an order.
    pub text: &'static str,
    pub again: &'static str,
    pub to_cart: &'static str,
    /// Over a page that this phone has seen before.
    pub before: &'static str,
    /// A change of the cart that waits for the connection.
    pub waits: &'static str,
    /// Any other form: it was not answered, and never goes by itself.
    pub not_sent: &'static str,
}

const EN: OfflineWords = OfflineWords {
    title: "No connection",
    text: "This page is not kept on this phone. Pages of the shop that you have seen, and your cart, still open.",
    again: "Try again",
    to_cart: "Open the cart",
    before: "No connection: this is from your last visit. Prices and stock may have changed.",
    waits: "No connection: your change to the cart is kept and is made when you are back. Prices and stock are looked at again before you order.",
    not_sent: "No connection: there was no answer. What you typed is still here; press again when you are back. Nothing is ordered or paid by itself.",
};

const SW: OfflineWords = OfflineWords {
    title: "Hakuna mtandao",
    text: "Ukurasa huu haujahifadhiwa kwenye simu hii. Kurasa za duka ulizowahi kuona, na kikapu chako, bado zinafunguka.",
    again: "Jaribu tena",
    to_cart: "Fungua kikapu",
    before: "Hakuna mtandao: hii ni kutoka ulipotembelea mara ya mwisho. Bei na bidhaa zilizopo huenda zimebadilika.",
    waits: "Hakuna mtandao: badiliko la kikapu limehifadhiwa na litafanywa mtandao ukirudi. Bei na bidhaa zilizopo zitaangaliwa tena kabla hujaagiza.",
    not_sent: "Hakuna mtandao: hakuna jibu. Ulichoandika bado kipo hapa; bonyeza tena mtandao ukirudi. Hakuna kinachoagizwa wala kulipwa chenyewe.",
};

/// The words of a language.
pub const fn words(locale: Locale) -> &'static OfflineWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}
