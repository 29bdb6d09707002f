//! While a prompt is on the buyer's phone the order looks again by itself, and is drawn anew once something has happened.

use crate::api::dashboard::orders::load_order;
use crate::dashboard::loaded::Loaded;
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::order::OrderDetail;
use leptos::{prelude::*, task::spawn_local};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// Between two looks; a prompt ends within minutes, and the looking with it.
const EVERY: Duration = Duration::from_secs(5);

/// Nothing is typed on an order that waits for its money, so nothing is lost when it is drawn anew.
pub fn look_out(order: &OrderDetail, loaded: Loaded<OrderDetail>) {
    let is_asked = order.payments.iter().any(|attempt| attempt.status.is_open());
    if order.status != OrderStatus::AwaitingPayment || !is_asked {
        return;
    }
    let (id, version, payments) = (order.id, order.version, order.payments.clone());
    // Only a browser gets here: effects do not run on the server.
    Effect::new(move |_| {
        let (payments, is_over) = (payments.clone(), Arc::new(AtomicBool::new(false)));
        let look = move || {
            if is_over.load(Ordering::Relaxed) {
                return;
            }
            let (payments, is_over) = (payments.clone(), Arc::clone(&is_over));
            spawn_local(async move {
                // What did not come this time comes the next; what came is shown once.
                if let Ok(next) = load_order(id).await
                    && (next.version != version || next.payments != payments)
                    && !is_over.swap(true, Ordering::Relaxed)
                {
                    loaded.refetch();
                }
            });
        };
        if let Ok(timer) = set_interval_with_handle(look, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
}
