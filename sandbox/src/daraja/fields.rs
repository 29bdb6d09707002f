//! Reading a Daraja request as strictly as the gateway: names, types and shapes.

use axum::{
    body::Bytes,
    http::{HeaderMap, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::NaiveDateTime;
use serde_json::{Map, Value};

use super::{
    answers::{Refusal, refuse_field, refuse_overloaded},
    refuse,
};

/// Words the provider allows nowhere in an address, in any case.
pub const FORBIDDEN: [&str; 8] = ["mpesa", "m-pesa", "safaricom", "exe", "exec", "cmd", "sql", "query"];

/// Whether the provider would call this address.
pub fn is_allowed_address(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && reqwest::Url::parse(address).is_ok()
        && !FORBIDDEN.iter().any(|word| lower.contains(word))
}

/// A body's fields, taken one by one; every error is the finished refusal.
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Refuses other content types, bodies that are no object, and names that are not in `known`.
    pub fn read(headers: &HeaderMap, body: &Bytes, known: &[&str]) -> Result<Self, Refusal> {
        let json = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.trim().to_ascii_lowercase().starts_with("application/json"));
        if !json {
            // Oddly, this is what the gateway says about a wrong content type.
            return Err(refuse_field("BusinessShortCode"));
        }
        let Ok(Value::Object(map)) = serde_json::from_slice(body) else {
            return Err(refuse(400, "400.002.05", "Invalid Request Payload"));
        };
        match map.keys().find(|name| !known.contains(&name.as_str())) {
            Some(unknown) => Err(refuse_field(unknown)),
            None => Ok(Self(map)),
        }
    }

    /// A text of `1..=longest` characters.
    pub fn text(&self, name: &str, longest: usize) -> Result<String, Refusal> {
        match self.0.get(name) {
            Some(Value::String(text)) if (1..=longest).contains(&text.chars().count()) => Ok(text.clone()),
            _ => Err(refuse_field(name)),
        }
    }

    /// A text that is one of these words, exactly.
    pub fn word(&self, name: &str, words: &[&str]) -> Result<String, Refusal> {
        let text = self.text(name, 100)?;
        if words.contains(&text.as_str()) { Ok(text) } else { Err(refuse_field(name)) }
    }

    /// An address that the provider would call.
    pub fn address(&self, name: &str) -> Result<String, Refusal> {
        let address = self.text(name, 500)?;
        if is_allowed_address(&address) { Ok(address) } else { Err(refuse_field(name)) }
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }

    /// A text that may be absent, and may be empty.
    pub fn maybe_text(&self, name: &str, longest: usize) -> Result<(), Refusal> {
        match self.0.get(name) {
            None => Ok(()),
            Some(Value::String(text)) if text.chars().count() <= longest => Ok(()),
            Some(_) => Err(refuse_field(name)),
        }
    }

    /// Digits, as a number or as a text.
    pub fn digits(&self, name: &str) -> Result<String, Refusal> {
        let digits = match self.0.get(name) {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::String(text)) => text.clone(),
            _ => return Err(refuse_field(name)),
        };
        let valid = (1..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if valid { Ok(digits) } else { Err(refuse_field(name)) }
    }

    /// Five to seven digits.
    pub fn short_code(&self, name: &str) -> Result<String, Refusal> {
        let code = self.digits(name)?;
        if (5..=7).contains(&code.len()) { Ok(code) } else { Err(refuse_field(name)) }
    }

    /// `2547XXXXXXXX` or `2541XXXXXXXX` and no other spelling.
    pub fn msisdn(&self, name: &str) -> Result<String, Refusal> {
        let phone = self.digits(name)?;
        let valid = phone.len() == 12 && (phone.starts_with("2547") || phone.starts_with("2541"));
        if valid { Ok(phone) } else { Err(refuse_field(name)) }
    }

    /// Whole shillings, 1 to 250,000.
    pub fn amount(&self) -> Result<u32, Refusal> {
        self.digits("Amount")?
            .parse()
            .ok()
            .filter(|amount| (1..=250_000).contains(amount))
            .ok_or_else(|| refuse_field("Amount"))
    }

    /// Short code, timestamp, and a password that was made of both with a passkey between them.
    pub fn signed_short_code(&self) -> Result<String, Refusal> {
        let short_code = self.short_code("BusinessShortCode")?;
        let timestamp = self.text("Timestamp", 14)?;
        let is_time = timestamp.len() == 14 && NaiveDateTime::parse_from_str(&timestamp, "%Y%m%d%H%M%S").is_ok();
        if !is_time {
            return Err(refuse_field("Timestamp"));
        }
        let password = self.text("Password", 1000)?;
        let Ok(plain) = STANDARD.decode(password) else {
            return Err(refuse_field("Password"));
        };
        let passkey =
            plain.strip_prefix(short_code.as_bytes()).and_then(|rest| rest.strip_suffix(timestamp.as_bytes()));
        match passkey {
            Some(passkey) if !passkey.is_empty() => Ok(short_code),
            _ => Err(refuse_overloaded("Wrong credentials")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_the_providers_forbidden_words_are_refused_in_any_case() {
        assert!(is_allowed_address("http://localhost:3000/hooks/pay/9f1c7be2"));
        for word in FORBIDDEN {
            for address in [
                format!("https://{word}.example/hooks/pay/1"),
                format!("https://duka.example/{}/1", word.to_uppercase()),
                format!("https://duka.example/hooks?to={word}"),
            ] {
                assert!(!is_allowed_address(&address), "{address}");
            }
        }
        assert!(!is_allowed_address("ftp://duka.example/hooks"));
        assert!(!is_allowed_address("duka.example/hooks"));
    }
}
