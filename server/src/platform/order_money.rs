//! The money of one order by hand: what was handed over, a link for the buyer, a link for the rider, its receipt.

use super::sheet::{only, shown_again, to_the_end};
use crate::{
    doors::{Doors, Inside, Named, Posted, Who},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::{self, ORDERS},
    still::{
        form::Sheet as Shown,
        order_money::{Said, by_hand, payment_link, rider_link},
    },
    text::cash::words,
};
use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use duka::{
    checkout::{
        rider,
        settle_payment::Settled,
        take_by_hand::{FIELDS, HandPayment, Recorded, take_by_hand},
    },
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        id::{OrderId, StoreId},
        token::Token,
        typed::Typed,
    },
    pages::dashboard::order_money::{self, OrderMoneyPage},
    tenancy::address::shop_url,
};
use http::StatusCode;

pub fn doors(doors: Doors) -> Doors {
    let money = Who::Member(Permission::HandleMoney);
    doors
        .page("/dashboard/orders/{order}/cash", money, cash)
        .form("/dashboard/orders/{order}/cash", money, record)
        .page("/dashboard/orders/{order}/link", money, link)
        .page("/dashboard/orders/{order}/rider", money, rider_page)
        .form("/dashboard/orders/{order}/rider", money, make_rider_link)
        .page("/dashboard/orders/{order}/receipt", super::MEMBERS, receipt)
}

async fn cash(inside: Inside, Named(id): Named<OrderId>, RawQuery(query): RawQuery) -> Response {
    let said = query.as_deref().and_then(|query| query.strip_prefix("recorded=")).and_then(Said::parse);
    draw_cash(&inside, StatusCode::OK, id, Shown::default(), said).await
}

async fn draw_cash(inside: &Inside, status: StatusCode, id: OrderId, mut shown: Shown, said: Option<Said>) -> Response {
    let page = match order_money::load(&inside.ctx, id).await {
        Ok(page) => page,
        Err(error) => return inside.refuse(error),
    };
    // The same form again is the same money.
    let kept = shown.typed.take("key");
    let key = if kept.is_empty() { Token::random().hex() } else { kept };
    if shown.typed.get("how").is_empty() && page.is_manual {
        shown.typed.set("how", "manual");
    }
    let still = inside.still(ORDERS, words(inside.locale()).money_title);
    private_page(status, by_hand(&still, &page, &shown, &key, said))
}

async fn record(inside: Inside, Named(id): Named<OrderId>, Posted(typed): Posted) -> Response {
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let taking = to_the_end(async move {
        only(&sent, &FIELDS)?;
        let given = HandPayment::read(&sent, Currency::Kes).map_err(AppError::Invalid)?;
        take_by_hand(&ctx, id, &given).await
    });
    match taking.await {
        Ok(recorded) => {
            inside.app.pages.versions.note_move(inside.ctx.tenant);
            see_other(&format!("{}/cash?recorded={}", address::order(id), said_of(recorded).as_str()))
        }
        Err(error) => again(&inside, id, typed, error).await,
    }
}

const fn said_of(recorded: Recorded) -> Said {
    match recorded.settled {
        Settled::Unchanged => Said::Known,
        _ if recorded.is_too_much => Said::TooMuch,
        Settled::PaidTooLate => Said::TooMuch,
        Settled::PaidInPart => Said::InPart,
        _ => Said::Paid,
    }
}

async fn again(inside: &Inside, id: OrderId, typed: Typed, error: AppError) -> Response {
    match shown_again(typed, error) {
        Ok((status, shown)) => draw_cash(inside, status, id, shown, None).await,
        Err(other) => inside.refuse(other),
    }
}

/// Where the order's own shop begins.
pub async fn home(inside: &Inside, store: StoreId) -> Result<String, AppError> {
    let home = inside.app.hosts.home_of(inside.ctx.tenant, store).await?;
    Ok(home.unwrap_or_else(|| shop_url(&inside.app.platform.base_url, &inside.member.store_slug)))
}

async fn found(inside: &Inside, id: &str) -> Result<(OrderMoneyPage, String), AppError> {
    let id = OrderId::parse(id).ok_or(AppError::NotFound)?;
    let page = order_money::load(&inside.ctx, id).await?;
    let home = home(inside, page.store).await?;
    Ok((page, home))
}

async fn link(inside: Inside, Path(id): Path<String>) -> Response {
    match found(&inside, &id).await {
        Ok((page, home)) => {
            let still = inside.still(ORDERS, words(inside.locale()).link_title);
            private_page(StatusCode::OK, payment_link(&still, &page, &home))
        }
        Err(error) => inside.refuse(error),
    }
}

async fn rider_page(inside: Inside, Path(id): Path<String>) -> Response {
    draw_rider(&inside, StatusCode::OK, &id, &Shown::default()).await
}

async fn draw_rider(inside: &Inside, status: StatusCode, id: &str, shown: &Shown) -> Response {
    match found(inside, id).await {
        Ok((page, home)) => {
            let still = inside.still(ORDERS, words(inside.locale()).rider_title);
            private_page(status, rider_link(&still, &page, &home, shown))
        }
        Err(error) => inside.refuse(error),
    }
}

async fn make_rider_link(inside: Inside, Path(id): Path<String>, Posted(typed): Posted) -> Response {
    let Some(order) = OrderId::parse(&id) else { return inside.refuse(AppError::NotFound) };
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let making = to_the_end(async move {
        only(&sent, &[])?;
        rider::make_link(&ctx, order).await.map(|_| ())
    });
    match making.await {
        Ok(()) => see_other(&format!("{}/rider", address::order(order))),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw_rider(&inside, status, &id, &shown).await,
            Err(other) => inside.refuse(other),
        },
    }
}

/// Leads to the receipt on the shop's own address.
async fn receipt(inside: Inside, Path(id): Path<String>) -> Response {
    let found = match OrderId::parse(&id) {
        Some(id) => order_money::find_token(&inside.ctx, id).await,
        None => Err(AppError::NotFound),
    };
    let (store, token) = match found {
        Ok(found) => found,
        Err(error) => return inside.refuse(error),
    };
    match home(&inside, store).await {
        Ok(home) => see_other(&format!("{home}/orders/{}/receipt", token.hex())),
        Err(error) => inside.refuse(error),
    }
}
