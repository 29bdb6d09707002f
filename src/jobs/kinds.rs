//! Every job's payload: ids only.

use crate::kernel::id::{
    AccountTestId, BookingId, CallbackId, CategoryId, CustomerId, DeliveryPartnerId, ImportRunId, MailId,
    MpesaAccountId, OrderId, PaymentId, QuestionId, RefundId,
};
use serde::Serialize;
use uuid::Uuid;

/// An order given to the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Send the prompt of a payment that was written down.
    RequestPrompt(PaymentId),
    /// Read a stored callback and settle its payment.
    SettleCallback(CallbackId),
    /// Ask the provider what became of a prompt.
    CheckPayment(PaymentId),
    /// Ask the card provider what became of a page.
    CheckCard(PaymentId),
    /// Give an unpaid order's goods back when its time is over.
    ExpireOrder(OrderId),
    /// Send a mail that was written down.
    SendMail(MailId),
    /// Ask the provider what became of a try of an M-Pesa account.
    CheckAccountTest(AccountTestId),
    /// Put a question to the provider, or put it again.
    AskProvider(QuestionId),
    /// Write the search words of a category's products anew.
    RenewCategory(CategoryId),
    /// Try or bring in an uploaded file of products, from where it is.
    RunImport(ImportRunId),
    /// Remove an uploaded file whose time is over.
    ForgetImport(ImportRunId),
    /// Read the provider's list of what came to an account of late.
    PullMoney(MpesaAccountId),
    /// Give a refund to the provider.
    SendRefund(RefundId),
    /// Ask the provider what became of a refund.
    CheckRefund(RefundId),
    /// Take a person's data away who asked for it, unless something of theirs is open.
    EraseCustomer(CustomerId),
    /// Read a delivery partner's agents, and what a parcel to each costs.
    RefreshPartner(DeliveryPartnerId),
    /// Give a parcel to a delivery partner.
    BookParcel(BookingId),
    /// Ask the delivery partner where a parcel is.
    FollowParcel(BookingId),
}

/// What stands in the queue beside the tenant.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Body {
    subject: Uuid,
}

impl Job {
    /// What the queue calls it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::RequestPrompt(_) => "request_prompt",
            Self::SettleCallback(_) => "settle_callback",
            Self::CheckPayment(_) => "check_payment",
            Self::CheckCard(_) => "check_card",
            Self::ExpireOrder(_) => "expire_order",
            Self::SendMail(_) => "send_mail",
            Self::CheckAccountTest(_) => "check_account_test",
            Self::AskProvider(_) => "ask_provider",
            Self::RenewCategory(_) => "renew_category",
            Self::RunImport(_) => "run_import",
            Self::ForgetImport(_) => "forget_import",
            Self::PullMoney(_) => "pull_money",
            Self::SendRefund(_) => "send_refund",
            Self::CheckRefund(_) => "check_refund",
            Self::EraseCustomer(_) => "erase_customer",
            Self::RefreshPartner(_) => "refresh_partner",
            Self::BookParcel(_) => "book_parcel",
            Self::FollowParcel(_) => "follow_parcel",
        }
    }
    pub fn body(self) -> Body {
        Body { subject: self.subject() }
    }
    /// What it is about.
    pub fn subject(self) -> Uuid {
        match self {
            Self::RequestPrompt(id) | Self::CheckPayment(id) | Self::CheckCard(id) => id.uuid(),
            Self::SettleCallback(id) => id.uuid(),
            Self::ExpireOrder(id) => id.uuid(),
            Self::SendMail(id) => id.uuid(),
            Self::CheckAccountTest(id) => id.uuid(),
            Self::AskProvider(id) => id.uuid(),
            Self::RenewCategory(id) => id.uuid(),
            Self::RunImport(id) | Self::ForgetImport(id) => id.uuid(),
            Self::PullMoney(id) => id.uuid(),
            Self::SendRefund(id) | Self::CheckRefund(id) => id.uuid(),
            Self::EraseCustomer(id) => id.uuid(),
            Self::RefreshPartner(id) => id.uuid(),
            Self::BookParcel(id) | Self::FollowParcel(id) => id.uuid(),
        }
    }
}
