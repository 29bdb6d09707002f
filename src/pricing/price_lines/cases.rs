//! The table of cases: carts and rules, and what is paid; every case ends with parts that sum to the whole.

use super::*;
use crate::pricing::{
    rules::{amount_off::AmountOff, buy_get::BuyGet, free_delivery::FreeDelivery, percentage_off::PercentageOff},
    scope::Scope,
};
use chrono::TimeDelta;

/// What each line of the cart is: product `n` is in category `n`, which is below category 100.
type Goods = (u8, i64, u32);
/// What it shows; the lines, the rules; what each line pays, what delivery costs, and which rules counted.
type Case<'a> = (&'a str, &'a [Goods], Vec<Rule>, Vec<i64>, i64, Vec<u8>);
/// What it shows; the rules, the codes typed, and why the first did not count.
type CodeCase<'a> = (&'a str, Vec<Rule>, Vec<TypedCode>, Option<CodeRefusal>);

fn uuid(kind: u8, n: u8) -> String {
    format!("01935f0e-7a1c-7000-8000-3f9a0000{kind:02x}{n:02x}")
}
pub(super) fn product(n: u8) -> ProductId {
    ProductId::parse(&uuid(1, n)).expect("an id")
}
pub(super) fn category(n: u8) -> CategoryId {
    CategoryId::parse(&uuid(2, n)).expect("an id")
}
pub(super) fn rule_id(n: u8) -> PriceRuleId {
    PriceRuleId::parse(&uuid(3, n)).expect("an id")
}
fn code_id(n: u8) -> PriceRuleCodeId {
    PriceRuleCodeId::parse(&uuid(4, n)).expect("an id")
}
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("a time")
}

pub(super) fn line((n, shillings, quantity): Goods) -> Line {
    Line {
        variant: VariantId::parse(&uuid(5, n)).expect("an id"),
        product: product(n),
        categories: vec![category(n), category(100)],
        unit_price: Money::shillings(shillings),
        quantity,
    }
}

pub(super) fn rule(n: u8, kind: RuleKind) -> Rule {
    Rule {
        id: rule_id(n),
        name: format!("rule {n}"),
        kind,
        scope: Scope::Storewide,
        combines: true,
        needs_code: false,
        minimum: Money::shillings(0),
        most: None,
        total_cap: None,
        taken: 0,
        is_once: false,
        starts_at: None,
        ends_at: None,
        is_active: true,
        created_at: now() - TimeDelta::days(1),
    }
}
fn percent(n: u8, percent: u32) -> Rule {
    rule(n, RuleKind::PercentageOff(PercentageOff { basis_points: percent * 100 }))
}
fn amount(n: u8, shillings: i64, is_each: bool) -> Rule {
    rule(n, RuleKind::AmountOff(AmountOff { amount_cents: shillings * 100, is_each }))
}
fn sets(n: u8, buy: u32, get: u32, most_times: Option<u32>) -> Rule {
    rule(n, RuleKind::BuyGet(BuyGet { buy, get, most_times }))
}
fn free_delivery(n: u8) -> Rule {
    rule(n, RuleKind::FreeDelivery(FreeDelivery {}))
}
fn of(n: u8, rule: Rule) -> Rule {
    Rule { scope: Scope::Products(vec![product(n)]), ..rule }
}
fn below(n: u8, rule: Rule) -> Rule {
    Rule { scope: Scope::Categories(vec![category(n)]), ..rule }
}
fn alone(rule: Rule) -> Rule {
    Rule { combines: false, ..rule }
}
fn coded(rule: Rule) -> Rule {
    Rule { needs_code: true, ..rule }
}
fn from(shillings: i64, rule: Rule) -> Rule {
    Rule { minimum: Money::shillings(shillings), ..rule }
}
fn at_most(shillings: i64, rule: Rule) -> Rule {
    Rule { most: Some(Money::shillings(shillings)), ..rule }
}
pub(super) fn typed(n: u8, rule: u8, is_used_up: bool) -> TypedCode {
    let known = Some(KnownCode { id: code_id(n), rule: rule_id(rule), is_used_up });
    TypedCode { code: Code::parse(&format!("CODE{n}")).expect("a code"), known }
}

pub(super) fn check_parts(cart: &Cart<'_>, priced: &Priced) {
    let sum = |amounts: Vec<Money>| amounts.iter().map(|amount| amount.minor()).sum::<i64>();
    assert_eq!(sum(priced.lines.iter().map(|line| line.gross).collect()), priced.subtotal.minor());
    assert_eq!(sum(priced.lines.iter().map(|line| line.net).collect()), priced.subtotal.minor() - priced.off.minor());
    assert_eq!(sum(priced.discounts.iter().map(|one| one.goods).collect()), priced.off.minor());
    let off_delivery = sum(priced.discounts.iter().map(|one| one.delivery).collect());
    assert_eq!(off_delivery, cart.delivery.minor() - priced.delivery.minor());
    for line in &priced.lines {
        let shares = sum(line.shares.iter().map(|(_, share)| *share).collect());
        assert_eq!(shares, line.gross.minor() - line.net.minor());
        assert!(line.net.minor() >= 0 && line.shares.iter().all(|(_, share)| share.minor() > 0));
    }
    for discount in &priced.discounts {
        let on_lines: Vec<Money> = priced
            .lines
            .iter()
            .flat_map(|line| line.shares.iter().filter(|(rule, _)| *rule == discount.rule).map(|(_, share)| *share))
            .collect();
        assert_eq!(sum(on_lines), discount.goods.minor());
    }
    assert!(priced.delivery.minor() >= 0);
    let is_whole = cart.lines.iter().all(|line| line.unit_price.is_whole());
    assert!(!is_whole || priced.lines.iter().all(|line| line.net.is_whole()), "whole shillings stay whole");
}

fn price(goods: &[Goods], rules: &[Rule], codes: &[TypedCode], had: &[PriceRuleId]) -> Priced {
    let lines: Vec<Line> = goods.iter().copied().map(line).collect();
    let delivery = Money::shillings(150);
    let cart = Cart { currency: Currency::Kes, lines: &lines, delivery, rules, codes, had, now: now() };
    let priced = price_lines(&cart).expect("sums that fit");
    check_parts(&cart, &priced);
    let mut turned: Vec<Rule> = rules.to_vec();
    turned.reverse();
    let again = price_lines(&Cart { rules: &turned, ..cart }).expect("sums that fit");
    assert_eq!(again, priced, "the order of the rules decides nothing");
    priced
}

/// What each line costs, what is paid for delivery, and which rules counted.
fn outcome(goods: &[Goods], rules: &[Rule]) -> (Vec<i64>, i64, Vec<u8>) {
    let priced = price(goods, rules, &[], &[]);
    let counted = (0..=u8::MAX).filter(|n| priced.discounts.iter().any(|one| one.rule == rule_id(*n)));
    (priced.lines.iter().map(|line| line.net.whole()).collect(), priced.delivery.whole(), counted.collect())
}

#[test]
fn the_table() {
    let two: &[Goods] = &[(1, 1_000, 2), (2, 300, 1)];
    #[rustfmt::skip]
    let table: Vec<Case<'_>> = vec![
        ("nothing in the cart", &[], vec![percent(1, 10)], vec![], 150, vec![]),
        ("no rules", two, vec![], vec![2_000, 300], 150, vec![]),
        ("a percentage off everything", two, vec![percent(1, 10)], vec![1_800, 270], 150, vec![1]),
        ("each piece is rounded half up", &[(1, 999, 3)], vec![percent(1, 10)], vec![2_697], 150, vec![1]),
        ("a percentage too small for a shilling", &[(1, 4, 5)], vec![percent(1, 10)], vec![20], 150, vec![]),
        ("everything off", two, vec![percent(1, 100)], vec![0, 0], 150, vec![1]),
        ("of one product", two, vec![of(2, percent(1, 50))], vec![2_000, 150], 150, vec![1]),
        ("of a product that is not there", two, vec![of(9, percent(1, 50))], vec![2_000, 300], 150, vec![]),
        ("of one category", two, vec![below(1, percent(1, 50))], vec![1_000, 300], 150, vec![1]),
        ("of a category above", two, vec![below(100, percent(1, 50))], vec![1_000, 150], 150, vec![1]),
        ("an amount off each piece", two, vec![amount(1, 200, true)], vec![1_600, 100], 150, vec![1]),
        ("an amount that is more than the piece", two, vec![amount(1, 500, true)], vec![1_000, 0], 150, vec![1]),
        ("an amount off the order is spread", two, vec![amount(1, 230, false)], vec![1_800, 270], 150, vec![1]),
        ("spread in whole shillings", &[(1, 100, 1), (2, 100, 1), (3, 100, 1)], vec![amount(1, 100, false)], vec![66, 67, 67], 150, vec![1]),
        ("an amount that is more than the order", two, vec![amount(1, 9_000, false)], vec![0, 0], 150, vec![1]),
        ("an amount off one product's lines", two, vec![of(1, amount(1, 500, false))], vec![1_500, 300], 150, vec![1]),
        ("buy two get one, not enough", two, vec![of(1, sets(1, 2, 1, None))], vec![2_000, 300], 150, vec![]),
        ("buy two get one", &[(1, 500, 3)], vec![sets(1, 2, 1, None)], vec![1_000], 150, vec![1]),
        ("the cheapest is free", two, vec![sets(1, 2, 1, None)], vec![2_000, 0], 150, vec![1]),
        ("sets repeat", &[(1, 500, 7)], vec![sets(1, 2, 1, None)], vec![2_500], 150, vec![1]),
        ("sets repeat up to a cap", &[(1, 500, 30)], vec![sets(1, 2, 1, Some(2))], vec![14_000], 150, vec![1]),
        ("free delivery", two, vec![free_delivery(1)], vec![2_000, 300], 0, vec![1]),
        ("free delivery from what there is", two, vec![from(2_300, free_delivery(1))], vec![2_000, 300], 0, vec![1]),
        ("free delivery from a shilling more", two, vec![from(2_301, free_delivery(1))], vec![2_000, 300], 150, vec![]),
        ("delivery made cheaper", two, vec![at_most(100, free_delivery(1))], vec![2_000, 300], 50, vec![1]),
        ("a minimum counts before discounts", two, vec![percent(1, 50), from(2_300, free_delivery(2))], vec![1_000, 150], 0, vec![1, 2]),
        ("a minimum counts what the rule is for", two, vec![from(2_001, of(1, percent(1, 50)))], vec![2_000, 300], 150, vec![]),
        ("at most so much", two, vec![at_most(115, percent(1, 50))], vec![1_900, 285], 150, vec![1]),
        ("two percentages, one after the other", &[(1, 1_000, 1)], vec![percent(1, 10), percent(2, 10)], vec![810], 150, vec![1, 2]),
        ("percentages before amounts", &[(1, 1_000, 1)], vec![amount(1, 100, true), percent(2, 10)], vec![800], 150, vec![1, 2]),
        ("amounts of pieces before amounts of orders", &[(1, 100, 1), (2, 300, 1)], vec![amount(1, 80, false), amount(2, 100, true)], vec![0, 120], 150, vec![1, 2]),
        ("free pieces before percentages", &[(1, 500, 3)], vec![percent(1, 10), sets(2, 2, 1, None)], vec![900], 150, vec![1, 2]),
        ("all kinds at once", &[(1, 500, 3)], vec![percent(1, 10), sets(2, 2, 1, None), amount(3, 50, true), amount(4, 100, false), free_delivery(5)], vec![700], 0, vec![1, 2, 3, 4, 5]),
        ("what is free stays free", two, vec![percent(1, 100), amount(2, 100, false), amount(3, 5, true)], vec![0, 0], 150, vec![1]),
        ("alone against together: together is better", two, vec![percent(1, 10), free_delivery(2), alone(percent(3, 12))], vec![1_800, 270], 0, vec![1, 2]),
        ("alone against together: alone is better", two, vec![percent(1, 10), free_delivery(2), alone(percent(3, 20))], vec![1_600, 240], 150, vec![3]),
        ("the better of two that stand alone", two, vec![alone(percent(1, 10)), alone(percent(2, 11))], vec![1_780, 267], 150, vec![2]),
        ("of equals those together", two, vec![alone(percent(1, 10)), percent(2, 10)], vec![1_800, 270], 150, vec![2]),
        ("of equals that stand alone the oldest", two, vec![alone(percent(2, 10)), alone(percent(1, 10))], vec![1_800, 270], 150, vec![1]),
        ("a code that nobody typed", two, vec![coded(percent(1, 50))], vec![2_000, 300], 150, vec![]),
        ("paused", two, vec![Rule { is_active: false, ..percent(1, 50) }], vec![2_000, 300], 150, vec![]),
        ("begins this moment", two, vec![Rule { starts_at: Some(now()), ..percent(1, 50) }], vec![1_000, 150], 150, vec![1]),
        ("begins in a second", two, vec![Rule { starts_at: Some(now() + TimeDelta::seconds(1)), ..percent(1, 50) }], vec![2_000, 300], 150, vec![]),
        ("ends this moment", two, vec![Rule { ends_at: Some(now()), ..percent(1, 50) }], vec![2_000, 300], 150, vec![]),
        ("ends in a second", two, vec![Rule { ends_at: Some(now() + TimeDelta::seconds(1)), ..percent(1, 50) }], vec![1_000, 150], 150, vec![1]),
        ("the last of its places", two, vec![Rule { total_cap: Some(100), taken: 99, ..percent(1, 50) }], vec![1_000, 150], 150, vec![1]),
        ("no place left", two, vec![Rule { total_cap: Some(100), taken: 100, ..percent(1, 50) }], vec![2_000, 300], 150, vec![]),
        ("capped percentages leave the rest to others", &[(1, 1_000, 1)], vec![at_most(100, percent(1, 50)), percent(2, 10)], vec![800], 150, vec![1, 2]),
        ("a row that is there twice counts once", &[(1, 1_000, 1)], vec![percent(1, 10), percent(1, 10)], vec![900], 150, vec![1]),
    ];
    for (case, goods, rules, lines, delivery, counted) in table {
        assert_eq!(outcome(goods, &rules), (lines, delivery, counted), "{case}");
    }
}

#[test]
fn every_code_that_does_not_count_says_why() {
    let goods: &[Goods] = &[(1, 1_000, 1)];
    let later = now() + TimeDelta::hours(1);
    let once = Rule { is_once: true, ..coded(percent(1, 10)) };
    let missing = Money::shillings(500);
    #[rustfmt::skip]
    let table: Vec<CodeCase<'_>> = vec![
        ("it counts", vec![coded(percent(1, 10))], vec![typed(1, 1, false)], None),
        ("nobody gave it out", vec![], vec![TypedCode { known: None, ..typed(1, 1, false) }], Some(CodeRefusal::Unknown)),
        ("its rule is gone", vec![], vec![typed(1, 1, false)], Some(CodeRefusal::Unknown)),
        ("not yet", vec![Rule { starts_at: Some(later), ..coded(percent(1, 10)) }], vec![typed(1, 1, false)], Some(CodeRefusal::NotYet { from: later })),
        ("over", vec![Rule { ends_at: Some(now()), ..coded(percent(1, 10)) }], vec![typed(1, 1, false)], Some(CodeRefusal::Over)),
        ("paused", vec![Rule { is_active: false, ..coded(percent(1, 10)) }], vec![typed(1, 1, false)], Some(CodeRefusal::Paused)),
        ("not enough", vec![from(1_500, coded(percent(1, 10)))], vec![typed(1, 1, false)], Some(CodeRefusal::BelowMinimum { missing })),
        ("the rule is used up", vec![Rule { total_cap: Some(1), taken: 1, ..coded(percent(1, 10)) }], vec![typed(1, 1, false)], Some(CodeRefusal::UsedUp)),
        ("the code is used up", vec![coded(percent(1, 10))], vec![typed(1, 1, true)], Some(CodeRefusal::UsedUp)),
        ("once per customer", vec![once], vec![typed(1, 1, false)], Some(CodeRefusal::AlreadyUsed)),
        ("nothing fits", vec![of(9, coded(percent(1, 10)))], vec![typed(1, 1, false)], Some(CodeRefusal::NothingFits)),
        ("a better one stands alone", vec![coded(percent(1, 10)), alone(percent(2, 20))], vec![typed(1, 1, false)], Some(CodeRefusal::Beaten)),
        ("others are free already", vec![coded(amount(1, 10, false)), percent(2, 100)], vec![typed(1, 1, false)], Some(CodeRefusal::Beaten)),
        ("it is worth nothing here", vec![coded(rule(1, RuleKind::PercentageOff(PercentageOff { basis_points: 1 })))], vec![typed(1, 1, false)], Some(CodeRefusal::NothingLeft)),
        ("one of two for the same rule", vec![coded(percent(1, 10))], vec![typed(1, 1, false), typed(2, 1, false)], None),
        ("the other when the first is used up", vec![coded(percent(1, 10))], vec![typed(1, 1, true), typed(2, 1, false)], Some(CodeRefusal::UsedUp)),
    ];
    for (case, rules, codes, why) in table {
        let priced = price(goods, &rules, &codes, &[rule_id(1)]);
        assert_eq!(priced.codes[0].1, why, "{case}");
        assert_eq!(priced.codes.len(), codes.len());
    }
    let both = price(goods, &[coded(percent(1, 10))], &[typed(1, 1, true), typed(2, 1, false)], &[]);
    assert_eq!(both.codes[1].1, None);
    assert_eq!(both.discounts[0].code.as_ref().map(|(_, code)| code.as_str()), Some("CODE2"));
}

#[test]
fn who_is_not_known_yet_may_have_what_one_may_have_once() {
    let once = Rule { is_once: true, ..percent(1, 10) };
    assert_eq!(price(&[(1, 1_000, 1)], std::slice::from_ref(&once), &[], &[]).off, Money::shillings(100));
    assert_eq!(price(&[(1, 1_000, 1)], &[once], &[], &[rule_id(1)]).off, Money::shillings(0));
    assert_eq!(price(&[(1, 1_000, 1)], &[percent(1, 10)], &[], &[rule_id(1)]).off, Money::shillings(100));
}

#[test]
fn what_is_missing_for_the_next_discount_is_told_nearest_first() {
    let rules = [from(5_000, free_delivery(1)), from(2_000, percent(2, 10)), from(9_000, coded(percent(3, 50)))];
    let priced = price(&[(1, 1_000, 1)], &rules, &[], &[]);
    let told: Vec<_> = priced.almost.iter().map(|one| (one.rule, one.is_delivery, one.missing.whole())).collect();
    assert_eq!(told, [(rule_id(2), false, 1_000), (rule_id(1), true, 4_000)]);
}

#[test]
fn every_set_that_was_tried_is_shown_best_first() {
    let rules = [percent(1, 10), free_delivery(2), alone(percent(3, 20)), alone(amount(4, 5, false))];
    let priced = price(&[(1, 1_000, 1)], &rules, &[], &[]);
    let tried: Vec<_> = priced.tried.iter().map(|tried| (tried.rules.clone(), tried.saved.whole())).collect();
    assert_eq!(tried, [(vec![rule_id(1), rule_id(2)], 250), (vec![rule_id(3)], 200), (vec![rule_id(4)], 5)]);
}
