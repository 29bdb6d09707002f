//! Where one attempt to pay stands, and the moves that exist.

use serde::{Deserialize, Serialize};

/// The words of `payments.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    /// Written down; the provider has not been called.
    Initiated,
    /// The prompt was sent, or may have been: the answer decides.
    Pending,
    Succeeded,
    Failed,
}

impl PaymentStatus {
    pub const ALL: [Self; 4] = [Self::Initiated, Self::Pending, Self::Succeeded, Self::Failed];

    /// The table. A failure can still become a success, because late money is real money;
    /// a success is final.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Initiated => &[Self::Pending, Self::Succeeded, Self::Failed],
            Self::Pending => &[Self::Succeeded, Self::Failed],
            Self::Failed => &[Self::Succeeded],
            Self::Succeeded => &[],
        }
    }
    pub fn may_become(self, to: Self) -> bool {
        self.next().contains(&to)
    }
    /// It may still be answered.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Initiated | Self::Pending)
    }
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Initiated => "initiated",
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn success_beats_failure_in_any_order_and_nothing_beats_success() {
        let grid: Vec<String> = PaymentStatus::ALL
            .into_iter()
            .map(|from| PaymentStatus::ALL.into_iter().map(|to| if from.may_become(to) { '#' } else { '.' }).collect())
            .collect();
        assert_eq!(grid, [".###", "..##", "....", "..#."]);
    }
}
