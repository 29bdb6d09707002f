//! Whom an address stands for when it is counted.

use std::net::{IpAddr, Ipv6Addr};

/// A household has a whole /64 of the new addresses, and could try each of them; of the old ones it has one.
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(long) => {
            let [a, b, c, d, ..] = long.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        short @ IpAddr::V4(_) => short,
    }
}

#[cfg(test)]
mod tests {
    use super::household;
    use std::net::IpAddr;

    #[test]
    fn all_addresses_of_a_household_are_one_and_the_neighbours_another() {
        let of = |text: &str| household(text.parse::<IpAddr>().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("203.0.113.9"), of("203.0.113.8"));
        assert_eq!(of("::ffff:203.0.113.9"), of("203.0.113.9"));
    }
}
