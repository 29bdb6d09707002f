//! Every name that the audit log knows for what somebody did, in one list; a name that is not here is written nowhere.

/// Settings of the business, its shops and their addresses.
pub const SETTINGS: &[&str] = &[
    "business_changed",
    "delivery_partner_changed",
    "delivery_partner_not_proved",
    "delivery_partner_proved",
    "delivery_partner_stopped",
    "delivery_zone_added",
    "delivery_zone_changed",
    "delivery_zone_removed",
    "domain_added",
    "domain_proved",
    "domain_removed",
    "primary_host_chosen",
    "shop_closed",
    "shop_opened",
    "sms_account_changed",
    "stock_mail_chosen",
    "store_added",
    "store_changed",
    "store_logo_changed",
    "store_moved",
    "tenant_created",
    "tenant_resumed",
    "tenant_suspended",
];

/// Who may come in, and as what.
pub const TEAM: &[&str] = &[
    "code_refused",
    "email_change_asked",
    "email_changed",
    "email_confirmed",
    "invite_accepted",
    "invite_revoked",
    "member_disabled",
    "member_enabled",
    "member_invited",
    "other_sessions_ended",
    "password_changed",
    "password_confirmed",
    "password_reset",
    "password_reset_asked",
    "profile_changed",
    "recovery_code_used",
    "recovery_codes_renewed",
    "role_changed",
    "second_factor_disabled",
    "second_factor_enabled",
    "second_factor_started",
    "session_ended",
    "signed_in",
    "signed_out",
    "signed_up",
];

/// What is sold, shown and asked for it.
pub const GOODS: &[&str] = &[
    "category_added",
    "category_edited",
    "category_hidden",
    "category_placed",
    "category_shown",
    "discount_added",
    "discount_changed",
    "discount_code_added",
    "discount_code_removed",
    "discount_codes_made",
    "discount_paused",
    "discount_resumed",
    "order_discounted",
    "page_added",
    "page_edited",
    "page_picture_added",
    "page_picture_removed",
    "page_removed",
    "picture_changed",
    "picture_hung",
    "picture_removed",
    "pictures_reordered",
    "price_changed",
    "product_added",
    "product_duplicated",
    "product_edited",
    "product_status_changed",
    "products_exported",
    "products_file_uploaded",
    "products_import_cancelled",
    "products_import_started",
    "products_imported",
    "variants_edited",
    "variants_made",
];

/// What lies on the shelf.
pub const STOCK: &[&str] = &[
    "goods_released",
    "stock_adjusted",
    "stock_count_applied",
    "stock_count_cancelled",
    "stock_count_started",
    "stock_limit_changed",
];

/// Money, and the accounts through which it comes and goes.
pub const MONEY: &[&str] = &[
    "card_account_changed",
    "card_account_not_proved",
    "card_account_proved",
    "card_account_stopped",
    "close_gap_closed",
    "credit_taken_back",
    "credit_used",
    "money_assigned",
    "money_credited",
    "money_recorded",
    "mpesa_account_changed",
    "mpesa_account_not_proved",
    "mpesa_account_proved",
    "mpesa_account_tried",
    "mpesa_addresses_asked",
    "mpesa_addresses_not_registered",
    "mpesa_addresses_registered",
    "mpesa_balance_asked",
    "mpesa_operator_changed",
    "payment_rules_changed",
    "payments_exported",
    "receipt_typed",
    "refund_asked",
    "refund_credited",
    "refund_given_to_provider",
    "refund_given_up",
    "refund_marked_sent",
    "refund_retried",
    "refund_said_not_sent",
    "refund_sent_after_all",
];

/// Orders, their way to the buyer, and what is kept of people.
pub const ORDERS: &[&str] = &[
    "consent_recorded",
    "customer_changed",
    "customer_erased",
    "customer_erasure_asked",
    "customer_erasure_taken_back",
    "customer_exported",
    "customer_group_added",
    "customer_group_changed",
    "customer_group_removed",
    "customer_language_chosen",
    "customer_place_changed",
    "customer_place_forgotten",
    "customer_signed_in",
    "customers_exported",
    "customers_imported",
    "delivery_code_wrong",
    "delivery_confirmed",
    "delivery_failed",
    "delivery_tried_anew",
    "order_cancelled",
    "order_entered",
    "order_moved",
    "order_note_written",
    "order_tagged",
    "parcel_asked_for",
    "parcel_booked",
    "parcel_given",
    "parcel_moved",
    "parcel_not_booked",
    "parcel_written_down",
    "rider_link_made",
    "way_noted",
];

/// The whole list, by what it is about.
pub const ALL: [&[&str]; 6] = [SETTINGS, TEAM, GOODS, STOCK, MONEY, ORDERS];

/// Does the log know this name?
#[must_use]
pub fn is_known(action: &str) -> bool {
    ALL.iter().any(|group| group.contains(&action))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_name_stands_once_and_in_order() {
        let mut seen = BTreeSet::new();
        for group in ALL {
            assert!(group.is_sorted(), "{group:?}");
            for name in group {
                assert!(seen.insert(*name), "{name} stands twice");
                assert!(name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_'), "{name}");
            }
        }
        assert!(is_known("price_changed") && !is_known("price_change"));
    }
}
