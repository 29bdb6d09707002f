//! Merchants' accounts: tenants, stores, team, sessions.
