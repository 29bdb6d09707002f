//! Words of dispatch on the dashboard: the board, what was not booked, one order's tries, what a rider has, fees against cost.

mod en;
mod sw;

use super::cash::Labels;
use duka::delivery::parcel::{Failure, ParcelStatus};
use duka::kernel::{locale::Locale, money::Money, order_number::OrderNumber};
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::deliveries::board::BoardState;

/// The words of one language.
pub struct DispatchWords {
    // The board.
    pub title: &'static str,
    pub states: &'static str,
    pub state: fn(BoardState) -> &'static str,
    pub areas: &'static str,
    pub all_areas: &'static str,
    pub no_area: &'static str,
    pub none: fn(BoardState) -> &'static str,
    pub collect: fn(&Money) -> String,
    pub paid: &'static str,
    pub collected: &'static str,
    pub try_of: fn(i32, &str) -> String,
    pub give_chosen: &'static str,
    pub give_chosen_text: &'static str,
    pub given_title: fn(usize, usize) -> String,
    pub given: &'static str,
    pub changed: &'static str,
    pub not_now: &'static str,
    pub see_stops: &'static str,
    // What was not booked.
    /// How many, as it is written: `1`, `12`, `100+`.
    pub not_booked: fn(&str) -> String,
    pub not_booked_title: &'static str,
    pub not_booked_lead: &'static str,
    pub not_booked_none: &'static str,
    // Giving.
    pub labels: Labels,
    pub somebody_new: &'static str,
    pub name_hint: &'static str,
    pub cost_hint: &'static str,
    pub give: &'static str,
    // One order.
    pub order_title: fn(OrderNumber) -> String,
    pub stands: fn(OrderStatus) -> Option<&'static str>,
    pub fee: fn(&Money) -> String,
    pub collected_text: &'static str,
    pub by_courier: &'static str,
    pub with_rider: fn(&str) -> String,
    pub link: &'static str,
    pub link_hint: &'static str,
    pub link_until: fn(&str) -> String,
    pub no_link: &'static str,
    pub locked: &'static str,
    pub send: &'static str,
    pub call: &'static str,
    /// To the rider: number, area, the address.
    pub message: fn(OrderNumber, &str, &str) -> String,
    pub new_link: &'static str,
    pub new_link_text: &'static str,
    pub failed_title: &'static str,
    pub failed_press: &'static str,
    pub failure_labels: Labels,
    pub failure: fn(Failure) -> &'static str,
    pub again_title: &'static str,
    pub again_text: &'static str,
    pub back_title: &'static str,
    pub back_text: &'static str,
    pub back: &'static str,
    pub is_back: &'static str,
    pub call_off: &'static str,
    pub tries: &'static str,
    pub no_tries: &'static str,
    pub attempt: fn(i32) -> String,
    pub parcel: fn(ParcelStatus) -> &'static str,
    pub cost: fn(&Money) -> String,
    // What a rider has.
    pub stops_of: fn(&str) -> String,
    pub stops_lead: &'static str,
    pub no_stops: &'static str,
    pub send_all: &'static str,
    pub hello: fn(&str) -> String,
    pub open_link: &'static str,
    pub too_old: &'static str,
    pub to_board: &'static str,
    // Figures.
    pub figures: &'static str,
    pub figures_lead: &'static str,
    pub figures_none: &'static str,
    pub by_area: &'static str,
    pub by_order: &'static str,
    pub area: &'static str,
    pub orders: &'static str,
    pub order: &'static str,
    pub failed: &'static str,
    pub tried: &'static str,
    pub charged: &'static str,
    /// Riders and partners alike.
    pub you_paid: &'static str,
    pub left: &'static str,
}

pub const fn words(locale: Locale) -> &'static DispatchWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}
