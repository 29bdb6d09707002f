//! The provider's signature on its events: HMAC-SHA512 over the bytes as they came, with the merchant's secret key.

use crate::kernel::token::hex;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;

pub const SIGNATURE_HEADER: &str = "x-paystack-signature";

fn mac(secret_key: &str, body: &[u8]) -> Hmac<Sha512> {
    let mut mac = Hmac::<Sha512>::new_from_slice(secret_key.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(body);
    mac
}

/// 128 lower-case hexadecimal digits.
pub fn sign(secret_key: &str, body: &[u8]) -> String {
    hex(&mac(secret_key, body).finalize().into_bytes())
}

/// Compared in constant time. An empty key signs nothing.
pub fn is_signed(secret_key: &str, body: &[u8], signature: &str) -> bool {
    let Some(claimed) = bytes_of(signature) else { return false };
    !secret_key.is_empty() && mac(secret_key, body).verify_slice(&claimed).is_ok()
}

fn bytes_of(signature: &str) -> Option<[u8; 64]> {
    let digits = signature.trim();
    if digits.len() != 128 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0u8; 64];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_provider_and_we_agree_on_a_known_body() {
        // `printf '%s' '{"event":"charge.success"}' | openssl dgst -sha512 -hmac sk_test_known`
        let signed = include_str!("samples/signature_known.txt").trim();
        let body = include_str!("samples/signature_known_body.json").trim();
        assert_eq!(sign("sk_test_known", body.as_bytes()), signed);
        assert!(is_signed("sk_test_known", body.as_bytes(), signed));
    }

    #[test]
    fn another_key_another_byte_or_another_spelling_is_no_signature() {
        let body = br#"{"event":"charge.success","data":{"amount":145000}}"#;
        let good = sign("sk_test_a", body);
        assert!(is_signed("sk_test_a", body, &good));
        assert!(!is_signed("sk_test_b", body, &good));
        assert!(!is_signed("sk_test_a", br#"{"event": "charge.success","data":{"amount":145000}}"#, &good));
        assert!(!is_signed("", body, &sign("", body)), "an account without a key is signed for by nobody");
        for wrong in ["", "zz", &good[1..], &format!("{good}00"), &"g".repeat(128), &"é".repeat(64)] {
            assert!(!is_signed("sk_test_a", body, wrong), "{wrong}");
        }
    }
}
