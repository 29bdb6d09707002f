//! How many requests are worked on at once, and whose: the last places are kept for those who pay.

use super::{
    class::Class,
    shares::{Share, Shares},
};
use duka::kernel::id::TenantId;
use moka::sync::Cache;
use std::{
    net::IpAddr,
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
/// Files and long forms at once: they are read as they come, which takes a phone on a poor network minutes.
const SLOW: usize = 128;
/// Of them from one address.
const SLOW_OF_ONE: usize = 24;

/// Counts who is in.
#[derive(Clone, Debug)]
pub struct Admission {
    most: usize,
    one_tenant: usize,
    all: Arc<AtomicUsize>,
    tenants: Cache<TenantId, Arc<AtomicUsize>>,
    slow: Arc<AtomicUsize>,
    slow_of_one: Shares,
}

/// What a request holds while it is worked on: a place, one of its merchant's, its address' share of the slow ones.
pub type Held = (Place, Option<Place>, Option<Share>);

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
        let slow_of_one = Shares::of(SLOW_OF_ONE, &[]);
        Self { most, one_tenant, all: Arc::default(), tenants, slow: Arc::default(), slow_of_one }
    }

    /// A place for a request of this class, unless those that are left are kept for others.
    /// A shop's request takes one of its merchant's places too.
    pub fn enter(&self, class: Class, tenant: Option<TenantId>) -> Option<Held> {
        let place = take(self.all.clone(), self.most * class.share() / 100)?;
        let Some(tenant) = tenant.filter(|_| class > Class::Checkout) else { return Some((place, None, None)) };
        let theirs = take(self.tenants.get_with(tenant, Arc::default), self.one_tenant)?;
        Some((place, Some(theirs), None))
    }

    /// A place for what is still on its way while it is worked on, apart from all others. An address that is not
    /// counted has no share.
    pub fn enter_slowly(&self, address: Option<IpAddr>) -> Option<Held> {
        let share = match address {
            Some(address) => Some(self.slow_of_one.take(address)?),
            None => None,
        };
        Some((take(self.slow.clone(), SLOW)?, None, share))
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

    #[test]
    fn what_is_slow_fills_its_own_places_and_one_address_not_all_of_them() {
        let admission = Admission::of(100, 10);
        let one: Vec<_> = std::iter::from_fn(|| admission.enter_slowly(Some([203, 0, 113, 1].into()))).collect();
        assert_eq!(one.len(), 24);
        let rest: Vec<_> = std::iter::from_fn(|| admission.enter_slowly(None)).collect();
        assert_eq!(one.len() + rest.len(), 128);
        assert!(admission.enter_slowly(Some([203, 0, 113, 2].into())).is_none());
        assert!(admission.enter(Class::Merchant, None).is_some(), "nobody else is kept out");
        drop(rest);
        assert!(admission.enter_slowly(Some([203, 0, 113, 2].into())).is_some(), "places are given back");
    }
}
