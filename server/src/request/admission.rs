//! How many requests are worked on at once, and whose: the last places are kept for those who pay.

use super::class::Class;
use duka::kernel::id::TenantId;
use moka::sync::Cache;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// Requests at once in this process. Each holds a connection of the database for milliseconds; more would only queue.
const MOST: usize = 512;
/// The part of them that one merchant's shop may fill below the checkout: one sale must not close the others.
const ONE_TENANT: usize = MOST / 2;

/// Counts who is in.
#[derive(Clone, Debug)]
pub struct Admission {
    most: usize,
    one_tenant: usize,
    all: Arc<AtomicUsize>,
    tenants: Cache<TenantId, Arc<AtomicUsize>>,
}

/// A place; given back when it is dropped.
#[derive(Debug)]
pub struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Default for Admission {
    fn default() -> Self {
        Self::of(MOST, ONE_TENANT)
    }
}

impl Admission {
    pub fn of(most: usize, one_tenant: usize) -> Self {
        let tenants = Cache::builder().max_capacity(100_000).time_to_idle(Duration::from_mins(10)).build();
        Self { most, one_tenant, all: Arc::default(), tenants }
    }

    /// A place for a request of this class, unless those that are left are kept for others.
    /// A shop's request takes one of its merchant's places too.
    pub fn enter(&self, class: Class, tenant: Option<TenantId>) -> Option<(Place, Option<Place>)> {
        let place = take(self.all.clone(), self.most * class.share() / 100)?;
        let Some(tenant) = tenant.filter(|_| class > Class::Checkout) else { return Some((place, None)) };
        let theirs = take(self.tenants.get_with(tenant, Arc::default), self.one_tenant)?;
        Some((place, Some(theirs)))
    }
}

fn take(counter: Arc<AtomicUsize>, most: usize) -> Option<Place> {
    counter
        .fetch_update(Ordering::AcqRel, Ordering::Acquire, |inside| (inside < most).then_some(inside + 1))
        .ok()
        .map(|_| Place(counter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_all_is_full_of_lookers_one_can_still_pay() {
        let admission = Admission::of(100, 1_000);
        let inside: Vec<_> = std::iter::from_fn(|| admission.enter(Class::Browse, None)).collect();
        assert_eq!(inside.len(), 76);
        assert!(admission.enter(Class::Merchant, None).is_none());
        let carts: Vec<_> = std::iter::from_fn(|| admission.enter(Class::Cart, None)).collect();
        assert_eq!(carts.len(), 8);
        let paying: Vec<_> = std::iter::from_fn(|| admission.enter(Class::Pay, None)).collect();
        assert_eq!(paying.len(), 16);
        drop(inside);
        assert!(admission.enter(Class::Browse, None).is_some(), "places are given back");
    }

    #[test]
    fn one_merchants_sale_leaves_room_for_the_others() {
        let admission = Admission::of(100, 10);
        let (ours, theirs) = (TenantId::mint(), TenantId::mint());
        let inside: Vec<_> = std::iter::from_fn(|| admission.enter(Class::Browse, Some(ours))).collect();
        assert_eq!(inside.len(), 10);
        assert!(admission.enter(Class::Browse, Some(theirs)).is_some());
        assert!(admission.enter(Class::Checkout, Some(ours)).is_some(), "who is at the till is not sent away");
        drop(inside);
        assert!(admission.enter(Class::Browse, Some(ours)).is_some());
    }
}
