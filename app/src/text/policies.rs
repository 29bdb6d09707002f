//! Policies for a shop to begin with: what a merchant changes into their own words before anybody reads it.

use duka::kernel::locale::Locale;

pub struct PolicyWords {
    /// Fills the empty ones in.
    pub begin: &'static str,
    /// Above those that were filled in.
    pub begun: &'static str,
    /// Above saved ones in which something in square brackets was left.
    pub unfinished: &'static str,
    pub delivery: &'static str,
    pub returns: &'static str,
    /// Of the shop's name.
    pub privacy: fn(&str) -> String,
}

const EN: PolicyWords = PolicyWords {
    begin: "Fill in texts to begin with",
    begun: "Nothing is saved yet. Read the texts, make them say what your shop does, above all what stands in square brackets, then save.",
    unfinished: "Square brackets are left in a text, and shoppers read them as they are. Write there what your shop does, then save.",
    delivery: "The list of areas says what delivery costs and how long it takes; you see the price for yours before you order.\n\nThe rider calls the phone number of your order. Somebody else may take the parcel for you: give them the delivery code on your order's page, and nobody else.\n\nIf nobody can be reached, we try once more [the next day]. A third try costs the delivery fee again.",
    returns: "Tell us within [7] days of delivery what is wrong, on WhatsApp or by phone, with the number of your order.\n\nWhat is damaged or not what you ordered, we fetch at our cost; you get another one, or your money back to the number that you paid from within [3] days.\n\nWhat you simply do not like, you may exchange while it is unused and in its packaging; you pay for its way. [Food, cosmetics and underwear are not taken back once opened.]",
    privacy: |shop| {
        format!(
            "{shop} keeps your name, phone number, address and what you ordered: to deliver it, to answer your questions, and because tax law wants books to be kept.\n\nWhoever brings the parcel is told your name, phone number and where to find you; whoever carries the payment or our messages, the phone number or e-mail that they need. Nobody else is.\n\nWe write to you about your order. About offers we write only if you said yes, and stop when you say stop.\n\nUnder “Your orders” at the foot of every page you can take a copy of what we keep and ask for it to be erased. Under the Data Protection Act, 2019 you may also complain to the Office of the Data Protection Commissioner."
        )
    },
};

const SW: PolicyWords = PolicyWords {
    begin: "Jaza maandishi ya kuanzia",
    begun: "Hakuna kilichohifadhiwa bado. Soma maandishi haya, yabadilishe yaseme duka lako linavyofanya, hasa yaliyo kwenye mabano ya mraba, kisha uhifadhi.",
    unfinished: "Mabano ya mraba yamebaki kwenye maandishi, na wanunuzi wanayasoma yalivyo. Andika hapo duka lako linavyofanya, kisha uhifadhi.",
    delivery: "Orodha ya mitaa inaonyesha gharama ya kuletewa na muda wake; bei ya mtaa wako unaiona kabla ya kuagiza.\n\nAnayeleta hupiga simu nambari uliyoagiza nayo. Mtu mwingine anaweza kukupokelea: mpe namba ya siri ya mzigo iliyo kwenye ukurasa wa oda yako, na usimpe mwingine yeyote.\n\nAsipopatikana mtu, tunajaribu mara moja tena [kesho yake]. Jaribio la tatu hulipiwa tena.",
    returns: "Tuambie ndani ya siku [7] baada ya kupokea kuna tatizo gani, kwa WhatsApp au simu, pamoja na nambari ya oda yako.\n\nKilichoharibika au ambacho si ulichoagiza tunakichukua kwa gharama yetu; unapata kingine, au pesa zako zinarudi kwenye nambari uliyolipa nayo ndani ya siku [3].\n\nUsichokipenda tu unaweza kubadilisha kama hakijatumika na bado kiko kwenye pakiti yake; gharama ya kukirudisha ni yako. [Vyakula, vipodozi na nguo za ndani hazirudishwi zikishafunguliwa.]",
    privacy: |shop| {
        format!(
            "{shop} huhifadhi jina lako, nambari ya simu, anwani na ulichoagiza: ili kukuletea, kujibu maswali yako, na kwa sababu sheria ya kodi inataka vitabu vya hesabu vitunzwe.\n\nAnayeleta mzigo huambiwa jina lako, nambari ya simu na mahali ulipo; anayepitisha malipo au ujumbe wetu hujua nambari au barua pepe inayohusika. Hakuna mwingine anayeambiwa.\n\nTunakuandikia kuhusu oda yako. Kuhusu ofa tunakuandikia tu ikiwa ulikubali, na tunaacha ukisema acha.\n\nKwenye “Oda zako” chini ya kila ukurasa unaweza kuchukua nakala ya tunachohifadhi na kuomba kifutwe. Chini ya Sheria ya Ulinzi wa Data ya 2019 unaweza pia kulalamika kwa Ofisi ya Kamishna wa Ulinzi wa Data."
        )
    },
};

pub const fn words(locale: Locale) -> &'static PolicyWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}

impl PolicyWords {
    /// Each policy by the name of its field.
    pub fn texts(&self, shop: &str) -> [(&'static str, String); 3] {
        [
            ("delivery_policy", self.delivery.to_owned()),
            ("returns_policy", self.returns.to_owned()),
            ("privacy_notice", (self.privacy)(shop)),
        ]
    }
}
