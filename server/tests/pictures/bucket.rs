//! Pictures in a bucket: the setting leads to a server that speaks S3's words, and nothing else changes.

use crate::{samples::png, world::World};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse as _, Response},
    routing::get,
};
use duka::catalog::media::{MediaStore, NotStored};
use http::{StatusCode, header};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

/// What was put, by bucket and key.
type Shelf = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

async fn put(State(shelf): State<Shelf>, Path(key): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    // Signed by whoever holds the key.
    let signed =
        headers.get(header::AUTHORIZATION).is_some_and(|line| line.to_str().unwrap().contains("Credential=ours/"));
    if !signed {
        return StatusCode::FORBIDDEN.into_response();
    }
    shelf.lock().unwrap().insert(key, body.to_vec());
    [(header::ETAG, "\"1\"")].into_response()
}

async fn read(State(shelf): State<Shelf>, Path(key): Path<String>) -> Response {
    match shelf.lock().unwrap().get(&key) {
        Some(body) => {
            let headers = [(header::ETAG, "\"1\""), (header::LAST_MODIFIED, "Mon, 10 Aug 2026 12:00:00 GMT")];
            (headers, body.clone()).into_response()
        }
        None => (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response(),
    }
}

async fn bucket() -> (Shelf, Vec<(String, String)>) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let shelf = Shelf::default();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/{*key}", get(read).put(put)).with_state(shelf.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let settings = [
        ("AWS_ENDPOINT", format!("http://{address}")),
        ("AWS_ALLOW_HTTP", "true".to_owned()),
        ("AWS_REGION", "af-south-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", "ours".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "secret".to_owned()),
        ("HOME", "/nowhere".to_owned()),
    ];
    (shelf, settings.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

#[tokio::test]
async fn a_picture_lies_in_the_bucket_under_its_prefix_and_is_read_from_there() {
    let (shelf, settings) = bucket().await;
    let media = MediaStore::open_with("s3://pictures/duka/prod", settings).unwrap();
    let tenant = duka::kernel::id::TenantId::mint();
    let stored = media.put_picture(tenant, png(800, 400, 1)).await.unwrap();
    let keys: Vec<String> = shelf.lock().unwrap().keys().cloned().collect();
    let place = format!("pictures/duka/prod/{}", stored.key);
    assert_eq!(keys, ["-360.webp", "-540.webp", "-720.webp", ".json"].map(|ending| format!("{place}{ending}")));

    let file = media.get(&format!("{}-360.webp", stored.key)).await.unwrap().unwrap();
    assert_eq!((file.content_type, &file.bytes[8..12]), ("image/webp", b"WEBP".as_slice()));
    assert!(media.get(&format!("{}-1080.webp", stored.key)).await.unwrap().is_none(), "never drawn larger");
    // The same bytes are known by their card, and nothing is written again.
    shelf.lock().unwrap().remove(&format!("{place}-720.webp"));
    assert_eq!(media.put_picture(tenant, png(800, 400, 1)).await.unwrap(), stored);
    assert_eq!(shelf.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn the_shop_shows_what_lies_in_the_bucket() {
    let (shelf, settings) = bucket().await;
    let mut world = World::new().await;
    world.app.media = MediaStore::open_with("s3://pictures", settings).unwrap();
    world.router = server::router::router(world.app.clone());
    let who = crate::sending::staff(&world).await;
    let added = crate::sending::add(&world, &who, &[("a.png", png(400, 400, 1))]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let url = crate::sending::rows(&world, "select url from product_images").await;
    let shown = world.get(crate::world::NJERI, &format!("{}-360.webp", url[0])).await;
    assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/webp"));
    assert_eq!(shelf.lock().unwrap().len(), 2);
    assert!(crate::sending::stored(&world).is_empty(), "nothing lies on the disk");
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_is_a_fault_of_ours_and_hangs_nothing() {
    let (_, mut settings) = bucket().await;
    settings.iter_mut().filter(|(name, _)| name == "AWS_ACCESS_KEY_ID").for_each(|(_, key)| *key = "stolen".to_owned());
    let media = MediaStore::open_with("s3://pictures", settings).unwrap();
    let refused = media.put_picture(duka::kernel::id::TenantId::mint(), png(40, 40, 1)).await;
    assert!(matches!(refused, Err(NotStored::Store(_))), "{refused:?}");
    for wrong in ["ftp://somewhere", "pictures", ""] {
        assert!(MediaStore::open_with(wrong, Vec::new()).is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn a_bucket_that_is_unwell_is_asked_three_times_and_not_for_minutes() {
    let (_, mut settings) = bucket().await;
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let unwell = Router::new().fallback(move || {
        let counted = counted.clone();
        async move {
            counted.fetch_add(1, Ordering::SeqCst);
            StatusCode::SERVICE_UNAVAILABLE
        }
    });
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, unwell).await });
    settings
        .iter_mut()
        .filter(|(name, _)| name == "AWS_ENDPOINT")
        .for_each(|(_, at)| *at = format!("http://{address}"));
    let media = MediaStore::open_with("s3://pictures", settings).unwrap();
    let key = format!("media/{}/{}-360.webp", duka::kernel::id::TenantId::mint(), "0".repeat(32));
    assert!(media.get(&key).await.is_err());
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}
