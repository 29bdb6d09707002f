//! Africa's Talking as its clients see it: one address for text messages, and the phones that got them.

use std::{collections::HashMap, fmt::Write};

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{any, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    kenya::phone_for_people,
    phones::escape,
    recorder::Received,
    world::{Provider, Sandbox},
};

const SEND: &str = "/africastalking/version1/messaging";
/// Messages shown; the rest is counted.
const MOST: usize = 40;
/// Accounts that may say where reports go.
const MOST_ACCOUNTS: usize = 100;

/// Where accounts want to be told what became of a message, as they would type it into the provider's dashboard.
pub type SmsReports = HashMap<String, Reports>;

/// `POST /control/sms`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    username: String,
    reports_to: String,
    /// `Success`, `Failed` and so on, of every message from now on.
    status: String,
    failure_reason: Option<String>,
}

/// Sets the address for reports, and what they say.
pub async fn report_to(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    let reports = match serde_json::from_slice::<Reports>(&body) {
        Ok(reports) => reports,
        Err(error) => {
            return (StatusCode::UNPROCESSABLE_ENTITY, format!("This body says nothing of reports: {error}.\n"))
                .into_response();
        }
    };
    let mut world = sandbox.world();
    if world.sms_reports.len() >= MOST_ACCOUNTS && !world.sms_reports.contains_key(&reports.username) {
        return (StatusCode::UNPROCESSABLE_ENTITY, "Too many accounts; reset first.\n").into_response();
    }
    world.sms_reports.insert(reports.username.clone(), reports);
    StatusCode::NO_CONTENT.into_response()
}

/// Tells the account what became of a message, once and unsigned, as the real provider does.
fn report(sandbox: &Sandbox, username: &str, number: &str, message: &str) {
    let Some(reports) = sandbox.world().sms_reports.get(username).cloned() else { return };
    let mut form = format!(
        "id={message}&status={}&phoneNumber={}&networkCode=63902&retryCount=0",
        encoded(&reports.status),
        encoded(number)
    );
    if let Some(reason) = &reports.failure_reason {
        let _ = write!(form, "&failureReason={}", encoded(reason));
    }
    let sandbox = sandbox.clone();
    tokio::spawn(async move {
        let Ok(_permit) = sandbox.outgoing().acquire_owned().await else { return };
        let call = sandbox.http().post(&reports.reports_to).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        match call.body(form).send().await {
            Ok(answer) => tracing::info!(status = answer.status().as_u16(), "report taken"),
            Err(error) => tracing::warn!(error = %error.without_url(), "report lost"),
        }
    });
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut made, byte| {
        if byte.is_ascii_alphanumeric() {
            made.push(byte.into());
        } else {
            let _ = write!(made, "%{byte:02X}");
        }
        made
    })
}

pub fn routes() -> Router<Sandbox> {
    Router::new()
        .route(SEND, post(send))
        .route("/africastalking", any(nothing_here))
        .route("/africastalking/{*rest}", any(nothing_here))
}

async fn nothing_here() -> Response {
    (StatusCode::NOT_FOUND, "The requested resource could not be found.\n").into_response()
}

/// `POST …/version1/messaging`. Every key is right but those that end in `wrong`; senders that end in `WRONG` are not
/// registered; phones that end in 000 have said STOP.
async fn send(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    let key = headers.get("apikey").and_then(|key| key.to_str().ok()).unwrap_or_default();
    let username = field(&body, "username").unwrap_or_default();
    if key.is_empty() || key.ends_with("wrong") || username.is_empty() {
        return (StatusCode::UNAUTHORIZED, "The supplied authentication is invalid").into_response();
    }
    let Some(to) = field(&body, "to").filter(|to| !to.is_empty()) else {
        return (StatusCode::BAD_REQUEST, "Request is missing required form field 'to'").into_response();
    };
    if field(&body, "message").is_none_or(|text| text.is_empty()) {
        return (StatusCode::BAD_REQUEST, "Request is missing required form field 'message'").into_response();
    }
    if field(&body, "from").is_some_and(|from| from.ends_with("WRONG")) {
        let refused = json!({ "SMSMessageData": { "Message": "InvalidSenderId", "Recipients": [] } });
        return (StatusCode::CREATED, Json(refused)).into_response();
    }
    let recipients: Vec<Value> = to
        .split(',')
        .map(|number| {
            let (code, status) = if number.ends_with("000") { (406, "UserInBlacklist") } else { (101, "Success") };
            let message = format!("ATXid{:016x}", rand::random::<u64>());
            if code == 101 {
                report(&sandbox, &username, number, &message);
            }
            json!({
                "statusCode": code, "number": number, "status": status, "cost": "KES 0.8000", "messageId": message,
            })
        })
        .collect();
    let count = recipients.len();
    let answer = json!({
        "SMSMessageData": {
            "Message": format!("Sent to {count}/{count} Total Cost: KES 0.8000"), "Recipients": recipients,
        }
    });
    (StatusCode::CREATED, Json(answer)).into_response()
}

/// The section of the phones page: who got what, the newest first.
pub fn section(sandbox: &Sandbox) -> String {
    let world = sandbox.world();
    let mut html = String::from("<h2 id=sms>SMS</h2>");
    let Some(messages) = world.requests.get(&Provider::Sms).filter(|messages| !messages.is_empty()) else {
        html.push_str(
            "<div class=empty><strong>No text message yet</strong>\
             Switch SMS on in a shop's settings, order without an e-mail, and the message arrives here.</div>",
        );
        return html;
    };
    html.push_str("<ul class=past>");
    for (_, message) in messages.newest().take(MOST) {
        line(&mut html, message);
    }
    html.push_str("</ul>");
    if messages.len() > MOST {
        let _ = write!(html, "<p class=note>and {} more</p>", messages.len() - MOST);
    }
    html
}

fn line(html: &mut String, message: &Received) {
    let body = Bytes::from(message.body.as_str().unwrap_or_default().to_owned());
    let said = |name| field(&body, name).unwrap_or_default();
    let number = said("to");
    let _ = write!(
        html,
        "<li><span class=who>{to}</span><span class=sum>{time}</span><span class=how>{text}</span></li>",
        to = escape(&phone_for_people(number.trim_start_matches('+'))),
        time = escape(message.at.get(11..19).unwrap_or_default()),
        text = with_link(&said("message")),
    );
}

/// The address in a message can be followed.
fn with_link(text: &str) -> String {
    match text.find("http") {
        Some(at) => {
            let (sentence, link) = text.split_at(at);
            format!("{}<a href=\"{1}\">{1}</a>", escape(sentence), escape(link))
        }
        None => escape(text),
    }
}

/// A field of a form, decoded; none when it is not there.
fn field(body: &Bytes, name: &str) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let raw = text.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_is_written() {
        let body = Bytes::from_static(b"to=%2B254711223344&message=Habari+yako%3A+KSh+1%2C150&broken=%zz");
        assert_eq!(field(&body, "to").as_deref(), Some("+254711223344"));
        assert_eq!(field(&body, "message").as_deref(), Some("Habari yako: KSh 1,150"));
        assert_eq!(field(&body, "broken"), None);
        assert_eq!(field(&body, "from"), None);
    }
}
