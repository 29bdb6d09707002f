//! Everything a shop sells as one file.

use super::download;
use crate::doors::Inside;
use axum::response::Response;
use duka::catalog::export::{PictureNames, export};

pub async fn download(inside: Inside) -> Response {
    let names = PictureNames::Addresses(inside.ctx.platform.base_url.clone());
    match export(&inside.ctx, inside.member.store, names).await {
        Ok(export) => download::csv("products.csv", export),
        Err(error) => inside.refuse(error),
    }
}
