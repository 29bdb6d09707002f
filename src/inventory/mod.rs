//! A ledger of stock and its running total; holds while somebody pays.
