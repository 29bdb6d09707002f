//! Where an order stands, and the moves that exist.

use serde::{Deserialize, Serialize};

/// The words of `orders.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Placed, to be paid in cash; nobody has accepted it yet.
    Pending,
    AwaitingPayment,
    Paid,
    Packing,
    Dispatched,
    Delivered,
    Cancelled,
    Refunded,
}

/// A move that the table does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an order cannot go from {from:?} to {to:?}")]
pub struct NoSuchMove {
    pub from: OrderStatus,
    pub to: OrderStatus,
}

impl OrderStatus {
    pub const ALL: [Self; 8] = [
        Self::Pending,
        Self::AwaitingPayment,
        Self::Paid,
        Self::Packing,
        Self::Dispatched,
        Self::Delivered,
        Self::Cancelled,
        Self::Refunded,
    ];

    /// The table: from each status, where it may go.
    pub const fn next(self) -> &'static [Self] {
        match self {
            // Accepted by staff, or by money that came before them.
            Self::Pending => &[Self::Paid, Self::Packing, Self::Cancelled],
            Self::AwaitingPayment => &[Self::Paid, Self::Cancelled],
            // Called off by staff: its money goes back by a refund of its own.
            Self::Paid => &[Self::Packing, Self::Cancelled, Self::Refunded],
            Self::Packing => &[Self::Dispatched, Self::Cancelled, Self::Refunded],
            Self::Dispatched => &[Self::Delivered, Self::Packing, Self::Refunded],
            Self::Delivered => &[Self::Refunded],
            // Money that arrives late re-opens a cancelled order or is given back.
            Self::Cancelled => &[Self::Paid, Self::Refunded],
            Self::Refunded => &[],
        }
    }

    /// What staff may press; money moves an order by itself.
    pub fn staff_moves(self) -> Vec<Self> {
        let by_hand = [Self::Packing, Self::Dispatched, Self::Delivered];
        self.next().iter().copied().filter(|to| by_hand.contains(to)).collect()
    }

    /// The move, if an order in this status has it.
    pub fn go(self, to: Self) -> Result<Self, NoSuchMove> {
        if self.next().contains(&to) { Ok(to) } else { Err(NoSuchMove { from: self, to }) }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::AwaitingPayment => "awaiting_payment",
            Self::Paid => "paid",
            Self::Packing => "packing",
            Self::Dispatched => "dispatched",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// The words of `orders.payment_status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    Unpaid,
    Paid,
    Partial,
    Refunded,
}

impl PaymentState {
    pub const ALL: [Self; 4] = [Self::Unpaid, Self::Paid, Self::Partial, Self::Refunded];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::Paid => "paid",
            Self::Partial => "partial",
            Self::Refunded => "refunded",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_statuses_agrees_with_the_table() {
        let grid: Vec<String> = OrderStatus::ALL
            .into_iter()
            .map(|from| OrderStatus::ALL.into_iter().map(|to| if from.go(to).is_ok() { '#' } else { '.' }).collect())
            .collect();
        assert_eq!(
            grid,
            [
                "..##..#.", // pending
                "..#...#.", // awaiting payment
                "...#..##", // paid
                "....#.##", // packing
                "...#.#.#", // dispatched
                ".......#", // delivered
                "..#....#", // cancelled
                "........", // refunded
            ]
        );
    }

    #[test]
    fn staff_cannot_declare_an_order_paid() {
        for from in OrderStatus::ALL {
            assert!(!from.staff_moves().contains(&OrderStatus::Paid));
        }
    }

    #[test]
    fn every_status_is_read_back_from_its_word() {
        for status in OrderStatus::ALL {
            assert_eq!(OrderStatus::parse(status.as_str()), Some(status));
        }
        assert_eq!(OrderStatus::parse("shipped"), None);
    }
}
