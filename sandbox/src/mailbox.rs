//! The mailbox of the phones page: what was sent to whom, and each mail as its reader sees it.

use std::fmt::Write;

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::{
    phones::{STYLE, escape},
    recorder::Received,
    world::{Provider, Sandbox},
};

/// Mails shown; the rest is counted.
const MOST: usize = 40;

/// The section of the phones page.
pub fn section(sandbox: &Sandbox) -> String {
    let world = sandbox.world();
    let mut html = String::from("<h2 id=mail>Mail</h2>");
    let Some(mails) = world.requests.get(&Provider::Mail).filter(|mails| !mails.is_empty()) else {
        html.push_str(
            "<div class=empty><strong>No mail yet</strong>\
             Ask for a new password or invite somebody, and the mail arrives here instead of at their address.</div>",
        );
        return html;
    };
    html.push_str("<ul class=past>");
    for (number, mail) in mails.newest().take(MOST) {
        let _ = write!(
            html,
            "<li><span class=who>{to}</span><span class=sum>{time}</span>\
             <span class=how><a href=\"/mails/{number}\">{subject}</a></span></li>",
            to = escape(&mail.path),
            time = escape(mail.at.get(11..19).unwrap_or_default()),
            subject = escape(subject(mail)),
        );
    }
    html.push_str("</ul>");
    if mails.len() > MOST {
        let _ = write!(html, "<p class=note>and {} more</p>", mails.len() - MOST);
    }
    html
}

/// `GET /mails/{number}`: both parts of a mail.
pub async fn mail(State(sandbox): State<Sandbox>, Path(number): Path<u64>) -> Response {
    let Some(mail) = find(&sandbox, number) else { return gone() };
    let text = mail.body.as_str().unwrap_or_default();
    let frame = if mail.html.is_some() {
        format!(
            "<iframe title=\"The mail as a page\" src=\"/mails/{number}/page\" \
             sandbox=\"allow-top-navigation-by-user-activation\"></iframe>"
        )
    } else {
        String::new()
    };
    Html(format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width,initial-scale=1\"><title>{subject} · sandbox</title>\
         <link rel=icon href=\"data:,\"><style>{STYLE}</style></head><body><main>\
         <p><a href=\"/#mail\">All mails</a></p><h1>{subject}</h1>\
         <p class=lead>To {to}, from {from}</p>{frame}<h2>As text</h2><pre class=mail>{text}</pre></main></body></html>\n",
        subject = escape(subject(&mail)),
        to = escape(&mail.path),
        from = escape(mail.headers.get("from").map_or("nobody", String::as_str)),
        text = with_links(text),
    ))
    .into_response()
}

/// `GET /mails/{number}/page`: its HTML part, shut in so that it can do nothing.
pub async fn part(State(sandbox): State<Sandbox>, Path(number): Path<u64>) -> Response {
    let Some(html) = find(&sandbox, number).and_then(|mail| mail.html) else { return gone() };
    // Links lead out of the frame.
    let html = html.replacen("<head>", "<head><base target=\"_top\">", 1);
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                  sandbox allow-top-navigation-by-user-activation";
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
}

fn find(sandbox: &Sandbox, number: u64) -> Option<Received> {
    sandbox.world().requests.get(&Provider::Mail)?.get(number).cloned()
}

fn gone() -> Response {
    (StatusCode::NOT_FOUND, "There is no such mail.\n").into_response()
}

fn subject(mail: &Received) -> &str {
    mail.headers.get("subject").map_or("(no subject)", String::as_str)
}

/// Addresses on a line of their own can be followed.
fn with_links(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for line in text.lines() {
        let is_address = (line.starts_with("http://") || line.starts_with("https://")) && !line.contains(' ');
        let safe = escape(line);
        if is_address {
            let _ = writeln!(html, "<a href=\"{safe}\">{safe}</a>");
        } else {
            let _ = writeln!(html, "{safe}");
        }
    }
    html
}
