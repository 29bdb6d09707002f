//! What must be true of a shop after any story; each line is a statement that counts offenders.

use sqlx::{AssertSqlSafe, PgPool};

const NOTHING_MAY_MATCH: [(&str, &str); 18] = [
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
         where m.reason = 'sale' and o.status in ('pending', 'awaiting_payment', 'cancelled')",
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
         where (o.status in ('paid', 'packing', 'dispatched', 'delivered')) <> (x.used_at is not null)
            or (o.status = 'cancelled' and x.given_back_at is null)",
    ),
    (
        "paid means that money succeeded",
        "select count(*) from orders o
         where (o.payment_status = 'paid') <> exists (select 1 from payments p where p.tenant_id = o.tenant_id and p.order_id = o.id and p.status = 'succeeded')",
    ),
    (
        "a second success has a refund waiting",
        "select count(*) from orders o
         where (select count(*) from payments p where p.tenant_id = o.tenant_id and p.order_id = o.id and p.status = 'succeeded') - 1
             > (select count(*) from refunds r where r.tenant_id = o.tenant_id and r.order_id = o.id)",
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
    for (sentence, offenders) in NOTHING_MAY_MATCH {
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(offenders.to_owned())).fetch_one(everything).await.unwrap();
        assert_eq!(count, 0, "no longer true: {sentence}");
    }
}
