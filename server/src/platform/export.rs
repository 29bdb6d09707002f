//! Everything a shop sells as one file, sent while it is read.

use crate::doors::Inside;
use axum::{
    body::{Body, Bytes},
    response::{IntoResponse as _, Response},
};
use duka::catalog::export::{Export, PictureNames, export};
use http::header;
use hyper::body::Frame;
use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::mpsc;

/// Parts that wait for a slow phone.
const AHEAD: usize = 2;

pub async fn download(inside: Inside) -> Response {
    let names = PictureNames::Addresses(inside.ctx.platform.base_url.clone());
    let export = match export(&inside.ctx, inside.member.store, names).await {
        Ok(export) => export,
        Err(error) => return inside.refuse(error),
    };
    let (send, parts) = mpsc::channel(AHEAD);
    tokio::spawn(send_all(export, send));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"products.csv\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    (headers, Body::new(Parts(parts))).into_response()
}

/// Ends when the file is whole, or nobody reads on.
async fn send_all(mut export: Export, send: mpsc::Sender<io::Result<Bytes>>) {
    loop {
        let part = match export.next().await {
            Ok(Some(part)) => Ok(part.into()),
            Ok(None) => return,
            // A cut connection tells a browser that the file is not whole; it was logged where it broke.
            Err(fault) => Err(io::Error::other(fault.to_string())),
        };
        let is_over = part.is_err();
        if send.send(part).await.is_err() || is_over {
            return;
        }
    }
}

/// Parts as they come.
struct Parts(mpsc::Receiver<io::Result<Bytes>>);

impl hyper::body::Body for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(cx).map(|part| part.map(|part| part.map(Frame::data)))
    }
}
