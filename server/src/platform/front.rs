//! The platform's front page.

use crate::{
    request::{asked::split_locale, is_read, plain, see_other},
    state::App,
};
use app::dashboard::{DemoShop, platform_home};
use axum::{
    extract::{Request, State},
    response::{Html, IntoResponse as _, Response},
};
use duka::tenancy::address::shop_url;
use http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};

/// The demo's shops as its own files describe them, in a few words.
const DEMO_SHOPS: [(&str, &str, &str); 2] = [
    ("mama-njeri", "Mama Njeri", "Kiondo baskets, kitenge, beadwork"),
    ("kilimani-electronics", "Kilimani Electronics", "Phones, sound, power, lights"),
];

pub async fn page(State(app): State<App>, request: Request) -> Response {
    let (locale, _) = split_locale(request.uri().path());
    let other = locale.other();
    let shops: Vec<DemoShop> = DEMO_SHOPS
        .iter()
        .filter(|_| app.is_demo)
        .map(|(slug, name, tagline)| DemoShop {
            name: (*name).to_owned(),
            url: shop_url(&app.platform.base_url, slug),
            tagline: (*tagline).to_owned(),
        })
        .collect();
    let html = platform_home(locale, &app.site.assets, &other.path("/"), &shops);
    ([(CACHE_CONTROL, "public, max-age=60")], Html(html)).into_response()
}

pub async fn robots() -> Response {
    (
        [(CONTENT_TYPE, "text/plain; charset=utf-8")],
        "User-agent: *\nDisallow: /dashboard\nDisallow: /api/\nDisallow: /sign-in\n",
    )
        .into_response()
}

/// The address of a form, looked at: a phone that has thrown the page away which answered the form asks for it so. In the
/// dashboard the page with the form stands above.
pub async fn only_a_form(request: Request) -> Response {
    let above = request.uri().path().rsplit_once('/').map(|(above, _)| above);
    match above.filter(|above| is_read(request.method()) && above.starts_with("/dashboard")) {
        Some(above) => see_other(above),
        None => plain(StatusCode::METHOD_NOT_ALLOWED, "This address is for a form.\n"),
    }
}

pub async fn no_such_page() -> Response {
    plain(StatusCode::NOT_FOUND, "There is no page at this address.\n")
}
