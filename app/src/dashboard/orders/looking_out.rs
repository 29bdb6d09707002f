//! While a prompt is on the buyer's phone the order looks again by itself, and is drawn anew once something has happened.

use crate::api::dashboard::orders::load_order;
use crate::dashboard::loaded::Loaded;
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::order::OrderDetail;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// Between two looks; a prompt ends within minutes, and the looking with it.
const EVERY: Duration = Duration::from_secs(5);

/// Nothing is typed on an order that waits for its money, so nothing is lost when it is drawn anew.
pub fn look_out(order: &OrderDetail, loaded: Loaded<OrderDetail>) {
    if order.status != OrderStatus::AwaitingPayment || open_attempts(order) == 0 {
        return;
    }
    let (id, seen) = (order.id, state(order));
    // Only a browser gets here: effects do not run on the server.
    Effect::new(move |_| {
        let look = move || {
            spawn_local(async move {
                // What did not come this time comes the next.
                if load_order(id).await.is_ok_and(|next| state(&next) != seen) {
                    loaded.refetch();
                }
            });
        };
        if let Ok(timer) = set_interval_with_handle(look, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
}

fn open_attempts(order: &OrderDetail) -> usize {
    order.payments.iter().filter(|attempt| attempt.status.is_open()).count()
}

/// What changes when money comes, a prompt ends or another one is sent.
fn state(order: &OrderDetail) -> (i32, usize, usize) {
    (order.version, order.payments.len(), open_attempts(order))
}
