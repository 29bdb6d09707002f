//! Who may pay in cash at the door: by area, by amount, by what became of the buyer's orders before; pure.

use super::zones::Zone;
use crate::kernel::{id::ZoneId, money::Money};
use serde::{Deserialize, Serialize};

/// What a shop says of cash at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashRules {
    pub takes_cash: bool,
    /// The most an order may come to, in minor units.
    pub most_cents: Option<i64>,
    /// The only areas where it is taken; none is everywhere.
    pub only_in: Option<Vec<ZoneId>>,
    /// So many orders must have been delivered to the buyer.
    pub least_delivered: u32,
    /// At most so many cash orders may have come back from the buyer's door; none asks nobody.
    pub most_refused: Option<u32>,
    /// What is paid by prompt before an order is accepted; the rest at the door.
    pub deposit: Option<Deposit>,
}

/// A small sum that shows that a cash order is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// In minor units, whole shillings.
    pub cents: i64,
    /// The least an order must come to, in minor units; none asks for it on any order.
    pub from_cents: Option<i64>,
    /// Only of buyers to whom nothing was delivered yet.
    pub is_for_new: bool,
}

impl Default for CashRules {
    /// A shop that has said nothing takes cash from everybody.
    fn default() -> Self {
        Self {
            takes_cash: true,
            most_cents: None,
            only_in: None,
            least_delivered: 0,
            most_refused: None,
            deposit: None,
        }
    }
}

impl CashRules {
    /// The same where an order goes: an agent of a partner hands parcels out and takes no money for the shop.
    #[must_use]
    pub fn at(self, zone: &Zone) -> Self {
        if zone.agent.is_some() { Self { only_in: Some(Vec::new()), ..self } } else { self }
    }

    /// Whether the answer depends on who buys.
    pub const fn asks_for_history(&self) -> bool {
        let is_for_new = matches!(&self.deposit, Some(deposit) if deposit.is_for_new);
        self.takes_cash && (self.least_delivered > 0 || self.most_refused.is_some() || is_for_new)
    }

    /// What is paid before an order of `total` is accepted; none when nothing is, or when it would be all of it. Without a
    /// history the buyer counts as new.
    pub fn deposit_of(&self, total: Money, history: Option<&BuyerHistory>) -> Option<Money> {
        let deposit = self.deposit.as_ref()?;
        let is_asked = deposit.from_cents.is_none_or(|from| total.minor() >= from)
            && !(deposit.is_for_new && history.is_some_and(|history| history.delivered > 0));
        (is_asked && deposit.cents < total.minor()).then(|| Money::new(deposit.cents, total.currency()))
    }
}

/// What became of a buyer's orders before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuyerHistory {
    pub delivered: u32,
    /// Cash orders that went out and came back.
    pub refused: u32,
}

/// Why an order cannot be paid in cash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoCash {
    NotTaken,
    NotThere,
    TooMuch {
        most: Money,
    },
    /// So many orders have to be delivered first.
    NotYet {
        least: u32,
    },
    CameBack,
}

/// Decides whether an order of `total` to `zone` may be paid in cash.
///
/// Without a history nobody has said yet who buys: then only place, amount and the shop decide, and the buyer's own part
/// is decided when the order is placed.
pub fn may_pay_cash(
    rules: &CashRules,
    total: Money,
    zone: ZoneId,
    history: Option<&BuyerHistory>,
) -> Result<(), NoCash> {
    if !rules.takes_cash {
        return Err(NoCash::NotTaken);
    }
    if rules.only_in.as_ref().is_some_and(|zones| !zones.contains(&zone)) {
        return Err(NoCash::NotThere);
    }
    if let Some(most) = rules.most_cents
        && total.minor() > most
    {
        return Err(NoCash::TooMuch { most: Money::new(most, total.currency()) });
    }
    let Some(history) = history else { return Ok(()) };
    if rules.most_refused.is_some_and(|most| history.refused > most) {
        return Err(NoCash::CameBack);
    }
    if history.delivered < rules.least_delivered {
        return Err(NoCash::NotYet { least: rules.least_delivered });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::id::PartnerAgentId;

    fn zone(n: u8) -> ZoneId {
        ZoneId::parse(&format!("00000000-0000-7000-8000-0000000000{n:02}")).expect("an id")
    }

    fn says(rules: &CashRules, shillings: i64, at: u8, history: Option<(u32, u32)>) -> Result<(), NoCash> {
        let history = history.map(|(delivered, refused)| BuyerHistory { delivered, refused });
        may_pay_cash(rules, Money::shillings(shillings), zone(at), history.as_ref())
    }

    #[test]
    fn a_shop_that_said_nothing_takes_cash_from_everybody() {
        assert_eq!(says(&CashRules::default(), 250_000, 1, Some((0, 9))), Ok(()));
        assert!(!CashRules::default().asks_for_history());
    }

    #[test]
    fn a_shop_that_takes_none_says_so_before_anything_else() {
        let rules = CashRules { takes_cash: false, most_cents: Some(100), least_delivered: 1, ..CashRules::default() };
        assert_eq!(says(&rules, 5_000, 1, None), Err(NoCash::NotTaken));
        assert!(!rules.asks_for_history());
    }

    #[test]
    fn the_limit_itself_is_still_taken_and_a_cent_more_is_not() {
        let rules = CashRules { most_cents: Some(500_000), ..CashRules::default() };
        let table = [(4_999, Ok(())), (5_000, Ok(())), (5_001, Err(NoCash::TooMuch { most: Money::shillings(5_000) }))];
        for (shillings, wanted) in table {
            assert_eq!(says(&rules, shillings, 1, None), wanted, "{shillings}");
        }
        assert_eq!(
            may_pay_cash(&rules, Money::kes(500_001), zone(1), None),
            Err(NoCash::TooMuch { most: Money::shillings(5_000) })
        );
    }

    #[test]
    fn cash_is_taken_in_the_chosen_areas_and_nowhere_else() {
        let rules = CashRules { only_in: Some(vec![zone(1), zone(2)]), ..CashRules::default() };
        assert_eq!(says(&rules, 10, 2, None), Ok(()));
        assert_eq!(says(&rules, 10, 3, None), Err(NoCash::NotThere));
        let nowhere = CashRules { only_in: Some(Vec::new()), ..CashRules::default() };
        assert_eq!(says(&nowhere, 10, 1, None), Err(NoCash::NotThere));
    }

    #[test]
    fn an_agent_of_a_partner_takes_no_cash_whatever_the_shop_does() {
        let there = super::super::zones::tests::zone("Rongai", &[]);
        let agent = Zone { agent: PartnerAgentId::parse("00000000-0000-7000-8000-000000000002"), ..there.clone() };
        assert_eq!(CashRules::default().at(&there), CashRules::default());
        let rules = CashRules::default().at(&agent);
        assert_eq!(may_pay_cash(&rules, Money::shillings(10), agent.id, None), Err(NoCash::NotThere));
    }

    #[test]
    fn a_history_is_asked_for_and_decides_once_the_buyer_is_known() {
        let rules = CashRules { least_delivered: 2, most_refused: Some(1), ..CashRules::default() };
        assert!(rules.asks_for_history());
        let table = [
            (None, Ok(())),
            (Some((0, 0)), Err(NoCash::NotYet { least: 2 })),
            (Some((1, 1)), Err(NoCash::NotYet { least: 2 })),
            (Some((2, 0)), Ok(())),
            (Some((2, 1)), Ok(())),
            (Some((2, 2)), Err(NoCash::CameBack)),
            (Some((0, 2)), Err(NoCash::CameBack)),
        ];
        for (history, wanted) in table {
            assert_eq!(says(&rules, 10, 1, history), wanted, "{history:?}");
        }
    }

    #[test]
    fn a_deposit_is_asked_from_a_sum_up_of_whom_the_shop_says_and_never_as_the_whole() {
        let deposit = |from: Option<i64>, is_for_new| CashRules {
            deposit: Some(Deposit { cents: 20_000, from_cents: from.map(|whole| whole * 100), is_for_new }),
            ..CashRules::default()
        };
        let known = Some(BuyerHistory { delivered: 1, refused: 0 });
        let new = Some(BuyerHistory::default());
        let asked = Some(Money::shillings(200));
        for (rules, total, history, wanted) in [
            (CashRules::default(), 5_000, new, None),
            (deposit(None, false), 5_000, known, asked),
            (deposit(None, false), 201, None, asked),
            (deposit(None, false), 200, None, None),
            (deposit(Some(2_000), false), 1_999, new, None),
            (deposit(Some(2_000), false), 2_000, new, asked),
            (deposit(None, true), 5_000, new, asked),
            (deposit(None, true), 5_000, None, asked),
            (deposit(None, true), 5_000, known, None),
        ] {
            assert_eq!(
                rules.deposit_of(Money::shillings(total), history.as_ref()),
                wanted,
                "{rules:?} {total} {history:?}"
            );
        }
        assert!(deposit(None, true).asks_for_history() && !deposit(None, false).asks_for_history());
    }
}
