//! The built site: bundles, styles and public files, in a folder whose name is its content's.

use crate::request::plain;
use axum::{
    body::Body,
    extract::{Path, Request, State},
    response::{IntoResponse as _, Response},
};
use http::{
    HeaderValue, StatusCode, Uri,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use serde::Deserialize;
use std::path::{Path as FilePath, PathBuf};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

/// Under this prefix a browser may keep what it got for ever.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Which build's files pages name, and where they lie.
#[derive(Clone, Debug)]
pub struct Site {
    /// `/s/<build>`.
    pub assets: String,
    build: String,
    folder: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Card {
    build: String,
}

impl Site {
    /// Reads `site.json` of a built site. Without one, pages come without style and script.
    pub fn open(folder: Option<&FilePath>) -> anyhow::Result<Self> {
        let Some(folder) = folder else {
            tracing::warn!("DUKA_SITE_DIR is not set: pages have neither style nor script until the site is built");
            return Ok(Self { assets: "/s/none".to_owned(), build: "none".to_owned(), folder: None });
        };
        let card = folder.join("site.json");
        let build = match std::fs::read(&card) {
            Ok(text) => {
                serde_json::from_slice::<Card>(&text)
                    .map_err(|fault| anyhow::anyhow!("{}: {fault}", card.display()))?
                    .build
            }
            Err(_) if folder.is_dir() => "dev".to_owned(),
            Err(fault) => anyhow::bail!("DUKA_SITE_DIR is {}, which cannot be read: {fault}", folder.display()),
        };
        Ok(Self { assets: format!("/s/{build}"), build, folder: Some(folder.to_owned()) })
    }

    /// Lets pages carry the styles of this build; one that has them only as a whole is linked.
    pub fn dress_pages(&self) {
        if let Some(folder) = &self.folder {
            app::storefront::remember_sheets(&self.assets, |file| std::fs::read_to_string(folder.join(file)).ok());
        }
    }

    /// The folder of a build: this one, or an older one beside it that open pages still ask for.
    fn folder_of(&self, build: &str) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        if build == self.build {
            return Some(folder.clone());
        }
        let is_name = build.len() == 16 && build.bytes().all(|b| b.is_ascii_hexdigit());
        let beside = folder.parent()?.join(build);
        (is_name && beside.join("site.json").is_file()).then_some(beside)
    }
}

/// `/s/{build}/{file}`, compressed as it lies.
pub async fn asset(
    State(app): State<crate::state::App>,
    Path((build, file)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (Some(folder), Ok(uri)) =
        (app.site.folder_of(&build), Uri::try_from(format!("/{}", file.trim_start_matches('/'))))
    else {
        return plain(StatusCode::NOT_FOUND, "There is no such file.\n");
    };
    serve(&folder, uri, request).await
}

/// `/favicon.ico`, which browsers ask for without being told.
pub async fn favicon(State(app): State<crate::state::App>, request: Request) -> Response {
    match &app.site.folder {
        Some(folder) => serve(folder, Uri::from_static("/favicon.png"), request).await,
        None => plain(StatusCode::NOT_FOUND, "There is no such file.\n"),
    }
}

/// `/worker.js`, which keeps pages on a shopper's phone. It looks after the folder that it comes from, so it does not lie
/// with the build's files; and a browser asks whether there is another one.
pub async fn worker(State(app): State<crate::state::App>, request: Request) -> Response {
    let Some(folder) = &app.site.folder else { return plain(StatusCode::NOT_FOUND, "There is no such file.\n") };
    let mut answer = serve(folder, Uri::from_static("/worker.js"), request).await;
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer
}

async fn serve(folder: &FilePath, uri: Uri, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    parts.uri = uri;
    let files = ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    let Ok(answer) = files.oneshot(Request::from_parts(parts, Body::empty())).await;
    let mut answer = answer.into_response();
    if answer.status() == StatusCode::NOT_FOUND {
        return plain(StatusCode::NOT_FOUND, "There is no such file.\n");
    }
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, FOR_EVER);
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if (kind.starts_with("text/") || kind == "image/svg+xml")
        && !kind.contains("charset")
        && let Ok(with_charset) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(CONTENT_TYPE, with_charset);
    }
    answer
}
