//! A thousand payers who mistype: nearly all of their money finds its order, and none finds another one's.

use super::{Match, OpenOrder, PaidIn, Reference, find_candidates, named_numbers};
use crate::{
    kernel::{id::OrderId, phone::Phone},
    payments::providers::mpesa::PayerNumber,
};
use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use uuid::Uuid;

/// The same throws for the same seed.
pub(super) struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// From zero up to below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).expect("a small number")).expect("a small number")
    }
    pub fn one_in_hundred(&mut self, chances: usize) -> bool {
        self.below(100) < chances
    }
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

pub(super) fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 4, 2, 9, 0, 0).single().expect("a noon in Nairobi")
}

pub(super) const NAMES: [&str; 12] =
    ["Amina", "Wanjiru", "Otieno", "Jane", "Kamau", "Achieng", "Brian", "Njeri", "Mutua", "Faith", "Hassan", "Chebet"];

pub(super) fn phone(dice: &mut Dice) -> Phone {
    Phone::parse(&format!("07{:08}", dice.below(100_000_000))).expect("any eight digits will do")
}

/// As the provider tells it since 2026: the middle is hidden.
pub(super) fn masked(phone: &Phone) -> PayerNumber {
    let msisdn = phone.msisdn();
    PayerNumber::read(&format!("{} ***** {}", &msisdn[..4], &msisdn[9..])).expect("a mask")
}

/// What things cost in a small shop: one to three of forty goods, and one of six ways to bring them.
pub(super) fn total(dice: &mut Dice) -> i64 {
    let goods: Vec<i64> = (0..40).map(|at| 250 + at * at * 5 / 10 * 10 + at * 50).collect();
    let many = 1 + dice.below(3);
    let sum: i64 = (0..many).map(|_| *dice.pick(&goods)).sum();
    (sum + dice.pick(&[0, 150, 200, 250, 300, 350])) * 100
}

/// Four hundred orders, three hundred of which wait for money.
fn shop(dice: &mut Dice, total: fn(&mut Dice) -> i64) -> Vec<OpenOrder> {
    (1_001..1_401)
        .map(|number: i64| OpenOrder {
            id: Uuid::from_u64_pair(1, number.unsigned_abs()).into(),
            number: number.into(),
            is_closed: false,
            due_cents: if dice.one_in_hundred(75) { total(dice) } else { 0 },
            customer: None,
            name: (*dice.pick(&NAMES)).to_owned(),
            phones: vec![phone(dice)],
            placed_at: noon() - TimeDelta::minutes(i64::try_from(dice.below(1_000)).expect("minutes of a day")),
        })
        .collect()
}

/// What a matcher is shown: what takes money, and what is named.
fn shown(all: &[OpenOrder], typed: &str) -> Vec<OpenOrder> {
    let named = named_numbers(typed);
    all.iter().filter(|order| order.due_cents > 0 || named.contains(&order.number.number())).cloned().collect()
}

const KINDS: [&str; 12] = [
    "as shown",
    "with a word",
    "number alone",
    "look-alikes",
    "swapped",
    "missing",
    "doubled",
    "wrong digit",
    "wrong letter",
    "own phone",
    "name beside",
    "number alone, one mistake",
];

fn one_mistake(dice: &mut Dice, digits: &str) -> String {
    let mut digits = digits.as_bytes().to_vec();
    let at = dice.below(digits.len() - 1);
    match dice.below(4) {
        0 => digits.swap(at, at + 1),
        1 => drop(digits.remove(at)),
        2 => digits.insert(at, digits[at]),
        _ => digits[at] = b'0' + (digits[at] - b'0' + 1 + u8::try_from(dice.below(9)).expect("a digit")) % 10,
    }
    String::from_utf8(digits).expect("digits")
}

fn mistyped(dice: &mut Dice, kind: usize, order: &OpenOrder) -> String {
    let number = order.number.to_string();
    let letter = Reference::of(order.number.number()).letter();
    let whole = format!("{number}{letter}");
    let at = dice.below(3);
    let mut digits = number.clone().into_bytes();
    match kind {
        0 => [
            &whole.to_lowercase(),
            &format!(" {number}-{letter} "),
            &format!("{} {}{letter}", &number[..2], &number[2..]),
        ][at]
            .clone(),
        1 => format!("{}{whole}", dice.pick(&["ORDER ", "order", "Order No. ", "ODA ", "acc ", "#"])),
        2 => number,
        3 => whole
            .bytes()
            .enumerate()
            .map(|(at, c)| match c {
                b'0' if at < 4 => 'O',
                b'1' if at < 4 => *dice.pick(&['l', 'I', '1']),
                b'5' if at < 4 => 'S',
                b'8' if at < 4 => 'B',
                b'2' if at < 4 => *dice.pick(&['Z', '2']),
                other => char::from(other),
            })
            .collect(),
        4 => {
            let at = (0..3)
                .find(|step| digits[(at + step) % 3] != digits[(at + step) % 3 + 1])
                .map_or(0, |step| (at + step) % 3);
            digits.swap(at, at + 1);
            format!("{}{letter}", String::from_utf8_lossy(&digits))
        }
        5 => {
            digits.remove(at + 1);
            format!("{}{letter}", String::from_utf8_lossy(&digits))
        }
        6 => {
            digits.insert(at, digits[at]);
            format!("{}{letter}", String::from_utf8_lossy(&digits))
        }
        7 => {
            digits[at + 1] = b'0' + (digits[at + 1] - b'0' + 1 + u8::try_from(dice.below(9)).expect("a digit")) % 10;
            format!("{}{letter}", String::from_utf8_lossy(&digits))
        }
        8 => format!("{number}{}", dice.pick(&['A', 'Q', 'V', '7', 'N', 'K'])),
        9 => order.phones[0].display(),
        10 => format!("{} {whole}", order.name),
        _ => one_mistake(dice, &number),
    }
}

/// How often each kind is made, in percent.
const SHARES: [usize; 12] = [8, 8, 20, 10, 10, 8, 8, 8, 5, 8, 4, 3];

fn kind(dice: &mut Dice) -> usize {
    let mut throw = dice.below(100);
    for (kind, share) in SHARES.iter().enumerate() {
        if throw < *share {
            return kind;
        }
        throw -= share;
    }
    0
}

#[derive(Default)]
struct Tally {
    right: [usize; 12],
    proposed_first: usize,
    lost: usize,
    all: [usize; 12],
    wrong: Vec<String>,
}

fn pay(seed: u64, total: fn(&mut Dice) -> i64) -> Tally {
    let mut dice = Dice(seed);
    let all = shop(&mut dice, total);
    let open: Vec<&OpenOrder> = all.iter().filter(|order| order.due_cents > 0).collect();
    let mut tally = Tally::default();
    for _ in 0..1_000 {
        let order = *dice.pick(&open);
        let kind = kind(&mut dice);
        let typed = mistyped(&mut dice, kind, order);
        // Most people pay from the number they ordered with.
        let (payer, name) = if dice.one_in_hundred(85) {
            (order.phones[0].clone(), order.name.to_uppercase())
        } else {
            (phone(&mut dice), dice.pick(&NAMES).to_uppercase())
        };
        let mark = masked(&payer);
        let paid = PaidIn {
            typed: &typed,
            amount_cents: order.due_cents,
            payer: Some(&mark),
            name: &name,
            known: None,
            at: noon(),
        };
        tally.all[kind] += 1;
        match find_candidates(&paid, &shown(&all, &typed)) {
            Match::Certain(found) if found == order.id => tally.right[kind] += 1,
            Match::Certain(found) => tally.wrong.push(format!("{typed} for {} went to {found}", order.number)),
            Match::Proposals(found) if found[0].order == order.id => tally.proposed_first += 1,
            Match::Proposals(_) | Match::Nothing => tally.lost += 1,
        }
    }
    tally
}

#[test]
fn of_a_thousand_mistakes_nearly_all_find_their_order_and_none_another() {
    for seed in [1, 2, 3, 2_026, 52] {
        let tally = pay(seed, total);
        let right: usize = tally.right.iter().sum();
        println!(
            "seed {seed}: {right} of 1000 matched, {} wrong; {} proposed first, {} for a person to search",
            tally.wrong.len(),
            tally.proposed_first,
            tally.lost
        );
        for (at, kind) in KINDS.iter().enumerate() {
            println!("  {kind}: {} of {}", tally.right[at], tally.all[at]);
        }
        assert_eq!(tally.wrong, Vec::<String>::new());
        assert!(right >= 950, "seed {seed}: {right}");
    }
}

#[test]
fn where_many_orders_cost_the_same_less_is_found_and_still_none_goes_astray() {
    // Six goods at one fee: any sum is owed by fifty others.
    let few = |dice: &mut Dice| *dice.pick(&[500, 650, 800, 1_000, 1_200, 1_500]) * 100;
    for seed in [1, 2, 3, 2_026, 52] {
        let tally = pay(seed, few);
        let right: usize = tally.right.iter().sum();
        println!("seed {seed}, six prices: {right} of 1000 matched, {} wrong", tally.wrong.len());
        assert_eq!(tally.wrong, Vec::<String>::new());
        assert!(right >= 700, "seed {seed}: {right}");
    }
}

#[test]
fn money_that_belongs_to_no_open_order_is_never_matched_by_itself() {
    let mut dice = Dice(77);
    let all = shop(&mut dice, total);
    let closed: Vec<&OpenOrder> = all.iter().filter(|order| order.due_cents == 0).collect();
    let mut matched: Vec<(String, OrderId)> = Vec::new();
    for throw in 0..1_000 {
        let order = *dice.pick(&closed);
        let typed = match throw % 5 {
            0 => Reference::of(order.number.number()).to_string(),
            1 => order.number.to_string(),
            2 => (2_000 + dice.below(8_000)).to_string(),
            3 => phone(&mut dice).display(),
            _ => (*dice.pick(&["rent", "Amina", "shopping", "KPLC 4423", "0", "x"])).to_owned(),
        };
        let mark = masked(&phone(&mut dice));
        let amount_cents = total(&mut dice);
        let paid = PaidIn { typed: &typed, amount_cents, payer: Some(&mark), name: "", known: None, at: noon() };
        if let Match::Certain(order) = find_candidates(&paid, &shown(&all, &typed)) {
            matched.push((typed, order));
        }
    }
    assert_eq!(matched, []);
}
