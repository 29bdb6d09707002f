//! A file that is sent while it is made, a part at a time.

use axum::{
    body::{Body, Bytes},
    response::{IntoResponse as _, Response},
};
use duka::{
    catalog::export::Export,
    error::AppError,
    pages::dashboard::{customers::export::CustomersFile, payments::export::PaymentsFile},
};
use http::header;
use hyper::body::Frame;
use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::mpsc;

/// Parts that wait for a slow phone.
const AHEAD: usize = 2;

/// Something that is read part by part.
pub trait InParts: Send + 'static {
    /// None when it is whole.
    fn part(&mut self) -> impl Future<Output = Result<Option<Vec<u8>>, AppError>> + Send;
}

impl InParts for Export {
    fn part(&mut self) -> impl Future<Output = Result<Option<Vec<u8>>, AppError>> + Send {
        self.next()
    }
}

impl InParts for CustomersFile {
    fn part(&mut self) -> impl Future<Output = Result<Option<Vec<u8>>, AppError>> + Send {
        self.next()
    }
}

impl InParts for PaymentsFile {
    fn part(&mut self) -> impl Future<Output = Result<Option<Vec<u8>>, AppError>> + Send {
        self.next()
    }
}

/// A table that a browser saves under this name, which is made of letters, digits, dots and dashes.
pub fn csv(name: &str, parts: impl InParts) -> Response {
    let (send, waiting) = mpsc::channel(AHEAD);
    tokio::spawn(send_all(parts, send));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, Body::new(Parts(waiting))).into_response()
}

/// Ends when the file is whole, or nobody reads on.
async fn send_all(mut file: impl InParts, send: mpsc::Sender<io::Result<Bytes>>) {
    loop {
        let part = match file.part().await {
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
