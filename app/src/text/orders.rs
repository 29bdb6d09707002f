//! Words of the merchant's orders: the list, moving many, notes and tags, calling off, slips and picking lists.

mod en;
mod sw;

use duka::kernel::{locale::Locale, money::Money, order_number::OrderNumber};
use duka::orders::{channel::Channel, status::OrderStatus};

/// Every word and sentence, so that a language with a gap does not compile.
pub struct OrdersWords {
    // The list.
    pub search_hint: &'static str,
    pub found: fn(u32) -> String,
    /// Counted no further.
    pub found_many: fn(u32) -> String,
    pub none: &'static str,
    pub none_text: &'static str,
    pub none_here: &'static str,
    pub order: &'static str,
    pub customer: &'static str,
    pub area: &'static str,
    pub payment: &'static str,
    pub placed: &'static str,
    pub more_filters: &'static str,
    pub paid: &'static str,
    pub channel: &'static str,
    pub channels: fn(Channel) -> &'static str,
    pub from_day: &'static str,
    pub to_day: &'static str,
    pub tag: &'static str,
    pub any: &'static str,
    pub show: &'static str,
    pub notes_count: fn(u32) -> String,
    pub news: &'static str,
    pub show_news: &'static str,
    pub enter_order: &'static str,
    // Moving many.
    pub choose: fn(OrderNumber) -> String,
    pub with_chosen: &'static str,
    pub move_to: fn(OrderStatus) -> &'static str,
    pub print_slips: &'static str,
    pub print_picking: &'static str,
    pub moved_title: fn(usize, usize) -> String,
    pub moved: fn(OrderStatus) -> String,
    pub there: fn(OrderStatus) -> String,
    pub not_paid: &'static str,
    pub gone: &'static str,
    pub unknown_order: &'static str,
    pub nothing_chosen: &'static str,
    pub too_many: &'static str,
    pub unreadable: &'static str,
    // Notes and tags.
    pub notes_title: fn(OrderNumber) -> String,
    pub notes: &'static str,
    pub no_notes: &'static str,
    pub notes_lead: &'static str,
    pub new_note: &'static str,
    pub write: &'static str,
    pub tags: &'static str,
    pub tags_hint: &'static str,
    pub too_many_notes: &'static str,
    pub too_many_tags: &'static str,
    pub tag_too_long: &'static str,
    // Calling off.
    pub cancel_title: fn(OrderNumber) -> String,
    pub cancel_lead: &'static str,
    /// Whoever has its parcel, and under which code.
    pub parcel_elsewhere: fn(&str, &str) -> String,
    pub cannot_cancel: fn(OrderStatus) -> &'static str,
    pub owner_only: &'static str,
    pub goods_return: &'static str,
    pub goods_title: &'static str,
    pub pieces: fn(u32, &str) -> String,
    pub reason: &'static str,
    pub reason_hint: &'static str,
    pub reason_hint_money: &'static str,
    pub goes_back: fn(&Money) -> String,
    pub nothing_goes_back: &'static str,
    pub cancel: &'static str,
    pub cancel_and_refund: fn(&Money) -> String,
    pub cancel_moved: &'static str,
    pub restock_wrong: &'static str,
    // Paper.
    pub slips_title: &'static str,
    pub picking_title: &'static str,
    pub print_text: &'static str,
    pub slip_of: fn(OrderNumber) -> String,
    pub collect: fn(&Money) -> String,
    pub nothing_to_collect: &'static str,
    pub for_orders: fn(&str) -> String,
    pub pieces_in_all: fn(u32) -> String,
    pub nothing_to_print: &'static str,
    pub back_to_list: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static OrdersWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}
