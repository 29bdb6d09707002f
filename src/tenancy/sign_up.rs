//! A stranger becomes a merchant: what they typed, and everything that it makes, in one transaction.

use super::{
    create_tenant::{Beginning, NotCreated, begin},
    new_email, password, session, shop_address, throttle,
};
use crate::{
    ctx::{Ctx, Origin, Platform},
    db::directory::ShopHost,
    error::AppError,
    kernel::{
        access::{Actor, Role},
        email::Email,
        field_errors::{FieldErrors, FieldProblem, required_text},
        id::TenantId,
        locale::Locale,
        phone::Phone,
        slug::Slug,
        token::Token,
        typed::Typed,
    },
    mail::{
        kind::MailKind,
        outbox::{NewMail, post},
    },
};
use serde_json::json;
use std::sync::Arc;

/// The fields of the form.
pub const FIELDS: [&str; 6] = ["business", "owner", "phone", "email", "password", "slug"];
/// The longest name of a shop or a person.
pub const LONGEST_NAME: usize = 80;

/// A merchant to be, every value in its own form.
#[derive(Clone, Debug)]
pub struct SignUp {
    pub business: String,
    pub owner: String,
    pub phone: Phone,
    pub email: Email,
    pub slug: Slug,
    password: Secret,
    pub locale: Locale,
}

/// Not to be written anywhere.
#[derive(Clone)]
struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•••")
    }
}

/// Signed up, and signed in.
#[derive(Clone, Debug)]
pub struct SignedUp {
    pub tenant: TenantId,
    pub slug: Slug,
    /// For the browser's cookie.
    pub token: Token,
}

impl SignUp {
    /// Reads the form; every mistake is named at once.
    pub fn read(typed: &Typed, locale: Locale) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        typed.expect_only(&FIELDS, &mut errors);
        let business = errors.expect("business", line(typed.get("business")));
        let owner = errors.expect("owner", line(typed.get("owner")));
        let phone = errors.expect("phone", present(typed.get("phone"), Phone::parse, FieldProblem::NotAPhone));
        let email = errors.expect("email", present(typed.get("email"), Email::parse, FieldProblem::NotAnEmail));
        let slug = errors.expect("slug", shop_address::parse(typed.get("slug")));
        let about = ["business", "owner", "email", "slug"].map(|field| typed.get(field));
        errors.expect("password", password::check(typed.get("password"), &about));
        match (business, owner, phone, email, slug) {
            (Some(business), Some(owner), Some(phone), Some(email), Some(slug)) if errors.is_empty() => {
                let password = Secret(typed.get("password").to_owned());
                Ok(Self { business, owner, phone, email, slug, password, locale })
            }
            _ => Err(errors),
        }
    }
}

/// One line of text: a name that breaks into several is a letter.
fn line(typed: &str) -> Result<String, FieldProblem> {
    let text = required_text(typed, LONGEST_NAME)?;
    if text.chars().any(char::is_control) { Err(FieldProblem::Unreadable) } else { Ok(text) }
}

fn present<T>(typed: &str, parse: fn(&str) -> Option<T>, problem: FieldProblem) -> Result<T, FieldProblem> {
    match typed.trim() {
        "" => Err(FieldProblem::Missing),
        text if text.chars().any(char::is_control) => Err(FieldProblem::Unreadable),
        text if text.chars().count() > 254 => Err(FieldProblem::TooLong),
        text => parse(text).ok_or(problem),
    }
}

/// Whether a shop could have this address now.
pub async fn judge_address(platform: &Platform, typed: &str) -> Result<Result<Slug, FieldProblem>, AppError> {
    let slug = match shop_address::parse(typed) {
        Ok(slug) => slug,
        Err(problem) => return Ok(Err(problem)),
    };
    let found = platform.db.find_shop(&ShopHost::Subdomain(slug.as_str().to_owned())).await?;
    Ok(if found.is_some() { Err(FieldProblem::Taken) } else { Ok(slug) })
}

/// Makes merchant, store and owner, and signs the owner in. The store stays closed until it is opened.
///
/// Each is two mails to somebody who may not have asked for them: after five for one e-mail the next ones wait.
pub async fn sign_up(platform: &Arc<Platform>, new: SignUp, origin: Origin) -> Result<SignedUp, AppError> {
    let key = throttle::key("sign up:", new.email.as_str());
    if let Some(retry_after_seconds) = throttle::wait(platform, std::slice::from_ref(&key)).await? {
        return Err(AppError::TooMany { retry_after_seconds });
    }
    // A shop from before the hosts were kept has no row there that would collide.
    judge_address(platform, new.slug.as_str()).await?.map_err(taken)?;
    let hash = password::hash(&new.password.0).await?;
    let agent = origin.agent.clone().unwrap_or_default();
    let ctx = Ctx::new(platform.clone(), TenantId::mint(), Actor::Program).from(origin);
    let mut tx = ctx.tx().await?;
    let beginning = Beginning {
        name: &new.business,
        slug: &new.slug,
        email: &new.email,
        password_hash: &hash,
        owner_name: Some(&new.owner),
        phone: Some(&new.phone),
        locale: new.locale,
        is_live: false,
    };
    let begun = begin(&ctx, &mut tx, &beginning).await.map_err(|error| match error {
        NotCreated::AddressTaken => taken(FieldProblem::Taken),
        NotCreated::NameMissing => AppError::Invalid(FieldErrors::one("business", FieldProblem::Missing)),
        NotCreated::App(error) => error,
    })?;
    let (session, token) = session::start(&mut tx, begun.owner, &agent).await?;
    let owner = Actor::Member { user: begun.owner, role: Role::Owner };
    tx.audit(owner, "signed_up", "sessions", session.uuid(), json!({ "store_id": begun.store })).await?;
    let welcome = NewMail { kind: MailKind::Welcome, to: &new.email, locale: new.locale, subject: begun.owner.uuid() };
    post(&mut tx, &welcome).await?;
    // Whether the e-mail is theirs is asked beside everything else, and stands in nobody's way.
    let tenant_key = ctx.key(&mut tx).await?;
    new_email::send_link(&mut tx, &tenant_key, begun.owner, &new.email, new.locale).await?;
    tx.note_sign_in_failure(&key).await?;
    tx.commit().await?;
    Ok(SignedUp { tenant: ctx.tenant, slug: new.slug, token })
}

fn taken(problem: FieldProblem) -> AppError {
    AppError::Invalid(FieldErrors::one("slug", problem))
}
