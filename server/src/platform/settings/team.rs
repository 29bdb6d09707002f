//! The team: invites sent and taken back, roles given, people shown out and let in.

use crate::{
    doors::{Inside, Posted},
    platform::sheet::{self, shown_again},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::SETTINGS,
    still::{form::Sheet, settings},
    text,
};
use axum::response::Response;
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Role,
        field_errors::{FieldErrors, FieldProblem},
        id::{InviteId, UserId},
        typed::Typed,
    },
    tenancy::{
        invites::{self, list_invites},
        team::{self, list_team},
    },
};
use http::StatusCode;

const ADDRESS: &str = "/dashboard/settings/team";

pub async fn page(inside: Inside) -> Response {
    let typed = Typed::default().with("role", Role::Staff.as_str());
    draw(&inside, StatusCode::OK, &Sheet { typed, ..Sheet::default() }).await
}

async fn draw(inside: &Inside, status: StatusCode, shown: &Sheet) -> Response {
    let (title, _) = text::settings::words(inside.locale()).team;
    let found = async { Ok::<_, AppError>((list_team(&inside.ctx).await?, list_invites(&inside.ctx).await?)) };
    match found.await {
        Ok((members, open)) => {
            let still = inside.still(SETTINGS, title);
            let base_url = &inside.app.platform.base_url;
            private_page(status, settings::team::team(&still, inside.member.user, &members, &open, base_url, shown))
        }
        Err(error) => inside.refuse(error),
    }
}

/// What was done leads back to the team; what was not is said above it.
async fn answer(inside: &Inside, typed: Typed, done: Result<(), AppError>) -> Response {
    match done {
        Ok(()) => see_other(ADDRESS),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw(inside, status, &shown).await,
            Err(other) => inside.refuse(other),
        },
    }
}

pub async fn invite(inside: Inside, Posted(typed): Posted) -> Response {
    let (ctx, wanted, locale) = (inside.ctx.clone(), typed.clone(), inside.locale());
    let done = match sheet::only(&typed, invites::FIELDS) {
        Ok(()) => sheet::to_the_end(async move { invites::invite(&ctx, &wanted, locale).await.map(|_| ()) }).await,
        Err(error) => Err(error),
    };
    answer(&inside, typed, done).await
}

pub async fn revoke(inside: Inside, Posted(typed): Posted) -> Response {
    let ctx = inside.ctx.clone();
    let done = match (sheet::only(&typed, &["invite"]), InviteId::parse(typed.get("invite"))) {
        (Ok(()), Some(invite)) => sheet::to_the_end(async move { invites::revoke(&ctx, invite).await }).await,
        (Ok(()), None) => Err(AppError::NotFound),
        (Err(error), _) => Err(error),
    };
    answer(&inside, typed, done).await
}

pub async fn change_role(inside: Inside, Posted(typed): Posted) -> Response {
    let done = with_member(&inside, &typed, "role", async |ctx, user, version, typed| {
        let role = Role::parse(typed.get("role"))
            .ok_or_else(|| AppError::Invalid(FieldErrors::one("role", FieldProblem::UnknownChoice)))?;
        team::change_role(&ctx, user, version, role).await
    });
    let done = done.await;
    answer(&inside, typed, done).await
}

pub async fn set_active(inside: Inside, Posted(typed): Posted) -> Response {
    let done = with_member(&inside, &typed, "active", async |ctx, user, version, typed| {
        team::set_active(&ctx, user, version, typed.is_on("active")).await
    });
    let done = done.await;
    answer(&inside, typed, done).await
}

/// Reads whom it is about and at which version, then does it.
async fn with_member(
    inside: &Inside,
    typed: &Typed,
    field: &str,
    verb: impl AsyncFnOnce(Ctx, UserId, i32, Typed) -> Result<(), AppError>,
) -> Result<(), AppError> {
    sheet::only(typed, &["member", "version", field])?;
    let user = UserId::parse(typed.get("member")).ok_or(AppError::NotFound)?;
    let version = typed.get("version").parse().unwrap_or(0);
    verb(inside.ctx.clone(), user, version, typed.clone()).await
}
