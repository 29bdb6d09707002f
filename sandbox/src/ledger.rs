//! Money that moved: by receipt, so that status, reversal, balance and list agree with what was paid.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, Utc};

use crate::kenya;

/// Movements remembered; the oldest are forgotten first.
const MOST: usize = 20_000;
/// Tills whose store is known.
const MOST_TILLS: usize = 1000;

/// How money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    PayBill,
    BuyGoods,
    /// Back to the payer.
    Reversal,
}

/// One movement.
#[derive(Clone)]
pub struct Movement {
    pub receipt: String,
    pub way: Way,
    /// The paybill or till that got the money, or gave it back.
    pub short_code: String,
    /// What the payer typed; empty for a till.
    pub account: String,
    /// Whole shillings.
    pub amount: u32,
    pub phone: String,
    pub at: DateTime<Utc>,
    /// The reversal that sent it back.
    pub reversed_by: Option<String>,
    /// For a reversal, the request that ordered it.
    pub ordered_by: Option<String>,
}

/// Why money does not go back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotReverse {
    Unknown,
    Already,
    /// Another sum than was paid: whether the provider takes a part is not documented, so more is refused only.
    TooMuch,
}

/// All movements, oldest first. Nothing of it is forgotten by a reset: money that has moved has moved.
#[derive(Default)]
pub struct Ledger {
    list: VecDeque<Movement>,
    /// The store of a till, learned from the prompts that were asked for it.
    stores: HashMap<String, String>,
}

impl Ledger {
    /// Books money that arrived, under a receipt that was made before.
    pub fn receive(&mut self, movement: Movement) {
        if self.list.len() >= MOST {
            self.list.pop_front();
        }
        self.list.push_back(movement);
    }

    pub fn find(&self, receipt: &str) -> Option<&Movement> {
        self.list.iter().rev().find(|movement| movement.receipt == receipt)
    }

    /// The reversal that a request ordered.
    pub fn ordered_by(&self, originator_conversation_id: &str) -> Option<&Movement> {
        self.list.iter().rev().find(|movement| movement.ordered_by.as_deref() == Some(originator_conversation_id))
    }

    /// Sends money back to its payer once; the receipt of that.
    pub fn reverse(
        &mut self,
        receipt: &str,
        short_code: &str,
        amount: u32,
        ordered_by: &str,
        at: DateTime<Utc>,
    ) -> Result<Movement, CannotReverse> {
        let place = self.list.iter().rposition(|movement| movement.receipt == receipt);
        let place = place.ok_or(CannotReverse::Unknown)?;
        let paid = self.list[place].clone();
        if paid.way == Way::Reversal || !self.belongs(&paid.short_code, short_code) {
            return Err(CannotReverse::Unknown);
        }
        if paid.reversed_by.is_some() {
            return Err(CannotReverse::Already);
        }
        if amount > paid.amount {
            return Err(CannotReverse::TooMuch);
        }
        let back = Movement {
            receipt: self.free_receipt(at),
            way: Way::Reversal,
            amount,
            at,
            ordered_by: Some(ordered_by.to_owned()),
            ..paid
        };
        self.list[place].reversed_by = Some(back.receipt.clone());
        self.receive(back.clone());
        Ok(back)
    }

    /// What arrived at a number between two moments, oldest first; reversals are no arrivals.
    pub fn arrived(&self, short_code: &str, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<&Movement> {
        let mut list: Vec<&Movement> = self
            .list
            .iter()
            .filter(|movement| movement.way != Way::Reversal && self.belongs(&movement.short_code, short_code))
            .filter(|movement| (from..=to).contains(&movement.at))
            .collect();
        list.sort_by_key(|movement| movement.at);
        list
    }

    /// Shillings that lie at a number.
    pub fn balance(&self, short_code: &str) -> u64 {
        let of = |reversal: bool| -> u64 {
            self.list
                .iter()
                .filter(|movement| self.belongs(&movement.short_code, short_code))
                .filter(|movement| (movement.way == Way::Reversal) == reversal)
                .map(|movement| u64::from(movement.amount))
                .sum()
        };
        of(false).saturating_sub(of(true))
    }

    pub fn free_receipt(&self, at: DateTime<Utc>) -> String {
        loop {
            let receipt = kenya::receipt(at);
            if self.find(&receipt).is_none() {
                return receipt;
            }
        }
    }

    pub fn learn_till(&mut self, till: &str, store: &str) {
        if self.stores.len() < MOST_TILLS {
            self.stores.insert(till.to_owned(), store.to_owned());
        }
    }

    pub fn is_till(&self, number: &str) -> bool {
        self.stores.contains_key(number)
    }

    /// Whether money at `credited` is this number's: its own, or that of a till of this store.
    pub fn belongs(&self, credited: &str, short_code: &str) -> bool {
        credited == short_code || self.stores.get(credited).is_some_and(|store| store == short_code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone};

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 4, 2, 9, 0, 0).unwrap()
    }

    fn paid(receipt: &str, way: Way, short_code: &str, amount: u32, at: DateTime<Utc>) -> Movement {
        Movement {
            receipt: receipt.to_owned(),
            way,
            short_code: short_code.to_owned(),
            account: String::new(),
            amount,
            phone: "254711223344".to_owned(),
            at,
            reversed_by: None,
            ordered_by: None,
        }
    }

    #[test]
    fn money_goes_back_once_and_only_from_the_number_that_got_it() {
        let mut ledger = Ledger::default();
        ledger.receive(paid("UD2AAAAAAA", Way::PayBill, "509731", 100, noon()));
        let mut reverse = |receipt, number, amount| ledger.reverse(receipt, number, amount, "ask", noon()).err();
        assert_eq!(reverse("UD2BBBBBBB", "509731", 100), Some(CannotReverse::Unknown));
        assert_eq!(reverse("UD2AAAAAAA", "509732", 100), Some(CannotReverse::Unknown));
        assert_eq!(reverse("UD2AAAAAAA", "509731", 101), Some(CannotReverse::TooMuch));
        assert_eq!(reverse("UD2AAAAAAA", "509731", 100), None);
        assert_eq!(reverse("UD2AAAAAAA", "509731", 100), Some(CannotReverse::Already));
        assert_eq!(ledger.balance("509731"), 0);
        let back = ledger.ordered_by("ask").unwrap();
        assert_eq!(ledger.find("UD2AAAAAAA").unwrap().reversed_by.as_ref(), Some(&back.receipt));
    }

    #[test]
    fn a_store_has_the_money_of_its_tills_and_the_list_is_of_its_time() {
        let mut ledger = Ledger::default();
        ledger.learn_till("7654321", "600210");
        ledger.receive(paid("UD2AAAAAAA", Way::BuyGoods, "7654321", 100, noon()));
        ledger.receive(paid("UD2BBBBBBB", Way::BuyGoods, "7654321", 50, noon() - TimeDelta::hours(3)));
        ledger.receive(paid("UD2CCCCCCC", Way::PayBill, "509731", 7, noon()));
        assert_eq!((ledger.balance("600210"), ledger.balance("7654321"), ledger.balance("509731")), (150, 150, 7));
        let list = |from, to| -> Vec<&str> {
            ledger.arrived("600210", from, to).iter().map(|movement| movement.receipt.as_str()).collect()
        };
        assert_eq!(list(noon() - TimeDelta::hours(4), noon()), ["UD2BBBBBBB", "UD2AAAAAAA"]);
        assert_eq!(list(noon() - TimeDelta::hours(1), noon()), ["UD2AAAAAAA"]);
    }
}
