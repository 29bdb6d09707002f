//! A fee that was shown with the time until which it holds: carried by the form, marked so that only we can write it.

use super::{
    offer::{Arrival, Offer},
    zones::Zone,
};
use crate::{
    kernel::{
        id::{TenantId, VariantId, ZoneId},
        money::Money,
        token::{Token, hex},
    },
    vault::{Vault, marks::MarkFor},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// How long a fee holds, unless the day ends what was told of its arrival before.
pub const HOLDS: TimeDelta = TimeDelta::hours(1);
/// Longer than any that we write.
const LONGEST: usize = 2_000;

/// What was told of delivery to one area, for one cart as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub zone: ZoneId,
    /// As it was called; empty while the buyer was asked which is meant.
    pub area: String,
    /// What the buyer had typed; empty when the area was chosen.
    pub said: String,
    /// Whether that was understood; else the area is only the one shown meanwhile.
    pub is_sure: bool,
    /// The place that was understood, where the area's name does not say it.
    pub place: Option<String>,
    pub fee_cents: i64,
    pub arrival: Arrival,
    pub rule: String,
    /// Of what was in the cart.
    pub goods: String,
    pub until: DateTime<Utc>,
}

/// Which area is to be priced, going by the form alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whither<'a> {
    /// The area that the quote was for.
    Quoted(&'a Quote),
    /// The one chosen in the list.
    Area(&'a str),
    /// What was typed and has not been looked up yet.
    Typed(&'a str),
}

/// Of two ways to say where, the one that was used last: what was typed anew, else what was chosen anew.
pub fn whither<'a>(said: &'a str, area: &'a str, quote: Option<&'a Quote>) -> Whither<'a> {
    let said = said.trim();
    match quote {
        Some(quote) if quote.said == said && quote.area != area.trim() => Whither::Area(area),
        Some(quote) if quote.said == said && quote.is_sure => Whither::Quoted(quote),
        _ if said.is_empty() => Whither::Area(area),
        _ => Whither::Typed(said),
    }
}

/// Names what is in a cart, in any order.
pub fn goods(lines: impl IntoIterator<Item = (VariantId, u32)>) -> String {
    let mut lines: Vec<(VariantId, u32)> = lines.into_iter().collect();
    lines.sort_unstable();
    let mut digest = Sha256::new();
    for (variant, quantity) in lines {
        digest.update(variant.uuid().as_bytes());
        digest.update(quantity.to_be_bytes());
    }
    hex(&digest.finalize()[..8])
}

impl Quote {
    /// A new one. `local` is `now` by the merchant's clock: what was told of today ends with its cut-off.
    pub fn of(zone: &Zone, offer: &Offer, goods: String, now: DateTime<Utc>, local: NaiveDateTime) -> Self {
        let hour = now + HOLDS;
        let until = match offer.arrival.holds_for(local) {
            Some(minutes) => hour.min(now + TimeDelta::minutes(i64::from(minutes))),
            None => hour,
        };
        Self {
            zone: zone.id,
            area: zone.area.clone(),
            said: String::new(),
            is_sure: true,
            place: None,
            fee_cents: offer.fee.minor(),
            arrival: offer.arrival,
            rule: offer.rule.said(&zone.area),
            goods,
            until,
        }
    }

    /// Whether what it says has to be kept, for this area and these goods.
    pub fn holds(&self, zone: ZoneId, goods: &str, now: DateTime<Utc>) -> bool {
        self.zone == zone && self.goods == goods && now < self.until
    }

    /// The fee that was told, in the currency of `like`.
    pub fn fee(&self, like: Money) -> Money {
        Money::new(self.fee_cents, like.currency())
    }

    /// As a form carries it; bound to the cart and the merchant.
    pub fn write(&self, vault: &Vault, tenant: TenantId, cart: &Token) -> String {
        let text = URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default());
        let mark = vault.mark(MarkFor::Quote, tenant, &marked(cart, &text));
        format!("{mark}{text}")
    }

    /// Reads what a form brought back; none when it is not ours or not this cart's.
    pub fn read(vault: &Vault, tenant: TenantId, cart: &Token, carried: &str) -> Option<Self> {
        let (mark, text) = carried.trim().split_at_checked(64).filter(|_| carried.len() <= LONGEST)?;
        let is_ours = vault.is_marked(MarkFor::Quote, tenant, &marked(cart, text), mark);
        let bytes = is_ours.then(|| URL_SAFE_NO_PAD.decode(text).ok()).flatten()?;
        serde_json::from_slice(&bytes).ok()
    }
}

fn marked(cart: &Token, text: &str) -> Vec<u8> {
    [&cart.hash()[..], text.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            offer::{Basket, offer},
            zones::tests::zone,
        },
        *,
    };
    use crate::vault::MasterKey;
    use chrono::{NaiveDate, TimeZone as _};

    fn at(hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 5, 4).and_then(|day| day.and_hms_opt(hour, minute, 0)).unwrap()
    }

    fn quote(cut_off: Option<u16>, hour: u32, minute: u32) -> Quote {
        let zone = Zone { cut_off, ..zone("Westlands", &[]) };
        let basket = Basket { goods: Money::shillings(1_000), grams: 0 };
        let now = Utc.from_utc_datetime(&at(hour, minute));
        Quote::of(&zone, &offer(&zone, &basket, at(hour, minute)), "g".into(), now, at(hour, minute))
    }

    #[test]
    fn a_fee_holds_for_an_hour_and_no_longer_than_its_day() {
        let until = |cut_off, hour, minute| quote(cut_off, hour, minute).until.naive_utc();
        assert_eq!(until(None, 9, 0), at(10, 0));
        assert_eq!(until(Some(16 * 60), 15, 20), at(16, 0));
        assert_eq!(until(Some(16 * 60), 14, 0), at(15, 0));
        assert_eq!(
            until(Some(16 * 60), 23, 30),
            NaiveDate::from_ymd_opt(2026, 5, 5).unwrap().and_hms_opt(0, 0, 0).unwrap()
        );
        let quote = quote(None, 9, 0);
        assert!(quote.holds(quote.zone, "g", quote.until - TimeDelta::seconds(1)));
        assert!(!quote.holds(quote.zone, "g", quote.until));
        assert!(!quote.holds(quote.zone, "other goods", quote.until - TimeDelta::minutes(9)));
    }

    #[test]
    fn only_what_we_wrote_for_this_cart_is_read() {
        let vault = Vault::new(MasterKey::new([3; 32]));
        let (ours, theirs, cart, other) = (TenantId::mint(), TenantId::mint(), Token::random(), Token::random());
        let typed = Quote { said: "westi".into(), ..quote(None, 9, 0) };
        let carried = typed.write(&vault, ours, &cart);
        assert_eq!(Quote::read(&vault, ours, &cart, &carried), Some(typed));
        assert_eq!(Quote::read(&vault, theirs, &cart, &carried), None);
        assert_eq!(Quote::read(&vault, ours, &other, &carried), None);
        // The mark stays, and what it stands before is cheaper.
        let cheaper = Quote { fee_cents: 100, ..quote(None, 9, 0) }.write(&vault, ours, &cart);
        assert_eq!(Quote::read(&vault, ours, &cart, &[&carried[..64], &cheaper[64..]].concat()), None);
        for nonsense in ["", "x", &"é".repeat(70), &"0".repeat(3_000)] {
            assert_eq!(Quote::read(&vault, ours, &cart, nonsense), None);
        }
    }

    #[test]
    fn what_was_done_last_says_where() {
        let chosen = quote(None, 9, 0);
        let typed = Quote { said: "westi".into(), ..chosen.clone() };
        let asked = Quote { said: "kahawa".into(), is_sure: false, area: String::new(), ..chosen.clone() };
        for (said, area, quote, wanted) in [
            ("", "Westlands", None, Whither::Area("Westlands")),
            (" westi ", "CBD", None, Whither::Typed("westi")),
            ("", "Westlands", Some(&chosen), Whither::Quoted(&chosen)),
            ("", "CBD", Some(&chosen), Whither::Area("CBD")),
            ("westi", "Westlands", Some(&typed), Whither::Quoted(&typed)),
            ("westi", "CBD", Some(&typed), Whither::Area("CBD")),
            ("karen", "Westlands", Some(&typed), Whither::Typed("karen")),
            ("karen", "Westlands", Some(&chosen), Whither::Typed("karen")),
            ("", "Westlands", Some(&typed), Whither::Area("Westlands")),
            // Asked which one is meant, no area is chosen: one that is, is the answer.
            ("kahawa", "", Some(&asked), Whither::Typed("kahawa")),
            ("kahawa", "Westlands", Some(&asked), Whither::Area("Westlands")),
            ("kahawa", "CBD", Some(&asked), Whither::Area("CBD")),
            ("karen", "", Some(&asked), Whither::Typed("karen")),
            ("", "CBD", Some(&asked), Whither::Area("CBD")),
            ("", "", Some(&asked), Whither::Area("")),
        ] {
            assert_eq!(whither(said, area, quote), wanted, "{said} {area}");
        }
    }

    #[test]
    fn a_cart_is_what_is_in_it_in_any_order() {
        let (one, two) = (VariantId::mint(), VariantId::mint());
        assert_eq!(goods([(one, 1), (two, 2)]), goods([(two, 2), (one, 1)]));
        assert_ne!(goods([(one, 1), (two, 2)]), goods([(one, 2), (two, 1)]));
    }
}
