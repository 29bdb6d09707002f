//! Words of the first day: signing up, the checklist, the shop that is not open yet, own domains, first goods.

mod en;
mod sw;

use duka::kernel::locale::Locale;

/// One step of the checklist: what it is, why, what its link says.
pub struct StepWords {
    pub name: &'static str,
    pub text: &'static str,
    pub link: &'static str,
}

/// Every word and sentence, so that a language with a gap does not compile.
pub struct StartWords {
    // Signing up.
    pub sign_up: &'static str,
    pub sign_up_title: &'static str,
    pub sign_up_lead: &'static str,
    pub business: &'static str,
    pub owner: &'static str,
    pub phone: &'static str,
    pub phone_hint: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub password_hint: &'static str,
    pub slug: &'static str,
    pub slug_hint: &'static str,
    pub create: &'static str,
    pub check_address: &'static str,
    pub has_account: &'static str,
    pub address_is_free: fn(&str) -> String,
    pub address_like: fn(&str) -> String,
    pub not_created: &'static str,
    pub too_many: fn(u32) -> String,
    // The shop before it opens.
    pub opens_soon: &'static str,
    pub opens_soon_text: &'static str,
    /// The same where there is no number to ask at.
    pub opens_soon_quietly: &'static str,
    pub ask_us: &'static str,
    pub paused: &'static str,
    pub paused_text: &'static str,
    pub preview: &'static str,
    pub preview_no_order: &'static str,
    pub preview_no_order_text: &'static str,
    pub back_to_cart: &'static str,
    pub not_open: &'static str,
    // The checklist.
    pub start_title: &'static str,
    pub start_lead: &'static str,
    /// Product, picture, delivery, M-Pesa.
    pub steps: [StepWords; 4],
    pub done: &'static str,
    pub to_do: &'static str,
    pub good_to_have: &'static str,
    pub open_title: &'static str,
    pub open_text: &'static str,
    pub open: &'static str,
    pub not_opened: &'static str,
    pub is_open: &'static str,
    pub is_open_text: &'static str,
    pub see_shop: &'static str,
    pub close: &'static str,
    pub close_text: &'static str,
    pub preview_link: &'static str,
    pub preview_link_text: &'static str,
    pub only_owner_opens: &'static str,
    // A new product.
    pub product_title: &'static str,
    pub product_lead: &'static str,
    pub product_name: &'static str,
    pub price: &'static str,
    pub pieces: &'static str,
    pub pieces_hint: &'static str,
    pub description: &'static str,
    pub picture: &'static str,
    pub picture_hint: &'static str,
    pub put_on_shelf: &'static str,
    pub product_added: &'static str,
    pub another: &'static str,
    pub back_to_list: &'static str,
    // Delivery.
    pub delivery_title: &'static str,
    pub delivery_lead: &'static str,
    pub area: &'static str,
    pub area_hint: &'static str,
    pub fee: &'static str,
    pub fee_hint: &'static str,
    pub minutes: &'static str,
    pub minutes_hint: &'static str,
    pub default_area: &'static str,
    pub is_default: &'static str,
    pub free_delivery: &'static str,
    pub within: fn(i32) -> String,
    pub within_a_day: &'static str,
    pub add_area: &'static str,
    pub new_area: &'static str,
    pub no_areas: &'static str,
    pub change: &'static str,
    pub remove: &'static str,
    pub remove_area_text: &'static str,
    // Addresses.
    pub domains_title: &'static str,
    pub domains_lead: &'static str,
    pub shop_address: &'static str,
    pub move_shop: &'static str,
    pub move_text: &'static str,
    pub own_domain: &'static str,
    pub own_domains: &'static str,
    pub own_domain_hint: &'static str,
    pub add_domain: &'static str,
    pub proof_text: &'static str,
    pub record_name: &'static str,
    pub record_value: &'static str,
    pub file_text: fn(&str) -> String,
    pub check_domain: &'static str,
    pub proved: &'static str,
    pub not_proved: &'static str,
    pub proof_not_there: &'static str,
    pub domain_taken: &'static str,
    pub is_primary: &'static str,
    pub make_primary: &'static str,
    pub point_text: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static StartWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}
