//! What a person said about being written to, per channel and purpose; what stands now is read off what was said.

use serde::{Deserialize, Serialize};

/// How a person can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Mail,
    Sms,
    Whatsapp,
}

impl Channel {
    pub const ALL: [Self; 3] = [Self::Mail, Self::Sms, Self::Whatsapp];
    /// The word in `customer_consents.channel`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
            Self::Whatsapp => "whatsapp",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == word)
    }
}

/// What they are written to about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Their own orders.
    Service,
    /// Anything else.
    Marketing,
}

impl Purpose {
    pub const ALL: [Self; 2] = [Self::Service, Self::Marketing];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Marketing => "marketing",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == word)
    }
}

/// Where they said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Checkout,
    Phone,
    Counter,
    Chat,
    /// They answered a message with STOP.
    Stop,
}

impl Source {
    /// What a member of the team can have heard.
    pub const HEARD: [Self; 3] = [Self::Phone, Self::Counter, Self::Chat];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Checkout => "checkout",
            Self::Phone => "phone",
            Self::Counter => "counter",
            Self::Chat => "chat",
            Self::Stop => "stop",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Checkout, Self::Phone, Self::Counter, Self::Chat, Self::Stop]
            .into_iter()
            .find(|source| source.as_str() == word)
    }
}

/// What counts now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// They never said anything.
    #[default]
    Unsaid,
    Given,
    Withdrawn,
}

impl Standing {
    /// May they be written to? About their own orders by mail and SMS until they say no, since they asked for the goods;
    /// everything else only after they said yes.
    pub const fn allows(self, channel: Channel, purpose: Purpose) -> bool {
        match (self, purpose, channel) {
            (Self::Given, _, _) | (Self::Unsaid, Purpose::Service, Channel::Mail | Channel::Sms) => true,
            (Self::Withdrawn | Self::Unsaid, _, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_advertising_who_did_not_ask_for_it() {
        for channel in Channel::ALL {
            assert!(!Standing::Unsaid.allows(channel, Purpose::Marketing));
            assert!(Standing::Given.allows(channel, Purpose::Marketing));
            for purpose in Purpose::ALL {
                assert!(!Standing::Withdrawn.allows(channel, purpose), "{channel:?}: a withdrawal wins");
            }
        }
    }

    #[test]
    fn an_orders_news_go_by_mail_and_sms_until_somebody_says_no_and_by_whatsapp_once_they_say_yes() {
        let may = Channel::ALL.map(|channel| Standing::Unsaid.allows(channel, Purpose::Service));
        assert_eq!(may, [true, true, false]);
    }
}
