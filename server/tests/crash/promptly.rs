//! The phone rings at once: the running program sends the first prompt without waiting for a worker to find it.

use crate::{
    shopper::Shopper,
    world::{SHOP, World, until},
};
use std::time::Duration;

/// What shoppers are promised, from placing to the provider's yes.
const PROMISED: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_prompt_has_left_two_seconds_after_placing() {
    let world = World::begin(10).await;
    let mut shopper = Shopper::new(world.program.port, SHOP, 1);
    shopper.add(world.shop.variants[0].uuid(), 1).await.unwrap();
    let form = shopper.fill(&shopper.open("/checkout").await.unwrap().body, "mpesa_stk");
    assert_eq!(shopper.place(&form).await.unwrap().status, 303);
    until("the provider has taken the prompt", PROMISED, || async {
        world.count("payments where checkout_request_id is not null").await == 1
    })
    .await;
}
