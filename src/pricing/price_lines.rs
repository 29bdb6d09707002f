//! Prices a cart: what each rule takes off which line, what delivery costs, and why a typed code did not count; pure.
//!
//! Every rule says whether it combines. All that combine are taken together, one after the other on what is left; one
//! that does not is taken alone. The shopper gets whichever of these comes out cheapest; of equals, those together,
//! then the oldest. Nothing depends on the order in which rules or codes are given.

use super::{
    code::Code,
    priced::{Almost, CodeRefusal, Discount, Priced, PricedLine, Tried},
    rule::{Rule, RuleKind, Season},
    rules::Pieces,
};
use crate::kernel::{
    currency::Currency,
    id::{CategoryId, PriceRuleCodeId, PriceRuleId, ProductId, VariantId},
    money::{Money, MoneyError},
};
use chrono::{DateTime, Utc};

#[cfg(test)]
mod cases;
#[cfg(test)]
mod laws;

/// A line as it stands in a cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub variant: VariantId,
    pub product: ProductId,
    /// The product's category and all above it.
    pub categories: Vec<CategoryId>,
    pub unit_price: Money,
    pub quantity: u32,
}

/// A code that somebody typed, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedCode {
    pub code: Code,
    /// None when nobody gave out such a code.
    pub known: Option<KnownCode>,
}

/// A code that was given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownCode {
    pub id: PriceRuleCodeId,
    pub rule: PriceRuleId,
    pub is_used_up: bool,
}

/// Everything that a price depends on.
#[derive(Clone, Copy, Debug)]
pub struct Cart<'a> {
    pub currency: Currency,
    pub lines: &'a [Line],
    pub delivery: Money,
    /// Every rule that may count: the automatic ones, and those of the codes.
    pub rules: &'a [Rule],
    pub codes: &'a [TypedCode],
    /// Rules that this buyer has had and may not have again; empty while nobody has said who they are.
    pub had: &'a [PriceRuleId],
    pub now: DateTime<Utc>,
}

/// One rule's part of an outcome: what it takes off each line, and off delivery.
struct Taken<'a> {
    rule: &'a Rule,
    lines: Vec<Money>,
    delivery: Money,
}

/// The one function that prices.
pub fn price_lines(cart: &Cart<'_>) -> Result<Priced, MoneyError> {
    let mut pieces = Vec::with_capacity(cart.lines.len());
    for (line, wanted) in cart.lines.iter().enumerate() {
        let left = wanted.unit_price.times(wanted.quantity)?;
        pieces.push(Pieces { line, count: wanted.quantity, unit: wanted.unit_price, left });
    }
    let subtotal = Money::sum(cart.currency, pieces.iter().map(|pieces| pieces.left))?;
    subtotal.plus(cart.delivery)?;

    let mut counting = Vec::new();
    let mut almost = Vec::new();
    let mut ordered: Vec<&Rule> = cart.rules.iter().collect();
    ordered.sort_by_key(|rule| (rule.kind.turn(), rule.id));
    ordered.dedup_by_key(|rule| rule.id);
    for rule in ordered {
        match standing(cart, rule, &pieces) {
            Ok(()) if !rule.needs_code || code_of(cart, rule.id).is_some() => counting.push(rule),
            Err(CodeRefusal::BelowMinimum { missing }) if !rule.needs_code => almost.push(Almost {
                rule: rule.id,
                is_delivery: matches!(rule.kind, RuleKind::FreeDelivery(_)),
                missing,
            }),
            Ok(()) | Err(_) => {}
        }
    }
    almost.sort_by_key(|almost| (almost.missing.minor(), almost.rule));

    let mut sets: Vec<Vec<&Rule>> = vec![counting.iter().copied().filter(|rule| rule.combines).collect()];
    let mut alone: Vec<&Rule> = counting.iter().copied().filter(|rule| !rule.combines).collect();
    alone.sort_by_key(|rule| rule.id);
    sets.extend(alone.into_iter().map(|rule| vec![rule]));
    let mut outcomes: Vec<(i64, Vec<Taken<'_>>, &Vec<&Rule>)> = sets
        .iter()
        .map(|set| {
            let taken = take_all(cart, set, &pieces);
            (taken.iter().map(Taken::sum).fold(0, i64::saturating_add), taken, set)
        })
        .collect();
    // A stable sort: of equals the first stays first.
    outcomes.sort_by_key(|(saved, ..)| std::cmp::Reverse(*saved));
    let tried = outcomes
        .iter()
        .filter(|(.., set)| !set.is_empty())
        .map(|(saved, _, set)| Tried {
            rules: set.iter().map(|rule| rule.id).collect(),
            saved: Money::new(*saved, cart.currency),
        })
        .collect();
    let best = if outcomes.is_empty() { Vec::new() } else { outcomes.swap_remove(0).1 };
    Ok(write_down(cart, &pieces, subtotal, &counting, best, almost, tried))
}

impl Taken<'_> {
    fn goods(&self) -> i64 {
        self.lines.iter().map(|off| off.minor()).fold(0, i64::saturating_add)
    }
    fn sum(&self) -> i64 {
        self.goods().saturating_add(self.delivery.minor())
    }
}

/// Whether a rule may count in this cart now, apart from needing a code.
fn standing(cart: &Cart<'_>, rule: &Rule, pieces: &[Pieces]) -> Result<(), CodeRefusal> {
    match rule.season(cart.now) {
        Season::Live => {}
        Season::Coming => return Err(CodeRefusal::NotYet { from: rule.starts_at.unwrap_or(cart.now) }),
        Season::Over => return Err(CodeRefusal::Over),
        Season::Paused => return Err(CodeRefusal::Paused),
    }
    if rule.is_once && cart.had.contains(&rule.id) {
        return Err(CodeRefusal::AlreadyUsed);
    }
    if rule.is_used_up() {
        return Err(CodeRefusal::UsedUp);
    }
    let fitting = fitting(cart, rule, pieces);
    if fitting.is_empty() {
        return Err(CodeRefusal::NothingFits);
    }
    let sum = fitting.iter().map(|pieces| pieces.left.minor()).fold(0, i64::saturating_add);
    if sum < rule.minimum.minor() {
        let missing = Money::new(rule.minimum.minor() - sum, cart.currency);
        return Err(CodeRefusal::BelowMinimum { missing });
    }
    Ok(())
}

/// The lines that a rule is for and that somebody still pays for.
fn fitting(cart: &Cart<'_>, rule: &Rule, pieces: &[Pieces]) -> Vec<Pieces> {
    pieces
        .iter()
        .zip(cart.lines)
        .filter(|(pieces, line)| pieces.count > 0 && rule.scope.holds(line.product, &line.categories))
        .map(|(pieces, _)| *pieces)
        .collect()
}

/// The code that opens a rule; of two for the same, the first that is left.
fn code_of<'a>(cart: &Cart<'a>, rule: PriceRuleId) -> Option<(PriceRuleCodeId, &'a Code)> {
    cart.codes
        .iter()
        .filter_map(|typed| typed.known.map(|known| (known, &typed.code)))
        .find(|(known, _)| known.rule == rule && !known.is_used_up)
        .map(|(known, code)| (known.id, code))
}

/// Takes the rules of a set one after the other, each on what those before it left.
fn take_all<'a>(cart: &Cart<'_>, set: &[&'a Rule], pieces: &[Pieces]) -> Vec<Taken<'a>> {
    let mut now: Vec<Pieces> = pieces.to_vec();
    let mut delivery = cart.delivery;
    let mut taken = Vec::new();
    for rule in set {
        let fitting = fitting(cart, rule, &now);
        let wanted = match rule.kind {
            RuleKind::BuyGet(told) => told.take(&fitting),
            RuleKind::PercentageOff(told) => told.take(&fitting),
            RuleKind::AmountOff(told) => told.take(&fitting),
            RuleKind::FreeDelivery(_) => Vec::new(),
        };
        let (off, is_cut) = cap(rule, wanted);
        let mut lines: Vec<Money> = pieces.iter().map(|_| Money::zero(cart.currency)).collect();
        for (before, off) in fitting.iter().zip(&off) {
            lines[before.line] = *off;
            now[before.line] = after(rule.kind, before, *off, is_cut);
        }
        if let RuleKind::BuyGet(told) = rule.kind {
            for (before, free) in fitting.iter().zip(told.free(&fitting)).filter(|_| !is_cut) {
                now[before.line].count -= free;
            }
        }
        let off_delivery = match rule.kind {
            RuleKind::FreeDelivery(told) => {
                let off = told.take(delivery);
                rule.most.filter(|most| most.minor() < off.minor()).unwrap_or(off)
            }
            _ => Money::zero(cart.currency),
        };
        delivery = Money::new(delivery.minor() - off_delivery.minor(), cart.currency);
        taken.push(Taken { rule, lines, delivery: off_delivery });
    }
    taken
}

/// Holds a rule to the most it may take off an order. True when it was cut.
fn cap(rule: &Rule, wanted: Vec<Money>) -> (Vec<Money>, bool) {
    let sum = wanted.iter().map(|off| off.minor()).fold(0, i64::saturating_add);
    match rule.most {
        Some(most) if most.minor() < sum => {
            let lines: Vec<Pieces> =
                wanted.iter().map(|off| Pieces { line: 0, count: 1, unit: *off, left: *off }).collect();
            (super::rules::spread(most, &lines), true)
        }
        _ => (wanted, false),
    }
}

/// What is left of a line after a rule took `off`.
fn after(kind: RuleKind, before: &Pieces, off: Money, is_cut: bool) -> Pieces {
    let left = Money::new(before.left.minor() - off.minor(), off.currency());
    let off_each = match kind {
        _ if is_cut => 0,
        RuleKind::PercentageOff(told) => told.off_one(before.unit).minor(),
        RuleKind::AmountOff(told) if told.is_each => told.amount_cents.min(before.unit.minor()),
        RuleKind::AmountOff(_) | RuleKind::BuyGet(_) | RuleKind::FreeDelivery(_) => 0,
    };
    Pieces { unit: Money::new(before.unit.minor() - off_each, off.currency()), left, ..*before }
}

fn write_down(
    cart: &Cart<'_>,
    pieces: &[Pieces],
    subtotal: Money,
    counting: &[&Rule],
    best: Vec<Taken<'_>>,
    almost: Vec<Almost>,
    tried: Vec<Tried>,
) -> Priced {
    let money = |minor| Money::new(minor, cart.currency);
    let best: Vec<Taken<'_>> = best.into_iter().filter(|taken| taken.sum() > 0).collect();
    let lines = pieces
        .iter()
        .enumerate()
        .map(|(at, pieces)| {
            let shares: Vec<(PriceRuleId, Money)> = best
                .iter()
                .filter(|taken| !taken.lines[at].is_zero())
                .map(|taken| (taken.rule.id, taken.lines[at]))
                .collect();
            let off: i64 = shares.iter().map(|(_, off)| off.minor()).sum();
            PricedLine { gross: pieces.left, net: money(pieces.left.minor() - off), shares }
        })
        .collect();
    let off_goods = best.iter().map(Taken::goods).sum();
    let off_delivery: i64 = best.iter().map(|taken| taken.delivery.minor()).sum();
    let codes = cart.codes.iter().map(|typed| (typed.code.clone(), refusal(cart, typed, pieces, counting, &best)));
    Priced {
        currency: cart.currency,
        codes: codes.collect(),
        lines,
        subtotal,
        off: money(off_goods),
        full_delivery: cart.delivery,
        delivery: money(cart.delivery.minor() - off_delivery),
        discounts: best
            .into_iter()
            .map(|taken| Discount {
                rule: taken.rule.id,
                name: taken.rule.name.clone(),
                code: code_of(cart, taken.rule.id)
                    .filter(|_| taken.rule.needs_code)
                    .map(|(id, code)| (id, code.clone())),
                goods: money(taken.goods()),
                delivery: taken.delivery,
                is_once: taken.rule.is_once,
            })
            .collect(),
        almost,
        tried,
    }
}

/// Why a typed code took nothing off; none when it did.
fn refusal(
    cart: &Cart<'_>,
    typed: &TypedCode,
    pieces: &[Pieces],
    counting: &[&Rule],
    best: &[Taken<'_>],
) -> Option<CodeRefusal> {
    let Some(known) = typed.known else { return Some(CodeRefusal::Unknown) };
    let Some(rule) = cart.rules.iter().find(|rule| rule.id == known.rule) else { return Some(CodeRefusal::Unknown) };
    if let Err(why) = standing(cart, rule, pieces) {
        return Some(why);
    }
    if known.is_used_up {
        return Some(CodeRefusal::UsedUp);
    }
    if code_of(cart, rule.id).is_some_and(|(id, _)| id != known.id) {
        // A second code of the same rule gives nothing more.
        return Some(CodeRefusal::Beaten);
    }
    if best.iter().any(|taken| taken.rule.id == rule.id) {
        return None;
    }
    let is_worth_something = counting
        .iter()
        .filter(|counted| counted.id == rule.id)
        .any(|rule| take_all(cart, &[rule], pieces).iter().any(|taken| taken.sum() > 0));
    Some(if is_worth_something { CodeRefusal::Beaten } else { CodeRefusal::NothingLeft })
}
