//! Where mails go: to an SMTP server, or into a folder when none is set.

use anyhow::{Context as _, bail, ensure};
use duka::kernel::{email::Email, id::MailId};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
    transport::smtp::{Error as SmtpError, PoolConfig},
};
use std::{
    fmt, fs,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

/// The furthest that one command of the dialogue is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// The furthest that one mail may take.
const LONGEST: Duration = Duration::from_mins(1);
/// The folder of mails in the data folder, when no SMTP server is set.
pub const FOLDER: &str = "mails";

/// Sends mails in the platform's name; a clone is the same.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.way {
            Way::Smtp(_) => "Mailer(SMTP)",
            Way::Folder(_) => "Mailer(folder)",
        })
    }
}

/// A mail in words.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    pub id: MailId,
    pub to: &'a Email,
    pub subject: &'a str,
    pub plain: &'a str,
    pub html: &'a str,
}

/// Why a mail did not go out. Says neither to whom nor what, and nothing that the other side wrote.
#[derive(Debug)]
pub enum NotSent {
    /// It never will: the mail server's number, or our own sentence.
    Refused(String),
    /// It may, later; a sentence.
    Later(String),
}

impl Mailer {
    /// By SMTP. `smtps://` speaks TLS from the first byte, `smtp://` switches to it, except on this machine itself.
    pub fn smtp(url: &str, from: &str) -> anyhow::Result<Self> {
        let url = with_encryption(url)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)
            .map_err(|_| anyhow::anyhow!("DUKA_SMTP_URL is no address such as smtp://user:password@mail.example:587"))?
            .timeout(Some(PATIENCE))
            .pool_config(PoolConfig::new().max_size(4))
            .build();
        Ok(Self { from: mailbox(from)?, way: Way::Smtp(transport) })
    }

    /// As `.eml` files in a folder, made when the first one comes.
    pub fn folder(folder: PathBuf, from: &str) -> anyhow::Result<Self> {
        Ok(Self { from: mailbox(from)?, way: Way::Folder(folder) })
    }

    /// Hands it on. The same mail a second time has the same Message-ID.
    pub async fn send(&self, mail: Outgoing<'_>) -> Result<(), NotSent> {
        let message = self.message(mail)?;
        match &self.way {
            Way::Smtp(transport) => match tokio::time::timeout(LONGEST, transport.send(message)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(fault)) => Err(judge(&fault)),
                Err(_) => Err(NotSent::Later("the mail server takes too long".to_owned())),
            },
            Way::Folder(folder) => {
                let (folder, name, bytes) = (folder.clone(), format!("{}.eml", mail.id), message.formatted());
                let put = tokio::task::spawn_blocking(move || put(&folder, &name, &bytes)).await;
                put.map_err(|fault| NotSent::Later(fault.to_string()))?
                    .map_err(|fault| NotSent::Later(format!("the folder of mails cannot be written: {fault}")))
            }
        }
    }

    fn message(&self, mail: Outgoing<'_>) -> Result<Message, NotSent> {
        let to: Address =
            mail.to.as_str().parse().map_err(|_| NotSent::Refused("no address that SMTP can carry".to_owned()))?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject)
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(mail.plain.to_owned(), mail.html.to_owned()))
            .map_err(|_| NotSent::Refused("it cannot be written as a mail".to_owned()))
    }
}

/// Asks for encryption wherever a password or a link would travel over a network.
fn with_encryption(url: &str) -> anyhow::Result<String> {
    let parsed = reqwest::Url::parse(url)
        .ok()
        .filter(|parsed| parsed.host_str().is_some_and(|host| !host.is_empty()))
        .context("DUKA_SMTP_URL is no address such as smtp://user:password@mail.example:587")?;
    match parsed.scheme() {
        "smtps" => Ok(url.to_owned()),
        "smtp" => {
            let host = parsed.host_str().unwrap_or_default().trim_matches(['[', ']']);
            let is_here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
            let way = parsed.query_pairs().find(|(name, _)| name == "tls").map(|(_, way)| way.into_owned());
            ensure!(
                is_here || way.is_none() || way.as_deref() == Some("required"),
                "DUKA_SMTP_URL: without TLS only on this machine itself; leave `tls=` out, or say smtps://"
            );
            if is_here || way.is_some() {
                Ok(url.to_owned())
            } else {
                Ok(format!("{url}{}tls=required", if parsed.query().is_some() { '&' } else { '?' }))
            }
        }
        other => bail!("DUKA_SMTP_URL begins with {other}://; it can be smtp:// or smtps://"),
    }
}

fn mailbox(from: &str) -> anyhow::Result<Mailbox> {
    from.parse()
        .ok()
        .with_context(|| format!("DUKA_MAIL_FROM is `{from}`, which is no sender such as Duka <no-reply@duka.example>"))
}

/// What to do after an answer. The server's own words may repeat the address, so only its number is kept.
fn judge(fault: &SmtpError) -> NotSent {
    let code = fault.status().map(|code| code.to_string());
    match code.as_deref() {
        // Only what is said of this mail: who we are (53x) and how we speak (50x) can be mended.
        Some(code) if code.starts_with("55") => NotSent::Refused(code.to_owned()),
        Some(code) => NotSent::Later(format!("the mail server answers {code}")),
        None if fault.is_timeout() => NotSent::Later("the mail server does not answer in time".to_owned()),
        None if fault.is_tls() => NotSent::Later("the mail server's TLS cannot be trusted".to_owned()),
        None => NotSent::Later("the mail server cannot be reached".to_owned()),
    }
}

/// Whole or not at all; for nobody else to read, since links are in it.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let half = folder.join(format!("{name}.new"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&half)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&half, folder.join(name))
}

/// Nobody answers it by machine: RFC 3834.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_crossed_with_encryption_only() {
        assert_eq!(with_encryption("smtp://127.0.0.1:3125").ok().as_deref(), Some("smtp://127.0.0.1:3125"));
        assert_eq!(with_encryption("smtp://localhost:25").ok().as_deref(), Some("smtp://localhost:25"));
        assert_eq!(
            with_encryption("smtp://me:secret@mail.example:587").ok().as_deref(),
            Some("smtp://me:secret@mail.example:587?tls=required")
        );
        assert_eq!(with_encryption("smtps://mail.example").ok().as_deref(), Some("smtps://mail.example"));
        for wrong in ["http://mail.example", "smtp://mail.example?tls=opportunistic", "mail.example", "smtp://"] {
            let said = with_encryption(wrong).unwrap_err().to_string();
            assert!(said.starts_with("DUKA_SMTP_URL"), "{said}");
        }
    }

    #[test]
    fn a_sender_is_a_name_and_an_address() {
        assert!(mailbox("Duka <no-reply@localhost>").is_ok());
        assert!(mailbox("nobody").is_err());
    }
}
