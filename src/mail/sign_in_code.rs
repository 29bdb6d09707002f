//! The code by which a shopper comes in: six digits made of a row's token, so that they stand nowhere, and who gets them.

use super::{
    letter::{About, Person, To},
    order::Found,
};
use crate::{
    ctx::Platform,
    db::TenantTx,
    error::AppError,
    kernel::{email::Email, phone::Phone, token::Token},
    vault::Purpose,
};
use std::fmt;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

const LENGTH: usize = 6;

/// Six digits. Prints none of them.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInCode(String);

impl SignInCode {
    /// The code of a token: always the same.
    pub fn of(token: &Token) -> Self {
        let number = token.hex().get(..12).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0);
        Self(format!("{:06}", number % 1_000_000))
    }

    /// The digits of a typed code, however they are parted; none when it is no code at all.
    pub fn read(typed: &str) -> Option<Self> {
        let bare: String =
            typed.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '.')).take(20).collect();
        (bare.len() == LENGTH && bare.bytes().all(|digit| digit.is_ascii_digit())).then_some(Self(bare))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares in the same time whichever digits differ.
    pub fn is(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl fmt::Debug for SignInCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInCode(•••)")
    }
}

/// None when nobody is let in by it, it was used or is over, or the order's e-mail is not the only one that the shop
/// knows of that phone: anybody may order with another's number and an address of their own.
pub(super) async fn find(platform: &Platform, tx: &mut TenantTx, code: Uuid) -> Result<Found, AppError> {
    let row = sqlx::query!(
        r#"select c.phone, o.customer_email, coalesce(o.customer_name, '') as "name!", s.name as shop, k.channel
           from shopper_codes k
           join customers c on c.tenant_id = $1 and c.id = k.customer_id
           join orders o on o.tenant_id = $1 and o.id = k.order_id
           join stores s on s.tenant_id = $1 and s.id = o.store_id
           where k.tenant_id = $1
             and k.id = $2
             and k.used_at is null
             and k.expires_at > $3
             and (k.channel = 'sms' or (
                     select count(distinct e.customer_email) = 1 and bool_and(coalesce(e.customer_email, '') <> '')
                     from orders e
                     where e.tenant_id = $1
                       and (e.customer_id = c.id or e.customer_phone = c.phone)
                 ))"#,
        tx.tenant(),
        code,
        platform.clock.now()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let reach = if row.channel == "sms" {
        row.phone.as_deref().and_then(Phone::parse).map(To::Sms)
    } else {
        row.customer_email.as_deref().and_then(Email::parse).map(To::Mail)
    };
    let Some(reach) = reach else { return Ok(None) };
    let digits = SignInCode::of(&platform.vault.key(tx).await?.token(Purpose::ShopperCode, code));
    Ok(Some((About::SignInCode(Person { name: row.name, shop: row.shop }, digits), reach)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_token_is_always_the_same_six_digits() {
        assert_eq!(SignInCode::of(&Token::from_bytes([0; 32])).as_str(), "000000");
        let one = SignInCode::of(&Token::from_bytes([7; 32]));
        assert_eq!(one.as_str(), format!("{:06}", 0x0707_0707_0707_u64 % 1_000_000));
        assert!(one.is(&SignInCode::of(&Token::from_bytes([7; 32]))));
        assert!(!one.is(&SignInCode::of(&Token::from_bytes([8; 32]))));
        assert_eq!(format!("{one:?}"), "SignInCode(•••)");
    }

    #[test]
    fn a_typed_code_is_read_however_it_is_parted() {
        for typed in ["123456", " 123 456 ", "123-456"] {
            assert_eq!(SignInCode::read(typed).as_ref().map(SignInCode::as_str), Some("123456"), "{typed}");
        }
        for typed in ["", "12345", "1234567", "12345x", "١٢٣٤٥٦"] {
            assert_eq!(SignInCode::read(typed), None, "{typed}");
        }
    }
}
