//! Where a shop is found: its label in front of the platform's host.

/// The shop's address without a slash at the end; `base_url` is the platform's.
pub fn shop_url(base_url: &str, store_slug: &str) -> String {
    match base_url.split_once("://") {
        Some((scheme, host)) => format!("{scheme}://{store_slug}.{host}"),
        None => format!("{store_slug}.{base_url}"),
    }
}

#[cfg(test)]
mod tests {
    use super::shop_url;

    #[test]
    fn a_shop_lives_on_a_sub_domain_of_the_platform() {
        assert_eq!(shop_url("http://localhost:3000", "mama-njeri"), "http://mama-njeri.localhost:3000");
    }
}
