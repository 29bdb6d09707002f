//! What must be true of a shop after any story; each line is a statement that counts offenders.

use chrono::{DateTime, Utc};
use duka::kernel::clock::Clock;
use sqlx::{AssertSqlSafe, PgPool};

const NOTHING_MAY_MATCH: [(&str, &str); 25] = [
    (
        "movements sum to stock",
        "select count(*) from product_variants v
         where v.stock_quantity <> (select coalesce(sum(m.change), 0) from inventory_movements m where m.tenant_id = v.tenant_id and m.variant_id = v.id)",
    ),
    ("stock is never below zero", "select count(*) from product_variants where stock_quantity < 0"),
    (
        "live holds never exceed the stock",
        "select count(*) from product_variants v
         where v.stock_quantity < (select coalesce(sum(h.quantity), 0) from stock_holds h
                                   where h.tenant_id = v.tenant_id and h.variant_id = v.id and h.released_at is null and h.converted_at is null and h.expires_at > now())",
    ),
    (
        "sale movements equal what paid orders hold",
        "select count(*) from order_items i join orders o on o.tenant_id = i.tenant_id and o.id = i.order_id
         where (o.status in ('paid', 'packing', 'dispatched', 'delivered'))
           and i.quantity <> (select coalesce(-sum(m.change), 0) from inventory_movements m
                              where m.tenant_id = i.tenant_id and m.variant_id = i.variant_id and m.reference_id = o.id and m.reason = 'sale')",
    ),
    (
        "an unpaid order has sold nothing",
        "select count(*) from inventory_movements m join orders o on o.tenant_id = m.tenant_id and o.id = m.reference_id
         where m.reason = 'sale'
           and (o.status in ('pending', 'awaiting_payment')
                or o.status = 'cancelled' and not exists (select from order_status_history h where h.tenant_id = o.tenant_id and h.order_id = o.id and h.to_status in ('paid', 'packing')))",
    ),
    (
        "totals add up",
        "select count(*) from orders o
         where o.total_cents <> o.subtotal_cents + o.delivery_fee_cents - o.discount_cents
            or o.subtotal_cents - o.discount_cents <> (select coalesce(sum(i.line_total_cents), 0) from order_items i where i.tenant_id = o.tenant_id and i.order_id = o.id)",
    ),
    (
        "no line is sold for more than it costs or for less than nothing",
        "select count(*) from order_items i where i.line_total_cents < 0 or i.line_total_cents > i.unit_price_cents * i.quantity",
    ),
    (
        "what rules took off is what the order and its delivery are cheaper by",
        "select count(*) from orders o
         join delivery_quotes q on q.tenant_id = o.tenant_id and q.id = o.delivery_quote_id
         join delivery_zones z on z.tenant_id = q.tenant_id and z.id = q.zone_id
         where exists (select from price_rule_redemptions r where r.tenant_id = o.tenant_id and r.order_id = o.id)
           and not exists (select from audit_log a where a.tenant_id = o.tenant_id and a.subject_id = o.id and a.action = 'order_discounted')
           and (select sum(r.amount_cents) from price_rule_redemptions r where r.tenant_id = o.tenant_id and r.order_id = o.id)
               <> o.discount_cents + z.fee_cents - o.delivery_fee_cents",
    ),
    (
        "no rule is held by more orders than it may be",
        "select count(*) from price_rules r
         where (select count(*) from price_rule_redemptions x
                where x.tenant_id = r.tenant_id and x.rule_id = r.id and x.given_back_at is null) > coalesce(r.total_cap, 2147483647)",
    ),
    (
        "no code is held by more orders than it may be",
        "select count(*) from price_rule_codes k
         where (select count(*) from price_rule_redemptions x
                where x.tenant_id = k.tenant_id and x.code_id = k.id and x.given_back_at is null) > coalesce(k.most_uses, 2147483647)",
    ),
    (
        "what is counted as taken is what is taken",
        "select (select count(*) from price_rules r
                where r.taken_count <> (select count(*) from price_rule_redemptions x
                                        where x.tenant_id = r.tenant_id and x.rule_id = r.id and x.given_back_at is null))
              + (select count(*) from price_rule_codes k
                 where k.taken_count <> (select count(*) from price_rule_redemptions x
                                         where x.tenant_id = k.tenant_id and x.code_id = k.id and x.given_back_at is null))",
    ),
    (
        "a paid order has used its discounts, and one that came to nothing has given them back",
        "select count(*) from price_rule_redemptions x
         join orders o on o.tenant_id = x.tenant_id and o.id = x.order_id
         where (o.status in ('paid', 'packing', 'dispatched', 'delivered', 'refunded')) <> (x.used_at is not null)
            or (o.status = 'cancelled' and x.given_back_at is null)",
    ),
    (
        "what a customer has spent is what stands on their paid orders",
        "select count(*) from customers c
         where c.lifetime_value_cents <> (select coalesce(sum(l.amount_cents), 0)
                                          from ledger_entries l
                                          join orders o on o.tenant_id = l.tenant_id and o.id = l.order_id
                                          where l.tenant_id = c.tenant_id and l.place = 'order' and o.customer_id = c.id and o.paid_at is not null)",
    ),
    (
        "what is said of an order's payment is what the ledger says",
        "select count(*) from orders o
         left join lateral (
             select coalesce(sum(e.amount_cents) filter (where e.place = 'order'), 0) as on_order,
                    coalesce(-sum(e.amount_cents) filter (where e.place = 'order' and e.reason in ('refund_asked', 'refund_given_up', 'credited', 'reversed')), 0) as refunded,
                    coalesce(sum(e.amount_cents) filter (where e.kind = 'excess'), 0) as excess,
                    coalesce(sum(e.amount_cents) filter (where e.kind <> 'excess'), 0) as in_refund,
                    count(*) filter (where e.place = 'order' and e.reason in ('refund_asked') or e.kind = 'excess') as given
             from (
                 select l.place, l.reason, l.amount_cents, null as kind from ledger_entries l where l.tenant_id = o.tenant_id and l.order_id = o.id
                 union all
                 select l.place, l.reason, l.amount_cents, r.kind from refunds r join ledger_entries l on l.tenant_id = r.tenant_id and l.refund_id = r.id
                 where r.tenant_id = o.tenant_id and r.order_id = o.id
             ) e
         ) m on true
         where o.payment_status <> case when m.on_order + m.excess + m.in_refund = 0 then case when m.given > 0 then 'refunded' else 'unpaid' end
                                        when m.on_order + m.excess >= o.total_cents - m.refunded then 'paid'
                                        else 'partial' end",
    ),
    (
        "an order holds no more than it costs",
        "select count(*) from orders o
         where o.total_cents < (select coalesce(sum(e.amount_cents), 0) from ledger_entries e where e.tenant_id = o.tenant_id and e.order_id = o.id)",
    ),
    (
        "every shilling of a payment that succeeded has a place",
        "select count(*) from payments p
         where coalesce(case when p.status = 'succeeded' then p.paid_amount_cents end, 0)
            <> (select coalesce(-sum(e.amount_cents), 0) from ledger_entries e
                where e.tenant_id = p.tenant_id and e.payment_id = p.id and e.place = 'outside'
                  and (e.amount_cents < 0 or e.reason = 'told_twice'))",
    ),
    (
        "no place holds less than nothing, and the two sides of a transfer are zero",
        "select (select count(*) from (select 1 from ledger_entries where place <> 'outside'
                                       group by tenant_id, payment_id, place, order_id, customer_id, refund_id having sum(amount_cents) < 0) below)
              + (select count(*) from (select 1 from ledger_entries group by tenant_id, transfer_id having sum(amount_cents) <> 0 or count(*) <> 2) askew)",
    ),
    (
        "a refund holds its sum until it is sent",
        "select count(*) from refunds r
         where (case when r.status = 'processed' or r.given_up_at is not null then 0 else r.amount_cents end)
            <> (select coalesce(sum(e.amount_cents), 0) from ledger_entries e where e.tenant_id = r.tenant_id and e.refund_id = r.id)",
    ),
    (
        "money that did not come stands nowhere",
        "select count(*) from (select 1 from ledger_entries e join payments p on p.tenant_id = e.tenant_id and p.id = e.payment_id
                               where p.status <> 'succeeded' group by e.tenant_id, e.payment_id, e.place having sum(e.amount_cents) <> 0) somewhere",
    ),
    (
        "every success has its evidence",
        "select count(*) from payments p
         where p.status = 'succeeded'
           and exists (select from ledger_entries e where e.tenant_id = p.tenant_id and e.payment_id = p.id)
           and p.method in ('mpesa_paybill', 'mpesa_till')
           and not exists (select from payment_audit a where a.tenant_id = p.tenant_id and a.payment_id = p.id and a.event_type in ('succeeded', 'overpaid'))",
    ),
    (
        "a receipt is one payment's",
        "select count(*) from (select 1 from payments where mpesa_receipt is not null group by tenant_id, mpesa_receipt having count(*) > 1) twice",
    ),
    (
        "order numbers are contiguous",
        "select count(*) from (select max(order_number) - min(order_number) + 1 as span, count(*) as many from orders group by tenant_id) t where span <> many",
    ),
    (
        "the counter is one ahead",
        "select count(*) from order_counters c
         where c.next_number <> (select max(o.order_number) + 1 from orders o where o.tenant_id = c.tenant_id)",
    ),
    (
        "history is a connected chain that ends at the status",
        "select count(*) from orders o
         where o.status is distinct from (select h.to_status from order_status_history h where h.tenant_id = o.tenant_id and h.order_id = o.id order by h.changed_at desc, h.created_at desc limit 1)
            or not exists (select 1 from order_status_history h where h.tenant_id = o.tenant_id and h.order_id = o.id and h.from_status is null)",
    ),
    (
        "one order per cart and per key",
        "select count(*) from (select cart_id from orders where cart_id is not null group by tenant_id, cart_id having count(*) > 1) t",
    ),
];

/// Panics with the sentence that is not true. `everything` sees all tenants.
pub async fn hold(everything: &PgPool) {
    let offence = offence(everything).await;
    assert_eq!(offence, None, "no longer true");
}

/// The first sentence that is not true, with the number of offenders.
pub async fn offence(everything: &PgPool) -> Option<(&'static str, i64)> {
    offence_at(everything, Clock::system().now()).await
}

/// The same for a shop whose clock is ahead of the database's: what is over there is over here.
pub async fn offence_at(everything: &PgPool, now: DateTime<Utc>) -> Option<(&'static str, i64)> {
    let now = format!("'{}'::timestamptz", now.to_rfc3339());
    for (sentence, offenders) in NOTHING_MAY_MATCH {
        let question = AssertSqlSafe(offenders.replace("now()", &now));
        let count: i64 = sqlx::query_scalar(question).fetch_one(everything).await.unwrap();
        if count != 0 {
            return Some((sentence, count));
        }
    }
    None
}
