//! Safaricom's Daraja: prompts on the shopper's phone, money paid by hand, questions, reversals, and its callbacks.

#[cfg(feature = "ssr")]
mod answers;
#[cfg(feature = "ssr")]
mod client;
#[cfg(feature = "ssr")]
mod credential;
#[cfg(feature = "ssr")]
mod found;
#[cfg(feature = "ssr")]
mod notification;
#[cfg(feature = "ssr")]
mod operator;
pub mod operator_outcome;
pub mod outcome;
#[cfg(feature = "ssr")]
mod pace;
#[cfg(feature = "ssr")]
mod paid_by;
#[cfg(feature = "ssr")]
mod pull;
#[cfg(feature = "ssr")]
mod register;
#[cfg(feature = "ssr")]
mod result;
#[cfg(feature = "ssr")]
mod token;
#[cfg(feature = "ssr")]
mod transport;
#[cfg(feature = "ssr")]
mod wire;

#[cfg(feature = "ssr")]
pub use answers::{AskRefused, PushAccepted, PushRefused, QueryAnswer, QueryFailed};
#[cfg(feature = "ssr")]
pub use client::{AccountKind, Credentials, PushRequest};
#[cfg(feature = "ssr")]
pub use credential::{BadCertificate, Certificate};
#[cfg(feature = "ssr")]
pub use found::{AccountBalance, TransactionFound, TransactionState};
#[cfg(feature = "ssr")]
pub use notification::{Notification, NotificationKind, ValidationRefusal, read_notification, validation_answer};
#[cfg(feature = "ssr")]
pub use operator::{AskAccepted, AskHooks, Initiator, Sought};
#[cfg(feature = "ssr")]
pub use paid_by::{PaidBy, PayerNumber};
#[cfg(feature = "ssr")]
pub use pull::{PULL_PAGE, PULL_WINDOW, PulledPage, PulledTransaction, read_list};
#[cfg(feature = "ssr")]
pub use register::{NotificationHooks, Registered};
#[cfg(feature = "ssr")]
pub use result::{ProviderResult, read_result};
#[cfg(feature = "ssr")]
pub use transport::{Daraja, DarajaSettings, PullMethod};
#[cfg(feature = "ssr")]
pub use wire::{MalformedCallback, StkCallback, read_stk_callback};
