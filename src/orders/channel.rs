//! Where an order came from.

use serde::{Deserialize, Serialize};

/// The words of `orders.channel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The shop's own pages.
    Web,
    /// A chat with the program.
    Whatsapp,
    /// Somebody called, and staff wrote it down.
    Phone,
    /// Somebody stood at the stall.
    Market,
    /// Somebody wrote to staff.
    Chat,
}

impl Channel {
    pub const ALL: [Self; 5] = [Self::Web, Self::Whatsapp, Self::Phone, Self::Market, Self::Chat];
    /// What staff may say of an order that they enter.
    pub const BY_STAFF: [Self; 3] = [Self::Phone, Self::Market, Self::Chat];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Whatsapp => "whatsapp",
            Self::Phone => "phone",
            Self::Market => "market",
            Self::Chat => "chat",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text)
    }
    /// Reads what staff chose; the shop's own channels are not theirs to claim.
    pub fn parse_by_staff(text: &str) -> Option<Self> {
        Self::parse(text).filter(|channel| Self::BY_STAFF.contains(channel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_cannot_say_that_an_order_came_by_itself() {
        let claimed: Vec<_> =
            Channel::ALL.into_iter().filter_map(|one| Channel::parse_by_staff(one.as_str())).collect();
        assert_eq!(claimed, Channel::BY_STAFF);
        assert_eq!(Channel::parse_by_staff("shop"), None);
    }
}
