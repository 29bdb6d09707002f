//! The shop's sign as PNG, for home screens: drawn once, kept for ever under an address that changes with it.

use super::faults;
use crate::{
    cache::stored::is_known,
    request::{asked::Asked, plain, see_other},
    state::App,
};
use app::storefront;
use axum::{
    body::Bytes,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use duka::{catalog::media::IconForm, pages::storefront::frame};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, ETAG},
};

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// `/icons/{sign}/192.png` and the like. An address of a sign that the shop has no more leads to the one it has.
pub async fn icon(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    Path((sign, file)): Path<(String, String)>,
) -> Response {
    let Some(form) = IconForm::parse(&file) else { return plain(StatusCode::NOT_FOUND, "There is no such icon.\n") };
    let store = asked.shop.store;
    if let Some(icon) = app.icons.get(store, &sign, form) {
        return hand_out(&headers, &sign, form, icon);
    }
    let frame = match frame::load(&asked.ctx, &asked.visit(&app, "/")).await {
        Ok(frame) => frame,
        Err(fault) => return faults::bare(&app, asked.locale, fault),
    };
    let address = storefront::icon_address(&frame, form);
    if address != format!("/icons/{sign}/{file}") {
        return see_other(&address);
    }
    match app.media.draw_icon(storefront::sign(&frame), form).await {
        Ok(icon) => {
            let icon = Bytes::from(icon);
            app.icons.keep(store, sign.clone(), form, icon.clone());
            hand_out(&headers, &sign, form, icon)
        }
        Err(fault) => {
            tracing::warn!(error.message = %fault, "an icon could not be drawn");
            plain(StatusCode::SERVICE_UNAVAILABLE, "The icon cannot be drawn now.\n")
        }
    }
}

fn hand_out(asked: &HeaderMap, sign: &str, form: IconForm, icon: Bytes) -> Response {
    // Letters, digits and strokes; a name that is none would only be asked for again.
    let etag =
        HeaderValue::from_str(&format!("\"{sign}-{}\"", form.file())).unwrap_or(HeaderValue::from_static("\"\""));
    let mut answer = if is_known(asked, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, "image/png")], icon).into_response()
    };
    answer.headers_mut().insert(CACHE_CONTROL, FOR_EVER);
    answer.headers_mut().insert(ETAG, etag);
    answer
}
