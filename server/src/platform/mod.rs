//! The platform's own addresses: what Duka is, signing in, the dashboard, and the doors that providers knock on.

mod client;
mod dashboard;
mod front;
mod hooks;
mod pictures;
mod session;
mod sign_in;

use crate::{site, state::App};
use axum::{
    Router,
    extract::Request,
    middleware,
    routing::{MethodRouter, any, get, post},
};

/// The table of addresses. Only what is behind `session::enter` reads cookies.
pub fn routes(app: App) -> Router {
    let members = Router::new()
        .route("/dashboard", get(dashboard::page))
        .route("/dashboard/{*rest}", get(dashboard::page))
        .route("/api/{*function}", server_functions())
        .route("/media/{tenant}/{file}", get(pictures::picture))
        .layer(middleware::from_fn_with_state(app.clone(), session::enter));
    Router::new()
        .route("/", get(front::page))
        .route("/sw", get(front::page))
        .route("/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/hooks/pay/{token}", post(hooks::pay))
        .route("/s/{build}/{*file}", get(site::asset))
        .route("/favicon.ico", get(site::favicon))
        .route("/robots.txt", get(front::robots))
        .merge(members)
        .fallback(front::no_such_page)
        .with_state(app)
}

/// The typed calls of pages that are awake. What they may do is decided inside each.
pub fn server_functions() -> MethodRouter<App> {
    any(async |request: Request| leptos_axum::handle_server_fns(request).await)
}
