//! The registry of the platform's doors: every page, form and server function with who may open it.
//!
//! The router is made of this list, so an address without an entry does not exist; `access.table` shows the list as it
//! behaves. The verbs behind ask again: a door only keeps people from reading what they could not do.

mod brought;
mod guard;
mod inside;
mod named;
mod nonce;
mod posted;

pub use brought::{Brought, Part};
pub use inside::Inside;
pub use named::Named;
pub use nonce::Nonce;
pub use posted::{Posted, PostedPairs, Pressed, only, to_the_end};

use crate::state::App;
use axum::{
    Router,
    handler::Handler,
    middleware::from_fn_with_state,
    routing::{MethodFilter, on},
};
use duka::kernel::access::Permission;
use http::Method;

/// Who may open a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody, signed in or not.
    Anybody,
    /// Anybody on a shop's host; what they hold (a cart's cookie, an order's token) decides what they see.
    Shopper,
    /// A provider, who shows the token in the address.
    Provider,
    /// A member of the team who may do this.
    Member(Permission),
    /// The same, with a password given in the last minutes: credentials, money, second factor, ownership.
    Sure(Permission),
}

/// One door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
}

/// The server functions, which the frame gives their addresses: each asks for its permission itself, because pages
/// call it without passing a door. A test compares this list with what there is.
pub const SERVER_FUNCTIONS: &[(&str, Who)] = &[
    ("/api/dash/order", Who::Member(Permission::SeeDashboard)),
    ("/api/dash/order/move", Who::Member(Permission::MoveOrders)),
    ("/api/dash/product/price", Who::Member(Permission::EditPrices)),
    ("/api/dash/product/stock", Who::Member(Permission::AdjustStock)),
    ("/api/dash/products", Who::Member(Permission::SeeDashboard)),
    ("/api/dash/today", Who::Member(Permission::SeeDashboard)),
    ("/api/shop/payment-progress", Who::Shopper),
];

/// Doors with what is behind them.
#[derive(Debug)]
pub struct Doors {
    app: App,
    router: Router<App>,
    list: Vec<Door>,
}

impl Doors {
    pub fn new(app: App) -> Self {
        Self { app, router: Router::new(), list: Vec::new() }
    }

    /// A page.
    #[must_use]
    pub fn page<H, T>(self, path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.door(Method::GET, MethodFilter::GET, path, who, handler)
    }

    /// What a form is sent to.
    #[must_use]
    pub fn form<H, T>(self, path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.door(Method::POST, MethodFilter::POST, path, who, handler)
    }

    fn door<H, T>(mut self, method: Method, filter: MethodFilter, path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let behind = on(filter, handler);
        let behind = match who {
            Who::Anybody | Who::Shopper | Who::Provider => behind,
            Who::Member(_) | Who::Sure(_) => behind.layer(from_fn_with_state((self.app.clone(), who), guard::keep)),
        };
        self.router = self.router.route(path, behind);
        self.list.push(Door { method, path, who });
        self
    }

    /// The table of addresses.
    pub fn into_router(self) -> Router<App> {
        self.router
    }

    /// What there is, in the order it was written down.
    pub fn list(&self) -> &[Door] {
        &self.list
    }
}
