//! Makes up a shop's past: who bought what when, how it was paid, and what the stock ledger says. Pure.

use super::{
    SeedError,
    basket::{Line, choose_lines, sum},
    chance::{Chance, fixed_id},
    customers::{Customer, make_customers},
    goods::{Area, CUT, Goods},
    ledger::Ledger,
    merchant::{payment_words, user_id},
    money_in::{receipt, take_cash},
    past_rows::{AuditRow, HistoryRow, HoldRow, ItemRow, OrderRow, Past, PaymentRow, QuoteRow, RefundRow},
    times::{Moment, moments},
};
use crate::{
    checkout::totals::Totals,
    demo::files::People,
    kernel::{access::Role, token::hex},
    orders::{own_words::OwnWords, status::OrderStatus as S},
    vault::{Purpose, TenantKey},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

const HOLD: TimeDelta = TimeDelta::minutes(30);
const CASH_HOLD: TimeDelta = TimeDelta::hours(72);
/// The first number that checkout would give.
const FIRST_NUMBER: i64 = 1001;
const CUSTOMERS: usize = 55;
/// Why first tries failed: the provider's code, and our word.
const FAILURES: [(&str, &str); 4] =
    [("1032", "cancelled"), ("1037", "no_answer"), ("1", "low_balance"), ("2001", "wrong_pin")];

/// One order while it is made up.
struct Making<'a> {
    id: Uuid,
    number: i64,
    moment: Moment,
    lines: Vec<Line<'a>>,
    totals: Totals,
    staff: Uuid,
    slug: &'a str,
    phone: String,
}

pub(super) fn make_past(
    slug: &str,
    people: &People,
    goods: &[Goods],
    areas: &[Area],
    key: &TenantKey,
    now: DateTime<Utc>,
) -> Result<Past, SeedError> {
    let mut chance = Chance::new(slug);
    let mut past = Past::default();
    let mut ledger = Ledger::new(goods);
    let mut customers = make_customers(slug, people, areas, CUSTOMERS, &mut chance);
    let sellable: Vec<&Goods> = goods.iter().filter(|one| one.stock >= 4).collect();
    if sellable.is_empty() || customers.is_empty() {
        return Ok(past);
    }
    for (index, moment) in moments(&mut chance, now).into_iter().enumerate() {
        let number = FIRST_NUMBER + i64::try_from(index).unwrap_or(0);
        let place = chance.front_index(customers.len());
        let customer = &mut customers[place];
        let area = areas
            .iter()
            .find(|area| area.area == customer.area)
            .or_else(|| areas.first())
            .ok_or_else(|| crate::error::AppError::broken("a demo shop without delivery areas"))?;
        let price = |goods: &Goods| goods.price_at(moment.placed_at, now - CUT);
        let lines = choose_lines(&sellable, area, price, &mut chance);
        let totals = sum(&lines, area, moment.placed_at)?;
        let id = fixed_id(&format!("orders/{slug}/{number}"));
        let making = Making {
            id,
            number,
            moment,
            lines,
            totals,
            staff: user_id(slug, Role::Staff),
            slug,
            phone: customer.phone.clone(),
        };
        let story = making.tell(&mut past, &mut ledger, &mut chance);
        making.write(&mut past, &story, (customer, area), key, &mut chance);
        customer
            .remember(moment.placed_at, if story.payment_status == "paid" { making.totals.total.minor() } else { 0 });
    }
    for customer in customers {
        customer.write(&mut past);
    }
    ledger.write(&mut past);
    Ok(past)
}

/// How an order went, for its own row.
struct Story {
    payment_status: &'static str,
    paid_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    moves: i32,
    last_at: DateTime<Utc>,
}

impl Making<'_> {
    /// Goes through the order's process step by step, writing history, payments, holds and movements.
    fn tell(&self, past: &mut Past, ledger: &mut Ledger, chance: &mut Chance) -> Story {
        let Moment { placed_at, ends, is_cash } = self.moment;
        let first = if is_cash { S::Pending } else { S::AwaitingPayment };
        let mut story =
            Story { payment_status: "unpaid", paid_at: None, cancelled_at: None, moves: 0, last_at: placed_at };
        self.step(past, &mut story, (None, first), placed_at, None, None);
        let mut at = placed_at;
        let cash = is_cash.then(|| self.cash_payment(past));
        let mut paid_by = None;
        if !is_cash {
            at = self.failed_tries(past, ends, chance);
            if !matches!(ends, S::AwaitingPayment | S::Cancelled) {
                at += TimeDelta::seconds(chance.between(25, 170));
                paid_by = Some(self.prompt(past, at, None, chance));
                (story.payment_status, story.paid_at) = ("paid", Some(at));
                self.step(past, &mut story, (Some(first), S::Paid), at, None, None);
                self.sell(ledger, at, None);
            }
        }
        let mut from = if is_cash { S::Pending } else { S::Paid };
        let goal = if ends == S::Refunded { S::Delivered } else { ends };
        for (to, low, high) in [(S::Packing, 20, 240), (S::Dispatched, 40, 300), (S::Delivered, 45, 240)] {
            if !reaches(goal, to) {
                break;
            }
            at += TimeDelta::seconds(chance.between(low * 60, high * 60));
            self.step(past, &mut story, (Some(from), to), at, Some(self.staff), None);
            if to == S::Packing && is_cash {
                self.sell(ledger, at, Some(self.staff));
            }
            if let (S::Delivered, Some(place)) = (to, cash) {
                take_cash(past, place, at);
                (story.payment_status, story.paid_at) = ("paid", Some(at));
            }
            from = to;
        }
        if ends == S::Cancelled {
            let (at, note) = if is_cash {
                (placed_at + CASH_HOLD, OwnWords::NobodyAccepted)
            } else {
                (placed_at + HOLD, OwnWords::NobodyPaid)
            };
            self.step(past, &mut story, (Some(first), S::Cancelled), at, None, Some(note.as_str()));
            story.cancelled_at = Some(at);
        }
        if let (S::Refunded, Some(payment)) = (ends, paid_by) {
            at += TimeDelta::hours(chance.between(20, 40));
            self.step(
                past,
                &mut story,
                (Some(S::Delivered), S::Refunded),
                at,
                Some(self.staff),
                Some("came back unused"),
            );
            self.refund(past, ledger, payment, at);
            story.payment_status = "refunded";
        }
        self.hold(past, &story, is_cash);
        story
    }

    fn step(
        &self,
        past: &mut Past,
        story: &mut Story,
        (from, to): (Option<S>, S),
        at: DateTime<Utc>,
        by: Option<Uuid>,
        note: Option<&'static str>,
    ) {
        story.moves += 1;
        story.last_at = at;
        past.history.push(HistoryRow {
            order_id: self.id,
            from_status: from.map(S::as_str),
            to_status: to.as_str(),
            changed_by: by,
            changed_at: at,
            note,
        });
    }

    /// Some first tries fail; orders that were never paid have nothing else. Answers when the last one ended.
    fn failed_tries(&self, past: &mut Past, ends: S, chance: &mut Chance) -> DateTime<Utc> {
        let mut at = self.moment.placed_at;
        let is_never_paid = matches!(ends, S::AwaitingPayment | S::Cancelled);
        if is_never_paid || chance.percent(12) {
            at += TimeDelta::seconds(chance.between(15, 75));
            let failure = *chance.pick(&FAILURES);
            self.prompt(past, at, Some(failure), chance);
        }
        at
    }

    /// A prompt that ended at `at`, in failure or with the money.
    fn prompt(
        &self,
        past: &mut Past,
        at: DateTime<Utc>,
        failure: Option<(&'static str, &'static str)>,
        chance: &mut Chance,
    ) -> Uuid {
        let attempt_no =
            1 + i32::try_from(past.payments.iter().rev().take_while(|payment| payment.order_id == self.id).count())
                .unwrap_or(0);
        let (method, short_code) = payment_words(self.slug);
        let label = format!("{}/{}/{attempt_no}", self.slug, self.number);
        let id = fixed_id(&format!("payments/{label}"));
        let amount_cents = self.totals.total.minor();
        let requested_at = at - TimeDelta::seconds(chance.between(9, 14));
        past.payments.push(PaymentRow {
            id,
            order_id: self.id,
            method,
            amount_cents,
            status: if failure.is_none() { "succeeded" } else { "failed" },
            attempt_no,
            phone: Some(self.phone.clone()),
            short_code: Some(short_code),
            account_reference: Some(self.number.to_string()),
            checkout_request_id: Some(format!("ws_CO_{}", id.simple())),
            merchant_request_id: Some(format!(
                "{}-{}-1",
                chance.between(10_000, 99_999),
                chance.between(1_000_000, 9_999_999)
            )),
            mpesa_receipt: failure.is_none().then(|| receipt(id)),
            result_code: Some(failure.map_or("0", |(code, _)| code)),
            result_source: Some("callback"),
            failure_reason: failure.map(|(_, word)| word),
            paid_amount_cents: failure.is_none().then_some(amount_cents),
            requested_at,
            completed_at: Some(at),
        });
        let end = if failure.is_none() { "succeeded" } else { "failed" };
        for (event_type, created_at) in
            [("initiated", requested_at), ("requested", requested_at), ("callback_received", at), (end, at)]
        {
            past.audits.push(AuditRow { payment_id: id, event_type, created_at });
        }
        id
    }

    /// Where in `past.payments` the open cash payment stands.
    fn cash_payment(&self, past: &mut Past) -> usize {
        let id = fixed_id(&format!("payments/{}/{}/1", self.slug, self.number));
        let requested_at = self.moment.placed_at;
        past.payments.push(PaymentRow {
            id,
            order_id: self.id,
            method: "cod",
            amount_cents: self.totals.total.minor(),
            status: "initiated",
            attempt_no: 1,
            phone: None,
            short_code: None,
            account_reference: None,
            checkout_request_id: None,
            merchant_request_id: None,
            mpesa_receipt: None,
            result_code: None,
            result_source: None,
            failure_reason: None,
            paid_amount_cents: None,
            requested_at,
            completed_at: None,
        });
        past.audits.push(AuditRow { payment_id: id, event_type: "initiated", created_at: requested_at });
        past.payments.len() - 1
    }

    fn sell(&self, ledger: &mut Ledger, at: DateTime<Utc>, by: Option<Uuid>) {
        for line in &self.lines {
            ledger.sell(line.goods, line.quantity, self.id, at, by);
        }
    }

    fn refund(&self, past: &mut Past, ledger: &mut Ledger, payment: Uuid, at: DateTime<Utc>) {
        let id = fixed_id(&format!("refunds/{}/{}", self.slug, self.number));
        past.refunds.push(RefundRow {
            id,
            order_id: self.id,
            payment_id: payment,
            amount_cents: self.totals.total.minor(),
            reason: "came back unused",
            processed_at: at,
        });
        past.audits.push(AuditRow { payment_id: payment, event_type: "refunded", created_at: at });
        for line in &self.lines {
            ledger.take_back(line.goods, line.quantity, id, at, self.staff);
        }
    }

    fn hold(&self, past: &mut Past, story: &Story, is_cash: bool) {
        let placed_at = self.moment.placed_at;
        let mut steps = past.history.iter().rev().take_while(|step| step.order_id == self.id);
        let sold_as = if is_cash { S::Packing } else { S::Paid };
        let converted_at = steps.find(|step| step.to_status == sold_as.as_str()).map(|step| step.changed_at);
        for line in &self.lines {
            past.holds.push(HoldRow {
                order_id: self.id,
                variant_id: line.goods.variant,
                quantity: line.quantity,
                created_at: placed_at,
                expires_at: placed_at + if is_cash { CASH_HOLD } else { HOLD },
                released_at: story.cancelled_at,
                converted_at,
            });
        }
    }

    fn write(
        &self,
        past: &mut Past,
        story: &Story,
        (customer, area): (&Customer, &Area),
        key: &TenantKey,
        chance: &mut Chance,
    ) {
        let placed_at = self.moment.placed_at;
        let quote_id = fixed_id(&format!("quotes/{}/{}", self.slug, self.number));
        past.quotes.push(QuoteRow {
            id: quote_id,
            order_id: self.id,
            zone_id: area.zone,
            city_area: area.area.clone(),
            fee_cents: area.fee_cents,
            eta_minutes: area.eta_minutes,
            created_at: placed_at,
        });
        past.orders.push(OrderRow {
            id: self.id,
            customer_id: customer.id,
            quote_id,
            order_number: self.number,
            status: self.moment.ends.as_str(),
            payment_status: story.payment_status,
            payment_method: if self.moment.is_cash { "cod" } else { "mpesa" },
            subtotal_cents: self.totals.subtotal.minor(),
            delivery_fee_cents: area.fee_cents,
            total_cents: self.totals.total.minor(),
            tax_cents: self.totals.tax.minor(),
            city_area: area.area.clone(),
            shipping_address: json!({ "name": customer.name(), "phone": customer.phone, "area": area.area, "street": customer.street, "instructions": customer.instructions }),
            notes: customer.instructions.clone(),
            token_hash: hex(&key.token(Purpose::Order, self.id).hash()),
            customer_name: customer.name(),
            customer_phone: customer.phone.clone(),
            customer_email: customer.email.clone(),
            locale: if chance.percent(30) { "sw" } else { "en" },
            eta_minutes: area.eta_minutes,
            version: story.moves,
            placed_at,
            paid_at: story.paid_at,
            cancelled_at: story.cancelled_at,
            updated_at: story.last_at,
        });
        for (position, (line, tax)) in (0i32..).zip(self.lines.iter().zip(&self.totals.line_taxes)) {
            past.items.push(ItemRow {
                order_id: self.id,
                product_id: line.goods.product,
                variant_id: line.goods.variant,
                name: line.goods.name.clone(),
                variant_name: line.goods.variant_name.clone(),
                quantity: line.quantity,
                unit_price_cents: line.unit_cents,
                line_total_cents: line.unit_cents * i64::from(line.quantity),
                tax_cents: tax.minor(),
                position,
                image_url: line.goods.image.clone(),
                created_at: placed_at,
            });
        }
    }
}

/// Does an order that ends there pass through `step` of packing, dispatched, delivered?
fn reaches(ends: S, step: S) -> bool {
    let rank = |status| [S::Packing, S::Dispatched, S::Delivered].iter().position(|known| *known == status);
    matches!((rank(ends), rank(step)), (Some(goal), Some(here)) if here <= goal)
}
