//! Why somebody came back from the checkout without an order: one tap, once for every cart, counted, with words beside it if
//! they like.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{id::StoreId, token::Token},
};

/// What can be tapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyLeft {
    DeliveryCost,
    PaymentFailure,
    PriceSensitivity,
    Other,
}

impl WhyLeft {
    pub const ALL: [Self; 4] = [Self::DeliveryCost, Self::PaymentFailure, Self::PriceSensitivity, Self::Other];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DeliveryCost => "delivery_cost",
            Self::PaymentFailure => "payment_failure",
            Self::PriceSensitivity => "price_sensitivity",
            Self::Other => "other",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == text)
    }
}

/// Characters that are kept of what is written beside a reason.
pub const LONGEST_WORDS: usize = 200;

/// What somebody wrote beside their reason, cut where it is too long: nobody is asked a second time.
fn in_words(typed: &str) -> Option<String> {
    let seen = typed.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    let words: String = seen.skip_while(|sign| sign.is_whitespace()).take(LONGEST_WORDS).collect();
    let words = words.trim_end();
    (!words.is_empty()).then(|| words.to_owned())
}

/// Counts the reason of the open cart that `cart` opens; the first one said stays. A cart that is over counts nothing.
pub async fn say_why(ctx: &Ctx, store: StoreId, cart: &Token, why: WhyLeft, typed: &str) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "insert into checkout_abandonment_reasons (tenant_id, cart_id, reason, note)
         select c.tenant_id, c.id, $4, $6::text
         from carts c
         where c.tenant_id = $1
           and c.cart_token = $2
           and c.store_id = $3
           and c.status = 'open'
           and c.expires_at > $5
         on conflict (tenant_id, cart_id) do nothing",
        tx.tenant(),
        cart.hash_hex(),
        store.uuid(),
        why.as_str(),
        ctx.now(),
        in_words(typed)
    )
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_tapped_is_read() {
        for why in WhyLeft::ALL {
            assert_eq!(WhyLeft::parse(why.as_str()), Some(why));
        }
        assert_eq!(WhyLeft::parse("none"), None);
    }

    #[test]
    fn what_is_written_is_kept_short_and_plain() {
        assert_eq!(in_words(" \n "), None);
        assert_eq!(in_words(" Too\r\nfar \u{7}").as_deref(), Some("Too  far"));
        assert_eq!(in_words(&"x".repeat(300)).map(|words| words.len()), Some(LONGEST_WORDS));
    }
}
