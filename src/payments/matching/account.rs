//! Finds the order that money with an account is for: for certain, as proposals, or not at all.

use super::{
    payer::same_first_name,
    reading::readings,
    reference::Reference,
    slip::{Slip, slip},
    till,
    why::{Proposal, Why},
};
use crate::{
    kernel::{
        id::{CustomerId, OrderId},
        order_number::OrderNumber,
        phone::Phone,
    },
    payments::providers::mpesa::PayerNumber,
};
use chrono::{DateTime, Utc};

/// An order as money looks for it.
#[derive(Clone, Debug)]
pub struct OpenOrder {
    pub id: OrderId,
    pub number: OrderNumber,
    /// What is missing, in cents; zero for one that is paid.
    pub due_cents: i64,
    /// Cancelled: it takes money only when it is named to the letter, or by a person's hand.
    pub is_closed: bool,
    pub customer: Option<CustomerId>,
    pub name: String,
    /// The buyer's, and the one that prompts went to.
    pub phones: Vec<Phone>,
    pub placed_at: DateTime<Utc>,
}

impl OpenOrder {
    /// Whether money may find it by itself.
    pub const fn takes_money(&self) -> bool {
        self.due_cents > 0 && !self.is_closed
    }
}

/// Money that came in. Says who paid, so it has no `Debug`.
#[derive(Clone)]
pub struct PaidIn<'a> {
    /// What stands in the account field; empty at a till.
    pub typed: &'a str,
    pub amount_cents: i64,
    pub payer: Option<&'a PayerNumber>,
    pub name: &'a str,
    /// Whom this payer is known to pay for.
    pub known: Option<CustomerId>,
    pub at: DateTime<Utc>,
}

/// What is known of where money belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// The only candidate, and exactly what it owes.
    Certain(OrderId),
    /// For a person, the likeliest first.
    Proposals(Vec<Proposal>),
    Nothing,
}

/// Never more than a person looks through.
pub(super) const MOST: usize = 5;

/// How what was typed points at an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pointer {
    Account(Slip),
    Phone,
}

impl Pointer {
    const fn weight(self) -> i32 {
        match self {
            Self::Account(Slip::Exact) => 60,
            Self::Account(Slip::NoLetter) => 50,
            Self::Account(Slip::WrongLetter) => 45,
            Self::Phone => 40,
            Self::Account(Slip::One(_)) => 35,
            Self::Account(Slip::OneWithoutLetter(_)) => 25,
        }
    }
    const fn why(self) -> Why {
        match self {
            Self::Account(Slip::Exact) => Why::SameReference,
            Self::Account(Slip::NoLetter | Slip::WrongLetter) => Why::SameNumber,
            Self::Account(Slip::One(edit) | Slip::OneWithoutLetter(edit)) => Why::AlmostReference(edit),
            Self::Phone => Why::PhoneAsAccount,
        }
    }
}

/// The numbers that a person names to the letter, so that an order which is closed by now can be told from none.
pub fn named_numbers(typed: &str) -> Vec<i64> {
    let mut numbers: Vec<i64> = readings(typed)
        .iter()
        .filter_map(|reading| {
            let digits = match reading.split_last() {
                Some((last, before)) if !last.is_ascii_digit() => before,
                _ => reading,
            };
            std::str::from_utf8(digits).ok()?.parse().ok()
        })
        .collect();
    numbers.dedup();
    numbers.truncate(MOST);
    numbers
}

/// Where money belongs. `orders` are those that take money, and those that [`named_numbers`] names,
/// whatever became of them.
pub fn find_candidates(paid: &PaidIn<'_>, orders: &[OpenOrder]) -> Match {
    let pointed = pointed(paid.typed, orders);
    if let Some(order) = certain(paid, &pointed) {
        return Match::Certain(order);
    }
    let proposals = proposals(paid, &pointed, orders);
    if proposals.is_empty() { Match::Nothing } else { Match::Proposals(proposals) }
}

/// The orders that money may be for, the likeliest first, also where one of them is certain.
pub fn proposals_for(paid: &PaidIn<'_>, orders: &[OpenOrder]) -> Vec<Proposal> {
    proposals(paid, &pointed(paid.typed, orders), orders)
}

fn pointed<'a>(typed: &str, orders: &'a [OpenOrder]) -> Vec<(&'a OpenOrder, Pointer)> {
    let (readings, phone) = (readings(typed), Phone::parse(typed));
    orders.iter().filter_map(|order| Some((order, pointer(order, &readings, phone.as_ref())?))).collect()
}

/// The orders that an account points at, and whether it names them rather than almost.
pub(super) fn points_at<'a>(typed: &str, orders: &'a [OpenOrder]) -> Vec<(&'a OpenOrder, bool)> {
    let is_named = |pointer| {
        matches!(pointer, Pointer::Phone | Pointer::Account(Slip::Exact | Slip::NoLetter | Slip::WrongLetter))
    };
    pointed(typed, orders).into_iter().map(|(order, pointer)| (order, is_named(pointer))).collect()
}

fn pointer(order: &OpenOrder, readings: &[Vec<u8>], phone: Option<&Phone>) -> Option<Pointer> {
    if phone.is_some_and(|phone| order.phones.contains(phone)) {
        return Some(Pointer::Phone);
    }
    let reference = Reference::of(order.number.number());
    readings
        .iter()
        .filter_map(|reading| slip(reading, reference).map(Pointer::Account))
        .max_by_key(|pointer| pointer.weight())
}

fn agrees(paid: &PaidIn<'_>, order: &OpenOrder) -> bool {
    paid.payer.is_some_and(|payer| order.phones.iter().any(|phone| payer.may_be(phone)))
        || paid.known.is_some() && paid.known == order.customer
}

/// Whether the payer alone decides between orders: of a number with its middle hidden there are too many, unless the
/// name fits as well.
fn decides(paid: &PaidIn<'_>, order: &OpenOrder) -> bool {
    let is_masked = matches!(paid.payer, Some(PayerNumber::Masked(_)));
    agrees(paid, order) && (!is_masked || same_first_name(paid.name, &order.name))
}

/// The one order, when nothing speaks for another.
fn certain(paid: &PaidIn<'_>, pointed: &[(&OpenOrder, Pointer)]) -> Option<OrderId> {
    let fits = |order: &OpenOrder| order.takes_money() && order.due_cents == paid.amount_cents;
    let named = |slip| {
        let by_slip = pointed.iter().filter(move |(_, pointer)| *pointer == Pointer::Account(slip));
        by_slip.map(|(order, _)| *order).collect::<Vec<_>>()
    };
    // No single mistake makes one reference of another.
    match named(Slip::Exact)[..] {
        [] => {}
        [order] => return (order.due_cents > 0 && order.due_cents == paid.amount_cents).then_some(order.id),
        _ => return None,
    }
    let by_number = match named(Slip::NoLetter)[..] {
        [] => None,
        [order] => Some(order),
        _ => return None,
    };
    let fitting: Vec<&OpenOrder> = pointed.iter().map(|(order, _)| *order).filter(|order| fits(order)).collect();
    let by_payer = || match fitting.iter().copied().filter(|order| decides(paid, order)).collect::<Vec<_>>()[..] {
        [only] => Some(only),
        _ => None,
    };
    match (by_number, &fitting[..]) {
        (_, []) => None,
        (Some(order), [only]) if only.id == order.id => Some(only.id),
        // Nothing but digits, and they name an order: another one of this amount may be meant as well, so it takes the
        // payer's own number to decide between them, and it must not be the named one's.
        (Some(order), _) if fits(order) => by_payer().filter(|only| only.id == order.id).map(|only| only.id),
        (Some(order), _) => by_payer().filter(|_| !agrees(paid, order)).map(|only| only.id),
        (None, [only]) => Some(only.id),
        (None, _) => by_payer().map(|only| only.id),
    }
}

fn proposals(paid: &PaidIn<'_>, pointed: &[(&OpenOrder, Pointer)], orders: &[OpenOrder]) -> Vec<Proposal> {
    let mut ranked: Vec<(i32, Proposal)> = pointed
        .iter()
        .filter(|(order, _)| order.due_cents > 0)
        .map(|(order, pointer)| {
            let (weight, mut why) = till::evidence(paid, order);
            why.insert(0, pointer.why());
            (weight + pointer.weight(), Proposal { order: order.id, why })
        })
        .collect();
    ranked.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let mut proposals: Vec<Proposal> = ranked.into_iter().map(|(_, proposal)| proposal).collect();
    for other in till::propose(paid, orders) {
        if proposals.iter().all(|proposal| proposal.order != other.order) {
            proposals.push(other);
        }
    }
    proposals.truncate(MOST);
    proposals
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use chrono::TimeZone as _;
    use uuid::Uuid;

    fn at(minute: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 4, 2, 12, minute, 0).single().expect("a minute of an hour")
    }

    fn id(number: i64) -> OrderId {
        Uuid::from_u64_pair(0, number.unsigned_abs()).into()
    }

    pub fn order(number: i64, due: i64, phone: &str) -> OpenOrder {
        OpenOrder {
            id: id(number),
            number: number.into(),
            due_cents: due * 100,
            is_closed: false,
            customer: None,
            name: "Amina Wanjiru".into(),
            phones: Phone::parse(phone).into_iter().collect(),
            placed_at: at(0),
        }
    }

    pub fn paid<'a>(typed: &'a str, shillings: i64, payer: Option<&'a PayerNumber>) -> PaidIn<'a> {
        PaidIn {
            typed,
            amount_cents: shillings * 100,
            payer,
            name: if payer.is_some() { "AMINA" } else { "" },
            known: None,
            at: at(20),
        }
    }

    pub fn shop() -> Vec<OpenOrder> {
        vec![
            order(1_042, 1_450, "0711223344"),
            order(1_047, 2_000, "0722000111"),
            order(1_024, 1_450, "0733000222"),
            order(1_099, 0, "0744000333"),
        ]
    }

    #[test]
    fn automatic_is_only_a_unique_order_that_owes_exactly_this() {
        let masked = PayerNumber::read("2547 ***** 344");
        for (typed, shillings, payer, expected) in [
            ("1042W", 1_450, None, Some(1_042)),
            ("order 1042w", 1_450, None, Some(1_042)),
            // with the shop's own letters in front
            ("MN-1042W", 1_450, None, Some(1_042)),
            ("1042W", 1_400, None, None),
            // 1024 is one swap away and owes the same
            ("1042", 1_450, None, None),
            ("1042", 1_450, masked.as_ref(), Some(1_042)),
            ("1024", 1_450, masked.as_ref(), None),
            ("1047", 2_000, None, Some(1_047)),
            // names 1047, which owes another amount
            ("1047", 1_450, None, None),
            ("1047", 1_450, masked.as_ref(), Some(1_042)),
            ("1740", 2_000, None, None),
            ("147", 2_000, None, Some(1_047)),
            ("0711 223 344", 1_450, None, Some(1_042)),
            ("0711 223 344", 2_000, None, None),
            ("1099", 1_450, None, None),
            ("", 1_450, None, None),
        ] {
            let found = find_candidates(&paid(typed, shillings, payer), &shop());
            let certain = if let Match::Certain(order) = found { Some(order) } else { None };
            assert_eq!(certain, expected.map(id), "{typed} {shillings}");
        }
    }

    #[test]
    fn what_is_not_certain_is_proposed_with_its_reasons() {
        let Match::Proposals(found) = find_candidates(&paid("1042W", 1_400, None), &shop()) else {
            panic!("a reference with another amount is for a person")
        };
        assert_eq!(found.first().map(|first| first.order), Some(id(1_042)));
        assert_eq!(
            found.first().map(|first| first.why.clone()),
            Some(vec![Why::SameReference, Why::JustOrdered, Why::PartOfAmount])
        );
        assert_eq!(find_candidates(&paid("rent", 77, None), &shop()), Match::Nothing);
    }

    #[test]
    fn an_order_that_takes_nothing_is_never_proposed() {
        let found = find_candidates(&paid("1099", 1_450, None), &shop());
        let Match::Proposals(found) = found else { panic!("orders of this amount are proposed") };
        assert!(found.iter().all(|proposal| proposal.order != id(1_099)), "{found:?}");
    }
}
