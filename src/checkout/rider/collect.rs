//! What a rider does at the door: asks the buyer's phone, or takes cash.

use super::link::find_link;
use crate::{
    catalog::price_form::parse_price,
    checkout::{
        forms::PayForm,
        request_prompt::{AskedBy, ask_for},
        settle_payment::{Settled, record_end},
        take_by_hand::{ByHand, HandPayment, take_in},
    },
    ctx::Ctx,
    error::AppError,
    kernel::{access::Actor, currency::Currency, field_errors::FieldErrors, id::PaymentId, token::Token, typed::Typed},
    payments::method::PaymentMethod,
    vault::Purpose,
};

/// A prompt for what the order lacks, to the buyer's phone or the one typed. Answers with the payment to send.
pub async fn collect_by_prompt(ctx: &Ctx, link: &Token, phone: &str) -> Result<PaymentId, AppError> {
    let mut tx = ctx.tx().await?;
    let (_, order) = find_link(&mut tx, link, ctx.now()).await?;
    let token = ctx.key(&mut tx).await?.token(Purpose::Order, order.uuid());
    drop(tx);
    let form = PayForm {
        payment_method: PaymentMethod::MpesaStk.as_str().into(),
        mpesa_phone: phone.to_owned(),
        ..PayForm::default()
    };
    ask_for(ctx, &token, &form, AskedBy::Rider).await
}

/// Cash in the rider's hand.
pub async fn collect_cash(ctx: &Ctx, link: &Token, typed: &Typed) -> Result<Settled, AppError> {
    let amount = parse_price(typed.get("amount"), Currency::Kes)
        .map_err(|problem| AppError::Invalid(FieldErrors::one("amount", problem)))?;
    let given = HandPayment {
        how: ByHand::Cash,
        amount,
        brought_by: None,
        note: None,
        key: typed.get("key").chars().take(100).collect(),
    };
    // A rider has no account: the link stands for the one who made it.
    let ctx = Ctx { actor: Actor::Program, ..ctx.clone() };
    let mut tx = ctx.tx().await?;
    let (link, order) = find_link(&mut tx, link, ctx.now()).await?;
    let (order, recorded) = take_in(&ctx, &mut tx, order, &given, Some(link)).await?;
    tx.commit().await?;
    record_end(&ctx, &order, amount, recorded.settled);
    Ok(recorded.settled)
}
