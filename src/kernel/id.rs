//! One kind of id per thing, so that no order can be taken for a payment.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Reads what a form, an address or a data attribute carries.
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(Self)
            }
        }
        #[cfg(feature = "ssr")]
        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::try_parse(text).map(Self)
            }
        }
        ground!($name);
    )+};
}

macro_rules! ground {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        #[cfg(feature = "ssr")]
        impl $name {
            /// A new id; version 7, so that ids sort by the time they were made.
            #[expect(clippy::disallowed_methods, reason = "the one place where ids are made")]
            pub fn mint() -> Self {
                Self(Uuid::now_v7())
            }
            /// The raw value, for binding to a statement.
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }
        /// From a row of the database.
        #[cfg(feature = "ssr")]
        impl From<Uuid> for $name {
            fn from(raw: Uuid) -> Self {
                Self(raw)
            }
        }
    };
}

ids! {
    /// A picture of a product.
    ImageId,
    AccountTokenId,
    AccountTestId,
    DomainId,
    InviteId,
    MailId,
    /// One file of products brought in.
    ImportRunId,
    /// A merchant's account with the card provider.
    CardAccountId,
    /// A line of a shopper's cart.
    CartItemId,
    CartId,
    /// Money given back, or to be given back.
    RefundId,
    /// A parcel on its way, one for each try.
    ParcelId,
    /// Somebody who brings the shop's parcels.
    RiderId,
    /// A link by which a rider collects an order's money.
    RiderLinkId,
    /// One movement of received money from a place to another.
    TransferId,
    /// Something the provider was asked whose answer comes later.
    QuestionId,
    CategoryId,
    CallbackId,
    /// A receipt on which the provider's list and our payments do not agree.
    CloseGapId,
    /// A place a customer had something brought to.
    CustomerAddressId,
    CustomerGroupId,
    CustomerId,
    /// Somebody who carries parcels for the merchant.
    DeliveryPartnerId,
    DeliveryQuoteId,
    EventId,
    MpesaAccountId,
    /// A line of the stock ledger.
    MovementId,
    OrderId,
    OrderItemId,
    OrderNoteId,
    /// A try to give an order's parcel to a partner.
    BookingId,
    /// A page or post that a merchant wrote.
    PageId,
    /// A picture of a page or post.
    PagePictureId,
    /// Where a partner's parcels are picked up.
    PartnerAgentId,
    PaymentId,
    PriceRuleCodeId,
    PriceRuleId,
    ProductId,
    SessionId,
    /// A code that a shopper asked for.
    ShopperCodeId,
    /// A browser in which a shopper is signed in.
    ShopperSessionId,
    /// A merchant's account with the provider of text messages.
    SmsAccountId,
    /// A count of what is in the house.
    StockCountId,
    /// A day's check or alert of the stock.
    StockRoundId,
    StoreId,
    UserId,
    VariantId,
    ZoneId,
}

/// A merchant's account. It comes from the host name or the session and from nowhere else,
/// so it cannot be read from a body, a form or a query string.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TenantId(Uuid);
ground!(TenantId);
