//! What is kept for a while only: which rows, since when they are over, and for how many days after that.
//!
//! The days are those that `migrations/personal-data.tsv` promises. What is not here is kept for good, or goes with
//! something else: the schema's list of rights says why.

/// Rows of one table that go when their time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub table: &'static str,
    /// Of a row `t`: the moment from which its days are counted.
    pub since: &'static str,
    pub days: i64,
    /// What else must be true of a row `t` that goes; empty when nothing.
    pub only_if: &'static str,
}

/// In the order in which they go: what hangs on another row before that row.
pub const KEPT: [Kept; 10] = [
    Kept { table: "shopper_codes", since: "t.created_at", days: 1, only_if: "" },
    Kept { table: "shopper_sessions", since: "t.expires_at", days: 0, only_if: "" },
    Kept { table: "account_tokens", since: "t.expires_at", days: 1, only_if: "" },
    Kept { table: "sessions", since: "t.expires_at", days: 90, only_if: "" },
    Kept { table: "staff_invites", since: "t.expires_at", days: 90, only_if: "" },
    Kept { table: "mails", since: "t.created_at", days: 90, only_if: "" },
    // One that nobody could read yet waits for `duka callbacks replay`; a question whether money may come is never read again.
    Kept {
        table: "mpesa_callbacks_raw",
        since: "t.received_at",
        days: 90,
        only_if: "(t.processed_at is not null or t.kind = 'c2b_validation')",
    },
    Kept { table: "customer_events", since: "t.occurred_at", days: 365, only_if: "" },
    Kept { table: "checkout_abandonment_reasons", since: "t.created_at", days: 365, only_if: "" },
    // One that became an order is that order's; why one was left is told for a year, and would go with it.
    Kept {
        table: "carts",
        since: "t.expires_at",
        days: 60,
        only_if: "t.status = 'open' and not exists (
                      select
                      from checkout_abandonment_reasons r
                      where r.tenant_id = $1
                        and r.cart_id = t.id
                  )",
    },
];
