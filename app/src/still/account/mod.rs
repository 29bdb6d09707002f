//! One's own account: who I am, how I sign in, where I am signed in.

mod confirm;
mod email;
mod password;
mod profile;
mod second_factor;
mod sessions;

pub use confirm::confirm_page;
pub use email::email_page;
pub use password::password_page;
pub use profile::profile_page;
pub use second_factor::{Picture, codes_page, second_factor_page};
pub use sessions::sessions_page;

use crate::dashboard::address;
use crate::text::{account, still};
use duka::kernel::locale::Locale;
use leptos::prelude::*;

/// Addresses below the account page.
pub const PASSWORD: &str = "/dashboard/account/password";
pub const EMAIL: &str = "/dashboard/account/email";
pub const SECOND_FACTOR: &str = "/dashboard/account/second-factor";
pub const SESSIONS: &str = "/dashboard/account/sessions";

/// The way back to the account page, above everything below it.
fn back(locale: Locale) -> impl IntoView {
    let (words, still) = (account::words(locale), still::words(locale));
    view! { <p class="back"><a href=address::ACCOUNT aria-label=format!("{}: {}", still.back, words.account)>"← "{words.account}</a></p> }
}
