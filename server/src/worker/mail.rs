//! Sends a mail or text message that was asked for: finds what it is about, writes it in the reader's language, hands it on.

use crate::mailer::{Mailer, NotSent, Outgoing};
use duka::{
    ctx::{Ctx, Platform},
    customers::record_consent::note_stop,
    error::AppError,
    kernel::{
        access::Actor,
        id::{MailId, TenantId},
        phone::Phone,
    },
    mail::{
        letter::{self, Letter, To},
        providers::africastalking::NotTaken,
        text_message,
    },
};
use std::sync::Arc;

/// How long the queue is asked to wait, for whoever reads the answer.
const AGAIN_SECONDS: u32 = 30;

/// Sends it once. A crash between sending and noting sends it again, under the same Message-ID.
pub async fn send(platform: &Arc<Platform>, mailer: &Mailer, tenant: TenantId, mail: MailId) -> Result<(), AppError> {
    let Some(found) = letter::open(platform, tenant, mail).await? else { return Ok(()) };
    let to = match &found.to {
        To::Mail(email) => email,
        To::Sms(phone) => return text(platform, tenant, &found, phone).await,
    };
    let written = app::mail::write(&found, &platform.base_url);
    let outgoing = Outgoing { id: mail, to, subject: &written.subject, plain: &written.plain, html: &written.html };
    match mailer.send(outgoing).await {
        Ok(()) => letter::note_sent(platform, tenant, mail).await,
        Err(NotSent::Refused(why)) => {
            tracing::warn!(mail.id = %mail, error.message = why, "a mail was refused for good and is dropped");
            letter::note_dropped(platform, tenant, mail).await
        }
        Err(NotSent::Later(why)) => {
            tracing::warn!(mail.id = %mail, error.message = why, "a mail could not be sent yet");
            Err(AppError::TryAgain { retry_after_seconds: AGAIN_SECONDS })
        }
    }
}

/// Texts it once. What was given to the provider and never answered for counts as sent, since it may be on the phone.
async fn text(platform: &Arc<Platform>, tenant: TenantId, found: &Letter, phone: &Phone) -> Result<(), AppError> {
    let Some(words) = app::sms::write(found, &platform.base_url) else {
        return letter::note_dropped(platform, tenant, found.id).await;
    };
    let Some(account) = text_message::claim(platform, tenant, found.id).await? else { return Ok(()) };
    match platform.texts.send(&account, phone, &words).await {
        Ok(taken) => text_message::note_taken(platform, tenant, found.id, taken.message.as_deref()).await,
        Err(NotTaken::Unknown) => {
            tracing::warn!(mail.id = %found.id, "what became of a text message is not known; it is not sent again");
            letter::note_sent(platform, tenant, found.id).await
        }
        Err(NotTaken::Phone) => letter::note_dropped(platform, tenant, found.id).await,
        Err(NotTaken::Stopped) => {
            note_stop(&Ctx::new(platform.clone(), tenant, Actor::Program), phone).await?;
            letter::note_dropped(platform, tenant, found.id).await
        }
        Err(NotTaken::Account(problem)) => {
            tracing::warn!(tenant.id = %tenant, mail.id = %found.id, problem, "a merchant's account sends no text messages");
            text_message::note_problem(platform, tenant, problem).await?;
            letter::note_dropped(platform, tenant, found.id).await
        }
        Err(NotTaken::Later(why)) => {
            tracing::warn!(mail.id = %found.id, error.message = why, "a text message could not be sent yet");
            text_message::give_back(platform, tenant, found.id).await?;
            Err(AppError::TryAgain { retry_after_seconds: AGAIN_SECONDS })
        }
    }
}
