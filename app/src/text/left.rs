//! Words of the page on which a merchant reads why shoppers left at the checkout, and what can be done about it.

use duka::{cart::why_left::WhyLeft, kernel::locale::Locale};

pub struct LeftWords {
    pub title: &'static str,
    /// Leads here from the orders.
    pub link: &'static str,
    pub lead: &'static str,
    pub none: &'static str,
    /// In the last seven days, and in the last thirty.
    pub counts: fn(u32, u32) -> String,
    /// What to do, and the name of the place where.
    pub advice: fn(WhyLeft) -> (&'static str, &'static str),
    pub in_their_words: &'static str,
    pub nothing_written: &'static str,
}

const EN: LeftWords = LeftWords {
    title: "Left at checkout",
    link: "Why shoppers left at the checkout",
    lead: "Who comes back from the checkout without an order is asked once what stopped them. Nobody is named, and few answer: take it as a hint.",
    none: "Nobody has said anything in the last 30 days.",
    counts: |week, month| format!("Last 7 days: {week} · last 30 days: {month}"),
    advice: |why| match why {
        WhyLeft::DeliveryCost => (
            "Look at the fees of the areas you sell to most: a lower fee, or none from a certain sum on, is often cheaper than a lost order.",
            "Delivery areas and fees",
        ),
        WhyLeft::PaymentFailure => {
            ("See which payments failed and why. If many did not get a prompt, check your M-Pesa settings.", "Payments")
        }
        WhyLeft::PriceSensitivity => {
            ("A sale or a code for a few days shows whether a lower price would sell more.", "Discounts")
        }
        WhyLeft::Other => (
            "Read what they wrote below, and let them ask you: put your phone and WhatsApp number into your shop.",
            "Settings of the shop",
        ),
    },
    in_their_words: "In their words",
    nothing_written: "Nobody has written anything beside a reason.",
};

const SW: LeftWords = LeftWords {
    title: "Walioacha kabla ya kulipa",
    link: "Kwa nini wateja huacha kabla ya kulipa",
    lead: "Anayerudi kutoka kwenye malipo bila oda huulizwa mara moja kilichomzuia. Hakuna anayetajwa jina, na wachache hujibu: ichukue kama dokezo.",
    none: "Hakuna aliyesema chochote katika siku 30 zilizopita.",
    counts: |week, month| format!("Siku 7 zilizopita: {week} · siku 30 zilizopita: {month}"),
    advice: |why| match why {
        WhyLeft::DeliveryCost => (
            "Angalia ada za maeneo unayouzia zaidi: ada ndogo, au kutotoza kuanzia kiasi fulani, mara nyingi ni nafuu kuliko kupoteza oda.",
            "Maeneo na ada za kupeleka",
        ),
        WhyLeft::PaymentFailure => (
            "Angalia malipo yaliyoshindikana na sababu zake. Ikiwa wengi hawakupata ombi kwenye simu, kagua mipangilio ya M-Pesa.",
            "Malipo",
        ),
        WhyLeft::PriceSensitivity => {
            ("Punguzo au msimbo wa siku chache utaonyesha kama bei ndogo itauza zaidi.", "Punguzo")
        }
        WhyLeft::Other => (
            "Soma walichoandika hapa chini, na uwawezeshe kukuuliza: weka nambari yako ya simu na ya WhatsApp kwenye duka.",
            "Mipangilio ya duka",
        ),
    },
    in_their_words: "Kwa maneno yao",
    nothing_written: "Hakuna aliyeandika chochote kando ya sababu.",
};

/// The words of a language.
pub const fn words(locale: Locale) -> &'static LeftWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}
