//! Sends files as a browser's form does, and asks what came of it.

use crate::{
    merchant::{Member, member},
    world::{Answer, PLATFORM, World},
};
use axum::{body::Body, http::Request};
use duka::kernel::access::Role;
use http::header;

/// A name and what is in the file.
pub type Sent<'a> = (&'a str, Vec<u8>);

/// Somebody of the first merchant's team who may put up pictures.
pub async fn staff(world: &World) -> Member<'_> {
    member(world, &world.njeri, Role::Staff).await
}

pub fn address(world: &World) -> String {
    format!("/dashboard/products/{}/pictures", world.njeri.product)
}

pub fn form(field: &str, files: &[Sent<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--cut--\r\n");
    body
}

pub async fn upload(world: &World, who: &Member<'_>, path: &str, accept: &str, body: Vec<u8>) -> Answer {
    let request = Request::post(path)
        .header(header::HOST, PLATFORM)
        .header(header::ORIGIN, format!("http://{PLATFORM}"))
        .header(header::COOKIE, format!("duka_session={}", who.browser.cookie("duka_session").unwrap()))
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
    world.send(request.body(Body::from(body)).unwrap()).await
}

/// As the plain form on the product's page.
pub async fn add(world: &World, who: &Member<'_>, files: &[Sent<'_>]) -> Answer {
    upload(world, who, &address(world), "text/html", form("pictures", files)).await
}

/// As the script does: one file, and an answer to read.
pub async fn add_awake(world: &World, who: &Member<'_>, name: &str, file: Vec<u8>) -> String {
    let answer = upload(world, who, &address(world), "application/json", form("pictures", &[(name, file)])).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    answer.text()
}

/// How many pictures there are, of anybody.
pub async fn count(world: &World) -> i64 {
    world.count("select count(*) from product_images").await
}

/// Every file of the first merchant in the media store, by name.
pub fn stored(world: &World) -> Vec<(String, Vec<u8>)> {
    let folder = world.media_dir.join("media").join(world.njeri.tenant.to_string());
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = files
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// One line of text per row.
pub async fn rows(world: &World, statement: &str) -> Vec<String> {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement.to_owned())).fetch_all(&mut everything).await.unwrap()
}
