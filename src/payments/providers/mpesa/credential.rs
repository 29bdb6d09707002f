//! An operator's password as M-Pesa takes it: encrypted for the key in the provider's certificate.

use base64::{Engine, engine::general_purpose::STANDARD};
use rsa::{PublicKey, pkcs8::DecodePublicKey};
use std::fmt;
use x509_cert::{
    Certificate as X509,
    der::{Decode, DecodePem, Encode},
};

/// The provider's certificate; sandbox and production have one each, both from the provider's portal.
#[derive(Clone)]
pub struct Certificate(PublicKey);

/// Why a file is no certificate to encrypt for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCertificate {
    #[error("it is no X.509 certificate, neither as PEM nor as DER")]
    NotACertificate,
    #[error("the key in it is no RSA key of a usual size")]
    NoRsaKey,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Certificate")
    }
}

impl Certificate {
    /// From the file that the portal gives out, as text (PEM) or as bytes (DER).
    ///
    /// # Errors
    /// When it is no certificate, or one without an RSA key.
    pub fn read(file: &[u8]) -> Result<Self, BadCertificate> {
        let certificate =
            X509::from_pem(file).or_else(|_| X509::from_der(file)).map_err(|_| BadCertificate::NotACertificate)?;
        let key = certificate.tbs_certificate.subject_public_key_info.to_der().map_err(|_| BadCertificate::NoRsaKey)?;
        Ok(Self(PublicKey::from_public_key_der(&key).map_err(|_| BadCertificate::NoRsaKey)?))
    }

    /// The value of `SecurityCredential`; another one each time. `None` when the password is too long for the key.
    pub(super) fn seal(&self, password: &str) -> Option<String> {
        Some(STANDARD.encode(self.0.pkcs1v15_encrypt(password.as_bytes()).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEM: &[u8] = include_bytes!("samples/certificate.pem");

    #[test]
    fn a_certificate_is_read_as_text_and_as_bytes() {
        let der = X509::from_pem(PEM).unwrap().to_der().unwrap();
        let (text, bytes) = (Certificate::read(PEM).unwrap(), Certificate::read(&der).unwrap());
        assert_eq!(text.0, bytes.0);
    }

    #[test]
    fn what_is_no_certificate_is_refused_and_so_is_one_without_an_rsa_key() {
        for file in [&b""[..], b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"<html>"] {
            assert_eq!(Certificate::read(file).unwrap_err(), BadCertificate::NotACertificate);
        }
        let curve = include_bytes!("samples/certificate_of_a_curve.pem");
        assert_eq!(Certificate::read(curve).unwrap_err(), BadCertificate::NoRsaKey);
    }

    #[test]
    fn a_password_is_as_long_as_the_key_once_encrypted_and_never_twice_the_same() {
        let certificate = Certificate::read(PEM).unwrap();
        let (first, second) = (certificate.seal("Safe#2026").unwrap(), certificate.seal("Safe#2026").unwrap());
        assert_ne!(first, second);
        assert_eq!(STANDARD.decode(first).unwrap().len(), 256);
        assert_eq!(certificate.seal(&"x".repeat(300)), None);
    }
}
