//! Where a shop is found: its address with Duka moved, own domains added, proved, chosen and taken away.

use super::sign_up::behind;
use crate::{
    doors::{Inside, Named, Posted, Pressed},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::SETTINGS,
    still::{
        form::Sheet,
        start::domains::{DomainsPage, Looked, domains},
    },
    text::start::words,
};
use axum::{extract::Path, response::Response};
use duka::{
    error::AppError,
    kernel::{field_errors::FieldErrors, id::DomainId},
    tenancy::own_domain::{self, Checked, Home},
};
use http::StatusCode;

const ADDRESS: &str = "/dashboard/settings/domains";

pub async fn page(inside: Inside) -> Response {
    draw(&inside, StatusCode::OK, Sheet::default(), None).await
}

async fn draw(inside: &Inside, status: StatusCode, mut sheet: Sheet, looked: Option<Looked>) -> Response {
    match own_domain::load(&inside.ctx, inside.member.store).await {
        Ok(addresses) => {
            if sheet.typed.get("slug").is_empty() && sheet.errors.of("slug").is_none() {
                sheet.typed.set("slug", addresses.slug.clone());
            }
            let still = inside.still(SETTINGS, words(inside.locale()).domains_title);
            let behind = behind(&inside.app);
            let shown = DomainsPage { addresses: &addresses, behind: &behind, sheet: &sheet, looked };
            private_page(status, domains(&still, &shown))
        }
        Err(error) => inside.refuse(error),
    }
}

/// Back to the page, or the page again with what is wrong.
async fn done(inside: &Inside, end: Result<(), AppError>, sheet: Sheet) -> Response {
    match end {
        Ok(()) => see_other(ADDRESS),
        Err(AppError::Invalid(errors)) => {
            draw(inside, StatusCode::UNPROCESSABLE_ENTITY, Sheet { errors, ..sheet }, None).await
        }
        Err(error) => inside.refuse(error),
    }
}

pub async fn add(inside: Inside, Posted(typed): Posted) -> Response {
    let mut errors = FieldErrors::none();
    typed.expect_only(&["domain"], &mut errors);
    let added = if errors.is_empty() {
        let host = &inside.app.config.base.host;
        own_domain::add_domain(&inside.ctx, inside.member.store, typed.get("domain"), host).await
    } else {
        Err(AppError::Invalid(errors))
    };
    done(&inside, added, Sheet { typed, ..Sheet::default() }).await
}

/// Gives the shop another address with Duka.
pub async fn relocate(inside: Inside, Posted(typed): Posted) -> Response {
    let mut errors = FieldErrors::none();
    typed.expect_only(&["slug"], &mut errors);
    let moved = if errors.is_empty() {
        let moved = own_domain::move_store(&inside.ctx, inside.member.store, typed.get("slug")).await;
        moved.map(|host| inside.app.hosts.forget_host(&host))
    } else {
        Err(AppError::Invalid(errors))
    };
    done(&inside, moved, Sheet { typed, ..Sheet::default() }).await
}

pub async fn check(inside: Inside, Named(id): Named<DomainId>, _: Pressed) -> Response {
    match own_domain::check_domain(&inside.ctx, inside.member.store, id, &inside.app.lookout).await {
        Ok(Checked::Proved(host)) => {
            inside.app.hosts.forget_host(&host);
            see_other(ADDRESS)
        }
        Ok(Checked::NotThere) => {
            draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, Sheet::default(), Some(Looked::NotThere)).await
        }
        Ok(Checked::Taken) => draw(&inside, StatusCode::CONFLICT, Sheet::default(), Some(Looked::Taken)).await,
        Err(error) => inside.refuse(error),
    }
}

pub async fn choose(inside: Inside, Path(id): Path<String>, _: Pressed) -> Response {
    let chosen = match DomainId::parse(&id) {
        Some(id) => own_domain::choose_primary(&inside.ctx, inside.member.store, Home::Domain(id)).await,
        None => Err(AppError::NotFound),
    };
    done(&inside, chosen, Sheet::default()).await
}

pub async fn choose_subdomain(inside: Inside, _: Pressed) -> Response {
    let chosen = own_domain::choose_primary(&inside.ctx, inside.member.store, Home::Subdomain).await;
    done(&inside, chosen, Sheet::default()).await
}

pub async fn remove(inside: Inside, Path(id): Path<String>, _: Pressed) -> Response {
    let removed = match DomainId::parse(&id) {
        Some(id) => own_domain::remove_domain(&inside.ctx, inside.member.store, id).await,
        None => Err(AppError::NotFound),
    };
    done(&inside, removed.map(|host| inside.app.hosts.forget_host(&host)), Sheet::default()).await
}
