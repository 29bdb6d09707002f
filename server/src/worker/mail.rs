//! Sends a mail that was asked for: finds what it is about, writes it in the reader's language, hands it on.

use crate::mailer::{Mailer, NotSent, Outgoing};
use duka::{
    ctx::Platform,
    error::AppError,
    kernel::id::{MailId, TenantId},
    mail::letter,
};
use std::sync::Arc;

/// How long the queue is asked to wait, for whoever reads the answer.
const AGAIN_SECONDS: u32 = 30;

/// Sends it once. A crash between sending and noting sends it again, under the same Message-ID.
pub async fn send(platform: &Arc<Platform>, mailer: &Mailer, tenant: TenantId, mail: MailId) -> Result<(), AppError> {
    let Some(found) = letter::open(platform, tenant, mail).await? else { return Ok(()) };
    let written = app::mail::write(&found, &platform.base_url);
    let outgoing =
        Outgoing { id: mail, to: &found.to, subject: &written.subject, plain: &written.plain, html: &written.html };
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
