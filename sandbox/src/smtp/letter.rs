//! A mail taken apart, so that people and tests read words and not its transport.

use std::{borrow::Cow, collections::BTreeMap};

use mail_parser::MessageParser;
use serde_json::Value;

use crate::{kenya, recorder::Received};

/// Headers shown per mail.
const MOST_HEADERS: usize = 100;

/// What was sent, decoded.
pub struct Letter {
    headers: BTreeMap<String, String>,
    plain: String,
    html: Option<String>,
}

impl Letter {
    /// Anything can be read; what is no mail is shown as text.
    pub fn read(bytes: &[u8]) -> Self {
        let Some(message) = MessageParser::default().parse(bytes) else {
            let plain = String::from_utf8_lossy(bytes).into_owned();
            return Self { headers: BTreeMap::new(), plain, html: None };
        };
        let mut headers = BTreeMap::new();
        for (name, value) in message.headers_raw().take(MOST_HEADERS) {
            headers
                .entry(name.to_ascii_lowercase())
                .and_modify(|before: &mut String| {
                    before.push_str(", ");
                    before.push_str(value.trim());
                })
                .or_insert_with(|| unfolded(value));
        }
        if let Some(subject) = message.subject() {
            headers.insert("subject".to_owned(), subject.to_owned());
        }
        Self {
            headers,
            plain: message.body_text(0).map(Cow::into_owned).unwrap_or_default(),
            html: message.html_part(0).and(message.body_html(0)).map(Cow::into_owned),
        }
    }

    /// As one recipient received it.
    pub fn received(&self, recipient: &str) -> Received {
        Received {
            at: kenya::now().to_rfc3339(),
            method: "SMTP".to_owned(),
            path: recipient.to_owned(),
            query: None,
            headers: self.headers.clone(),
            body: Value::String(self.plain.clone()),
            html: self.html.clone(),
        }
    }
}

/// A header on one line.
fn unfolded(value: &str) -> String {
    value.split(['\r', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
