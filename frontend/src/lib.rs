//! The browser's entry: one crate that becomes the shop's bundle or the dashboard's.
#![cfg(target_arch = "wasm32")]
#![recursion_limit = "256"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the loader (shop) or the page (dashboard) when the module is there.
#[wasm_bindgen]
pub fn hydrate() {
    #[cfg(feature = "shop")]
    {
        app::storefront::islands::keep();
        leptos::mount::hydrate_islands();
    }
    #[cfg(feature = "dash")]
    {
        console_error_panic_hook::set_once();
        if app::still::awake::is_asked() {
            app::still::awake::wake();
        } else {
            leptos::mount::hydrate_body(app::dashboard::Dashboard);
        }
    }
}
