//! What a person said about being written to, written down; and what stands now.

use super::consent::{Channel, Purpose, Source, Standing};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::{CustomerId, UserId},
        phone::Phone,
        typed::Typed,
    },
};
use serde_json::json;

/// The fields of the form.
pub const FIELDS: [&str; 4] = ["channel", "purpose", "said", "source"];

/// What stands now; the newest word counts, and of two at one moment the withdrawal.
pub async fn standing(
    tx: &mut TenantTx,
    customer: CustomerId,
    channel: Channel,
    purpose: Purpose,
) -> Result<Standing, DbError> {
    let newest = sqlx::query_scalar!(
        "select is_given
         from customer_consents
         where tenant_id = $1
           and customer_id = $2
           and channel = $3
           and purpose = $4
         order by recorded_at desc, is_given
         limit 1",
        tx.tenant(),
        customer.uuid(),
        channel.as_str(),
        purpose.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(match newest {
        None => Standing::Unsaid,
        Some(true) => Standing::Given,
        Some(false) => Standing::Withdrawn,
    })
}

/// Writes down what somebody of the team heard. What stands already is not written again.
pub async fn record(ctx: &Ctx, customer: CustomerId, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditCustomers)?;
    let mut errors = FieldErrors::none();
    typed.expect_only(&FIELDS, &mut errors);
    let channel = errors.expect("channel", Channel::parse(typed.get("channel")).ok_or(FieldProblem::UnknownChoice));
    let purpose = errors.expect("purpose", Purpose::parse(typed.get("purpose")).ok_or(FieldProblem::UnknownChoice));
    let is_given = errors.expect(
        "said",
        match typed.get("said") {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(FieldProblem::UnknownChoice),
        },
    );
    let heard = Source::parse(typed.get("source")).filter(|source| Source::HEARD.contains(source));
    let source = errors.expect("source", heard.ok_or(FieldProblem::UnknownChoice));
    let (Some(channel), Some(purpose), Some(is_given), Some(source)) = (channel, purpose, is_given, source) else {
        return Err(AppError::Invalid(errors));
    };
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let mut tx = ctx.tx().await?;
    lock(&mut tx, customer).await?;
    let wanted = if is_given { Standing::Given } else { Standing::Withdrawn };
    if standing(&mut tx, customer, channel, purpose).await? == wanted {
        return Ok(());
    }
    write(ctx, &mut tx, customer, channel, purpose, is_given, source).await?;
    if (channel, purpose) == (Channel::Whatsapp, Purpose::Service) {
        note_whatsapp(ctx, &mut tx, customer, is_given).await?;
    }
    let details = json!({
        "channel": channel.as_str(), "purpose": purpose.as_str(), "is_given": is_given, "source": source.as_str(),
    });
    tx.audit(ctx.actor, "consent_recorded", "customers", customer.uuid(), details).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody told the provider of text messages to stop: a no to everything by SMS, which the provider would refuse from
/// now on anyway. Written once; a number that is nobody's says nothing.
pub async fn note_stop(ctx: &Ctx, phone: &Phone) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let found = sqlx::query_scalar!(
        "select id
         from customers
         where tenant_id = $1
           and phone = $2
         for no key update",
        tx.tenant(),
        phone.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(customer) = found.map(CustomerId::from) else { return Ok(()) };
    for purpose in Purpose::ALL {
        if standing(&mut tx, customer, Channel::Sms, purpose).await? != Standing::Withdrawn {
            write(ctx, &mut tx, customer, Channel::Sms, purpose, false, Source::Stop).await?;
            let details = json!({ "channel": "sms", "purpose": purpose.as_str(), "is_given": false, "source": "stop" });
            tx.audit(ctx.actor, "consent_recorded", "customers", customer.uuid(), details).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn write(
    ctx: &Ctx,
    tx: &mut TenantTx,
    customer: CustomerId,
    channel: Channel,
    purpose: Purpose,
    is_given: bool,
    source: Source,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into customer_consents (tenant_id, customer_id, channel, purpose, is_given, source, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())",
        tx.tenant(),
        customer.uuid(),
        channel.as_str(),
        purpose.as_str(),
        is_given,
        source.as_str(),
        ctx.actor.user().map(UserId::uuid)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// One person's words are written one after the other; somebody who was erased says nothing more.
async fn lock(tx: &mut TenantTx, customer: CustomerId) -> Result<(), AppError> {
    sqlx::query_scalar!(
        "select id
         from customers
         where tenant_id = $1
           and id = $2
           and phone is not null
         for no key update",
        tx.tenant(),
        customer.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(())
}

async fn note_whatsapp(ctx: &Ctx, tx: &mut TenantTx, customer: CustomerId, is_given: bool) -> Result<(), DbError> {
    sqlx::query!(
        "update customers
         set whatsapp_opt_in = $3, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        customer.uuid(),
        is_given,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
