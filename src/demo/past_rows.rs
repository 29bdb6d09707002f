//! The rows of the past, shaped like the tables they go to; written as JSON in one statement per table.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// Everything that one shop's past consists of.
#[derive(Clone, Debug, Default)]
pub(super) struct Past {
    pub customers: Vec<CustomerRow>,
    pub addresses: Vec<AddressRow>,
    pub quotes: Vec<QuoteRow>,
    pub orders: Vec<OrderRow>,
    pub items: Vec<ItemRow>,
    pub history: Vec<HistoryRow>,
    pub holds: Vec<HoldRow>,
    pub payments: Vec<PaymentRow>,
    pub audits: Vec<AuditRow>,
    pub refunds: Vec<RefundRow>,
    pub moves: Vec<MoveRow>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct CustomerRow {
    pub id: Uuid,
    pub phone: String,
    pub email: Option<String>,
    pub first_name: String,
    pub last_name: String,
    pub whatsapp_opt_in: bool,
    pub city_area: String,
    pub lifetime_value_cents: i64,
    pub last_order_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AddressRow {
    pub customer_id: Uuid,
    pub city_area: String,
    pub street_address: String,
    pub instructions: Option<String>,
    pub created_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct QuoteRow {
    pub id: Uuid,
    pub order_id: Uuid,
    pub zone_id: Uuid,
    pub city_area: String,
    pub fee_cents: i64,
    pub eta_minutes: Option<i32>,
    pub created_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct OrderRow {
    pub id: Uuid,
    pub customer_id: Uuid,
    pub quote_id: Uuid,
    pub order_number: i64,
    pub status: &'static str,
    pub payment_status: &'static str,
    pub payment_method: &'static str,
    pub subtotal_cents: i64,
    pub delivery_fee_cents: i64,
    pub total_cents: i64,
    pub tax_cents: i64,
    pub city_area: String,
    pub shipping_address: Value,
    pub notes: Option<String>,
    /// Hexadecimal.
    pub token_hash: String,
    pub customer_name: String,
    pub customer_phone: String,
    pub customer_email: Option<String>,
    pub locale: &'static str,
    pub eta_minutes: Option<i32>,
    pub version: i32,
    pub placed_at: DateTime<Utc>,
    pub paid_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ItemRow {
    pub order_id: Uuid,
    pub product_id: Uuid,
    pub variant_id: Uuid,
    pub name: String,
    pub variant_name: String,
    pub quantity: i32,
    pub unit_price_cents: i64,
    pub line_total_cents: i64,
    pub tax_cents: i64,
    pub position: i32,
    pub image_url: Option<String>,
    pub created_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct HistoryRow {
    pub order_id: Uuid,
    pub from_status: Option<&'static str>,
    pub to_status: &'static str,
    pub changed_by: Option<Uuid>,
    pub changed_at: DateTime<Utc>,
    pub note: Option<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct HoldRow {
    pub order_id: Uuid,
    pub variant_id: Uuid,
    pub quantity: i32,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub released_at: Option<DateTime<Utc>>,
    pub converted_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PaymentRow {
    pub id: Uuid,
    pub order_id: Uuid,
    pub method: &'static str,
    pub amount_cents: i64,
    pub status: &'static str,
    pub attempt_no: i32,
    pub phone: Option<String>,
    pub short_code: Option<&'static str>,
    pub account_reference: Option<String>,
    pub checkout_request_id: Option<String>,
    pub merchant_request_id: Option<String>,
    pub mpesa_receipt: Option<String>,
    pub result_code: Option<&'static str>,
    pub result_source: Option<&'static str>,
    pub failure_reason: Option<&'static str>,
    pub paid_amount_cents: Option<i64>,
    pub requested_at: DateTime<Utc>,
    pub completed_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AuditRow {
    pub payment_id: Uuid,
    pub event_type: &'static str,
    pub created_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct RefundRow {
    pub id: Uuid,
    pub order_id: Uuid,
    pub payment_id: Uuid,
    pub amount_cents: i64,
    pub reason: &'static str,
    pub processed_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct MoveRow {
    pub variant_id: Uuid,
    pub change: i32,
    pub reason: &'static str,
    pub reference_type: Option<&'static str>,
    pub reference_id: Option<Uuid>,
    pub note: Option<&'static str>,
    pub created_by: Option<Uuid>,
    pub created_at: DateTime<Utc>,
}
