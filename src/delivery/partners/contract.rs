//! What every delivery partner promises: agents, a fee, a booking that is one however often it is asked for, a status.

use super::pickup_mtaani::{Account, PickupMtaani};
use crate::kernel::{money::Money, phone::Phone};
use std::fmt;

/// Where parcels are handed in and picked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The partner's own number of it.
    pub number: i64,
    pub name: String,
    /// The building or street.
    pub location: String,
    pub area: String,
}

/// A parcel that is to be booked. Has no `Debug`: names and phones are nothing for logs.
pub struct Booking {
    /// Ours, one for each parcel: asked for twice under it, it is one parcel.
    pub key: String,
    /// It may have been asked for before: the partner is looked through first.
    pub is_again: bool,
    /// Where the buyer picks it up; none at a desk.
    pub agent: Option<i64>,
    /// What the goods are worth.
    pub value: Money,
    pub name: String,
    pub phone: Phone,
    /// What a person was given at a desk; empty when the partner gives the code.
    pub typed_code: String,
}

/// A parcel that the partner has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The partner's own number; none at a desk.
    pub number: Option<i64>,
    /// What a buyer names it by; never empty.
    pub code: String,
    /// What the partner takes; none where it does not say.
    pub cost: Option<Money>,
    pub state: ParcelState,
    /// The partner's own word for it.
    pub word: String,
}

/// Where a parcel is. It only moves on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParcelState {
    /// The partner expects it.
    Booked,
    OnTheWay,
    Delivered,
    /// It goes nowhere.
    Cancelled,
}

impl ParcelState {
    /// The word of `delivery_orders.status`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "accepted",
            Self::OnTheWay => "in_transit",
            Self::Delivered => "delivered",
            Self::Cancelled => "failed",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Booked, Self::OnTheWay, Self::Delivered, Self::Cancelled].into_iter().find(|one| one.as_str() == word)
    }
}

/// Why a partner did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing has happened; the same question may be answered later.
    NotReached(String),
    /// The question was heard and its answer was lost: it may have been done.
    Lost,
    /// The partner does not take the key.
    NotAccepted,
    /// The partner says no, in its own words.
    Refused(String),
    /// There is no such thing there.
    NotKnown,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReached(why) => write!(f, "the partner was not reached: {why}"),
            Self::Lost => f.write_str("the partner's answer was lost"),
            Self::NotAccepted => f.write_str("the partner does not take the key"),
            // Its words may name a buyer.
            Self::Refused(_) => f.write_str("the partner refused"),
            Self::NotKnown => f.write_str("the partner knows no such thing"),
        }
    }
}

/// A parcel whose status is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub number: Option<i64>,
    /// Where it was when it was last heard of.
    pub last: ParcelState,
}

/// A merchant's way to send parcels.
#[derive(Clone, Debug)]
pub enum Partner {
    PickupMtaani {
        client: PickupMtaani,
        account: Account,
    },
    /// A rider, bus or courier that a person speaks to; that person says what became of it.
    Manual,
}

impl Partner {
    /// Everybody who takes parcels for it; nobody where a person brings them. Asks many questions: for a job, not a page.
    pub async fn agents(&self) -> Result<Vec<Agent>, Fault> {
        match self {
            Self::PickupMtaani { client, account } => client.agents(account).await,
            Self::Manual => Ok(Vec::new()),
        }
    }

    /// What a parcel to an agent costs; none where the merchant's own areas say what is charged.
    pub async fn fee(&self, agent: i64) -> Result<Option<Money>, Fault> {
        match self {
            Self::PickupMtaani { client, account } => client.fee(account, agent).await.map(Some),
            Self::Manual => Ok(None),
        }
    }

    /// Gives the parcel to the partner, once for a key.
    pub async fn book(&self, booking: &Booking) -> Result<Booked, Fault> {
        match self {
            Self::PickupMtaani { client, account } => client.book(account, booking).await,
            Self::Manual => match booking.typed_code.trim() {
                "" => Err(Fault::Refused("no code".to_owned())),
                code => Ok(Booked {
                    number: None,
                    code: code.to_owned(),
                    cost: None,
                    state: ParcelState::Booked,
                    word: ParcelState::Booked.as_str().to_owned(),
                }),
            },
        }
    }

    /// Where a parcel is. Of one that a person brings it is what a person said last.
    pub async fn status(&self, parcel: Known) -> Result<Booked, Fault> {
        match (self, parcel.number) {
            (Self::PickupMtaani { client, account }, Some(number)) => client.status(account, number).await,
            (Self::PickupMtaani { .. }, None) => Err(Fault::NotKnown),
            (Self::Manual, _) => Ok(Booked {
                number: None,
                code: String::new(),
                cost: None,
                state: parcel.last,
                word: parcel.last.as_str().to_owned(),
            }),
        }
    }
}
