//! The draft the project started from, as plain lists: tables, columns, words and indexes that stay under these names.

/// Every table with its columns. The draft leaves open what `funnels` shows; per tenant it is.
const TABLES: &str = "
tenants: id name plan domain timezone status mpesa_paybill mpesa_short_code whatsapp_number created_at
users: id tenant_id email phone password_hash role status last_login_at mfa_secret
stores: id tenant_id name slug default_currency logo_url primary_contact_phone nairobi_area address seo_settings
    is_live
staff_invites: id tenant_id email role invite_token expires_at accepted_at
categories: id tenant_id name slug parent_id position is_active
products: id tenant_id store_id name slug description category_id status brand base_price_cents
    compare_at_price_cents cost_cents currency sku weight_kg seo search_tsv
product_variants: id tenant_id product_id name sku barcode price_cents cost_cents stock_quantity
    low_stock_threshold attributes is_active
product_images: id tenant_id product_id variant_id url position alt_text
inventory_movements: id tenant_id product_id variant_id change reason reference_type reference_id note
price_rules: id tenant_id name type scope config starts_at ends_at is_active
customers: id tenant_id phone email first_name last_name whatsapp_opt_in city_area location_notes
    lifetime_value_cents last_order_at tags
customer_addresses: id tenant_id customer_id label city_area street_address instructions is_default
customer_events: id tenant_id customer_id event_type metadata occurred_at
carts: id tenant_id customer_id channel status cart_token currency subtotal_cents delivery_fee_cents
    discount_cents expires_at
cart_items: id tenant_id cart_id product_id variant_id quantity unit_price_cents line_total_cents metadata
delivery_quotes: id tenant_id cart_id city_area fee_cents eta_minutes rule_applied expires_at
checkout_abandonment_reasons: id tenant_id cart_id reason note
orders: id tenant_id store_id customer_id cart_id order_number status channel currency subtotal_cents
    delivery_fee_cents discount_cents total_cents payment_status payment_method delivery_city_area
    shipping_address notes placed_at
order_items: id tenant_id order_id product_id variant_id name_snapshot variant_snapshot quantity
    unit_price_cents line_total_cents tax_cents
order_status_history: id tenant_id order_id from_status to_status changed_by changed_at note
refunds: id tenant_id order_id payment_id amount_cents reason status processed_at
payments: id tenant_id order_id method amount_cents currency status provider_reference mpesa_receipt phone
    requested_at completed_at failure_reason
payment_intents: id tenant_id cart_id order_id idempotency_key amount_cents currency status expires_at
mpesa_callbacks_raw: id tenant_id payment_id payload received_at validated
payment_audit: id tenant_id payment_id event_type metadata created_at
delivery_partners: id tenant_id name provider config is_active
delivery_orders: id tenant_id order_id partner_id status tracking_code eta_minutes cost_cents notes
    dispatched_at delivered_at
delivery_zones: id tenant_id name city_area fee_cents min_order_cents eta_minutes is_default
whatsapp_threads: id tenant_id customer_id cart_id last_message_at status
whatsapp_messages: id tenant_id thread_id direction template_name body metadata sent_at delivered_at failed_at
events: id tenant_id event_type user_id customer_id session_id product_id order_id cart_id channel device
    city_area amount_cents properties occurred_at
funnels: tenant_id
product_insights: tenant_id product_id views add_to_carts orders conversion_rate abandonments avg_scroll_depth
    image_engagement_score last_calculated_at
insight_cards: id tenant_id category title body severity applies_to_product_id applies_to_area metric_snapshot
    created_at
seo_pages: id tenant_id slug type title meta_description schema_json is_indexable published_at updated_at
sitemaps: id tenant_id path last_generated_at item_count
";

/// The words a column must be able to hold.
const WORDS: &str = "
users.role: owner staff viewer
products.status: draft active archived
inventory_movements.reason: sale restock adjustment refund
inventory_movements.reference_type: order refund
price_rules.type: percentage_off amount_off bxgy
price_rules.scope: product category storewide
customer_events.event_type: view add_to_cart order_created order_paid
carts.channel: web whatsapp
carts.status: open converted abandoned
checkout_abandonment_reasons.reason: delivery_cost payment_failure price_sensitivity other
orders.status: pending awaiting_payment paid packing dispatched delivered cancelled refunded
orders.channel: web whatsapp
orders.payment_status: unpaid paid partial refunded
orders.payment_method: mpesa cod card
refunds.status: pending processed failed
payments.method: mpesa_till mpesa_paybill cod card
payments.status: initiated pending succeeded failed
payment_audit.event_type: initiated callback_received reconciled refunded
delivery_partners.provider: pickup_mtaani manual other
delivery_orders.status: pending accepted in_transit delivered failed
whatsapp_threads.status: open closed
whatsapp_messages.direction: inbound outbound
events.event_type: page_view product_view add_to_cart checkout_start payment_started payment_failed
    payment_succeeded order_completed search whatsapp_click
insight_cards.category: pricing delivery trust payment
insight_cards.severity: info warn action
seo_pages.type: area_landing category_landing blog
";

/// The indexes the draft asks for: kind, table, columns after the tenant, and what its condition speaks of.
pub const INDEXES: &[(&str, &str, &[&str], &[&str])] = &[
    ("unique", "products", &["slug"], &[]),
    ("gin", "products", &["search_tsv"], &[]),
    ("unique", "product_variants", &["sku"], &["sku"]),
    ("unique", "orders", &["order_number"], &[]),
    ("btree", "orders", &["placed_at"], &[]),
    ("btree", "orders", &["placed_at"], &["status", "'paid'", "'delivered'"]),
    ("btree", "events", &["event_type", "occurred_at"], &[]),
    ("gin", "events", &["properties"], &[]),
    ("unique", "payments", &["provider_reference"], &["provider_reference"]),
    ("unique", "payments", &["mpesa_receipt"], &["mpesa_receipt"]),
    ("btree", "delivery_orders", &["status"], &[]),
];

/// Each table of the draft with its columns.
pub fn tables() -> Vec<(&'static str, Vec<&'static str>)> {
    entries(TABLES)
}

/// Each column of a status or kind, as `table.column`, with the words it must be able to hold.
pub fn words() -> Vec<(&'static str, Vec<&'static str>)> {
    entries(WORDS)
}

/// Reads `head: word word`, where a line that begins with a space goes on with the one before.
fn entries(list: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut entries: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in list.lines().filter(|line| !line.is_empty()) {
        match (line.split_once(':'), entries.last_mut()) {
            (Some((head, words)), _) => entries.push((head, words.split_whitespace().collect())),
            (None, Some((_, words))) => words.extend(line.split_whitespace()),
            (None, None) => panic!("the list begins in the middle: {line}"),
        }
    }
    entries
}
