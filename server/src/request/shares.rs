//! How many connections one address may hold, so that nobody alone takes all of them.

use duka::kernel::household::household;
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};

/// Counts the connections of each address; a clone counts with it.
#[derive(Clone, Debug)]
pub struct Shares {
    most: usize,
    /// Who speaks for many.
    exempt: Arc<[IpAddr]>,
    held: Held,
}

type Held = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// A connection that is counted; given back when it is dropped.
#[derive(Debug)]
pub struct Share(Option<(IpAddr, Held)>);

impl Drop for Share {
    fn drop(&mut self) {
        let Some((address, held)) = &self.0 else { return };
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(address) {
            *count = count.saturating_sub(1);
            // Only those who are here are remembered: the map is never longer than the connections are many.
            if *count == 0 {
                held.remove(address);
            }
        }
    }
}

impl Shares {
    /// So many for each address, and as many as there are for those named.
    pub fn of(most: usize, exempt: &[IpAddr]) -> Self {
        Self { most, exempt: exempt.into(), held: Arc::default() }
    }

    /// The same, with proxies that we trust and this machine's own programs exempt.
    pub fn for_visitors(most: usize, proxies: &[IpAddr]) -> Self {
        let own = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        let exempt: Vec<IpAddr> = own.into_iter().chain(proxies.iter().copied()).collect();
        Self::of(most, &exempt)
    }

    /// One more for this address, unless it holds its share.
    pub fn take(&self, peer: IpAddr) -> Option<Share> {
        let peer = peer.to_canonical();
        if self.exempt.contains(&peer) {
            return Some(Share(None));
        }
        let address = household(peer);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.get(&address).copied().unwrap_or_default();
        if count >= self.most {
            return None;
        }
        held.insert(address, count + 1);
        Some(Share(Some((address, self.held.clone()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn an_address_has_its_share_and_the_neighbour_another() {
        let shares = Shares::of(2, &[]);
        let (one, two) = (shares.take(address("203.0.113.1")), shares.take(address("203.0.113.1")));
        assert!(one.is_some() && two.is_some());
        assert!(shares.take(address("203.0.113.1")).is_none());
        // The same, as a socket that hears both kinds writes it.
        assert!(shares.take(address("::ffff:203.0.113.1")).is_none());
        assert!(shares.take(address("203.0.113.2")).is_some());
        drop(one);
        assert!(shares.take(address("203.0.113.1")).is_some(), "one was given back");
        drop(two);
        assert!(shares.held.lock().expect("a lock").is_empty(), "nobody is remembered who is gone");
    }

    #[test]
    fn a_household_of_new_addresses_is_one() {
        let shares = Shares::of(1, &[]);
        let _one = shares.take(address("2001:db8:1:2::1")).expect("a share");
        assert!(shares.take(address("2001:db8:1:2:ffff::1")).is_none());
        assert!(shares.take(address("2001:db8:1:3::1")).is_some());
    }

    #[test]
    fn a_proxy_and_this_machine_speak_for_many() {
        let shares = Shares::for_visitors(1, &[address("10.0.0.1")]);
        for many in ["10.0.0.1", "127.0.0.1", "::1"] {
            let held: Vec<Option<Share>> = (0..5).map(|_| shares.take(address(many))).collect();
            assert!(held.iter().all(Option::is_some), "{many}");
        }
        let _one = shares.take(address("10.0.0.2")).expect("a share");
        assert!(shares.take(address("10.0.0.2")).is_none());
    }
}
