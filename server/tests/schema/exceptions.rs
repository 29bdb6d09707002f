//! Every exception from the rules of the schema, each with its reason; a line more here is a decision for a reviewer.

/// Tables that are not keyed by `tenant_id`.
pub const TABLES: &[(&str, &str)] = &[
    ("tenants", "a tenant is its own tenant key"),
    ("sign_in_throttle", "needed before a tenant is known; only the directory functions reach it"),
    ("_sqlx_migrations", "the migration runner's own record; no login but operations reaches it"),
];

/// Tables that other people's code makes, in its own style: only rights are judged.
pub const FOREIGN_TABLES: &[(&str, &str)] = &[("_sqlx_migrations", "made by the migration runner")];

/// Primary keys that are not `(tenant_id, id)`.
pub const PRIMARY_KEYS: &[(&str, &[&str], &str)] = &[
    ("tenants", &["id"], "a tenant is its own tenant key"),
    ("order_counters", &["tenant_id"], "one row per tenant"),
    ("events", &["tenant_id", "id", "occurred_at"], "a partitioned table's key holds what it is parted by"),
    ("hook_tokens", &["token_hash"], "a provider's call is matched before a tenant is known"),
    ("sign_in_throttle", &["key_hash"], "it has no tenant"),
    ("used_receipts", &["receipt_hash"], "a receipt is used once in the whole installation"),
];

/// Indexes that do not begin with the tenant. The unique ones are on tables whose rows the app cannot read, or only its own.
pub const INDEXES: &[(&str, &str)] = &[
    ("hosts_directory", "a host leads to one shop in the whole installation"),
    ("hook_tokens_pk", "a provider's call is matched before a tenant is known"),
    ("sign_in_throttle_pk", "it has no tenant"),
    ("used_receipts_pk", "a receipt is used once in the whole installation"),
    ("sign_in_throttle_age_directory", "old keys are swept by sign_in_failed"),
    ("stores_slug_directory", "serves directory_store_by_host"),
    ("users_email_directory", "serves directory_users_by_email"),
    ("sessions_token_directory", "serves directory_session"),
    ("staff_invites_token_directory", "serves directory_invite"),
    ("account_tokens_token_directory", "serves directory_account_token"),
];

/// Ids that carry no foreign key.
pub const LOOSE_IDS: &[(&str, &str, &str)] = &[
    ("events", "user_id", "an event outlives what it is about"),
    ("events", "customer_id", "an event outlives what it is about"),
    ("events", "product_id", "an event outlives what it is about"),
    ("events", "order_id", "an event outlives what it is about"),
    ("events", "cart_id", "an event outlives what it is about"),
    ("audit_log", "actor_id", "a user or a customer, by actor_kind"),
    ("audit_log", "subject_id", "a row of the table that subject_type names"),
    ("inventory_movements", "reference_id", "an order, a refund, an import or a count, by reference_type"),
    ("audit_log", "session_id", "the log outlives what it is about"),
    ("hook_tokens", "subject_id", "a payment or a refund, by purpose"),
    ("ledger_entries", "transfer_id", "binds the two sides of a transfer; it is no row of its own"),
    ("ledger_entries", "actor_id", "a ledger outlives a person's account"),
    ("mpesa_callbacks_raw", "subject_id", "a payment, refund, question or account, by kind"),
    ("mails", "subject_id", "a user, an invite, an account token, a shopper's code or a round of the stock, by kind"),
];

/// Columns of floating point; never money.
pub const FLOATS: &[(&str, &str, &str)] = &[
    ("products", "weight_kg", "the draft's unit"),
    ("product_insights", "conversion_rate", "a share, only shown"),
    ("product_insights", "avg_scroll_depth", "a share, only shown"),
    ("product_insights", "image_engagement_score", "a share, only shown"),
    ("funnels", "of_visits", "a share, only shown"),
    ("funnels", "of_previous_step", "a share, only shown"),
];

/// What app and worker may do with a table, where it is not everything a row can be done to.
pub const RIGHTS: &[(&str, &[&str], &str)] = &[
    ("tenants", KEPT, "a merchant is closed, not deleted"),
    ("tenant_keys", KEPT, "without its key nothing of the tenant can be opened"),
    ("users", KEPT, "who left is disabled, since history names them"),
    ("order_counters", KEPT, "a number is never given twice"),
    ("customer_consents", ADDED, "evidence of what somebody said"),
    ("orders", KEPT, "a promise"),
    ("order_items", KEPT, "a promise"),
    ("stock_counts", KEPT, "movements name it"),
    ("stock_count_lines", KEPT, "what was counted can be looked at again"),
    ("price_history", KEPT, "evidence of what was charged"),
    ("price_rule_redemptions", KEPT, "evidence of why a total is what it is"),
    ("stock_holds", KEPT, "evidence of what was kept for whom"),
    ("payments", KEPT, "evidence of money"),
    ("payment_intents", KEPT, "a repeated press must find its order"),
    ("mpesa_callbacks_raw", KEPT, "evidence of money"),
    ("refunds", KEPT, "evidence of money"),
    ("card_accounts", KEPT, "payments were made through it"),
    ("refund_lines", ADDED, "evidence of money"),
    ("provider_questions", KEPT, "evidence of money"),
    ("daily_closes", KEPT, "evidence of money"),
    ("close_gaps", KEPT, "evidence of money"),
    ("delivery_orders", KEPT, "a promise"),
    ("partner_agents", KEPT, "orders went there"),
    ("partner_parcels", KEPT, "evidence of what was booked"),
    ("receipts", KEPT, "a receipt is given once and for good"),
    ("rider_links", KEPT, "evidence of who could collect"),
    ("hand_payments", KEPT, "evidence of money"),
    ("inventory_movements", ADDED, "a ledger"),
    ("order_status_history", ADDED, "a ledger"),
    ("order_notes", ADDED, "what somebody wrote stays theirs"),
    ("payment_audit", ADDED, "a ledger"),
    ("ledger_entries", ADDED, "a ledger"),
    ("audit_log", ADDED, "a ledger"),
    ("events", ADDED, "a ledger whose old months are dropped whole"),
    ("former_product_slugs", ADDED, "an address that was printed is its product's for good"),
    ("former_category_slugs", ADDED, "an address that was printed is its category's for good"),
    ("former_page_slugs", ADDED, "an address that was printed is its page's as long as there is one"),
    ("page_pictures", &["SELECT", "INSERT", "DELETE"], "a picture stays as it was stored, and goes with its page"),
    ("import_notes", &["SELECT", "INSERT", "DELETE"], "what was said stays so, and goes with its file"),
    ("customer_events", &["SELECT", "INSERT", "DELETE"], "a ledger that is forgotten with its customer"),
    ("used_receipts", &["INSERT"], "unique across tenants, so nobody may read it"),
    ("hook_tokens", &["INSERT"], "unique across tenants, so nobody may read it"),
    ("sign_in_throttle", &[], "only the directory functions reach it"),
    ("_sqlx_migrations", &[], "the migration runner's own record"),
];
const KEPT: &[&str] = &["SELECT", "INSERT", "UPDATE"];
const ADDED: &[&str] = &["SELECT", "INSERT"];

/// Rights of one login on top of those of both.
pub const EXTRA_RIGHTS: &[(&str, &str, &str, &str)] =
    &[("mpesa_callbacks_raw", "duka_worker", "DELETE", "the nightly job prunes old ones")];

/// Tables of which only some columns may be changed.
pub const CHANGEABLE: &[(&str, &[&str], &str)] = &[
    (
        "tenants",
        &[
            "name",
            "domain",
            "timezone",
            "mpesa_paybill",
            "mpesa_short_code",
            "whatsapp_number",
            "catalogue_version",
            "updated_at",
            "version",
        ],
        "plan and status are decided by the platform",
    ),
    ("price_history", &["price_cents", "is_charged", "updated_at"], "when a price began does not change"),
    ("hosts", &["store_id", "is_primary", "updated_at"], "a name is given up and taken anew, never renamed"),
    (
        "receipts",
        &["etims_control_unit", "etims_invoice_number", "etims_link", "updated_at"],
        "what was given out stays as it was",
    ),
    ("rider_links", &["ended_at", "updated_at"], "a link only ends"),
    ("hand_payments", &["payment_id", "updated_at"], "what was said stays as it was"),
    (
        "mpesa_callbacks_raw",
        &["payment_id", "validated", "processed_at", "outcome", "updated_at"],
        "what was received stays as it came",
    ),
    (
        "close_gaps",
        &["ours_cents", "listed_cents", "closed_at", "closed_by", "note", "updated_at"],
        "which receipt it is about does not change",
    ),
];

/// What the directory role, and no other, may read across tenants: table, policy command, columns.
pub const DIRECTORY: &[(&str, &str, &[&str])] = &[
    ("tenants", "SELECT", &["id", "status"]),
    ("stores", "SELECT", &["tenant_id", "id", "slug"]),
    ("hosts", "SELECT", &["tenant_id", "store_id", "kind", "name"]),
    ("users", "SELECT", &["tenant_id", "id", "email", "status"]),
    ("sessions", "SELECT", &["tenant_id", "id", "user_id", "token_hash", "expires_at", "ended_at"]),
    ("staff_invites", "SELECT", &["tenant_id", "id", "invite_token", "expires_at", "accepted_at", "revoked_at"]),
    ("account_tokens", "SELECT", &["tenant_id", "id", "user_id", "purpose", "token_hash", "expires_at", "used_at"]),
    ("product_search", "SELECT", &["tenant_id", "product_id", "store_id", "name", "words"]),
    ("hook_tokens", "SELECT", &["token_hash", "tenant_id", "purpose", "subject_id", "expires_at"]),
    ("sign_in_throttle", "ALL", &[]),
];

/// Functions that run with their owner's rights: signature, owner, callers.
pub const DEFINERS: &[(&str, &str, &[&str])] = &[
    ("directory_account_token(bytea,text)", DIRECTORY_ROLE, BOTH),
    ("directory_hook(bytea,text)", DIRECTORY_ROLE, BOTH),
    ("directory_invite(text)", DIRECTORY_ROLE, BOTH),
    ("directory_session(bytea)", DIRECTORY_ROLE, BOTH),
    ("directory_store_by_host(text,text)", DIRECTORY_ROLE, BOTH),
    ("directory_tenants()", DIRECTORY_ROLE, &["duka_worker"]),
    ("directory_users_by_email(text)", DIRECTORY_ROLE, BOTH),
    ("search_nearest(uuid,text,integer)", DIRECTORY_ROLE, BOTH),
    ("search_products(uuid,tsquery,text,tsquery,tsquery,tsquery,integer)", DIRECTORY_ROLE, BOTH),
    ("sign_in_blocked_until(bytea)", DIRECTORY_ROLE, BOTH),
    ("sign_in_failed(bytea)", DIRECTORY_ROLE, BOTH),
    ("sign_in_failed_from(bytea)", DIRECTORY_ROLE, BOTH),
    ("sign_in_succeeded(bytea)", DIRECTORY_ROLE, BOTH),
    ("duka_schema_level()", OWNER, &["duka_app", "duka_ops", "duka_worker"]),
    ("enqueue_job(text,jsonb,timestamp with time zone,text)", OWNER, BOTH),
    ("drop_event_partitions(integer)", OWNER, &["duka_worker"]),
    ("ensure_event_partitions(integer)", OWNER, &["duka_migrator", "duka_worker"]),
];
/// Functions that the tenants' logins call with rights of their own, so that row security is what keeps them apart.
pub const INVOKERS: &[&str] = &[
    "categories_above(uuid,uuid)",
    "order_money(uuid,uuid)",
    "pieces_held(uuid,uuid,timestamp with time zone)",
    "proved_by_mail(uuid,uuid)",
    "usual_delivery(uuid)",
];
/// Functions of an index, which whoever writes a row must be able to compute; they look at what they are given only.
pub const OF_AN_INDEX: &[&str] = &["in_tenant(uuid,tsvector)"];
pub const OWNER: &str = "duka_owner";
pub const DIRECTORY_ROLE: &str = "duka_directory";
const BOTH: &[&str] = &["duka_app", "duka_worker"];

/// The logins that row security is for.
pub const TENANT_LOGINS: &[&str] = BOTH;
