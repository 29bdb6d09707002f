//! The doors of dispatch: the board, giving away, what was not booked, one order's way, what a rider has, fees against cost.

use super::{
    order_money::home,
    sheet::{only, shown_again, to_the_end},
};
use crate::{
    doors::{Doors, Inside, Named, Posted, Who},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::DELIVERIES,
    still::{
        deliveries::{
            board::{Gave, board},
            figures::figures as drawn_figures,
            not_booked::not_booked as drawn_not_booked,
            order::{Sent, address_of, order as drawn_order},
            stops::stops as drawn_stops,
        },
        form::{Sheet as Shown, VERSION},
    },
    text::dispatch::words,
};
use axum::{
    extract::{Path, Query, rejection::QueryRejection},
    response::Response,
};
use duka::{
    checkout::{
        dispatch::{
            FAILURE_FIELDS, HANDING_FIELDS, Handing, NotHandedOver, fail, give, give_many, renew_link, take_back,
        },
        move_orders::{Chosen, Outcome},
    },
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::FieldProblem,
        id::{OrderId, RiderId},
        typed::Typed,
    },
    pages::dashboard::deliveries::{
        board::{self as board_of, BoardFilter},
        figures as figures_of, not_booked as not_booked_of, order as order_of, stops as stops_of,
    },
};
use http::StatusCode;
use std::collections::{BTreeSet, HashMap};

type Pairs = Result<Query<Vec<(String, String)>>, QueryRejection>;

pub fn doors(doors: Doors) -> Doors {
    let mover = Who::Member(Permission::MoveOrders);
    doors
        .page("/dashboard/deliveries", super::MEMBERS, page)
        .form("/dashboard/deliveries/give", mover, give_chosen)
        .page("/dashboard/deliveries/figures", super::MEMBERS, figures)
        .page("/dashboard/deliveries/not-booked", super::MEMBERS, not_booked)
        .page("/dashboard/deliveries/riders/{rider}", Who::Member(Permission::HandleMoney), stops)
        .page("/dashboard/orders/{order}/delivery", super::MEMBERS, order)
        .form("/dashboard/orders/{order}/delivery", mover, give_one)
        .form("/dashboard/orders/{order}/delivery/link", mover, another_link)
        .form("/dashboard/orders/{order}/delivery/failed", mover, write_failure)
        .form("/dashboard/orders/{order}/delivery/back", mover, back_in_the_shop)
}

async fn page(inside: Inside, query: Pairs) -> Response {
    // What cannot be read asks for the whole board.
    let typed = query.ok().and_then(|query| Typed::read(query.0)).unwrap_or_default();
    let filter = BoardFilter::read(|name| typed.get(name));
    draw_board(&inside, StatusCode::OK, filter, &Shown::default(), None).await
}

async fn draw_board(
    inside: &Inside,
    status: StatusCode,
    filter: BoardFilter,
    shown: &Shown,
    gave: Option<Gave>,
) -> Response {
    match board_of::load(&inside.ctx, filter).await {
        Ok(found) => {
            let mut shown = shown.clone();
            prefer_the_last(&mut shown, found.riders.first().map(|rider| rider.id));
            let still = inside.still(DELIVERIES, words(inside.locale()).title);
            private_page(status, board(&still, &found, &shown, gave.as_ref()))
        }
        Err(error) => inside.refuse(error),
    }
}

/// A form that nobody has touched offers who was given something last.
fn prefer_the_last(shown: &mut Shown, last: Option<RiderId>) {
    if shown.typed == Typed::default()
        && let Some(last) = last
    {
        shown.typed.set("rider", last.to_string());
    }
}

async fn give_chosen(inside: Inside, Posted(mut typed): Posted) -> Response {
    let filter = BoardFilter::read(|name| typed.get(&format!("list-{name}")));
    for carried in ["list-state", "list-area", "list-page"] {
        typed.take(carried);
    }
    let chosen = match Chosen::read(&typed.take("order")) {
        Ok(chosen) => chosen,
        Err(errors) => {
            let nothing = Gave::Nothing(errors.of("order").unwrap_or(FieldProblem::Unreadable));
            let shown = Shown { typed, ..Shown::default() };
            return draw_board(&inside, StatusCode::UNPROCESSABLE_ENTITY, filter, &shown, Some(nothing)).await;
        }
    };
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let giving = to_the_end(async move {
        only(&sent, &HANDING_FIELDS)?;
        let handing = Handing::read(&sent).map_err(AppError::Invalid)?;
        give_many(&ctx, &chosen, &handing).await
    });
    match giving.await {
        Ok(given) => {
            inside.app.pages.versions.note_move(inside.ctx.tenant);
            let is_stuck = given.ends.iter().all(|end| matches!(end.outcome, Outcome::Stayed(_)));
            let status = if is_stuck { StatusCode::CONFLICT } else { StatusCode::OK };
            draw_board(&inside, status, filter, &Shown::default(), Some(Gave::Ends(given))).await
        }
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw_board(&inside, status, filter, &shown, None).await,
            Err(other) => inside.refuse(other),
        },
    }
}

async fn figures(inside: Inside) -> Response {
    match figures_of::load(&inside.ctx).await {
        Ok(found) => {
            let still = inside.still(DELIVERIES, words(inside.locale()).figures);
            private_page(StatusCode::OK, drawn_figures(&still, &found))
        }
        Err(error) => inside.refuse(error),
    }
}

async fn not_booked(inside: Inside) -> Response {
    match not_booked_of::load(&inside.ctx).await {
        Ok(found) => {
            let still = inside.still(DELIVERIES, words(inside.locale()).not_booked_title);
            private_page(StatusCode::OK, drawn_not_booked(&still, &found))
        }
        Err(error) => inside.refuse(error),
    }
}

async fn stops(inside: Inside, Path(id): Path<String>) -> Response {
    let found = match RiderId::parse(&id) {
        Some(rider) => stops_of::load(&inside.ctx, rider).await,
        None => Err(AppError::NotFound),
    };
    let found = match found {
        Ok(found) => found,
        Err(error) => return inside.refuse(error),
    };
    let stores: BTreeSet<_> = found.stops.iter().map(|stop| stop.store).collect();
    let mut homes = HashMap::new();
    for store in stores {
        match home(&inside, store).await {
            Ok(home) => homes.insert(store, home),
            Err(error) => return inside.refuse(error),
        };
    }
    let still = inside.still(DELIVERIES, words(inside.locale()).title);
    let drawn = drawn_stops(&still, &found, |stop| homes.get(&stop.store).cloned().unwrap_or_default());
    private_page(StatusCode::OK, drawn)
}

async fn order(inside: Inside, Named(id): Named<OrderId>) -> Response {
    draw_order(&inside, StatusCode::OK, id, Sent::Other, &Shown::default()).await
}

async fn draw_order(inside: &Inside, status: StatusCode, id: OrderId, sent: Sent, shown: &Shown) -> Response {
    let way = match order_of::load(&inside.ctx, id).await {
        Ok(way) => way,
        Err(error) => return inside.refuse(error),
    };
    let shop = match home(inside, way.store).await {
        Ok(shop) => shop,
        Err(error) => return inside.refuse(error),
    };
    let mut shown = shown.clone();
    let sent = if sent == Sent::Other && shown.typed == Typed::default() && shown.problem.is_none() {
        prefer_the_last(&mut shown, way.riders.first().map(|rider| rider.id));
        Sent::Give
    } else {
        sent
    };
    let still = inside.still(DELIVERIES, words(inside.locale()).title);
    private_page(status, drawn_order(&still, &way, &shop, sent, &shown))
}

/// Back to the order's way, or the page again with what was typed and what is wrong with it.
async fn after(inside: &Inside, id: OrderId, sent: Sent, typed: Typed, done: Result<(), AppError>) -> Response {
    let error = match done {
        Ok(()) => {
            inside.app.pages.versions.note_move(inside.ctx.tenant);
            return see_other(&address_of(id));
        }
        Err(error) => error,
    };
    match shown_again(typed, error) {
        Ok((status, shown)) => draw_order(inside, status, id, sent, &shown).await,
        Err(other) => inside.refuse(other),
    }
}

async fn give_one(inside: Inside, Named(order): Named<OrderId>, Posted(mut typed): Posted) -> Response {
    let version = typed.take(VERSION).parse().unwrap_or(0);
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let giving = to_the_end(async move {
        only(&sent, &HANDING_FIELDS)?;
        let handing = Handing::read(&sent).map_err(AppError::Invalid)?;
        give(&ctx, order, version, &handing).await.map(|_| ())
    });
    let given = giving.await;
    after(&inside, order, Sent::Give, typed, given).await
}

async fn another_link(inside: Inside, Named(order): Named<OrderId>, Posted(typed): Posted) -> Response {
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let making = to_the_end(async move {
        only(&sent, &[])?;
        renew_link(&ctx, order).await
    });
    let made = making.await;
    after(&inside, order, Sent::Other, typed, made).await
}

async fn write_failure(inside: Inside, Named(order): Named<OrderId>, Posted(mut typed): Posted) -> Response {
    let version = typed.take(VERSION).parse().unwrap_or(0);
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let writing = to_the_end(async move {
        only(&sent, &FAILURE_FIELDS)?;
        let why = NotHandedOver::read(&sent).map_err(AppError::Invalid)?;
        fail(&ctx, order, version, &why).await
    });
    let written = writing.await;
    after(&inside, order, Sent::Fail, typed, written).await
}

/// The order goes back to packing; whoever presses twice finds it there.
async fn back_in_the_shop(inside: Inside, Named(order): Named<OrderId>, Posted(mut typed): Posted) -> Response {
    let version = typed.take(VERSION).parse().unwrap_or(0);
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let moving = to_the_end(async move {
        only(&sent, &[])?;
        take_back(&ctx, order, version).await
    });
    let moved = moving.await;
    after(&inside, order, Sent::Other, typed, moved).await
}
