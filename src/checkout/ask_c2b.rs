//! M-Pesa asks whether it may take money for a paybill account: judged before it moves.
//!
//! The question is kept as it came, with what was answered. Who answers late or not at all lets the money come: it
//! lands in the inbox, and nothing is lost by our being slow.

use super::{
    land_c2b::belongs_to,
    payable_orders::list_payable,
    read_callback::close_callback,
    receive_callback::{Call, Heard, Kept, keep},
};
use crate::{
    ctx::{Ctx, Platform},
    error::AppError,
    kernel::{access::Actor, id::MpesaAccountId, token::Token},
    payments::{
        matching::{Judgement, PaidIn, judge, named_numbers},
        providers::mpesa::{NotificationKind, read_notification},
    },
};
use std::sync::Arc;

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Judged(Judgement),
    /// The number it is paid to is none of this account's.
    WrongShortCode,
    /// Nobody gave this address out.
    UnknownToken,
}

/// Keeps the question and judges it.
pub async fn ask_c2b(platform: &Arc<Platform>, token: &Token, body: &[u8], source_ip: &str) -> Result<Asked, AppError> {
    let Some(kept) = keep(platform, &Heard::now(platform, Call::C2bValidation, token, body, source_ip)).await? else {
        return Ok(Asked::UnknownToken);
    };
    let ctx = Ctx::new(platform.clone(), kept.tenant, Actor::Program);
    let (asked, outcome) = decide(&ctx, &kept, body).await?;
    let is_welcome = matches!(asked, Asked::Judged(Judgement::Welcome));
    close_callback(&ctx, kept.callback, None, outcome, is_welcome).await?;
    Ok(asked)
}

async fn decide(ctx: &Ctx, kept: &Kept, body: &[u8]) -> Result<(Asked, &'static str), AppError> {
    // What cannot be read may still be somebody's money.
    let Ok(notice) = read_notification(body) else { return Ok((Asked::Judged(Judgement::Welcome), "malformed")) };
    let mut tx = ctx.tx().await?;
    if !belongs_to(&mut tx, MpesaAccountId::from(kept.subject), &notice.short_code).await? {
        return Ok((Asked::WrongShortCode, "wrong_short_code"));
    }
    if notice.kind == NotificationKind::BuyGoods {
        return Ok((Asked::Judged(Judgement::Welcome), Judgement::Welcome.as_str()));
    }
    let typed = notice.account.as_deref().unwrap_or_default();
    let orders = list_payable(&mut tx, &named_numbers(typed)).await?;
    let paid = PaidIn {
        typed,
        amount_cents: notice.amount.minor(),
        payer: notice.paid_by.number.as_ref(),
        name: notice.paid_by.name.as_deref().unwrap_or_default(),
        known: None,
        at: ctx.now(),
    };
    let judgement = judge(&paid, &orders);
    Ok((Asked::Judged(judgement), judgement.as_str()))
}
