//! What a refund is made of: the shares of goods, discount, delivery and VAT, out of an order's frozen lines.
//!
//! Nobody types a share. Several refunds of one order are reckoned together: what a line has given back is part of the
//! question, each share is what has to be back by now less what is, and the last one takes what rounding left.

use crate::kernel::{currency::Currency, id::OrderItemId, money::Money};

#[cfg(test)]
mod cases;
#[cfg(test)]
mod laws;

/// A line as it was sold, and what of it has been asked back before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldLine {
    pub item: OrderItemId,
    pub quantity: u32,
    /// Before discounts.
    pub gross: Money,
    /// What was paid for it.
    pub net: Money,
    /// VAT inside `net`.
    pub tax: Money,
    pub pieces_back: u32,
    pub amount_back: Money,
    pub tax_back: Money,
}

/// An order as it was sold, and what of it has been asked back before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sold {
    pub lines: Vec<SoldLine>,
    pub delivery: Money,
    pub total: Money,
    /// VAT inside `total`: the lines' and the delivery's.
    pub tax: Money,
    pub delivery_back: Money,
    /// Everything, goodwill included.
    pub amount_back: Money,
    pub tax_back: Money,
    /// What stands on the order now; no refund is larger.
    pub there: Money,
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// All that is there. The rest of this is not looked at then.
    pub is_all: bool,
    /// Pieces by line.
    pub lines: Vec<(OrderItemId, u32)>,
    pub delivery: bool,
    /// An amount for nothing, on top.
    pub goodwill: Money,
}

impl Wanted {
    /// All that stands on the order.
    pub const fn all(currency: Currency) -> Self {
        Self { is_all: true, lines: Vec::new(), delivery: false, goodwill: Money::zero(currency) }
    }
    /// An amount for nothing, and no goods.
    pub const fn goodwill(amount: Money) -> Self {
        Self { is_all: false, lines: Vec::new(), delivery: false, goodwill: amount }
    }
}

/// What one line gives back this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineShare {
    pub item: OrderItemId,
    pub pieces: u32,
    pub amount: Money,
    /// VAT inside `amount`.
    pub tax: Money,
}

/// A refund in its parts: `total` = lines + delivery + goodwill + rounding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    pub lines: Vec<LineShare>,
    pub delivery: Money,
    pub goodwill: Money,
    /// What rounding had left on the order; only the last refund has any.
    pub rounding: Money,
    /// How much of the order's discount had made these pieces cheaper.
    pub discount: Money,
    /// VAT inside `total`: the lines' and the rest's.
    pub tax: Money,
    pub total: Money,
}

impl Shares {
    /// For goods, with what rounding left.
    pub fn goods(&self) -> Money {
        let cents: i64 = self.lines.iter().map(|line| line.amount.minor()).sum();
        Money::new(cents + self.rounding.minor(), self.total.currency())
    }
}

/// Why there is no such refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRefund {
    /// Neither pieces nor delivery nor an amount.
    NothingAsked,
    /// No money of this order is left to give back.
    NothingThere,
    /// More pieces of the line than were bought and are not back yet.
    TooManyPieces { item: OrderItemId, left: u32 },
    /// The order has no such line.
    NoSuchLine { item: OrderItemId },
    /// What was paid for delivery is back already, or was never asked.
    NoDelivery,
    /// More than stands on the order.
    TooMuch { left: Money },
    /// The amount cannot be sent as it is.
    NotWhole,
}

/// Reckons a refund. `unit` is the smallest amount that can be sent, in minor units: a shilling by M-Pesa.
pub fn share(sold: &Sold, wanted: &Wanted, unit: i64) -> Result<Shares, NoRefund> {
    let unit = unit.max(1);
    let there = sold.there.minor();
    if there <= 0 {
        return Err(NoRefund::NothingThere);
    }
    let pieces = pieces_of(sold, wanted)?;
    let goodwill = if wanted.is_all { 0 } else { wanted.goodwill.minor() };
    if goodwill < 0 || goodwill % unit != 0 {
        return Err(NoRefund::NotWhole);
    }
    let wants_delivery = if wanted.is_all { delivery_left(sold, unit) > 0 } else { wanted.delivery };
    if wants_delivery && delivery_left(sold, unit) == 0 {
        return Err(NoRefund::NoDelivery);
    }
    if !wanted.is_all && !wants_delivery && goodwill == 0 && pieces.iter().all(|(_, pieces)| *pieces == 0) {
        return Err(NoRefund::NothingAsked);
    }
    let mut amounts: Vec<i64> = pieces.iter().map(|(line, pieces)| amount_of(line, *pieces, unit)).collect();
    let discount: i64 =
        pieces.iter().zip(&amounts).map(|((line, pieces), amount)| discount_of(line, *pieces, *amount)).sum();
    amounts.push(if wants_delivery { delivery_left(sold, unit) } else { 0 });
    let asked: i64 = amounts.iter().sum();
    if asked + goodwill > there {
        // What was given for nothing before is missing now: the goods give back what is there.
        if goodwill > 0 {
            return Err(NoRefund::TooMuch { left: sold.there });
        }
        amounts = scale(&amounts, there, unit);
    }
    let delivery = amounts.pop().unwrap_or(0);
    let is_last = wanted.is_all || is_everything(sold, &pieces, wants_delivery);
    let goods: i64 = amounts.iter().sum();
    let rounding = if is_last { there - goods - delivery - goodwill } else { 0 };
    let total = goods + delivery + goodwill + rounding;
    if total <= 0 {
        return Err(NoRefund::NothingThere);
    }
    let money = |minor: i64| Money::new(minor, sold.total.currency());
    let taxes = taxes_of(sold, &pieces, &amounts, delivery, goodwill + rounding);
    let lines = pieces
        .iter()
        .zip(&amounts)
        .zip(&taxes.lines)
        .filter(|(((_, pieces), amount), _)| *pieces > 0 || **amount > 0)
        .map(|(((line, pieces), amount), tax)| LineShare {
            item: line.item,
            pieces: *pieces,
            amount: money(*amount),
            tax: money(*tax),
        })
        .collect();
    Ok(Shares {
        lines,
        delivery: money(delivery),
        goodwill: money(goodwill),
        rounding: money(rounding),
        discount: money(discount),
        tax: money(taxes.lines.iter().sum::<i64>() + taxes.rest),
        total: money(total),
    })
}

/// The order's lines with the pieces that are asked of each; a line that comes twice is asked for both.
fn pieces_of<'a>(sold: &'a Sold, wanted: &Wanted) -> Result<Vec<(&'a SoldLine, u32)>, NoRefund> {
    if let Some((item, _)) =
        wanted.lines.iter().find(|(item, _)| !wanted.is_all && sold.lines.iter().all(|line| line.item != *item))
    {
        return Err(NoRefund::NoSuchLine { item: *item });
    }
    sold.lines
        .iter()
        .map(|line| {
            let left = line.quantity.saturating_sub(line.pieces_back);
            if wanted.is_all {
                return Ok((line, left));
            }
            let asked: u64 =
                wanted.lines.iter().filter(|(item, _)| *item == line.item).map(|(_, pieces)| u64::from(*pieces)).sum();
            match u32::try_from(asked) {
                Ok(pieces) if pieces <= left => Ok((line, pieces)),
                _ => Err(NoRefund::TooManyPieces { item: line.item, left }),
            }
        })
        .collect()
}

fn is_everything(sold: &Sold, pieces: &[(&SoldLine, u32)], with_delivery: bool) -> bool {
    pieces.iter().all(|(line, pieces)| line.pieces_back + pieces >= line.quantity)
        && (with_delivery || sold.delivery_back.minor() > 0 || sold.delivery.is_zero())
}

/// What has to be back of a line once these pieces are, less what is.
fn amount_of(line: &SoldLine, pieces: u32, unit: i64) -> i64 {
    if pieces == 0 {
        return 0;
    }
    let by_then = floor(part(line.net.minor(), line.pieces_back + pieces, line.quantity), unit);
    (by_then - line.amount_back.minor()).max(0)
}

/// By how much discounts had made these pieces cheaper.
fn discount_of(line: &SoldLine, pieces: u32, amount: i64) -> i64 {
    if pieces == 0 {
        return 0;
    }
    let gross = part(line.gross.minor(), line.pieces_back + pieces, line.quantity)
        - part(line.gross.minor(), line.pieces_back, line.quantity);
    (gross - amount).max(0).min(line.gross.minor() - line.net.minor())
}

fn delivery_left(sold: &Sold, unit: i64) -> i64 {
    (floor(sold.delivery.minor(), unit) - sold.delivery_back.minor()).max(0)
}

/// Less than was asked, in the same proportion and in whole units; what is no whole unit stays for rounding.
fn scale(amounts: &[i64], to: i64, unit: i64) -> Vec<i64> {
    let weights: Vec<u64> = amounts.iter().map(|amount| amount.unsigned_abs()).collect();
    let parts = Money::new(to / unit, Currency::Kes).prorate(&weights);
    parts.into_iter().zip(amounts).map(|(part, amount)| (part.minor() * unit).min(*amount)).collect()
}

struct Taxes {
    lines: Vec<i64>,
    /// Of delivery, goodwill and rounding.
    rest: i64,
}

/// Each line's VAT follows its own; what is for no line has what is left in proportion. Never more than the order's.
fn taxes_of(sold: &Sold, pieces: &[(&SoldLine, u32)], amounts: &[i64], delivery: i64, for_nothing: i64) -> Taxes {
    let mut lines: Vec<i64> = pieces
        .iter()
        .zip(amounts)
        .map(|((line, _), amount)| {
            let by_then = nearest(line.tax.minor(), line.amount_back.minor() + amount, line.net.minor());
            (by_then - line.tax_back.minor()).clamp(0, (line.tax.minor() - line.tax_back.minor()).max(0))
        })
        .collect();
    let of_lines: i64 = sold.lines.iter().map(|line| line.tax.minor()).sum();
    let mut rest = nearest((sold.tax.minor() - of_lines).max(0), delivery, sold.delivery.minor());
    let left = (sold.tax.minor() - sold.tax_back.minor()).max(0);
    let taken = amounts.iter().sum::<i64>() + delivery;
    let amount_left = sold.total.minor() - sold.amount_back.minor() - taken;
    if for_nothing > 0 {
        let tax_left = (left - lines.iter().sum::<i64>() - rest).max(0);
        rest += nearest(tax_left, for_nothing, amount_left);
    }
    if amount_left <= for_nothing {
        // All is back: so is the VAT.
        rest += (left - lines.iter().sum::<i64>() - rest).max(0);
    }
    let mut over = (lines.iter().sum::<i64>() + rest - left).max(0);
    for tax in std::iter::once(&mut rest).chain(lines.iter_mut().rev()) {
        let cut = over.min(*tax);
        *tax -= cut;
        over -= cut;
    }
    Taxes { lines, rest }
}

/// `count` of `whole` parts of an amount, cut to the minor unit.
fn part(amount: i64, count: u32, whole: u32) -> i64 {
    let share = i128::from(amount) * i128::from(count.min(whole)) / i128::from(whole.max(1));
    i64::try_from(share).unwrap_or(amount)
}

/// `amount` in the proportion of `some` to `all`, half up, and never more than itself.
fn nearest(amount: i64, some: i64, all: i64) -> i64 {
    if all <= 0 || some <= 0 {
        return 0;
    }
    let share = (2 * i128::from(amount) * i128::from(some) + i128::from(all)) / (2 * i128::from(all));
    i64::try_from(share).unwrap_or(amount).min(amount)
}

/// Cut to whole units.
const fn floor(amount: i64, unit: i64) -> i64 {
    amount - amount.rem_euclid(unit)
}
