//! What a mail or a text message says.

/// A closed list; the row in `subject_id` is named beside each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailKind {
    /// A new merchant's first mail. A user.
    Welcome,
    /// A link to choose a new password. An account token.
    ResetPassword,
    /// A link that proves a new e-mail. An account token.
    ChangeEmail,
    /// To the old address: the e-mail is another now. A user.
    EmailChanged,
    /// The password is another now. A user.
    PasswordChanged,
    /// The second factor was switched on or off. A user.
    SecondFactorChanged,
    /// A link to join the team. An invite.
    Invite,
    /// What newly runs out. A round of the stock.
    LowStock,
    /// To a buyer: nobody paid or accepted it in time, so the order was closed. An order.
    OrderExpired,
    /// To a buyer: the order is paid, here is its receipt. An order; its row knows the address.
    OrderPaid,
    /// To a buyer: money is going back. A refund.
    RefundAsked,
    /// To a buyer: money has gone back. A refund.
    RefundSent,
    /// To a buyer: the order has been placed, and waits for the shop or for money. An order.
    OrderPlaced,
    /// To a buyer: it is on its way. An order; for another try, the delivery that failed before it.
    OrderOnItsWay,
    /// To a buyer: it was brought. An order.
    OrderDelivered,
    /// To a buyer: the shop has called it off, and nobody had paid. An order.
    OrderCancelled,
    /// To a buyer: somebody else carries it, under this code. A delivery.
    ParcelBooked,
    /// To a buyer: it could not be handed over, and what comes next. A delivery.
    DeliveryFailed,
    /// To a shopper who asked to come in: the code. A shopper's code.
    SignInCode,
}

impl MailKind {
    pub const ALL: [Self; 19] = [
        Self::Welcome,
        Self::ResetPassword,
        Self::ChangeEmail,
        Self::EmailChanged,
        Self::PasswordChanged,
        Self::SecondFactorChanged,
        Self::Invite,
        Self::LowStock,
        Self::OrderExpired,
        Self::OrderPaid,
        Self::RefundAsked,
        Self::RefundSent,
        Self::OrderPlaced,
        Self::OrderOnItsWay,
        Self::OrderDelivered,
        Self::OrderCancelled,
        Self::ParcelBooked,
        Self::DeliveryFailed,
        Self::SignInCode,
    ];

    /// The word in `mails.kind`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::ResetPassword => "reset_password",
            Self::ChangeEmail => "change_email",
            Self::EmailChanged => "email_changed",
            Self::PasswordChanged => "password_changed",
            Self::SecondFactorChanged => "second_factor_changed",
            Self::Invite => "invite",
            Self::LowStock => "low_stock",
            Self::OrderExpired => "order_expired",
            Self::OrderPaid => "order_paid",
            Self::RefundAsked => "refund_asked",
            Self::RefundSent => "refund_sent",
            Self::OrderPlaced => "order_placed",
            Self::OrderOnItsWay => "order_on_its_way",
            Self::OrderDelivered => "order_delivered",
            Self::OrderCancelled => "order_cancelled",
            Self::ParcelBooked => "parcel_booked",
            Self::DeliveryFailed => "delivery_failed",
            Self::SignInCode => "sign_in_code",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
