//! Those who carry messages that are no mails.

pub mod africastalking;
