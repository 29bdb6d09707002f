//! A day's statement of a till, with an answer key: what is proposed first, and what is learned of payers on the way.

use super::{
    OpenOrder, PaidIn, Why, payer_key, propose,
    thousand_mistakes::{Dice, NAMES, masked, noon, phone, total},
};
use crate::{
    kernel::{id::CustomerId, phone::Phone},
    payments::providers::mpesa::PayerNumber,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// One line of the statement, and the order it is for.
struct Line {
    at: DateTime<Utc>,
    amount_cents: i64,
    payer: PayerNumber,
    name: String,
    order: usize,
}

struct Person {
    id: CustomerId,
    name: String,
    phone: Phone,
    /// Some pay from another number, always the same one.
    pays_from: Phone,
}

fn people(dice: &mut Dice) -> Vec<Person> {
    (0..60)
        .map(|at| {
            let own = phone(dice);
            Person {
                id: Uuid::from_u64_pair(2, at).into(),
                name: (*dice.pick(&NAMES)).to_owned(),
                pays_from: if dice.one_in_hundred(30) { phone(dice) } else { own.clone() },
                phone: own,
            }
        })
        .collect()
}

/// Two hundred orders between eight and eight, each paid some minutes after it was placed, in full or with a mistake.
fn day(dice: &mut Dice, people: &[Person]) -> (Vec<OpenOrder>, Vec<Line>) {
    let mut orders = Vec::new();
    let mut lines = Vec::new();
    for at in 0..200_usize {
        let person = dice.pick(people);
        let minute = |dice: &mut Dice, limit| i64::try_from(dice.below(limit)).expect("minutes of a day");
        let placed_at = noon() - TimeDelta::hours(4) + TimeDelta::minutes(minute(dice, 720));
        let due_cents = total(dice);
        orders.push(OpenOrder {
            id: Uuid::from_u64_pair(3, at as u64).into(),
            number: (1_001 + i64::try_from(at).expect("a small number")).into(),
            due_cents,
            is_closed: false,
            customer: Some(person.id),
            name: person.name.clone(),
            phones: vec![person.phone.clone()],
            placed_at,
        });
        let amount_cents = if dice.one_in_hundred(5) { due_cents - 10_000 } else { due_cents };
        lines.push(Line {
            at: placed_at + TimeDelta::minutes(1 + minute(dice, 90)),
            amount_cents,
            payer: masked(&person.pays_from),
            name: if person.pays_from == person.phone { person.name.to_uppercase() } else { "MWANGI".to_owned() },
            order: at,
        });
    }
    lines.sort_by_key(|line| line.at);
    (orders, lines)
}

#[test]
fn a_days_till_money_is_proposed_where_it_belongs() {
    let mut dice = Dice(9);
    let people = people(&mut dice);
    let (mut orders, lines) = day(&mut dice, &people);
    let mut known: HashMap<[u8; 32], CustomerId> = HashMap::new();
    let (mut first, mut among, mut by_learning) = (0, 0, 0);
    for line in &lines {
        let key = payer_key(&line.payer, &line.name);
        let paid = PaidIn {
            typed: "",
            amount_cents: line.amount_cents,
            payer: Some(&line.payer),
            name: &line.name,
            known: known.get(&key).copied(),
            at: line.at,
        };
        let there: Vec<OpenOrder> = orders.iter().filter(|order| order.placed_at <= line.at).cloned().collect();
        let proposals = propose(&paid, &there);
        let right = orders[line.order].id;
        first += usize::from(proposals.first().is_some_and(|proposal| proposal.order == right));
        among += usize::from(proposals.iter().any(|proposal| proposal.order == right));
        by_learning += usize::from(
            proposals.first().is_some_and(|first| first.order == right && first.why.contains(&Why::KnownPayer)),
        );
        // A person looks at the answer key and taps: the order has its money, and the payer is known from then on.
        let order = &mut orders[line.order];
        order.due_cents -= line.amount_cents;
        if let Some(customer) = order.customer {
            known.insert(key, customer);
        }
    }
    println!(
        "till: {first} of 200 proposed first, {among} among the proposals, {by_learning} first because the payer was known"
    );
    assert!(first >= 190, "{first}");
    assert!(among >= 196, "{among}");
    assert!(by_learning >= 30, "{by_learning}");
}

#[test]
fn an_order_placed_after_the_money_came_is_not_proposed_for_its_amount() {
    let mut dice = Dice(4);
    let people = people(&mut dice);
    let (orders, _) = day(&mut dice, &people);
    let order = &orders[0];
    let paid = |minutes: i64| PaidIn {
        typed: "",
        amount_cents: order.due_cents,
        payer: None,
        name: "",
        known: None,
        at: order.placed_at + TimeDelta::minutes(minutes),
    };
    let one = std::slice::from_ref(order);
    assert_eq!(propose(&paid(30), one).len(), 1);
    assert_eq!(propose(&paid(-30), one), []);
    assert_eq!(propose(&paid(60 * 48), one), []);
}
