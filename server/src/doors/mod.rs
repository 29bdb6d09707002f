//! The registry of the platform's doors: every page, form and server function with who may open it.
//!
//! The router is made of this list, so an address without an entry does not exist; `access.table` shows the list as it
//! behaves. The verbs behind ask again: a door only keeps people from reading what they could not do.

mod guard;
mod inside;
mod posted;

pub use inside::Inside;
pub use posted::Posted;

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
        let keeper = from_fn_with_state((self.app.clone(), who), guard::keep);
        self.router = self.router.route(path, on(filter, handler).layer(keeper));
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
