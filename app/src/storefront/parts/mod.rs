//! Parts of pages: typed inputs in, markup out; they know nothing of where their inputs come from.

pub mod breadcrumbs;
pub mod by_hand;
pub mod card_payment;
pub mod delivery_note;
pub mod empty;
pub mod gallery;
pub mod narrowing;
pub mod nearest;
pub mod notice;
pub mod order_lines;
pub mod parcel_card;
pub mod pay_card;
pub mod picture;
pub mod pictured;
pub mod price;
pub mod product_card;
pub mod progress;
pub mod reach;
pub mod receipt_card;
pub mod recent;
pub mod savings;
pub mod sent_card;
pub mod totals;
pub mod variant_picker;
pub mod why_left;
