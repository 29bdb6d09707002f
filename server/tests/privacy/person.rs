//! One person at two merchants, with something of theirs in every place that the register names.

use duka::{
    ctx::Platform,
    db::testing::{Shop, TestDb},
    kernel::clock::Clock,
};
use sqlx::{AssertSqlSafe, PgConnection};
use std::sync::Arc;
use uuid::Uuid;

pub const PHONE: &str = "+254711223344";
/// What must not be found anywhere afterwards; spellings of the phone are among them.
pub const TRACES: &[&str] = &[
    "711223344",
    "711 223 344",
    "711-223-344",
    "Wanjiku",
    "Kamau",
    "wanjiku@barua.test",
    "Kindaruma Road, Gate B",
    "third floor, ring twice",
];

pub struct World {
    pub everything: PgConnection,
    pub platform: Arc<Platform>,
    pub ours: Shop,
    pub theirs: Shop,
    // Last: the database is dropped when nothing uses it any more.
    pub db: TestDb,
}

impl World {
    pub async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let db = TestDb::new().await;
        let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9");
        let (ours, theirs) = (db.seed_shop(&platform, "ours").await, db.seed_shop(&platform, "theirs").await);
        let mut world = Self { everything: db.superuser().await, platform, ours, theirs, db };
        for shop in [world.ours.clone(), world.theirs.clone()] {
            world.buy(&shop).await;
        }
        world
    }

    pub async fn run(&mut self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.everything).await.unwrap();
    }

    pub async fn text(&mut self, sql: &str) -> String {
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut self.everything).await.unwrap()
    }

    /// A paid order, an older one that names nobody's account, a conversation, a visit, and what all of them leave.
    async fn buy(&mut self, shop: &Shop) {
        let (tenant, store, variant, product) = (shop.tenant, shop.store, shop.variants[0], shop.product);
        let [customer, cart, order, older, payment, thread] = [(); 6].map(|()| fresh());
        let address = r#"{"name": "Wanjiku Kamau", "phone": "+254711223344", "area": "Westlands", "street": "Kindaruma Road, Gate B", "instructions": "third floor, ring twice"}"#;
        let callback = r#"{"Body": {"stkCallback": {"CheckoutRequestID": "ws_CO_1", "ResultCode": 0, "CallbackMetadata": {"Item": [{"Name": "Amount", "Value": 2150}, {"Name": "PhoneNumber", "Value": 254711223344}]}}}}"#;
        let c2b = r#"{"TransID": "SKJ1", "MSISDN": "254711223344", "FirstName": "WANJIKU", "LastName": "KAMAU"}"#;
        self.run(&format!(
            r#"insert into customers (tenant_id, id, phone, email, first_name, last_name, whatsapp_opt_in, city_area, location_notes, lifetime_value_cents, tags)
               values ('{tenant}', '{customer}', '{PHONE}', 'wanjiku@barua.test', 'Wanjiku', 'Kamau', true, 'Westlands', 'third floor, ring twice', 215000, '{{friend of Kamau}}');
               insert into customer_addresses (tenant_id, customer_id, label, city_area, street_address, instructions, rider_note)
               values ('{tenant}', '{customer}', 'Home of Wanjiku', 'Westlands', 'Kindaruma Road, Gate B', 'third floor, ring twice', 'green gate, ask for Wanjiku');
               insert into customer_consents (tenant_id, customer_id, channel, purpose, is_given, source)
               values ('{tenant}', '{customer}', 'whatsapp', 'service', true, 'checkout');
               insert into customer_events (tenant_id, customer_id, event_type, metadata)
               values ('{tenant}', '{customer}', 'order_paid', '{{"phone": "0711223344"}}');
               insert into carts (tenant_id, id, customer_id, cart_token, store_id) values ('{tenant}', '{cart}', '{customer}', '{cart}', '{store}');
               insert into cart_items (tenant_id, cart_id, product_id, variant_id, metadata)
               values ('{tenant}', '{cart}', '{product}', '{variant}', '{{"gift": "for Wanjiku"}}');
               insert into checkout_abandonment_reasons (tenant_id, cart_id, reason, note) values ('{tenant}', '{cart}', 'other', 'call 0711 223 344');
               insert into orders (tenant_id, id, store_id, customer_id, cart_id, order_number, status, payment_status, payment_method, subtotal_cents,
                                   delivery_fee_cents, total_cents, tax_cents, delivery_city_area, shipping_address, notes,
                                   customer_name, customer_phone, customer_email)
               values ('{tenant}', '{order}', '{store}', '{customer}', '{cart}', 1001, 'paid', 'paid', 'mpesa', 200000, 15000, 215000, 29655,
                       'Westlands', '{address}', 'third floor, ring twice', 'Wanjiku Kamau', '{PHONE}', 'wanjiku@barua.test'),
                      ('{tenant}', '{older}', '{store}', null, null, 1000, 'delivered', 'paid', 'cod', 100000, 15000, 115000, 15862,
                       'Westlands', '{address}', null, 'Wanjiku K.', '0711223344', null);
               insert into order_items (tenant_id, order_id, product_id, variant_id, name_snapshot, quantity, unit_price_cents, line_total_cents)
               values ('{tenant}', '{order}', '{product}', '{variant}', 'Kikoi', 2, 100000, 200000);
               update orders set tags = '{{"Wanjiku Kamau",gift}}' where tenant_id = '{tenant}' and id = '{order}';
               insert into order_notes (tenant_id, order_id, note) values ('{tenant}', '{order}', 'Wanjiku wants it before noon');
               insert into order_status_history (tenant_id, order_id, to_status, note) values ('{tenant}', '{order}', 'paid', 'Called Wanjiku on 0711-223-344, she waits');
               insert into delivery_quotes (tenant_id, cart_id, order_id, city_area, fee_cents) values ('{tenant}', '{cart}', '{order}', 'Westlands', 15000);
               insert into delivery_orders (tenant_id, order_id, notes) values ('{tenant}', '{order}', 'Ask for Wanjiku');
               insert into delivery_partners (tenant_id, id, name) values ('{tenant}', '{thread}', 'Easy Coach');
               insert into partner_parcels (tenant_id, order_id, partner_id, status, problem, said)
               values ('{tenant}', '{order}', '{thread}', 'failed', 'refused', 'Wanjiku Kamau is not known');
               insert into payments (tenant_id, id, order_id, method, amount_cents, status, phone, mpesa_receipt, checkout_request_id, typed_account, payer_name, payer_hash)
               values ('{tenant}', '{payment}', '{order}', 'mpesa_paybill', 215000, 'succeeded', '{PHONE}', 'SKJ{n}', 'ws_CO_{n}', '0711223344', 'Wanjiku', sha256('254711223344'));
               insert into known_payers (tenant_id, payer_hash, customer_id) values ('{tenant}', sha256('254711223344'), '{customer}');
               insert into provider_questions (tenant_id, order_id, receipt, answer) values ('{tenant}', '{order}', 'SKJ{n}', '{{"payer": "254711223344 Wanjiku"}}');
               insert into payment_audit (tenant_id, payment_id, event_type, metadata) values ('{tenant}', '{payment}', 'requested', '{{"phone": "254711223344", "sum": 2150}}');
               insert into mpesa_callbacks_raw (tenant_id, payment_id, payload, raw_body) values ('{tenant}', '{payment}', '{callback}', '{callback}'),
                      ('{tenant}', null, '{c2b}', '{c2b}');
               insert into receipts (tenant_id, order_id, receipt_number, issued_at, seller_name) values ('{tenant}', '{order}', 1, now(), 'Ours');
               insert into hand_payments (tenant_id, order_id, payment_id, idempotency_key, amount_cents, brought_by, note)
               values ('{tenant}', '{order}', '{payment}', 'k1', 215000, 'Wanjiku Kamau', 'ask 0711 223 344');
               insert into refunds (tenant_id, order_id, reason) values ('{tenant}', '{order}', 'Wanjiku Kamau sent it back');
               insert into close_gaps (tenant_id, kind, day, receipt, payment_id, closed_at, note)
               values ('{tenant}', 'not_listed', '2026-11-20', 'SKJ{n}', '{payment}', now(), 'Called Wanjiku Kamau on 0711 223 344');
               insert into shopper_codes (tenant_id, customer_id, order_id, token_hash, asker_hash, expires_at)
               values ('{tenant}', '{customer}', '{order}', sha256('asked'), sha256('203.0.113.77'), now());
               insert into shopper_sessions (tenant_id, customer_id, token_hash, channel, expires_at)
               values ('{tenant}', '{customer}', sha256('session'), 'sms', now());
               insert into whatsapp_threads (tenant_id, id, customer_id) values ('{tenant}', '{thread}', '{customer}');
               insert into whatsapp_messages (tenant_id, thread_id, direction, body, metadata) values ('{tenant}', '{thread}', 'inbound', 'It is me, Wanjiku', '{{"from": "254711223344"}}');
               insert into events (tenant_id, event_type, session_id, order_id, properties) values ('{tenant}', 'order_completed', '{cart}', '{order}', '{{}}'),
                      ('{tenant}', 'search', '{cart}', null, '{{"words": "kikoi for Kamau"}}');
               insert into audit_log (tenant_id, actor_kind, action, subject_type, subject_id, source_address, source_agent)
               values ('{tenant}', 'customer', 'order_placed', 'orders', '{order}', '203.0.113.77', 'Wanjiku browser')"#,
            n = &tenant.to_string()[30..],
        ))
        .await;
    }

    /// Where something of the person stands: `table.column`, at one merchant.
    pub async fn traces(&mut self, shop: &Shop) -> Vec<String> {
        let columns: Vec<(String, String)> = sqlx::query_as(
            "select c.relname::text, a.attname::text
             from pg_attribute a
             join pg_class c on c.oid = a.attrelid
             where c.relnamespace = 'public'::regnamespace
               and c.relkind in ('r', 'p')
               and not c.relispartition
               and a.attnum > 0
               and not a.attisdropped
               and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')
             order by 1, 2",
        )
        .fetch_all(&mut self.everything)
        .await
        .unwrap();
        let mut found = Vec::new();
        for (table, column) in columns {
            let statement = format!(
                "select exists (select from {table} t, unnest($2::text[]) trace
                                where t.tenant_id = $1 and strpos(lower(t.{column}::text), lower(trace)) > 0)"
            );
            let is_there: bool = sqlx::query_scalar(AssertSqlSafe(statement))
                .bind(shop.tenant.uuid())
                .bind(TRACES)
                .fetch_one(&mut self.everything)
                .await
                .unwrap();
            if is_there {
                found.push(format!("{table}.{column}"));
            }
        }
        found
    }

    /// Sums and numbers of a merchant's orders and payments, as one line.
    pub async fn money(&mut self, shop: &Shop) -> String {
        let tenant = shop.tenant;
        self.text(&format!(
            "select concat_ws(' ',
                 (select string_agg(concat_ws(':', order_number, status, payment_status, subtotal_cents, delivery_fee_cents, total_cents, tax_cents, placed_at, delivery_city_area), ' ' order by order_number)
                  from orders where tenant_id = '{tenant}'),
                 (select string_agg(concat_ws(':', name_snapshot, quantity, line_total_cents), ' ') from order_items where tenant_id = '{tenant}'),
                 (select string_agg(concat_ws(':', amount_cents, status, mpesa_receipt, checkout_request_id), ' ') from payments where tenant_id = '{tenant}'),
                 (select lifetime_value_cents from customers where tenant_id = '{tenant}'))"
        ))
        .await
    }

    /// Everything of one merchant, every column as text.
    pub async fn whole(&mut self, shop: &Shop) -> String {
        let tables: Vec<String> = sqlx::query_scalar(
            "select c.relname::text
             from pg_class c
             where c.relnamespace = 'public'::regnamespace
               and c.relkind in ('r', 'p')
               and not c.relispartition
               and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')
             order by 1",
        )
        .fetch_all(&mut self.everything)
        .await
        .unwrap();
        let mut whole = String::new();
        for table in tables {
            let tenant = shop.tenant;
            whole += &self
                .text(&format!(
                    "select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from {table} t where tenant_id = '{tenant}'"
                ))
                .await;
        }
        whole
    }
}

fn fresh() -> Uuid {
    duka::kernel::id::OrderId::mint().uuid()
}
